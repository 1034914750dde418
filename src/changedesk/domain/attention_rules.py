"""What each rule of attention finds about an initiative on a day (DOMAIN 2.5).

Each rule is a small function that yields what it finds; one whose data do not exist finds nothing. ``attention`` says in
which order they give the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, Literal

from changedesk.domain.control.news import SHORT_WORDS, WORDS, ControlNews
from changedesk.domain.counted import counted, listed
from changedesk.domain.flags import late_start_said
from changedesk.domain.lag import lag_of
from changedesk.domain.saying import count, day_month, go_live_word, in_days, length, percent, signed_days
from changedesk.domain.standing import GateStanding, Standing
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.usage.chance import chance_now, said_chance
from changedesk.domain.words import CHECKPOINTS, plain
from changedesk.values import dataclass

Level = Literal["late", "at_risk", "unknown", "fine", "cancelled"]

GATE_TITLES: Final = {"go_live": "Go-live", "sustain_30": "30 days", "sustain_90": "90 days"}
"""Titles of the checkpoints that are not simply their name; the same as in the lifecycle."""

SHORT_ROOM: Final = 24
"""So many characters a ``short`` may take."""

SAME_NAME: Final = 300
"""A day that is so many days off or more is told with its year."""


@dataclass(frozen=True, slots=True)
class Attention:
    """A level with its reason in words; ``short`` says it in 24 characters, ``rule`` names the rule that found it."""

    level: Level
    reason: str
    rule: str
    short: str


Rule = Callable[[Standing, date, Thresholds], Iterator[Attention]]


def gate_name(name: str) -> str:
    """A checkpoint as it is called: ``Execution``, ``30 days``."""
    return GATE_TITLES.get(name, plain(name).capitalize())


def gate_label(name: str) -> str:
    """A checkpoint as it is spoken of: ``gate 3 Execution``."""
    return f"gate {CHECKPOINTS.index(name) + 1} {gate_name(name)}"


def overdue_gate(standing: Standing, today: date, _: Thresholds) -> Iterator[Attention]:
    """Late: a checkpoint in use is past its date and not signed by both lanes."""
    for gate in open_gates(standing):
        if gate.due is not None and gate.due < today:
            label, over = gate_label(gate.name), count((today - gate.due).days)
            side = _only(delivery=not gate.delivery_signed, people=not gate.people_signed)
            yield Attention(
                "late",
                f"{label} {over} d over: {f'{side} unsigned' if side else 'unsigned'}",
                "overdue_gate",
                f"gate {CHECKPOINTS.index(gate.name) + 1} late{f': {side}' if side else ''}",
            )


def lag_near_go_live(standing: Standing, today: date, thresholds: Thresholds) -> Iterator[Attention]:
    """Late: people work trails delivery far, close to go-live.

    Close is before and after: a lane that was late a week before go-live is not less so a week after. A planned go-live
    that has passed without going live stays close.
    """
    lag = lag_of(standing, today)
    if lag is None or lag < thresholds.late_lag or standing.go_live is None:
        return
    days = (standing.go_live - today).days
    passed = days < 0 and not standing.went_live
    if abs(days) <= thresholds.go_live_near or passed:
        called = go_live_word(standing.go_live, today, went_live=standing.went_live)
        # A reason fits its column: what a passed go-live takes in words is left out before it.
        behind = f"{count(lag)} d behind" if passed else f"{count(lag)} d behind delivery"
        reason = f"people {behind}, {called} {in_days(standing.go_live, today)}"
        yield Attention("late", reason, "lag_near_go_live", _lag_short(lag))


def relapse(standing: Standing, today: date, thresholds: Thresholds) -> Iterator[Attention]:
    """Late: a group went back to the old way."""
    del today, thresholds
    adoption = standing.adoption
    if adoption.state != "relapsed":
        return
    if adoption.worst is None:
        yield Attention("late", "relapse", "relapse", "relapse")
        return
    reason = f"relapse: {adoption.worst}"
    if adoption.worst_percent is not None:
        reason += f" {percent(adoption.worst_percent)}"
        if adoption.worst_was is not None:
            reason += f", were {percent(adoption.worst_was)}"
    short = f"relapse: {adoption.worst}"
    yield Attention("late", reason, "relapse", short if len(short) <= SHORT_ROOM else "relapse")


def not_ready(standing: Standing, today: date, thresholds: Thresholds) -> Iterator[Attention]:
    """Late: people are not ready so short before their go-live; a wave is judged by its own groups and its own day."""
    if standing.readiness is None:
        return
    groups = sum(len(wave.audiences) for wave in standing.readiness.waves)
    for wave in standing.readiness.waves:
        if wave.day is None or wave.percent >= thresholds.ready or (standing.went_live and wave.day <= today):
            continue
        if (wave.day - today).days <= thresholds.ready_near:
            # What nobody has looked at counts as not ready, but it is not said to be so.
            known = standing.readiness.seen is not None
            ready = f"{percent(wave.percent)} ready" if known else "not known to be ready"
            part = len(wave.audiences) < groups
            whose = f"{listed(wave.audiences)} {ready}, their" if part else f"people {ready},"
            short = f"people {ready}" if known else "readiness unknown"
            near = f"{go_live_word(wave.day, today)} {in_days(wave.day, today)}"
            yield Attention("late", f"{whose} {near}", "not_ready", short)


def overdue_duties(news: ControlNews) -> Iterator[Attention]:
    """Late: the votes on what was begun on somebody's word, or the review of what was done, are overdue."""
    for owed in news.overdue:
        what = WORDS[owed.kind]
        over = length(news.now - owed.due)
        yield Attention(
            "late", f"{owed.number}: {what} overdue by {over}", "overdue_duties", f"{SHORT_WORDS[owed.kind]} overdue"
        )


def unapproved_go_live(standing: Standing, news: ControlNews, today: date, near: int) -> Iterator[Attention]:
    """At risk: the change that is its go-live is not authorised, and the go-live is near."""
    if standing.go_live is None or standing.went_live or (standing.go_live - today).days > near:
        return
    for one in news.unapproved:
        when = f"{go_live_word(standing.go_live, today)} {in_days(standing.go_live, today)}"
        reason = f"{one.words}: {one.number}, {when}"
        yield Attention("at_risk", reason, "unapproved_go_live", one.words)


def worse_exceptions(news: ControlNews) -> Iterator[Attention]:
    """At risk: security exceptions pile up, or one is open past its day; also after the initiative is closed (R2)."""
    for one in news.exceptions:
        yield Attention("at_risk", one.sentence, "worse_exceptions", one.short)


def lag(standing: Standing, today: date, thresholds: Thresholds) -> Iterator[Attention]:
    """At risk: people work trails delivery, and :func:`lag_near_go_live` has not said so already."""
    days = lag_of(standing, today)
    said = any(lag_near_go_live(standing, today, thresholds))
    if days is not None and days >= thresholds.risky_lag and not said:
        yield Attention("at_risk", f"people {count(days)} d behind delivery", "lag", _lag_short(days))


def flags(standing: Standing, today: date, thresholds: Thresholds) -> Iterator[Attention]:
    """At risk: the people lane is planned as an afterthought."""
    del thresholds
    if standing.late_start:
        said = late_start_said(standing.charter_on, standing.people_begin, today)
        yield Attention("at_risk", f"late start: {said}", "late_start", "late start")
    if standing.ends_at_go_live:
        yield Attention("at_risk", "people work ends at go-live", "ends_at_go_live", "ends at go-live")
    if standing.only_comms_and_training:
        yield Attention("at_risk", "comms and training only", "only_comms_and_training", "comms, training only")


def unlikely_target(standing: Standing, today: date, thresholds: Thresholds) -> Iterator[Attention]:
    """At risk: the target of use will rather not be reached by its day, as the newest forecast has it (DOMAIN 2.5)."""
    adoption = standing.adoption
    chance = chance_now(adoption, today)
    if chance is None or not thresholds.unlikely(chance):
        return
    by = near_day(adoption.by, today)
    said = said_chance(chance)
    yield Attention(
        "at_risk",
        f"{percent(adoption.percent)} use it, {percent(adoption.target)} by {by} is {said} likely",
        "unlikely_target",
        f"{said} likely by {by}",
    )


def next_gate(standing: Standing, today: date, thresholds: Thresholds) -> Iterator[Attention]:
    """At risk: the next checkpoint is near and its checklists are not done."""
    coming = [(gate.due, gate) for gate in open_gates(standing) if gate.due is not None and gate.due >= today]
    if not coming:
        return
    due, gate = min(coming, key=lambda pair: pair[0])
    missing = gate.delivery_missing + gate.people_missing
    if missing and (due - today).days <= thresholds.checkpoint_near:
        side = _only(delivery=gate.delivery_missing > 0, people=gate.people_missing > 0)
        items = f"{counted(missing, f'{side} item'.strip())} open"
        yield Attention(
            "at_risk",
            f"{gate_label(gate.name)} {in_days(due, today)}: {items}",
            "next_gate",
            f"gate {CHECKPOINTS.index(gate.name) + 1}: {missing} open",
        )


def unknown(standing: Standing, today: date, thresholds: Thresholds) -> Iterator[Attention]:
    """Unknown: an owner or the go-live date is missing."""
    del today, thresholds
    for missing, reason in (
        (not standing.project_owner, "no project owner"),
        (not standing.change_owner, "no change owner"),
        (standing.go_live is None, "no go-live date"),
    ):
        if missing:
            yield Attention("unknown", reason, "unknown", reason)


def open_gates(standing: Standing) -> Iterator[GateStanding]:
    """The checkpoints that wait for a signature and count: in use, and after closing only those that follow go-live."""
    for gate in standing.gates:
        if gate.in_use and not gate.signed and (standing.state != "closed" or gate.name.startswith("sustain")):
            yield gate


def near_day(day: date | None, today: date) -> str:
    """A day without its weekday, and without its year where it can only be the next of its name."""
    said = day_month(day, today).partition(" ")[2]
    return said.removesuffix(f" {day.year}") if day is not None and 0 <= (day - today).days < SAME_NAME else said


def _only(*, delivery: bool, people: bool) -> str:
    """The one side that it concerns; empty when it is both."""
    if delivery and people:
        return ""
    return "delivery" if delivery else "people"


def _lag_short(days: int) -> str:
    return f"lag {signed_days(days)}"
