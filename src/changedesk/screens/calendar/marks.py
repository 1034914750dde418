"""What is marked on the calendar: on each row a change or a time of a window, of the groups a week."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from changedesk.domain.people.audience_load import AudienceWeek
from changedesk.screens.calendar.rows import CalendarRows, Item, PeopleRow, ServiceRow

_COLLIDES: Final = ("late", "at_risk")


class CalendarMarks:
    """The rows that are shown, and what the reader has marked on them; what was marked stays as long as it is there."""

    def __init__(self) -> None:
        self.rows: CalendarRows | None = None
        self.week: date | None = None
        self._marked: dict[str, str] = {}

    def row(self, key: str) -> ServiceRow | None:
        """The row with that key."""
        return self.rows.service(key) if self.rows else None

    def group(self, key: str) -> PeopleRow | None:
        """The group with that key."""
        return self.rows.group(key) if self.rows else None

    def item(self, row: ServiceRow | None) -> Item | None:
        """What is marked on a row: what the reader chose, else what matters most there."""
        if row is None or self.rows is None:
            return None
        chosen = self._marked.get(row.key)
        marked = next(
            (item for item in row.items if chosen and chosen in (item.key, item.span and item.span.window)), None
        )
        return marked or first_to_mark(row, self.rows.view.now)

    def mark(self, row_key: str, item_key: str) -> None:
        """Mark something on a row: a time by its own key, or the first of a window by the window's id."""
        self._marked[row_key] = item_key

    def mark_other(self, row: ServiceRow, step: int) -> None:
        """Mark what comes next on a row, or before."""
        item = self.item(row)
        if item is not None:
            place = row.items.index(item) + step
            self.mark(row.key, row.items[min(max(place, 0), len(row.items) - 1)].key)

    def week_of(self, group: PeopleRow) -> AudienceWeek:
        """The marked week of a group, or its heaviest where that is not shown."""
        return next((week for week in group.weeks if week.week == self.week), group.peak)

    def mark_other_week(self, group: PeopleRow, step: int) -> None:
        """Mark the next week of a group, or the one before."""
        place = group.weeks.index(self.week_of(group)) + step
        self.week = group.weeks[min(max(place, 0), len(group.weeks) - 1)].week


def first_to_mark(row: ServiceRow, now: datetime) -> Item | None:
    """What matters most on a row: a change with a collision, else one to come, else a hard freeze, else what is next."""
    coming = [item for item in row.items if item.end > now]
    changes = [item for item in coming if item.change is not None]
    colliding = [item for item in changes if item.level in _COLLIDES]
    freezes = [item for item in coming if item.span is not None and item.span.kind == "freeze_hard"]
    return next(iter((*colliding, *changes, *freezes, *coming, *row.items[-1:])), None)


def first_row(rows: CalendarRows) -> str:
    """The row that is selected first: one on which something collides, else one with a change; empty when there is none."""
    colliding = (row for row in rows.services if row.level == "late")
    changing = (row for row in rows.services if any(item.change is not None for item in row.items))
    found = next(colliding, None) or next(changing, None)
    return found.key if found else ""
