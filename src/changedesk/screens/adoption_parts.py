"""The groups of an initiative as rows, with what a forecast says of each; its head, and the signs of the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from changedesk.domain.saying import day_month, in_days, percent
from changedesk.domain.usage.chance import said_chance
from changedesk.domain.usage.forecast_words import (
    said_ceiling,
    short_day,
)
from changedesk.domain.usage.outlook import Asked, Outlook
from changedesk.domain.usage.views import MetricView, SeriesView
from changedesk.services.adoption.page import AdoptionPage
from changedesk.widgets.canvas import Line, cells
from changedesk.widgets.paint import ink, sparkline
from changedesk.widgets.rows import Cell, Column, ListSource, Row, cell

STATES: Final[Mapping[str, tuple[str, str, str]]] = {
    "not_started": ("○", "not started", "unknown"),
    "rising": ("△", "rising", "ink"),
    "adopted": ("●", "adopted", "fine"),
    "relapsed": ("▲", "relapsed", "late"),
    "recovered": ("●", "recovered", "fine"),
}
"""The sign, the word and the colour of each state."""

SPARK: Final = 12
WAITING: Final = "..."
LIKELY: Final = 0.5
"""A chance below this is a risk (DOMAIN 2.5)."""

GROUP_COLUMNS: Final = (
    Column("Group", 16, share=3),
    Column("Now", 5, align="right"),
    Column("Count", 11, align="right", from_width=124),
    Column("Trend", SPARK),
    Column("State", 13),
    Column("Target", 6, align="right"),
    Column("By", 8, align="right", from_width=100),
    Column("Likely", 6, align="right"),
    Column("Expected", 8, align="right"),
    Column("80 % range", 19, from_width=108),
    Column("Speed", 7, align="right", from_width=136, priority=3),
    Column("Lasts", 6, align="right", from_width=144, priority=4),
    Column("Levels off", 16, align="right", from_width=150, priority=5),
)

ALL: Final = "all"
GROUP: Final = "group "

Outlooks = Mapping[Asked, Outlook]
"""The forecasts that have arrived, by what was asked."""


def outlook_in(found: Outlooks, series: SeriesView) -> Outlook | None:
    """The forecast of a series, None while it is being made and where there is none."""
    return None if series.question is None else found.get(series.question)


def key_of(audience: str | None) -> str:
    """The key of a group's row; everybody has one that no group can have."""
    return ALL if audience is None else f"{GROUP}{audience}"


def audience_of(key: str) -> str | None:
    """The group of a row's key, None for everybody."""
    return key.removeprefix(GROUP) if key.startswith(GROUP) else None


def group_rows(metric: MetricView, found: Outlooks, today: date) -> ListSource:
    """Everybody and then each group: never only the average (R31)."""
    return ListSource(Row(key_of(one.audience), _group_cells(one, found, today)) for one in metric.all)


def _group_cells(one: SeriesView, found: Outlooks, today: date) -> tuple[Cell, ...]:
    now = one.now
    outlook = outlook_in(found, one)
    trend = sparkline([use.percent / 100 for use in one.measured[-3 * SPARK :]], SPARK)
    waits = one.question is not None and outlook is None
    return (
        cell(one.name, bold=one.audience is None),
        cell(percent(one.percent), "ink" if now else "unknown", bold=now is not None),
        cell("" if now is None else f"{now.using:,.0f} of {now.of:,.0f}", "explain"),
        cell(trend, "people"),
        _state(one),
        cell("" if one.target is None else percent(one.target), "explain"),
        cell("" if one.by is None else short_day(one.by, today), "explain"),
        cell(WAITING, "faint") if waits else _likely(outlook, today),
        cell("") if waits else _expected(outlook, today),
        cell("" if outlook is None else _range(outlook, today), "explain"),
        cell("" if one.speed is None else one.speed.said, "ink" if one.speed and one.speed.reached else "explain"),
        cell("" if one.sustained is None else percent(one.sustained.share), "explain"),
        cell(_levels(one, outlook), "explain"),
    )


def _state(one: SeriesView) -> Cell:
    if one.state is None:
        return cell("" if one.measured else "self-reported" if one.said else "no count yet", "explain")
    if not one.measured:
        return cell("○ no count", "unknown")
    sign, word, token = STATES[one.state]
    return cell(f"{sign} {word}", token)


def _likely(outlook: Outlook | None, today: date) -> Cell:
    if outlook is None or outlook.expected is None:
        return cell("")
    if outlook.expected.reached:
        return cell("there", "fine")
    if outlook.by is None or outlook.by < today:
        return cell("past", "late")
    weak = outlook.basis == "prior"
    low = (outlook.chance or 0) < LIKELY
    return cell(said_chance(outlook.chance), "explain" if weak else "risk" if low else "fine", bold=not weak)


def _expected(outlook: Outlook | None, today: date) -> Cell:
    if outlook is None or outlook.expected is None:
        return cell("")
    return cell(short_day(outlook.expected.middle, today), "ink" if outlook.basis == "data" else "explain")


def _range(outlook: Outlook, today: date) -> str:
    expected = outlook.expected
    if expected is None or expected.reached:
        return ""
    early = "now" if expected.early is not None and expected.early <= today else short_day(expected.early, today)
    return f"{early} - {short_day(expected.late, today)}"


def _levels(one: SeriesView, outlook: Outlook | None) -> str:
    if one.levelled is not None:
        return percent(one.levelled)
    return f"~ {said_ceiling(outlook)}" if outlook is not None and outlook.basis == "data" else ""


def draw_legend(signs: Sequence[tuple[str, str, str]], width: int) -> tuple[Line, ...]:
    """The signs of the chart with their words, as many as fit."""
    spans: list[tuple[str, str]] = []
    used = 0
    for sign, word, token in signs:
        size = cells(sign) + cells(word) + 4
        if used + size > width:
            break
        spans += [(f"{sign} ", token), (f"{word}   ", "explain")]
        used += size
    return (tuple(ink(text, token) for text, token in spans),)


def head_line(page: AdoptionPage, today: date) -> Line:
    """Which initiative it is, whose, and since when it is live."""
    state = page.use.everybody.state
    sign, _, token = STATES[state or "not_started"] if page.use.everybody.measured else STATES["not_started"]
    when = "no go-live date"
    if page.go_live is not None:
        when = f"{_live(page)} {day_month(page.go_live, today)} ({in_days(page.go_live, today)})"
    return (
        ink(f"{sign} ", token),
        ink(page.title, bold=True),
        ink(f"  {page.code}  {page.client}  ", "explain"),
        ink(when, "ink"),
    )


def _live(page: AdoptionPage) -> str:
    return "live since" if page.went_live else "go-live"
