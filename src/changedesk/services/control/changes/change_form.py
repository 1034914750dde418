"""A change in a form: opened, checked and saved through the same rules as on the command line, each save a revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from changedesk.domain.control.template import why_not_in_force
from changedesk.domain.forms.control import CHANGE_FORM
from changedesk.errors import Problem, RefusedFile
from changedesk.services.control.changes import asking
from changedesk.services.control.changes import content as contents
from changedesk.services.control.situation import change_in_view
from changedesk.services.lookup import known_initiative, no_client
from changedesk.services.records.completing import known_names
from changedesk.services.records.meanwhile import merged
from changedesk.services.records.records import Checked, Record
from changedesk.services.session import Session
from changedesk.store import clients, records
from changedesk.store.control import listing, requests, templates
from changedesk.store.initiative import initiatives

NUMBER = "number"
"""The value beside the fields of a form that names a change that is there already."""


def blank(session: Session, initiative_code: str | None = None) -> Record:
    """A change yet to be asked for; from an initiative it serves that one, its client's."""
    values = dict.fromkeys(contents.NAMES, "")
    values["path"] = "normal"
    if initiative_code:
        known = known_initiative(session, initiative_code)
        values |= {"initiative": known.code, "client": known.client}
    return Record(None, 0, values)


def fetch(session: Session, change_id: str) -> Record:
    """The change with that id, as its present revision has it; ``rev`` is the revision."""
    change = change_in_view(session, change_id)
    texts = contents.texts_of(change, contents.zone_of(session, change.client))
    return Record(change.id, change.revision, {**texts, NUMBER: change.number})


def check(session: Session, values: Mapping[str, str]) -> Checked:
    """What the rules say of the values, with what a template would fill in."""
    _, problems, warnings = contents.checked(session, _completed(session, values))
    found = {problem.column: problem.problem for problem in problems}
    return Checked({**_unknown(session, values), **found}, {one.column: one.problem for one in warnings})


def save(session: Session, record: Record, values: Mapping[str, str]) -> Record:
    """Save a new draft, or the next revision of the one that was opened; other people's other fields are kept."""
    mine = {name: values.get(name, "") for name in contents.NAMES}
    checked = check(session, mine)
    if checked.problems:
        raise RefusedFile("the change was not saved", [Problem(0, *pair) for pair in checked.problems.items()])
    if record.id is None:
        number = asking.new(session, mine)
        (made,) = requests.by_number(session.desk.reader(), session.scope, f"{mine['client']}/{number}")
        return fetch(session, made.id)
    now = fetch(session, record.id)
    if now.rev != record.rev:
        mine = merged(session.desk.reader(), CHANGE_FORM, record.values, mine, now)
    asking.edit(session, f"{now.values['client']}/{now.values[NUMBER]}", mine, now.rev)
    return fetch(session, record.id)


def suggestions(session: Session, source: str, values: Mapping[str, str]) -> Iterable[str]:
    """The names that complete a field, beside what stands in the others: those of the client, then of everybody."""
    conn, client = session.desk.reader(), values.get("client", "")
    match source:
        case "services":
            return listing.services(conn, session.scope, client or None)
        case "templates":
            return _templates(session, client) if client in _clients(session) else []
        case "initiatives":
            return _initiatives(session, client or None)
        case "milestones":
            return _milestones(session, values.get("initiative", "").strip())
        case _:
            return known_names(session, source)


def _templates(session: Session, client: str) -> list[str]:
    """The standard changes of a client that a change can go by now."""
    conn = session.desk.reader()
    known = (templates.template(conn, client, one.name) for one in templates.templates(conn, client))
    return [one.name for one in known if one and not why_not_in_force(one, session.now)]


def _completed(session: Session, values: Mapping[str, str]) -> Mapping[str, str]:
    name, client = values.get("template", "").strip(), values.get("client", "").strip()
    if not name or client not in _clients(session):
        return values
    template = templates.template(session.desk.reader(), client, name)
    return contents.filled_from(template, values) if template else values


def _unknown(session: Session, values: Mapping[str, str]) -> dict[str, str]:
    """Names that the desk does not know; a file may bring a client with it, a form takes one that is there."""
    conn = session.desk.reader()
    found: dict[str, str] = {}
    client = values.get("client", "").strip()
    if not client:
        return found
    if client not in _clients(session):
        return {"client": no_client(client)}
    name = values.get("template", "").strip()
    if name and templates.template(conn, client, name) is None:
        found["template"] = f"{client} has no template {name}"
    initiative = values.get("initiative", "").strip()
    if initiative and initiative not in _initiatives(session, client):
        found["initiative"] = f"{client} has no initiative {initiative} in view"
    milestone = values.get("milestone", "").strip()
    if milestone and not initiative:
        found["milestone"] = "a milestone belongs to an initiative; name that, too"
    elif milestone and "initiative" not in found and milestone not in _milestones(session, initiative):
        found["milestone"] = f"{initiative} has no activity {milestone}"
    return found


def _clients(session: Session) -> frozenset[str]:
    return frozenset(clients.client_names(session.desk.reader(), session.scope))


def _initiatives(session: Session, client: str | None) -> list[str]:
    return initiatives.codes(session.desk.reader(), session.scope.narrowed(client))


def _milestones(session: Session, code: str) -> list[str]:
    conn = session.desk.reader()
    initiative = initiatives.initiative_by_code(conn, session.scope, code)
    return [*records.names(conn, "activity", "title", session.scope, initiative.id)] if initiative else []
