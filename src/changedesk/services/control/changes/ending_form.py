"""How and when a change ended, in a form: opened for a change that is being done, and handed in once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from changedesk.domain.control.acts import why_not
from changedesk.domain.control.ran import Ran
from changedesk.domain.kinds.learning import ENDING
from changedesk.domain.kinds.row_rules import Cell
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.changes import running
from changedesk.services.control.changes.ran import ran_refused
from changedesk.services.control.situation import change_in_view, find, situation
from changedesk.services.records.records import Checked, Record
from changedesk.services.records.texts import by_column, parsed, taken
from changedesk.services.session import Session


def blank(session: Session, initiative_code: str | None = None) -> Record:  # noqa: ARG001 - as every form is asked
    """An ending belongs to a change."""
    raise BadInput("how a change ended is said from the change itself")


def fetch(session: Session, change_id: str) -> Record:
    """The ending, yet to be said, of the change with that id; refused where it cannot end."""
    change = change_in_view(session, change_id)
    refused = why_not("finish", situation(session, session.desk.reader(), change), session.actor)
    if refused:
        raise RuleRefused(refused)
    values = dict.fromkeys((column.name for column in ENDING.columns), "")
    return Record(
        change.id, change.rev, {**values, "change": f"{change.client}/{change.number}", "client": change.client}
    )


def check(session: Session, values: Mapping[str, str]) -> Checked:
    """What the rules say of what was written; of the moments, what they say of the change."""
    cells, problems, _ = parsed(session, ENDING, values)
    found = by_column(problems)
    ran = _ran(cells) if cells is not None else Ran()
    if ran.said:
        conn = session.desk.reader()
        refused = ran_refused(conn, situation(session, conn, find(session, values["change"])), ran)
        found |= dict([refused] if refused else [])
    return Checked(found, {})


def save(session: Session, record: Record, values: Mapping[str, str]) -> Record:
    """Say it."""
    cells = taken(session, ENDING, values, "ending")
    number, outcome, shown_by = values["change"], str(cells["outcome"]), str(cells["shown_by"])
    ran, caused_p1 = _ran(cells), cells["caused_p1"] == 1
    if outcome == "backed_out":
        followed = running.back_out(session, number, shown_by, caused_p1=caused_p1, ran=ran)
    else:
        proofs = [running.Proof(text=shown_by)]
        followed = running.finish(session, number, outcome, proofs, caused_p1=caused_p1, ran=ran)
    return Record(record.id, record.rev + 1, dict(values), followed)


def suggestions(session: Session, source: str, values: Mapping[str, str]) -> Iterable[str]:  # noqa: ARG001 - likewise
    """Nothing here is completed by names."""
    return []


def _ran(cells: Mapping[str, Cell]) -> Ran:
    """The two moments of a form, as far as they were said."""
    return Ran(*(datetime.fromisoformat(str(cells[name])) if cells[name] else None for name in ("began", "ended")))
