"""A standard change in a form: a new one, or the next version of one that is there; and until when it is approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from changedesk.domain.control.request import CONTENT_FIELDS
from changedesk.domain.control.template import Template, TemplateDraft, draft_faults
from changedesk.domain.kinds.learning import TEMPLATE
from changedesk.domain.kinds.row_rules import Cell
from changedesk.errors import Stale
from changedesk.interchange.cells import number_text
from changedesk.services.control.rules import catalogue, templates
from changedesk.services.lookup import no_client, refuse_unknown_client
from changedesk.services.records.records import Checked, Record
from changedesk.services.records.texts import by_column, parsed, taken
from changedesk.services.session import Session
from changedesk.services.zones import client_zone
from changedesk.store import clients, records
from changedesk.store.control import listing

_NUMBERS = ("backout_minutes", "outage_minutes")


def blank(session: Session, initiative_code: str | None = None) -> Record:  # noqa: ARG001 - as every form is asked
    """A standard change yet to be proposed."""
    values = dict.fromkeys((column.name for column in TEMPLATE.columns), "")
    return Record(None, 0, {**values, "risk": "low", "max_risk": "low", "allowed": "services", "min_success": "95"})


def fetch(session: Session, name: str) -> Record:
    """The next version of a standard change, named ``client/name``, as its present one is; each save proposes a version."""
    client, _, short = name.rpartition("/")
    shown = catalogue.entry(session, short, client).shown
    return Record(name, shown.version, _texts(shown))


def check(session: Session, values: Mapping[str, str]) -> Checked:
    """What the rules say of what was written."""
    cells, found, _ = parsed(session, TEMPLATE, values)
    problems = by_column(found)
    if cells is not None:
        if str(cells["client"]) not in clients.client_names(session.desk.reader(), session.scope):
            problems["client"] = no_client(str(cells["client"]))
        for fault in draft_faults(_draft(cells)):
            problems.setdefault("max_risk" if "risk" in fault else "name", fault)
    return Checked(problems, {})


def save(session: Session, record: Record, values: Mapping[str, str]) -> Record:
    """Propose it; somebody else approves it."""
    draft = _draft(taken(session, TEMPLATE, values, "standard change"))
    if record.id is not None and fetch(session, record.id).rev != record.rev:
        raise Stale(f"{draft.name} has another version by now", "look at it again")
    version = templates.propose(
        session,
        draft.client or "",
        draft.name,
        draft.body,
        allowed=draft.allowed,
        max_risk=draft.max_risk,
        min_success=draft.min_success,
    )
    return Record(f"{draft.client}/{draft.name}", version, dict(values))


def suggestions(session: Session, source: str, values: Mapping[str, str]) -> Iterable[str]:
    """The clients in view, and the services of the one that stands in the form."""
    conn = session.desk.reader()
    if source == "services":
        return listing.services(conn, session.scope, values.get("client") or None)
    return records.names(conn, "client", "code", session.scope, None)


def approve_until(session: Session, client: str, name: str, until: date | None, reason: str | None) -> None:
    """Approve a standard change until the start of a day by its client's clock; None leaves the end open."""
    if until is not None:
        refuse_unknown_client(session, client)
    ends = None if until is None else datetime.combine(until, time(), client_zone(session, client))
    templates.approve(session, client, name, ends, reason=reason)


def _draft(cells: Mapping[str, Cell]) -> TemplateDraft:
    body: dict[str, object] = {
        name: value for name, value in cells.items() if name in CONTENT_FIELDS and value is not None
    }
    if cells["services"]:
        body["services"] = tuple(str(cells["services"]).split(";"))
    for name in _NUMBERS:
        if name in body:
            body[name] = int(str(body[name]))
    allowed = tuple(str(cells["allowed"]).split(";")) if cells["allowed"] else ()
    share = float(str(cells["min_success"])) / 100
    return TemplateDraft(str(cells["client"]), str(cells["name"]), body, allowed, str(cells["max_risk"]), share)


def _texts(shown: Template) -> dict[str, str]:
    values = dict.fromkeys((column.name for column in TEMPLATE.columns), "")
    for name, value in shown.body.items():
        if name in values:
            values[name] = ";".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return values | {
        "client": shown.client,
        "name": shown.name,
        "allowed": ";".join(shown.allowed),
        "max_risk": shown.max_risk,
        "min_success": number_text(round(100 * shown.min_success, 6)),
    }
