"""An action that the review of a change asks for, in a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from changedesk.domain.kinds.learning import ACTION
from changedesk.errors import BadInput
from changedesk.services.control.learning import reviewing
from changedesk.services.control.situation import change_in_view
from changedesk.services.records.completing import known_names
from changedesk.services.records.records import Checked, Record
from changedesk.services.records.texts import by_column, parsed, taken
from changedesk.services.session import Session


def blank(session: Session, initiative_code: str | None = None) -> Record:  # noqa: ARG001 - as every form is asked
    """An action belongs to a change."""
    raise BadInput("an action is added from the change whose review asks for it")


def fetch(session: Session, change_id: str) -> Record:
    """An action yet to be added to the change with that id."""
    change = change_in_view(session, change_id)
    values = dict.fromkeys((column.name for column in ACTION.columns), "")
    return Record(change.id, change.rev, {**values, "change": f"{change.client}/{change.number}"})


def check(session: Session, values: Mapping[str, str]) -> Checked:
    """What the rules say of what was written."""
    return Checked(by_column(parsed(session, ACTION, values)[1]), {})


def save(session: Session, record: Record, values: Mapping[str, str]) -> Record:
    """Add the action."""
    cells = taken(session, ACTION, values, "action")
    owner, due = cells["owner"], cells["due"]
    reviewing.add_action(
        session,
        values["change"],
        str(cells["text"]),
        None if owner is None else str(owner),
        None if due is None else date.fromisoformat(str(due)),
    )
    return Record(record.id, record.rev + 1, dict(values))


def suggestions(session: Session, source: str, values: Mapping[str, str]) -> Iterable[str]:  # noqa: ARG001 - likewise
    """The people in view."""
    return known_names(session, source)
