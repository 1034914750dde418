"""Two people at one record: what somebody else has changed since it was opened here, and whose value stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from changedesk.domain.forms.form import Form
from changedesk.errors import Stale
from changedesk.store import people
from changedesk.store.desk.database import Connection
from changedesk.store.trail import audit
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.services.records.records import Record


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else changed meanwhile: as it was opened, as it is here, as it is on the desk."""

    column: str
    label: str
    opened: str
    mine: str
    theirs: str


class ChangedMeanwhile(Stale):
    """Somebody else saved other values of the same fields since the form was opened."""

    def __init__(self, who: str, record: Record, differences: tuple[Difference, ...]) -> None:
        fields = ", ".join(difference.label for difference in differences)
        super().__init__(f"{who} changed {fields} meanwhile", "look at both and choose")
        self.who = who
        self.record = record
        self.differences = differences


def merged(
    conn: Connection, form: Form, opened: Mapping[str, str], mine: Mapping[str, str], now: Record
) -> dict[str, str]:
    """One's own values over the record as it is ``now``: what others changed in fields not touched here is kept.

    Refuses with :class:`ChangedMeanwhile` where both changed the same field, each to something else.
    """
    theirs = now.values
    differences = tuple(
        Difference(name, label, opened.get(name, ""), mine.get(name, ""), theirs[name])
        for name, label in ((field.column.name, field.label) for field in form.fields)
        if theirs[name] != opened.get(name, "") and mine.get(name, "") not in (theirs[name], opened.get(name, ""))
    )
    if differences:
        raise ChangedMeanwhile(people.name_of(conn, audit.last_actor(conn, str(now.id))), now, differences)
    names = [field.column.name for field in form.fields]
    return {**mine, **{name: theirs[name] for name in names if mine.get(name, "") == opened.get(name, "")}}
