"""The groups of an initiative as rows, with what a forecast says of each; its head, and the signs of the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from changedesk.domain.adoption import PERIODS_HELD, SHARE_OF_TARGET
from changedesk.domain.saying import go_live_said, percent
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.usage.forecast_words import said_level, said_likely, said_middle, said_range, short_day
from changedesk.domain.usage.outlook import Asked, Outlook
from changedesk.domain.usage.views import MetricView, SeriesView, Standing
from changedesk.screens.adoption.chart import Named
from changedesk.services.adoption.page import AdoptionPage
from changedesk.widgets.canvas import Line, cells, first_that_fits, fit
from changedesk.widgets.lists.rows import Cell, Column, ListSource, Row, cell
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, ink, sparkline

STATES: Final[Mapping[str, tuple[str, str, str]]] = {
    "not_started": ("○", "not started", "unknown"),
    "rising": ("△", "not adopted", "ink"),
    "adopted": ("●", "adopted", "fine"),
    "relapsed": ("▲", "relapsed", "late"),
    "recovered": ("●", "recovered", "fine"),
    "not_live": ("○", "not live", "explain"),
    "no_count": ("○", "no count", "unknown"),
}
"""The sign, the word and the colour of each state."""
HELD: Final = ("adopted", "recovered")
"""States of a group that has got where it was to get, and holds it."""

LEAST_TITLE: Final = 12
"""So much of a title is shown in any case."""

SPARK: Final = 12
FIXED: Final[Mapping[str, str]] = {"": "ink", "there": "fine", "past": "late"}
"""What is said instead of a chance, with its colour."""

WAITING: Final = "..."
NO_AIM: Final = "no target"

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
    Column("8 of 10 futures", 19, from_width=108),
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


def group_rows(page: AdoptionPage, metric: MetricView, found: Outlooks) -> ListSource:
    """Everybody and then each group: never only the average (R31)."""
    aim = "by group" if metric.by_group else NO_AIM
    return ListSource(
        Row(key_of(one.audience), _group_cells(page, one, found, NO_AIM if one.audience else aim)) for one in metric.all
    )


def adopted_means(page: AdoptionPage, metric: MetricView) -> str:
    """From when on a group is called adopted, where that is said of one whose target is still ahead of it; else nothing."""
    ahead = any(
        page.standing(one) in HELD and one.percent is not None and one.target is not None and one.percent < one.target
        for one in metric.all
    )
    return f"● adopted: {percent(100 * SHARE_OF_TARGET)} of its target in {PERIODS_HELD} counts" if ahead else ""


def _group_cells(page: AdoptionPage, one: SeriesView, found: Outlooks, aim: str) -> tuple[Cell, ...]:
    now, today, thresholds = one.now, page.today, page.thresholds
    outlook = outlook_in(found, one)
    trend = sparkline([use.percent / 100 for use in one.measured[-3 * SPARK :]], SPARK)
    waits = one.question is not None and outlook is None
    return (
        cell(one.name, bold=one.audience is None),
        cell(percent(one.percent), "ink" if now else "unknown", bold=now is not None),
        cell("" if now is None else f"{now.using:,.0f} of {now.of:,.0f}", "explain"),
        cell(trend, "people"),
        _state(one, page.standing(one)),
        cell("" if one.target is None else percent(one.target), "explain"),
        cell("" if one.by is None else short_day(one.by, today), "explain"),
        cell(WAITING, "faint") if waits else _likely(outlook, today, thresholds),
        cell("") if waits else _expected(outlook, today),
        cell("" if waits else _range(one, outlook, today, aim), "explain"),
        cell("" if one.speed is None else one.speed.said, "ink" if one.speed and one.speed.reached else "explain"),
        cell("" if one.sustained is None else percent(one.sustained.share), "explain"),
        cell(said_level(one.levelled, outlook), "explain"),
    )


def _state(one: SeriesView, standing: Standing | None) -> Cell:
    if standing is None:
        return cell(one.why, "explain")
    sign, word, token = STATES[standing]
    return cell(f"{sign} {word}", token)


def _range(one: SeriesView, outlook: Outlook | None, today: date, aim: str) -> str:
    """Between which days it is reached; without a target ``aim``; without a forecast why, unless the state says it."""
    if outlook is None:
        return one.why if one.state is not None else ""
    return said_range(outlook, today) if outlook.target is not None else aim


def _likely(outlook: Outlook | None, today: date, thresholds: Thresholds) -> Cell:
    if outlook is None:
        return cell("")
    said = said_likely(outlook, today)
    if said in FIXED:
        return cell(said, FIXED[said])
    weak = outlook.basis == "prior"
    low = thresholds.unlikely(outlook.chance or 0)
    return cell(said, "explain" if weak else "risk" if low else "fine", bold=not weak)


def _expected(outlook: Outlook | None, today: date) -> Cell:
    if outlook is None or outlook.expected is None:
        return cell("")
    return cell(said_middle(outlook, today), "ink" if outlook.basis == "data" else "explain")


def draw_legend(signs: Sequence[Named], width: int) -> tuple[Line, ...]:
    """The signs of the chart with their words, in the colours of the chart."""
    chosen, gap = _named(signs, width)
    spans = [
        span for sign, word, token in chosen for span in (ink(f"{sign} ", token), ink(f"{word}{' ' * gap}", "explain"))
    ]
    return (tuple(spans),)


def legend_text(signs: Sequence[Named], width: int) -> str:
    """The same as a text, for the frame of a chart that has no line of its own for it."""
    chosen, gap = _named(signs, width)
    return (" " * gap).join(f"{sign} {word}" for sign, word, _ in chosen)


def _named(signs: Sequence[Named], width: int) -> tuple[Sequence[tuple[str, str, str]], int]:
    """The signs with the longest words and the widest gap that fit; where none does, as many as do."""
    long = [(one.sign, one.word, one.token) for one in signs]
    short = [(one.sign, one.short, one.token) for one in signs]
    sizes = ((long, 3), (long, 2), (short, 2), (short, 1))
    fitting = next(((words, gap) for words, gap in sizes if _length(words, gap) <= width), None)
    if fitting is not None:
        return fitting
    while short and _length(short, 1) > width:
        short.pop()
    return short, 1


def _length(signs: Sequence[tuple[str, str, str]], gap: int) -> int:
    return sum(cells(sign) + 1 + cells(word) + gap for sign, word, _ in signs) - gap


def head_line(page: AdoptionPage, today: date, width: int) -> Line:
    """Which initiative it is, whose, since when it is live, and how its use stands then; a long title gives way."""
    standing = page.standing(page.use.everybody) or "no_count"
    sign, word, token = STATES[standing]
    # That it is not live yet is said by its day.
    stands = "" if standing == "not_live" else f"  {sign} {word}"
    cancelled = page.state == "cancelled"
    when = go_live_said(page.go_live, today, went_live=page.went_live, cancelled=cancelled)
    if cancelled:
        stands, token = f"  {GLYPH['cancelled']} cancelled", LEVEL_TOKEN["cancelled"]
    named = named_line(page.title, page.code, page.client, width - cells(f"{when}{stands}"))
    return (*named, ink(when, "ink"), ink(stands, token))


def named_line(title: str, code: str, client: str, room: int) -> Line:
    """Which initiative it is, and whose, at the head of a line: the client gives way to a title of some columns."""
    whose = first_that_fits((f"  {code}  {client}  ", f"  {code}  ", "  "), room - min(LEAST_TITLE, cells(title)))
    return (ink(fit(ink(title).text, max(0, room - cells(whose))), bold=True), ink(whose, "explain"))
