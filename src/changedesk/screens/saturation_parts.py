"""The load of groups by weeks as rows of a heat map, and the chosen week in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.saturation import GroupLoad
from changedesk.domain.saying import count, day_month
from changedesk.screens.labelled import plain_lines, said
from changedesk.services.saturation import SaturationView
from changedesk.widgets.canvas import Line
from changedesk.widgets.heat import share_cell
from changedesk.widgets.paint import bar, ink
from changedesk.widgets.rows import Column, Row, cell

EMPTY: Final = "Nothing is asked of any group in these weeks."
WEEK: Final = 6
NAMES: Final = 30
"""The columns of a week, and those that everything else takes."""
LEAST: Final = 6
LEVEL_WORDS: Final = {"late": "too much", "at_risk": "nearly all", "fine": "bearable"}
LEVEL_TOKENS: Final = {"late": "late", "at_risk": "risk", "fine": "fine"}


def key_of(client: str, audience: str, site: str | None) -> str:
    """Under which a group stands in the list."""
    return f"{client}\n{audience}\n{site or ''}"


def group_of(view: SaturationView | None, key: str) -> GroupLoad | None:
    """The group that stands under a key."""
    groups = view.groups if view is not None else ()
    return next((one for one in groups if key_of(one.client, one.audience, one.site) == key), None)


def shown_weeks(view: SaturationView, width: int) -> Sequence[date]:
    """The weeks that have room: all thirteen on a wide screen."""
    room = max(LEAST, (width - NAMES - 5) // (WEEK + 1))
    return view.mondays[:room]


def columns(view: SaturationView, width: int) -> tuple[Column, ...]:
    """The group, its people, and a column for each week under its Monday."""
    weeks = shown_weeks(view, width)
    return (
        Column("Group", 16, share=2),
        Column("People", 6, align="right"),
        *(Column(_monday(monday), WEEK, align="right", tight=True) for monday in weeks),
    )


def _monday(monday: date) -> str:
    return f"{monday.day} {monday:%b}"


def saturation_rows(view: SaturationView, width: int, chosen: int) -> Sequence[Row]:
    """The groups under their clients, the heaviest first."""
    return list(_rows(view, len(shown_weeks(view, width)), chosen))


def _rows(view: SaturationView, weeks: int, chosen: int) -> Iterator[Row]:
    client = None
    for number, group in enumerate(view.groups, start=1):
        if group.client != client:
            client = group.client
            yield Row(f"{client}\n", ((ink(client, bold=True),),), heading=True)
        yield Row(
            key_of(group.client, group.audience, group.site),
            (
                cell(group.audience, "people"),
                cell(count(group.headcount or None), "explain"),
                *(share_cell(week.share, week.level, chosen=n == chosen) for n, week in enumerate(group.weeks[:weeks])),
            ),
            number=number,
        )


def title_answer(view: SaturationView) -> tuple[str, str]:
    """How many groups bear too much in some week."""
    over = sum(group.peak.share >= 1 for group in view.groups)
    if over:
        return f"{counted(over, 'group')} over 100 %", "late"
    return ("nobody over 100 %", "fine") if view.groups else ("", "explain")


def detail_lines(view: SaturationView, key: str, chosen: int, width: int) -> tuple[Line, ...]:
    """What makes up the chosen week of a group, and where initiatives meet in it."""
    group = group_of(view, key)
    if group is None or chosen >= len(group.weeks):
        return ()
    week = group.weeks[chosen]
    last = week.monday + timedelta(days=6)
    span = f"{day_month(week.monday, view.today)} to {day_month(last, view.today)}, week {week.iso_week[1]}"
    where = f"{group.client}, {group.site}" if group.site else group.client
    lines: list[Line] = [
        (ink(group.audience, "people", bold=True), ink(f"  {where}  ", "explain"), ink(span)),
        (
            ink(f"{round(100 * week.share)} %".rjust(6), LEVEL_TOKENS[week.level], bold=True),
            ink("  "),
            *bar(min(1.0, week.share), 12, "people"),
            ink(f"  {LEVEL_WORDS[week.level]}: {week.load:.1f} of the {group.capacity:g} that it can bear", "explain"),
        ),
    ]
    for source in week.sources:
        unrated = "" if source.rated else ", impact not rated, counts as middling"
        lines += said(f"{source.load:>6.1f}", f"{source.code} {source.title}: {source.why}{unrated}", width)
    if not week.sources:
        lines += plain_lines("Nothing is asked of this group in this week.", width, "explain")
    for one in view.collisions:
        if key_of(one.client, one.audience, one.site) == key:
            days = f"{day_month(one.first, view.today)} to {day_month(one.last, view.today)}"
            lines += said("collision", f"{days}: {one.sentence}", width, "late" if one.peak >= 1 else "risk")
    return tuple(lines)
