"""The review of a change in a form: opened for a change that was done, checked by the rules, kept once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from changedesk.domain.control.acts import refuse
from changedesk.domain.kinds.learning import REVIEW
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.learning import reviewing
from changedesk.services.control.learning.reviewing import NewAction
from changedesk.services.control.situation import change_in_view, situation
from changedesk.services.records.completing import known_names
from changedesk.services.records.records import Checked, Record
from changedesk.services.records.texts import by_column, parsed, taken
from changedesk.services.session import Session


def blank(session: Session, initiative_code: str | None = None) -> Record:  # noqa: ARG001 - as every form is asked
    """A review belongs to a change."""
    raise BadInput("a review is opened from the change that it looks at")


def fetch(session: Session, change_id: str) -> Record:
    """An empty review of the change with that id; refused where none can be given."""
    change = change_in_view(session, change_id)
    refused = refuse("review", situation(session, session.desk.reader(), change), session.actor.login)
    if refused:
        raise RuleRefused(refused)
    values = dict.fromkeys((column.name for column in REVIEW.columns), "")
    values |= {"change": f"{change.client}/{change.number}"}
    if change.outcome == "backed_out":
        values["result"] = "backed_out"
    return Record(change.id, change.rev, values)


def check(session: Session, values: Mapping[str, str]) -> Checked:
    """What the rules say of what was written."""
    problems = by_column(parsed(session, REVIEW, values)[1])
    warnings = {}
    if values.get("result") == "backed_out" and not values.get("informed"):
        warnings["informed"] = "it was taken back: did the business hear of it?"
    if values.get("caused_p1") == "yes" and not values.get("incidents"):
        warnings["incidents"] = "which one had priority 1?"
    if not values.get("action") and (values.get("action_owner") or values.get("action_due")):
        problems["action"] = "say what has to be done"
    if values.get("about") and not values.get("proposal"):
        problems["proposal"] = "say what is proposed"
    return Checked(problems, warnings)


def save(session: Session, record: Record, values: Mapping[str, str]) -> Record:
    """Keep the review; it cannot be written again."""
    cells = taken(session, REVIEW, values, "review")
    texts = {name: None if value is None else str(value) for name, value in cells.items()}
    due = texts["action_due"]
    action = texts["action"]
    downtime = cells["downtime_minutes"]
    followed = reviewing.review(
        session,
        values["change"],
        texts["findings"] or "",
        result=texts["result"],
        cause=texts["cause"],
        impacts=texts["impacts"],
        last_minute=texts["last_minute"],
        informed=_yes_no(cells["informed"]),
        adoption_effect=texts["adoption_effect"],
        lesson=texts["lesson"],
        proposal=texts["proposal"],
        about=texts["about"],
        incidents=(texts["incidents"] or "").split(";"),
        downtime_minutes=downtime if isinstance(downtime, int) else None,
        caused_p1=cells["caused_p1"] == 1,
        actions=[NewAction(action, texts["action_owner"], date.fromisoformat(due) if due else None)] if action else [],
    )
    return Record(record.id, record.rev + 1, dict(values), followed)


def suggestions(session: Session, source: str, values: Mapping[str, str]) -> Iterable[str]:  # noqa: ARG001 - likewise
    """The people in view."""
    return known_names(session, source)


def _yes_no(value: object) -> str | None:
    return None if value is None else "yes" if value else "no"
