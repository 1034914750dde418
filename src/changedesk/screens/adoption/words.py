"""What is said under the chart of adoption: the outlook, where use stands now, and how it compares with another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from changedesk.domain.adoption import SHARE_OF_TARGET, enough_of
from changedesk.domain.counted import counted, listed
from changedesk.domain.saying import as_sentence, count, in_days, percent
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.usage.chance import said_in_lists
from changedesk.domain.usage.forecast_words import said_basis, said_ceiling, said_outlook
from changedesk.domain.usage.outlook import Outlook
from changedesk.domain.usage.views import SeriesView
from changedesk.keymap import Keymap
from changedesk.screens.adoption.parts import HELD
from changedesk.services.adoption.page import AdoptionPage
from changedesk.widgets.canvas import Line, wrap
from changedesk.widgets.paint import ink

NO_GROUPS: Final = "It is meant for nobody yet: open the initiative and list its audiences."


def sentences(
    page: AdoptionPage, series: SeriesView, outlook: Outlook | None, today: date, keymap: Keymap
) -> tuple[tuple[str, str, bool], ...]:
    """What is to be said of a series, the most important first, as (text, colour, bold)."""
    found: list[tuple[str, str, bool]] = []
    if series.reason:
        found.append(
            (series.reason, "late" if series.suspended else "risk" if series.metric.colours else "explain", True)
        )
    elif outlook is not None:
        by_group = series.audience is None and page.metric(series.metric.name).by_group
        said = said_outlook(outlook, today, sustained=series.state != "relapsed", by_group=by_group)
        found.append((said, _token(outlook, today, page.thresholds), True))
        if outlook.basis == "prior":
            basis = said_basis(outlook, in_lists=series is page.use.everybody)
            found.append((f"{basis}.", "explain", False))
    elif series.question is not None:
        found.append(("The forecast is being made ...", "explain", False))
    if page.use.groups:
        found.append((_now(series, outlook, today, keymap), "ink", False))
    else:
        found.append((NO_GROUPS, "ink", False))
    counted_here = [one for one in page.metrics if one.everybody.measured or one.everybody.said]
    others = [one.metric.title.lower() for one in counted_here if one.metric is not series.metric]
    if series.now is None and series.metric is page.use.metric and others:
        found.append((f"{keymap.shown('adoption.metric')} shows what is counted here: {listed(others)}.", "ink", False))
    if extra := beyond(series):
        found.append((extra, "explain", False))
    if outlook is not None and series is page.use.everybody and (lists := said_in_lists(page.newest, outlook, today)):
        found.append((f"{lists}.", "explain", False))
    held = f"{page.score.sentence}."
    if outlook is not None and outlook.basis == "data" and (basis := said_basis(outlook)):
        held = f"{held[:-1]}; the forecast {basis[0].lower()}{basis[1:]}."
    found.append((held, "explain", False))
    return tuple(found)


def _token(outlook: Outlook, today: date, thresholds: Thresholds) -> str:
    if outlook.basis == "prior" or outlook.expected is None:
        return "ink"
    if outlook.expected.reached:
        return "fine"
    if outlook.by is not None and outlook.by < today:
        return "late"
    return "risk" if thresholds.unlikely(outlook.chance or 0) else "fine"


def _now(series: SeriesView, outlook: Outlook | None, today: date, keymap: Keymap) -> str:
    """Where it is and where it levels off, never one for the other (DOMAIN 1.1)."""
    now = series.now
    if now is None:
        said = series.said[-1] if series.said else None
        if said is None:
            return f"No count yet; {keymap.shown('adoption.observe')} enters one."
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


def beyond(series: SeriesView) -> str:
    """How fast it came, whether it lasts, and whom the figure leaves out."""
    parts = []
    if series.state in HELD and series.now is not None and series.target and series.now.percent < series.target:
        enough, share = percent(enough_of(series.target)), percent(100 * SHARE_OF_TARGET)
        parts.append(f"adopted is said from {enough} on, {share} of the target")
    if series.speed is not None:
        planned = "" if series.speed.planned is None else f" of {count(series.speed.planned)} planned"
        took = "took" if series.speed.reached else "not reached after"
        parts.append(
            f"{percent(100 * SHARE_OF_TARGET)} of the target {took} {counted(series.speed.days, 'day')}{planned}"
        )
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
    return as_sentence(text)


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
