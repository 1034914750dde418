"""Which initiative needs somebody today, and why: late, at risk, unknown, fine, or cancelled (DOMAIN 2.5).

The first finding, in the order of the rules, is the sentence shown as "why it is here".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import inf
from typing import Final

from changedesk.domain.attention_rules import (
    Attention,
    Level,
    Rule,
    flags,
    lag,
    lag_near_go_live,
    near_day,
    next_gate,
    not_ready,
    open_gates,
    overdue_duties,
    overdue_gate,
    relapse,
    unapproved_go_live,
    unknown,
    unlikely_target,
    worse_exceptions,
)
from changedesk.domain.control.news import NO_NEWS, ControlNews
from changedesk.domain.lag import days_behind, lag_of
from changedesk.domain.saying import count, day_month, go_live_word, percent
from changedesk.domain.standing import Standing
from changedesk.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds
from changedesk.domain.usage.chance import chance_now, said_chance

LEVELS: Final[tuple[Level, ...]] = ("late", "at_risk", "unknown", "fine", "cancelled")
"""The levels, the most pressing first; what is cancelled is none of the others."""

AttentionKey = tuple[int, float, bool, float, str]


def attention(
    standing: Standing, today: date, thresholds: Thresholds = DEFAULT_THRESHOLDS, news: ControlNews = NO_NEWS
) -> Attention:
    """How much attention an initiative needs on a day, with the first reason why.

    ``news`` is what change control has to say about it at this moment.
    """
    return next(_findings(standing, today, thresholds, news), None) or _fine(standing, today, thresholds)


def all_findings(
    standing: Standing, today: date, thresholds: Thresholds = DEFAULT_THRESHOLDS, news: ControlNews = NO_NEWS
) -> tuple[Attention, ...]:
    """Everything the rules find about an initiative on a day, the most pressing first; empty when it is fine."""
    return tuple(_findings(standing, today, thresholds, news))


def attention_key(standing: Standing, found: Attention, today: date) -> AttentionKey:
    """The sort key of the portfolio: level, then nearness, then lag (greatest first), then code.

    Nearness is the number of days to the nearest of go-live and the unsigned checkpoints in use, before or behind: what
    was due yesterday is as near as what is due tomorrow, and comes before it. No such day,
    no known lag, or cancelled: last.
    """
    days = [(gate.due - today).days for gate in open_gates(standing) if gate.due is not None]
    if standing.go_live is not None:
        days.append((standing.go_live - today).days)
    if standing.cancelled:
        days = []
    nearest, ahead = min(((abs(n), n >= 0) for n in days), default=(inf, True))
    behind = lag_of(standing, today)
    return (LEVELS.index(found.level), nearest, ahead, inf if behind is None else -behind, standing.code)


LATE_RULES: Final[tuple[Rule, ...]] = (overdue_gate, lag_near_go_live, relapse, not_ready)
RISK_RULES: Final[tuple[Rule, ...]] = (lag, flags, unlikely_target, next_gate)
"""The rules of each level in the order in which they give the reason; what is unknown comes last.

What change control has to say comes after the others of its level.
"""

RULES_WHEN_CLOSED: Final[tuple[Rule, ...]] = (overdue_gate, relapse)
"""A closed initiative is still judged on what must last: its 30 and 90 days, and whether people went back."""


def _findings(standing: Standing, today: date, thresholds: Thresholds, news: ControlNews) -> Iterator[Attention]:
    if standing.cancelled:
        return
    closed = standing.state == "closed"
    for rule in RULES_WHEN_CLOSED if closed else LATE_RULES:
        yield from rule(standing, today, thresholds)
    yield from overdue_duties(news)
    if closed:
        yield from worse_exceptions(news)
        return
    for rule in RISK_RULES:
        yield from rule(standing, today, thresholds)
    yield from unapproved_go_live(standing, news, today, thresholds.checkpoint_near)
    yield from worse_exceptions(news)
    yield from unknown(standing, today, thresholds)


def _fine(standing: Standing, today: date, thresholds: Thresholds) -> Attention:
    if standing.cancelled:
        return Attention("cancelled", "cancelled", "cancelled", "cancelled")
    adopted, live = standing.adoption.percent, standing.went_live or standing.state == "live"
    behind = max(days_behind(lane, today) or 0 for lane in (standing.delivery, standing.people))
    if standing.state == "closed":
        reason = "closed"
    elif live and adopted is not None:
        reason = _use(standing, today)
    elif not live and standing.go_live is not None and standing.go_live < today:
        # Nothing says whether it came: no light is made of that, but nobody should read that all is well.
        said = f"{go_live_word(standing.go_live, today)} {day_month(standing.go_live, today)}: did it go live?"
        return Attention("fine", said, "fine", "did it go live?")
    elif standing.delivery.progress is None and standing.people.progress is None:
        reason = "no plan yet"
    else:
        # Lanes that are late together are in step, but nobody should read that they are on plan.
        reason = "on plan" if behind < thresholds.risky_lag else f"in step, {count(behind)} d behind plan"
    return Attention("fine", reason, "fine", _likely_short(standing, today) or reason)


def _likely_short(standing: Standing, today: date) -> str:
    """How likely the target is, where that is known: ``83 % likely by 1 Feb``."""
    chance = chance_now(standing.adoption, today)
    if chance is None or standing.adoption.state in {"adopted", "recovered"} or standing.state == "closed":
        return ""
    return f"{said_chance(chance)} likely by {near_day(standing.adoption.by, today)}"


def _use(standing: Standing, today: date) -> str:
    """How far the use is: held, or on its way to the target."""
    adoption = standing.adoption
    if adoption.state in {"adopted", "recovered"}:
        return f"adopted by {percent(adoption.percent)}"
    now = f"{percent(adoption.percent)} use it"
    if adoption.target is None or adoption.by is None:
        return now
    chance = chance_now(adoption, today)
    if chance is not None:
        return f"{now}, {percent(adoption.target)} by {day_month(adoption.by, today)} is {said_chance(chance)} likely"
    verb = "due" if adoption.by >= today else "were due"
    return f"{now}, {percent(adoption.target)}{adoption.of_whom} {verb} {day_month(adoption.by, today)}"
