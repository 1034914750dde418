"""The impact of a change: the heat map of groups and aspects, and how it was and will be done behind each cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.people.impacts import HARDEST, HeatRow
from changedesk.domain.people.people_side import Impact
from changedesk.domain.saying import UNKNOWN, count
from changedesk.domain.words import ASPECTS, plain
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.labelled import LABEL, plain_lines, said
from changedesk.screens.people.section import Section
from changedesk.services.people.page import PeoplePage
from changedesk.widgets.canvas import Line, Look, Span, fit
from changedesk.widgets.figures.heat import heat_cell
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.paint import ink

WIDE: Final = 118
LOADED: Final = 150
SIDES: Final = 12
"""From so many columns on the aspects have their names, and from so many, less the sides of the box, the load is shown."""
SHORT: Final = ("Pro", "Sys", "Too", "Job", "Beh", "Min", "Rep", "Per", "Pay", "Loc")
LONG: Final = ("Process", "System", "Tools", "Roles", "Behave", "Mindset", "Report", "Review", "Pay", "Place")
"""The ten aspects in their order, as the columns have room for them."""
GROUP: Final = "g:"
TOTALS: Final = {
    "=highest": (
        "Highest of all",
        "The highest degree of any group: one hard hit stands out, however small its group is.",
    ),
    "=total": ("Sum of all", "The sum over the groups: how much there is of it, which hides a single hard hit."),
    "=weighted": ("Mean by people", "The mean over all people that were rated: a large group weighs more."),
}
"""The rows under the groups: their names and what they mean."""


class ImpactSection(Section[PeoplePage]):
    """The heat map; the arrows to the left and right choose the aspect."""

    name = "Impact"
    question = "Who is hit, and how hard?"
    empty = f"No group yet: {key_to('hit.records')}, then u lists the audiences, and {key_to('records.new')} makes the first."

    def __init__(self) -> None:
        self._aspect = 0
        self._of = ""

    def count(self, page: PeoplePage) -> str:
        """How many groups there are."""
        return str(len(page.heat.rows) or "")

    def columns(self, width: int) -> Sequence[Column]:
        """The group, the ten aspects, and what they come to."""
        names, room = (LONG, 7) if width >= WIDE else (SHORT, 3)
        return (
            Column("Group", 16, share=3),
            *(Column(name, room, tight=True) for name in names),
            Column("Max", 3, align="right"),
            Column("Sum", 3, align="right"),
            Column("Load", 5, align="right", from_width=LOADED),
            Column("People", 6, align="right"),
        )

    def rows(self, page: PeoplePage, width: int) -> Sequence[Row]:
        """The groups, the hardest hit first, then what each aspect comes to; of a new page the hardest cell is chosen."""
        if page.head.initiative_id != self._of:
            self._of, self._aspect = page.head.initiative_id, _hardest(page)
        return [*self._groups(page), *self._totals(page, width)] if page.heat.rows else []

    def answer(self, page: PeoplePage) -> tuple[str, str]:
        """Which group is hit hardest, and which nobody rated."""
        if page.unrated:
            return f"{count(len(page.unrated))} of {count(len(page.heat.rows))} groups not rated", "risk"
        first = page.heat.rows[0] if page.heat.rows else None
        return (f"{first.audience.name} hardest", "explain") if first and first.highest else ("", "explain")

    def move(self, step: int) -> None:
        """Choose the next aspect to the left or right."""
        self._aspect = (self._aspect + step) % len(ASPECTS)

    def detail(self, page: PeoplePage, key: str, width: int) -> Sequence[Line]:
        """The chosen cell in words, then every other aspect of the group."""
        if key in TOTALS:
            return self._total_detail(page, key, width)
        row = self._row(page, key)
        if row is None:
            return ()
        lines = list(self._cell_lines(row, width))
        others = [impact for impact in row.cells if impact is not None and impact.aspect != ASPECTS[self._aspect]]
        others.sort(key=lambda impact: -impact.degree)
        if others:
            lines.append(())
        room = max([LABEL, *(len(plain(impact.aspect)) + 1 for impact in others)])
        for impact in others:
            lines += said(plain(impact.aspect), _in_words(impact), width, "explain", room=room)
        if row.load is not None and width >= LOADED - SIDES:
            share = f"the sum {row.total} by its share of all people: what it bears of the whole change"
            lines += [(), *said("load", f"{row.load:.1f}, {share}", width, "explain")]
        return lines

    def edit(self, page: PeoplePage, key: str) -> FormRequest | str:
        """The chosen cell, or a first rating of it."""
        row = self._row(page, key)
        if row is None:
            return "Choose a group: only its cells are rated." if page.heat.rows else "There is no group to rate yet."
        impact = row.cells[self._aspect]
        if impact is not None:
            return FormRequest("impacts", impact.id, page.head.code)
        return self._rate(page, row)

    def new(self, page: PeoplePage, key: str) -> FormRequest | str:
        """A rating that there is not yet: of the chosen cell, or of another aspect of its group."""
        row = self._row(page, key)
        if row is None:
            return FormRequest("impacts", "", page.head.code)
        if row.cells[self._aspect] is None:
            return self._rate(page, row)
        group = row.audience.name
        return FormRequest("impacts", "", page.head.code, start={"audience": group}, key=f"{page.head.code} {group}")

    def _rate(self, page: PeoplePage, row: HeatRow) -> FormRequest:
        aspect = ASPECTS[self._aspect]
        start = {"audience": row.audience.name, "aspect": aspect}
        draft = f"{page.head.code} {row.audience.name} {aspect}"
        return FormRequest("impacts", "", page.head.code, start=start, key=draft)

    @staticmethod
    def _row(page: PeoplePage, key: str) -> HeatRow | None:
        return next((row for row in page.heat.rows if f"{GROUP}{row.audience.id}" == key), None)

    def _groups(self, page: PeoplePage) -> Iterator[Row]:
        for number, row in enumerate(page.heat.rows, start=1):
            rated = row.highest is not None
            cells = [
                heat_cell(impact.degree if impact else None, chosen=place == self._aspect, rated=rated)
                for place, impact in enumerate(row.cells)
            ]
            total = "?" if row.total is None else str(row.total)
            load = "?" if row.load is None else f"{row.load:.1f}"
            yield Row(
                f"{GROUP}{row.audience.id}",
                (
                    cell(row.audience.name, "people"),
                    *cells,
                    cell("?" if row.highest is None else str(row.highest), "ink", bold=True),
                    cell(total),
                    cell(load, "explain"),
                    cell(count(row.audience.headcount or None), "explain"),
                ),
                number=number,
            )

    def _totals(self, page: PeoplePage, width: int) -> Iterator[Row]:
        for key, (name, _) in TOTALS.items():
            values = [getattr(column, key[1:]) for column in page.heat.columns]
            rated = [column.highest is not None for column in page.heat.columns]
            if key == "=highest":
                cells = [heat_cell(value, chosen=n == self._aspect) for n, value in enumerate(values)]
            else:
                cells = [
                    _figure(value, rated=rated[n], chosen=n == self._aspect, exact=width >= WIDE)
                    for n, value in enumerate(values)
                ]
            yield Row(key, (cell(name, "explain"), *cells), number=len(page.heat.rows))

    def _total_detail(self, page: PeoplePage, key: str, width: int) -> Sequence[Line]:
        name, meaning = TOTALS[key]
        aspect = ASPECTS[self._aspect]
        column = page.heat.columns[self._aspect]
        value = getattr(column, key[1:])
        uncounted = value is None and column.highest is not None
        unknown = UNKNOWN if uncounted else "nobody rated it"
        figure = unknown if value is None else f"{value:.1f}".removesuffix(".0")
        if uncounted:
            meaning += " It is known once every group that was rated has a headcount."
        return [
            (ink(plain(aspect), bold=True), ink(f"  {name}: {figure}")),
            *plain_lines(meaning, width, "explain"),
        ]

    def _cell_lines(self, row: HeatRow, width: int) -> Iterator[Line]:
        aspect, impact = ASPECTS[self._aspect], row.cells[self._aspect]
        degree = f"{impact.degree} of {HARDEST}" if impact is not None else "not rated"
        yield (
            ink(f"{fit(row.audience.name, max(10, width - len(aspect) - 16))}  ", "people", bold=True),
            ink(f"{plain(aspect)}  ", bold=True),
            *heat_cell(impact.degree if impact else None),
            Span("  ", Look()),
            ink(degree, "ink" if impact is not None else "unknown"),
        )
        if impact is None:
            known = "Nobody has rated this group yet" if row.highest is None else "Not hit, as far as anybody said"
            yield from plain_lines(f"{known}: enter rates it.", width, "explain")
            return
        yield from said("yesterday", impact.yesterday or "nobody has said how it was done", width,
                        "ink" if impact.yesterday else "unknown")  # fmt: skip
        yield from said("tomorrow", impact.tomorrow or "nobody has said how it will be done", width,
                        "ink" if impact.tomorrow else "unknown")  # fmt: skip


def _hardest(page: PeoplePage) -> int:
    """The aspect in which the first group is hit hardest."""
    cells = page.heat.rows[0].cells if page.heat.rows else ()
    degrees = [(impact.degree if impact else -1, -place) for place, impact in enumerate(cells)]
    return -max(degrees)[1] if degrees else 0


def _figure(value: float | None, *, rated: bool, chosen: bool, exact: bool) -> Line:
    """A figure of an aspect; ``-`` where no group was rated, ``?`` where what was rated does not say it."""
    mark = Span("▸" if chosen else " ", Look("key", "", True))
    if value is None:
        return (mark, Span(f" {UNKNOWN}", Look("explain")) if rated else Span(" -", Look("faint")))
    text = f"{value:.1f}".removesuffix(".0") if exact else f"{value:.0f}"
    return (mark, Span(f"{text:>2}", Look("explain")))


def _in_words(impact: Impact) -> str:
    way = " → ".join(text for text in (impact.yesterday, impact.tomorrow) if text)
    return f"{impact.degree} of {HARDEST}{': ' if way else ''}{way}"
