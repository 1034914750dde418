"""The lists behind an initiative: activities, audiences, observations, each as columns and rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from changedesk.commands import key_to
from changedesk.domain.forms.registry import FORMS
from changedesk.domain.records import Observation
from changedesk.domain.saying import count, day_month, in_days, percent, share_said
from changedesk.domain.usage.metrics import metric_in_words, metric_of
from changedesk.domain.words import plain
from changedesk.keymap import Keymap
from changedesk.services.initiative.lists import (
    ActivityRow,
    AudienceRow,
    ObservationSource,
    activity_rows,
    audience_rows,
    observation_source,
)
from changedesk.services.session import Session
from changedesk.values import dataclass
from changedesk.widgets.canvas import HELD
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.rows import Cell, Column, ListSource, Row, RowSource, cell
from changedesk.widgets.paint import LEVEL_TOKEN, bar, ink

STATES: Final = {
    "late": ("▲", "late"),
    "done": ("✓", "fine"),
    "running": ("◐", "ink"),
    "to come": ("○", "explain"),
    "cancelled": ("×", "explain"),
}
"""The sign and the colour of each state of an activity."""
BAR: Final = 6


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list: its title, what is said when it is empty, its columns, how it is read and how its rows are made.

    ``answer`` is what its title says of the rows, with the meaning of its colour; ``begin`` the key of the row on which it
    opens; ``signs`` explains what is no word.
    """

    name: str
    empty: str
    columns: tuple[Column, ...]
    read: Callable[[Session, str], Any]
    source: Callable[[Any, date], RowSource]
    answer: Callable[[Any], tuple[str, str]] = lambda _found: ("", "ink")
    begin: Callable[[Any], str] = lambda _found: ""
    signs: str = ""


def _empty(kind: str, keys: str) -> str:
    return f"No {kind} yet: {keys} the first. Or: " + f"changedesk import FILE --kind {kind}".replace(" ", HELD)


def _activity(row: ActivityRow, today: date) -> Row:
    activity = row.activity
    sign, token = STATES[row.level]
    done = 1.0 if activity.actual_end else (activity.percent_complete or 0) / 100
    cells: tuple[Cell, ...] = (
        cell(sign, token),
        cell(activity.title, bold=row.level == "late"),
        cell(activity.lane, activity.lane),
        cell(plain(activity.phase), "explain"),
        cell(activity.audience or "everybody", "explain"),
        cell(activity.owner or "no owner", "explain" if activity.owner else "risk"),
        cell(_day(activity.planned_end, today)),
        cell(share_said(done), "explain"),
        cell(f"{row.level}{' □' if activity.milestone else ''}", token),
        _change(row),
    )
    return Row(activity.id, cells)


def _change(row: ActivityRow) -> Cell:
    """The change that an activity is, and how far its approval is."""
    change = row.change
    if change is None:
        return ()
    return (ink(f"{change.number} ", "ink"), ink(change.words, LEVEL_TOKEN[change.level]))


def _activities(rows: Sequence[ActivityRow], today: date) -> RowSource:
    return ListSource(_activity(row, today) for row in rows)


def _how_activities_stand(rows: Sequence[ActivityRow]) -> tuple[str, str]:
    """``5 late, 1 running``, or that all is done."""
    levels = [row.level for row in rows]
    late = levels.count("late")
    if rows and levels.count("done") == len(rows):
        return "all done", "fine"
    said = [f"{levels.count(level)} {level}" for level in ("late", "running") if level in levels]
    return ", ".join(said), "late" if late else "ink"


def _first_to_look_at(rows: Sequence[ActivityRow]) -> str:
    """The first late activity, else the first that is not done."""
    for wanted in (("late",), ("running", "to come")):
        found = next((row.activity.id for row in rows if row.level in wanted), "")
        if found:
            return found
    return ""


def _audience(row: AudienceRow, today: date) -> Row:
    audience = row.audience
    observed = in_days(row.observed_on, today) if row.observed_on else "not yet"
    cells: tuple[Cell, ...] = (
        cell(audience.name),
        cell(audience.role or "", "explain"),
        cell(audience.site or "", "explain"),
        cell(count(audience.headcount or None)),
        cell(_day(row.go_live, today)),
        cell("own" if row.own_wave else "", "explain"),
        cell(share_said(row.utilization)),
        bar(row.utilization, BAR, "people"),
        cell(observed, "explain"),
        cell(share_said(row.target), "explain"),
        cell(_day(row.by, today) if row.by else "", "explain"),
    )
    return Row(audience.id, cells)


def _audiences(rows: Sequence[AudienceRow], today: date) -> RowSource:
    return ListSource(_audience(row, today) for row in rows)


@dataclass(frozen=True, slots=True)
class _Observations:
    """Observations as lines of a list, read page by page."""

    source: ObservationSource
    today: date

    def count(self) -> int:
        return self.source.count()

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        return [_observation(row, self.today) for row in self.source.rows(offset, limit)]

    def position(self, key: str) -> int | None:
        """Observations are not looked up: a list that has changed keeps its line."""
        del key
        return None


def _observation(row: Observation, today: date) -> Row:
    counted = (
        cell("percent only", "risk")
        if row.from_percentages
        else cell(f"{row.numerator:,.0f} of {row.denominator:,.0f}", "explain")
    )
    nature = metric_of(row.metric).nature
    own_word = row.method == "self_reported"
    cells: tuple[Cell, ...] = (
        cell(_day(row.date, today)),
        cell(row.audience),
        cell(metric_in_words(row.metric)),
        cell(percent(row.percent), "explain" if nature != "outcome" or own_word else "people"),
        counted,
        cell(plain(row.method), "risk" if own_word else "explain"),
        cell("neither" if nature == "unclassed" else nature, "explain"),
    )
    return Row(row.id, cells)


def _day(day: date | None, today: date) -> str:
    """A day that fits a narrow column: ``Wed 2 Dec``, or ``4 Jan 2027`` in another year."""
    if day is None or day.year == today.year:
        return day_month(day, today)
    return day_month(day, today).partition(" ")[2]


LISTS: Final = {
    "activities": ListKind(
        "Activities",
        _empty("activities", f"{key_to('initiative.records')}, then a and {key_to('records.new')} make"),
        (
            Column("", 1, tight=True),
            Column("Activity", 23, share=3),
            Column("Lane", 8),
            Column("Phase", 13, share=1, from_width=130),
            Column("Audience", 14, share=1, from_width=140),
            Column("Owner", 12, share=1, priority=1),
            Column("Due", 11),
            Column("Done", 5, align="right"),
            Column("State", 9),
            Column("Change", 18, share=2, priority=2),
        ),
        activity_rows,
        _activities,
        _how_activities_stand,
        _first_to_look_at,
        "□ milestone",
    ),
    "audiences": ListKind(
        "Audiences",
        _empty("audiences", f"{key_to('initiative.records')}, then u and {key_to('records.new')} make"),
        (
            Column("Audience", 16, share=2),
            Column("Role", 12, share=1, from_width=110),
            Column("Site", 12, share=1, from_width=140),
            Column("People", 6, align="right"),
            Column("Go-live", 11),
            Column("Wave", 4),
            Column("In use", 6, align="right"),
            Column("", BAR, from_width=110),
            Column("Observed", 9, share=1),
            Column("Target", 6, align="right"),
            Column("By", 11),
        ),
        audience_rows,
        _audiences,
    ),
    "observations": ListKind(
        "Observations",
        _empty("observations", f"{key_to('adoption.observe')} on Adoption enters"),
        (
            Column("Day", 11),
            Column("Audience", 16, share=2),
            Column("Metric", 12, share=1),
            Column("Share", 5, align="right"),
            Column("Count", 12, share=1),
            Column("Method", 13, share=1),
            Column("Kind", 7, from_width=100),
        ),
        observation_source,
        _Observations,
    ),
}
"""The lists by their name."""


def list_keys(keymap: Keymap, name: str, *, chosen: bool = True, moves: bool = True) -> tuple[KeyHint, ...]:
    """The keys of a list: what can be done with its rows, and how to leave it.

    What wants a row is faint while none is ``chosen``, and moving where nothing ``moves`` now.
    """
    move = KeyHint(keymap.shown("initiative.move"), "move in the plan", not moves)
    edit = KeyHint("enter", "edit", not chosen)
    return (
        *((edit,) if name in FORMS else ()),
        *((move,) if name == "activities" else ()),
        KeyHint(keymap.shown("app.back"), "close"),
    )
