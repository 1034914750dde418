"""The words and rows of adoption: who takes it up and how far, what a forecast says, and why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from changedesk.domain.counted import counted, listed
from changedesk.domain.saying import count, day_month, in_days, percent
from changedesk.domain.usage.chance import said_chance
from changedesk.domain.usage.forecast_words import (
    said_basis,
    said_ceiling,
    said_outlook,
    short_day,
)
from changedesk.domain.usage.outlook import Asked, Outlook
from changedesk.domain.usage.views import MetricView, SeriesView
from changedesk.services.adoption.choice import ChoiceRow
from changedesk.services.adoption.page import AdoptionPage
from changedesk.values import dataclass
from changedesk.widgets.canvas import Line, cells, wrap
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

CHOICE_COLUMNS: Final = (
    Column("Initiative", 18, share=3),
    Column("Client", 8, share=1, priority=2),
    Column("Go-live", 9),
    Column("Now", 5, align="right"),
    Column("Trend", SPARK),
    Column("State", 13),
    Column("Target", 6, align="right", from_width=90),
    Column("By", 8, align="right", from_width=90),
    Column("Likely", 6, align="right"),
)

NEAR: Final = 120
"""So many days before and after today a go-live is told in days, else by its month."""

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


# --- what is said under the chart


def sentences(
    page: AdoptionPage, series: SeriesView, outlook: Outlook | None, today: date
) -> tuple[tuple[str, str, bool], ...]:
    """What is to be said of a series, the most important first, as (text, colour, bold)."""
    found: list[tuple[str, str, bool]] = []
    if series.reason:
        found.append(
            (series.reason, "late" if series.suspended else "risk" if series.metric.colours else "explain", True)
        )
    elif outlook is not None:
        said = said_outlook(outlook, today, sustained=series.state in ("adopted", "recovered", None))
        found.append((said, _token(outlook, today), True))
        if outlook.basis == "prior":
            found.append((f"{said_basis(outlook)}.", "explain", False))
    elif series.question is not None:
        found.append(("The forecast is being made ...", "explain", False))
    found.append((_now(series, outlook, today), "ink", False))
    if extra := _beyond(series):
        found.append((extra, "explain", False))
    held = f"{page.score.sentence}."
    if outlook is not None and outlook.basis == "data" and (basis := said_basis(outlook)):
        held = f"{held[:-1]}; the forecast {basis[0].lower()}{basis[1:]}."
    found.append((held, "explain", False))
    return tuple(found)


def _token(outlook: Outlook, today: date) -> str:
    if outlook.basis == "prior" or outlook.expected is None:
        return "ink"
    if outlook.expected.reached:
        return "fine"
    if outlook.by is not None and outlook.by < today:
        return "late"
    return "risk" if (outlook.chance or 0) < LIKELY else "fine"


def _now(series: SeriesView, outlook: Outlook | None, today: date) -> str:
    """Where it is and where it levels off, never one for the other (DOMAIN 1.1)."""
    now = series.now
    if now is None:
        said = series.said[-1] if series.said else None
        if said is None:
            return "No count yet; n enters one."
        return f"{percent(said.percent)} ({_of(said.using, said.of)}) say so themselves, {in_days(said.day, today)}."
    whose = f" by {series.methods[0]}" if len(series.methods) == 1 and series.methods[0] != "observed" else ""
    text = (
        f"Now {percent(now.percent)} ({_of(now.using, now.of)}) {series.metric.says}{whose}, {in_days(now.day, today)}"
    )
    if series.levelled is not None:
        return f"{text}; it has levelled off at {percent(series.levelled)}, the ultimate use so far."
    if outlook is not None and outlook.basis == "data" and outlook.target is not None and not series.metric.sampled:
        return f"{text}; heading for {said_ceiling(outlook)}."
    if series.metric.name == "compliance":
        return f"{text}; {percent(100 - now.percent)} go around it."
    return f"{text}."


def _beyond(series: SeriesView) -> str:
    """How fast it came, whether it lasts, and whom the figure leaves out."""
    parts = []
    if series.speed is not None:
        planned = "" if series.speed.planned is None else f" of {count(series.speed.planned)} planned"
        took = "took" if series.speed.reached else "not there yet after"
        parts.append(f"{took} {counted(series.speed.days, 'day')}{planned}")
    if series.sustained is not None:
        parts.append(f"the last 30 days are {percent(series.sustained.share)} of its best")
    if series.left_out:
        parts.append(f"nobody has counted {listed(series.left_out)}")
    if series.to_come:
        parts.append(f"{listed(series.to_come)} go live later and count as nobody until then")
    if series.measured and series.said:
        said = series.said[-1]
        parts.append(f"{percent(said.percent)} say so themselves ({_of(said.using, said.of)})")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def compare_sentence(page: AdoptionPage, series: SeriesView, held: SeriesView, whose: str) -> str:
    """Two series at the same age: the last week that both have seen."""
    ours, theirs = _by_age(series), _by_age(held)
    here = f"● {page.code}, {series.name}"
    there = f"◆ {whose}, {held.name}"
    common = sorted(set(ours) & set(theirs))
    if not common:
        return f"{here} beside {there}: they have no week after go-live in common yet."
    week = common[-1]
    gap = ours[week] - theirs[week]
    more = "as many" if abs(gap) < 0.5 else f"{abs(gap):.0f} points {'more' if gap > 0 else 'fewer'}"
    return (
        f"{here} beside {there}, both from their go-live: after {counted(week, 'week')} {percent(ours[week])}"
        f" and {percent(theirs[week])}, {more} here."
    )


def _by_age(series: SeriesView) -> dict[int, float]:
    if series.go_live is None:
        return {}
    return {(use.day - series.go_live).days // 7: use.percent for use in series.measured if use.day >= series.go_live}


def _of(using: float, of: float) -> str:
    return f"{using:,.0f} of {of:,.0f}"


def draw_sentences(said: Sequence[tuple[str, str, bool]], width: int, height: int) -> tuple[Line, ...]:
    """The sentences wrapped; what has no room is left out whole, the least important first."""
    lines: list[Line] = []
    for text, token, bold in said:
        wrapped = [(ink(line, token, bold=bold),) for line in wrap(text, width)]
        if len(lines) + len(wrapped) > height and lines:
            continue
        lines += wrapped
    return tuple(lines[:height])


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


# --- the choice


@dataclass(frozen=True, slots=True)
class ChoiceSource:
    """The initiatives to choose from; a row's cells are made when it is seen."""

    choice: Sequence[ChoiceRow]
    today: date

    def count(self) -> int:
        """How many there are."""
        return len(self.choice)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Some of them."""
        return [
            Row(row.initiative_id, _choice_cells(row, self.today), number=offset + n)
            for n, row in enumerate(self.choice[offset : offset + limit], 1)
        ]

    def position(self, key: str) -> int | None:
        """Where an initiative stands."""
        return next((n for n, row in enumerate(self.choice) if row.initiative_id == key), None)


def _choice_cells(row: ChoiceRow, today: date) -> tuple[Cell, ...]:
    sign, word, token = STATES[row.adoption]
    live = row.went_live and row.percent is not None
    state = cell(f"{sign} {word}", token) if live else cell("no count yet" if row.went_live else "not live", "explain")
    return (
        (ink(f"{row.code} ", bold=True), ink(row.title)),
        cell(row.client, "explain"),
        cell(_near(row.go_live, today), "explain"),
        cell(percent(row.percent) if row.went_live else "", "ink" if live else "unknown", bold=live),
        cell(sparkline([value / 100 for value in row.trend], SPARK), "people"),
        state,
        cell("" if row.target is None else percent(row.target), "explain"),
        cell("" if row.by is None else short_day(row.by, today), "explain"),
        _choice_chance(row, today),
    )


def _near(day: date | None, today: date) -> str:
    """How far off a go-live is, or its month when it is far."""
    if day is None:
        return "no date"
    return in_days(day, today) if abs((day - today).days) <= NEAR else f"{day:%b %Y}"


def _choice_chance(row: ChoiceRow, today: date) -> Cell:
    if row.chance is None:
        past = row.went_live and row.by is not None and row.by < today and row.percent is not None
        if past and row.target is not None and row.percent is not None:
            return cell("there", "fine") if row.percent >= row.target else cell("past", "late")
        return cell("")
    return cell(said_chance(row.chance), "risk" if row.chance < LIKELY else "fine", bold=True)


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
