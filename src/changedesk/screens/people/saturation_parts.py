"""The load of groups by weeks as rows of a heat map, and the chosen week in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.counted import counted
from changedesk.domain.people.saturation import GroupLoad, level_of, load_word
from changedesk.domain.saying import count, day_month, percent
from changedesk.screens.labelled import headed, plain_lines, said
from changedesk.screens.none_yet import from_a_file
from changedesk.services.people.saturation import SaturationView
from changedesk.values import dataclass
from changedesk.widgets.canvas import LEFT_OUT, Line, Span, cells
from changedesk.widgets.figures.heat import share_cell
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.paint import bar, ink

EMPTY: Final = (
    "Nothing is asked of any group in these weeks. What is asked comes from the impacts and the dated people work of an "
    f"initiative: {key_to('portfolio.new_from_playbook')} on the portfolio makes one with both; "
    f"{key_to('app.people')}, {key_to('people.open')}, then {key_to('hit.new')} adds to them.\n"
    + from_a_file("impacts")
)
WEEK: Final = 6
NAMES: Final = 30
"""The columns of a week, and those that everything else takes."""
NAME: Final = 22
LONG: Final = 32
"""The columns of a name among those, and so many at most where one needs its site: a week is given up before that."""
LEAST: Final = 6
HEAD: Final = 2
"""The lines of a group's week above what it is made of."""
UNWRAPPED: Final = 110
"""From so many columns on no line of the detail wraps."""
LEVEL_TOKENS: Final = {"late": "late", "at_risk": "risk", "fine": "fine"}


def key_of(client: str, audience: str, site: str | None) -> str:
    """Under which a group stands in the list."""
    return f"{client}\n{audience}\n{site or ''}"


def shown_weeks(view: SaturationView, width: int, longest: int) -> Sequence[date]:
    """The weeks that have room beside the ``longest`` name with a site: all thirteen on a wide screen."""
    more = max(0, min(longest, LONG) - NAME)
    room = max(LEAST, (width - NAMES - more - 5) // (WEEK + 1))
    return view.mondays[:room]


def columns(weeks: Sequence[date]) -> tuple[Column, ...]:
    """The group, its people, and a column for each week under its Monday."""
    return (
        Column("Group", 16, share=2),
        Column("People", 6, align="right"),
        *(Column(_monday(monday), WEEK, align="right", tight=True) for monday in weeks),
    )


def _monday(monday: date) -> str:
    return f"{monday.day} {monday:%b}"


@dataclass(frozen=True, slots=True)
class SaturationRows:
    """The groups under their clients, the heaviest first, made when they are seen; ``chosen`` is the chosen week.

    ``namesakes`` are the clients' names of several groups: only those need their site beside them to be told apart;
    the ``longest`` of them takes so many columns.
    """

    lines: Sequence[GroupLoad | str]
    places: Mapping[str, int]
    namesakes: Set[tuple[str, str]]
    longest: int
    weeks: int
    chosen: int

    def count(self) -> int:
        """How many lines there are, with the names of the clients."""
        return len(self.lines)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Some lines."""
        some = self.lines[offset : offset + limit]
        # Names of clients above are not counted among the groups.
        before = sum(not isinstance(line, str) for line in self.lines[:offset])
        numbers = accumulate((not isinstance(line, str) for line in some), initial=before)
        return [self._row(line, number + 1) for line, number in zip(some, numbers, strict=False)]

    def position(self, key: str) -> int | None:
        """On which line a group stands."""
        return self.places.get(key)

    def group(self, key: str) -> GroupLoad | None:
        """The group that stands under a key."""
        place = self.places.get(key)
        line = None if place is None else self.lines[place]
        return None if isinstance(line, str) else line

    def at(self, chosen: int, weeks: int) -> SaturationRows:
        """The same with another week chosen, and so many weeks."""
        return replace(self, chosen=chosen, weeks=weeks)

    def _row(self, line: GroupLoad | str, number: int) -> Row:
        if isinstance(line, str):
            return Row(f"{line}\n", ((ink(line, bold=True),),), heading=True)
        weeks = enumerate(line.weeks[: self.weeks])
        named = line.called if (line.client, line.audience) in self.namesakes else line.audience
        return Row(
            key_of(line.client, line.audience, line.site),
            (
                cell(named, "people"),
                cell(count(line.headcount or None), "explain"),
                *(share_cell(week.share, week.level, chosen=n == self.chosen) for n, week in weeks),
            ),
            number=number,
        )


def saturation_rows(view: SaturationView) -> SaturationRows:
    """The rows of a view."""
    lines: list[GroupLoad | str] = []
    places: dict[str, int] = {}
    client = None
    for group in view.groups:
        if group.client != client:
            client = group.client
            lines.append(client)
        places[key_of(group.client, group.audience, group.site)] = len(lines)
        lines.append(group)
    times = Counter((group.client, group.audience) for group in view.groups)
    namesakes = {name for name, often in times.items() if often > 1}
    longest = max((cells(one.called) for one in view.groups if (one.client, one.audience) in namesakes), default=0)
    return SaturationRows(lines, places, namesakes, longest, 0, 0)


def title_answer(view: SaturationView) -> tuple[str, str]:
    """How many groups are full in some week, or overloaded, and from when on where that is still to come."""
    over = [group for group in view.groups if group.peak.level == "late"]
    if over:
        first = min(week.monday for group in over for week in group.weeks if week.level == "late")
        groups = counted(len(over), "group")
        said = (
            f"{groups} full or overloaded"
            if first <= view.today
            else f"{groups} full from {day_month(first, view.today).partition(' ')[2]}"
        )
        return said, "late"
    return ("nobody is full", "fine") if view.groups else ("", "explain")


def detail_in(lines: Sequence[Line], height: int) -> tuple[Line, ...]:
    """The lines in the room there is; what has none is counted in the last one."""
    if len(lines) <= height or height < 1:
        return tuple(lines[: max(0, height)])
    return (*lines[: height - 1], (Span(counted(len(lines) - height + 1, "more line"), LEFT_OUT),))


def longest_detail(view: SaturationView) -> int:
    """The lines of the longest :func:`detail_lines` of a view, where none wraps."""
    meet = Counter((one.client, one.audience, one.site) for one in view.collisions)
    longest = 0
    for group in view.groups:
        sources = max((len(week.sources) for week in group.weeks), default=0)
        longest = max(longest, (sources or 1) + meet[group.client, group.audience, group.site])
    return HEAD + longest


def detail_lines(view: SaturationView, group: GroupLoad | None, chosen: int, width: int) -> tuple[Line, ...]:
    """What makes up the chosen week of a group, and where initiatives meet in it."""
    if group is None or chosen >= len(group.weeks):
        return ()
    week = group.weeks[chosen]
    last = week.monday + timedelta(days=6)
    span = f"{day_month(week.monday, view.today)} to {day_month(last, view.today)}, week {week.iso_week[1]}"
    where = f"{group.client}, {group.site}" if group.site else group.client
    lines: list[Line] = [
        *headed(group.audience, f"{span}, {where}", width, "people"),
        (
            ink(percent(100 * week.share).rjust(6), LEVEL_TOKENS[week.level], bold=True),
            ink("  "),
            *bar(min(1.0, week.share), 12, "people"),
            ink(f"  {load_word(week.share)}: {week.load:.1f} of the {group.capacity:g} that it can bear", "explain"),
        ),
    ]
    for source in week.sources:
        unrated = "" if source.rated else ", impact not rated, counts as middling"
        lines += said(f"{source.load:>6.1f}", f"{source.title} ({source.code}): {source.why}{unrated}", width)
    if not week.sources:
        lines += plain_lines("Nothing is asked of this group in this week.", width, "explain")
    for one in view.collisions:
        if (one.client, one.audience, one.site) == (group.client, group.audience, group.site):
            days = f"{day_month(one.first, view.today)} to {day_month(one.last, view.today)}"
            lines += said("collision", f"{days}: {one.sentence}", width, LEVEL_TOKENS[level_of(one.peak)])
    return tuple(lines)
