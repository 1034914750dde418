"""The list of the portfolio: its columns at each width, its rows, and the headings of client groups."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from changedesk.domain.counted import counted
from changedesk.domain.saying import share_said, signed_days
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.usage.chance import said_chance
from changedesk.screens.far_days import in_days_or_month
from changedesk.values import dataclass
from changedesk.widgets.canvas import Look, Span, first_that_fits, fit
from changedesk.widgets.lists.columns import places
from changedesk.widgets.lists.rows import Cell, Column, Row, cell
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, bar, ink, sparkline

if TYPE_CHECKING:
    from changedesk.services.portfolio.page import ClientGroup, PortfolioRow, PortfolioView

MEDIUM: Final = 110
WIDE: Final = 150
"""Terminal widths from which bars appear, and from which they are long."""
FRAME: Final = 5
"""The columns that the box and the margins of the list take."""
TITLE: Final = 1
"""The number of the column of titles."""


class Style(NamedTuple):
    """How much the list shows: columns of a bar and of a sparkline (0: only the figures), of a title, of a reason."""

    bar: int
    spark: int
    title: int
    why: int


def style_at(width: int) -> Style:
    """How the list looks on a terminal of this width."""
    narrow, medium, wide = Style(0, 0, 16, 21), Style(6, 7, 17, 22), Style(10, 12, 26, 30)
    style = wide if width >= WIDE else medium if width >= MEDIUM else narrow
    shown = {place.column: place.width for place in places(columns(style), width - FRAME, width)}
    last = len(columns(style)) - 1
    return style._replace(title=shown.get(TITLE, style.title), why=shown.get(last, style.why))


def columns(style: Style) -> tuple[Column, ...]:
    """The columns of the list; the reason stands in the last one."""
    first = (Column("", 1, tight=True), Column("Initiative", style.title, share=1))
    last = Column("Why it is here", style.why, share=3)
    if not style.bar:
        return (
            *first,
            Column("Go-live", 9),
            Column("Built", 5, align="right"),
            Column("People", 6, align="right"),
            Column("Lag", 5, align="right"),
            Column("Use", 5, align="right"),
            last,
        )
    figure = style.bar + 6
    return (
        *first,
        Column("Client", 8, priority=1),
        Column("Go-live", 9),
        Column("Delivery", figure),
        Column("People", figure),
        Column("Lag", 6, align="right"),
        Column("In use", style.spark + 6),
        Column("Likely", 6, align="right", from_width=WIDE),
        last,
    )


@dataclass(frozen=True, slots=True)
class PortfolioSource:
    """The rows of a view as lines of the list, with a heading above each client when they are grouped."""

    view: PortfolioView
    style: Style

    def count(self) -> int:
        """How many lines there are."""
        return self.view.matched + len(self.view.groups)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Some lines of the list."""
        alike = _read_alike(self.view.titles, self.style.title, bool(self.style.bar))
        if not self.view.groups:
            found = self.view.rows(offset, limit)
            return [self._row(row, offset + index + 1, alike) for index, row in enumerate(found)]
        lines: list[Row] = []
        for line in range(offset, min(offset + limit, self.count())):
            index, group = self._place(line)
            if group is not None:
                lines.append(_heading(group))
            else:
                lines.append(self._row(self.view.rows(index, 1)[0], index + 1, alike))
        return lines

    def position(self, key: str) -> int | None:
        """On which line an initiative stands."""
        index = self.view.position(key)
        if index is None or not self.view.groups:
            return index
        return index + bisect_right(self.view.groups, index, key=lambda group: group.first)

    def _place(self, line: int) -> tuple[int, ClientGroup | None]:
        """The index of the row on a line, or the group whose heading stands there."""
        groups = self.view.groups
        before = bisect_right(range(len(groups)), line, key=lambda number: groups[number].first + number)
        group = groups[before - 1]
        return (line - before, None) if group.first + before - 1 != line else (group.first, group)

    def _row(self, row: PortfolioRow, number: int, alike: Collection[tuple[str, str]]) -> Row:
        if _read(row.title, row.client, self.style.title, bool(self.style.bar)) in alike:
            row = replace(row, title=f"{row.code} {row.title}")
        return Row(row.initiative_id, cells_of(row, self.view.today, self.style, self.view.thresholds), number=number)


def _read(title: str, client: str, room: int, with_client: bool) -> tuple[str, str]:
    """What one reads of a title in the list, and of the client, where it has a column."""
    return fit(title, room), client if with_client else ""


@lru_cache(maxsize=4)
def _read_alike(titles: tuple[tuple[str, str], ...], room: int, with_client: bool) -> frozenset[tuple[str, str]]:
    """What is read of more than one initiative: there the code has to say which one it is."""
    counts = Counter(_read(title, client, room, with_client) for title, client in titles)
    return frozenset(read for read, count in counts.items() if count > 1)


HEADING_NAME: Final = 40
"""The columns that a client's name takes at most in a heading, so that what is said of it stays in view."""


def _heading(group: ClientGroup) -> Row:
    name = group.name if group.name == group.client else f"{group.client}  {group.name}"
    many = counted(group.count, "initiative")
    needs = "needs" if group.need_attention == 1 else "need"
    need = f", {group.need_attention} {needs} attention" if group.need_attention else ""
    overdue = f"  {GLYPH['late']} {group.overdue} overdue" if group.overdue else ""
    line = (ink(fit(name, HEADING_NAME), bold=True), ink(f"  {many}{need}", "explain"), ink(overdue, "late"))
    return Row(f"client {group.client}", (line,), heading=True)


def cells_of(row: PortfolioRow, today: date, style: Style, thresholds: Thresholds) -> tuple[Cell, ...]:
    """An initiative as the cells of a row."""
    urgent = LEVEL_TOKEN[row.level]
    why = "explain" if row.level in ("fine", "unknown", "cancelled") else urgent
    first = (
        cell(GLYPH[row.level], urgent),
        cell(row.title, bold=row.level == "late"),
    )
    go_live: Cell = cell(in_days_or_month(row.go_live, today), "explain" if row.went_live else "ink")
    lag: Cell = cell(
        signed_days(row.lag), "explain" if row.state == "closed" else thresholds.lag_level(row.lag) or "explain"
    )
    if row.state == "cancelled":
        # What never comes has no day and is behind nothing.
        go_live, lag = (), ()
    also = (row.why_also,) if row.why_also else ()
    reason = cell(first_that_fits((*also, row.why, row.why_short), style.why), why)
    if not style.bar:
        figures = (cell(share_said(row.delivery), "delivery"), cell(share_said(row.people), "people"))
        return (
            *first,
            go_live,
            *figures,
            lag,
            cell(share_said(row.adopted) if row.adopted is not None else "", "people"),
            reason,
        )
    return (
        *first,
        cell(row.client, "explain"),
        go_live,
        _bar_and_figure(row.delivery, style.bar, "delivery"),
        _bar_and_figure(row.people, style.bar, "people"),
        lag,
        _adopted(row, style.spark),
        _likely(row, thresholds),
        reason,
    )


def _bar_and_figure(share: float | None, width: int, token: str) -> Cell:
    return (*bar(share, width, token), ink(share_said(share).rjust(6), "explain"))


def _adopted(row: PortfolioRow, width: int) -> Cell:
    if row.adopted is None:
        return ()
    return (
        Span(sparkline(row.trend, width).rjust(width), Look("people")),
        ink(share_said(row.adopted).rjust(6), "explain"),
    )


def _likely(row: PortfolioRow, thresholds: Thresholds) -> Cell:
    """How likely the target of use is by its day; nothing where no fresh forecast says."""
    if row.likely is None:
        return ()
    return cell(said_chance(row.likely), "risk" if thresholds.unlikely(row.likely) else "explain")
