"""Six measures, each twice: what the project is judged by, and what lasts after it (R141-R146).

A value that is not known says "unknown" and what would make it known; every known one has the day of its data.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from changedesk.domain.counted import counted, money
from changedesk.domain.lag import delivery_behind
from changedesk.domain.material import Material
from changedesk.domain.measures.benefits import VALUE_SHARE, newest, sought, speed_to_value
from changedesk.domain.measures.earned_value import EarnedValue, figures_of
from changedesk.domain.running_side import FIRST_DAYS, after_go_live
from changedesk.domain.saying import percent
from changedesk.domain.usage.counts import counted_last
from changedesk.domain.usage.metrics import SAID_METHODS
from changedesk.values import dataclass

UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a measure: its value in words, a note, and the day of the data behind it (None: they have no day).

    An ``event`` of that day stays true; what was measured or counted grows old. ``shorter`` are forms of the note for less
    room, the longest first.
    """

    value: str
    note: str
    as_of: date | None = None
    event: bool = False
    shorter: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return self.value != UNKNOWN


@dataclass(frozen=True, slots=True)
class ExtendedMeasure:
    """A measure: ``name`` as the project calls it, ``lasting_name`` what it becomes; both sides of it."""

    name: str
    project: Side
    lasting_name: str
    lasting: Side


def extended_measures(material: Material) -> tuple[ExtendedMeasure, ...]:
    """The six measures in their order."""
    m = material
    figures = figures_of(m)
    return (
        ExtendedMeasure("Scope", _scope(figures), "Fit for purpose", _fit(m)),
        ExtendedMeasure("Time", _time(m, figures), "Speed to value", _speed(m)),
        ExtendedMeasure("Cost", _cost(m, figures), "Total cost", _total_cost(m, figures)),
        ExtendedMeasure("Quality", _quality(m), "Operational reliability", _reliability(m)),
        ExtendedMeasure("Stakeholders", _sign_off(m), "Adoption and satisfaction", _adoption(m)),
        ExtendedMeasure("Value", _completion(m), "Benefits realised", benefits_realised(m)),
    )


def _unknown(note: str, *shorter: str) -> Side:
    return Side(UNKNOWN, note, shorter=shorter)


def _scope(figures: EarnedValue) -> Side:
    if figures.scope is not None:
        return Side(f"{percent(figures.scope)} delivered", "of the scope", figures.scope_as_of)
    return _unknown("known once a snapshot says how much of the scope is done")


def _fit(m: Material) -> Side:
    """Fit by use: what was checked, done the new way and as it should be."""
    for metric, note in (("compliance", "of the work checked goes the new way"), ("proficiency", "can work with it")):
        found = counted_last(m.latest, metric, m.audiences)
        if found is not None:
            return Side(percent(found[0]), f"{note}, n {found[1]:,.0f}", found[2])
    return _unknown("known once compliance or proficiency is observed")


def _time(m: Material, figures: EarnedValue) -> Side:
    behind = delivery_behind(m.standing, m.today)
    if m.standing.cancelled:
        return Side("n/a", "cancelled")
    if behind is None:
        return _unknown("known once there is a delivery plan with dates")
    said = "on plan" if behind == 0 else f"{counted(abs(behind), 'day')} {'behind' if behind > 0 else 'ahead'}"
    note = f"SPI(t) {figures.spi_t:.2f}" if figures.spi_t is not None else "against its baseline"
    return Side(said, note, figures.as_of if figures.spi_t is not None else m.today)


def _speed(m: Material) -> Side:
    speed = speed_to_value(m.benefits, m.benefit_observations, m.initiative.go_live_actual, m.today, VALUE_SHARE)
    if speed is None:
        if m.initiative.go_live_actual is None:
            return _unknown("known after go-live")
        return _unknown(
            "known once a benefit is observed" if sought(m.benefits) else "known once there is a benefit to observe"
        )
    way = f"{percent(VALUE_SHARE)} of the way"
    note = f"no benefit was {way} by then" if speed.censored else f"until {speed.benefit} was {way}"
    return Side(speed.said, note, speed.as_of)


def _cost(m: Material, figures: EarnedValue) -> Side:
    if figures.actual is None:
        return _unknown("known once a snapshot says what was spent")
    spent = f"{money(figures.actual, m.initiative.currency)} spent"
    off = figures.budget_deviation
    note = "what was planned by now is unknown"
    if off is not None:
        note = "as planned by now" if abs(off) < 0.5 else f"{percent(abs(off))} {'over' if off > 0 else 'under'} plan"
    return Side(spent, note, figures.as_of)


def _total_cost(m: Material, figures: EarnedValue) -> Side:
    cost = m.running.cost if m.running else None
    if cost is not None:
        said = f"{'at least ' if cost.at_least else ''}{money(cost.amount, cost.currency)}"
        missing = f"; unknown: {', '.join(cost.unknown)}" if cost.unknown else ""
        return Side(said, f"over {counted(cost.months, 'month')}{missing}", m.today)
    if figures.actual is None:
        return _unknown("known once a snapshot says what was spent, and a service says what it costs to run")
    note = "the project's part; what it costs to run is known once its service says so"
    if not m.initiative.currency:
        note += "; the currency is unknown"
    return Side(f"at least {money(figures.actual, m.initiative.currency)}", note, figures.as_of)


def _quality(m: Material) -> Side:
    tested = next((item for gate in m.gates if gate.in_use for item in gate.items if item.key == "tested"), None)
    if tested is None:
        return _unknown("known once the execution gate is followed here")
    if tested.done_at is None:
        return Side("not tested yet", "open under the execution gate")
    return Side("tests passed", tested.evidence or "ticked without evidence", tested.done_at.date(), event=True)


def _reliability(m: Material) -> Side:
    """How the service ran in the first 90 days after go-live."""
    live = m.initiative.go_live_actual
    if m.running is None or m.running.service is None:
        return _unknown("known once the initiative names its service")
    if live is None:
        return _unknown("known after go-live")
    figures = after_go_live(m.running.periods, live)
    if figures is None or figures.availability is None:
        return _unknown("known once a period of the service after go-live is recorded")
    between = figures.mtbf
    note = f"first {FIRST_DAYS} days"
    if between is not None:
        note += f"; {'over ' if between.at_least else ''}{between.hours:,.0f} h between failures"
    return Side(f"{figures.availability:.2f} % available", note, figures.end)


def _sign_off(m: Material) -> Side:
    used = [gate for gate in m.gates if gate.in_use]
    if not used:
        return _unknown("known once gates are followed here")
    signed = [gate for gate in used if gate.signed]
    days = [signature.signed_at.date() for gate in signed for signature in gate.signatures if signature.counts]
    sponsor = f"sponsor {m.initiative.sponsor}" if m.initiative.sponsor else "no sponsor"
    value = f"{len(signed)} of {counted(len(used), 'gate')} signed by both sides"
    return Side(value, sponsor, max(days, default=None), event=True)


def _adoption(m: Material) -> Side:
    adoption, satisfied = m.standing.adoption, counted_last(m.latest, "satisfaction", m.audiences)
    known: list[tuple[str, date | None]] = []
    if adoption.percent is not None:
        known.append((f"{percent(adoption.percent)} use it", adoption.observed_on))
    if satisfied is not None:
        known.append((f"{percent(satisfied[0])} satisfied", satisfied[2]))
    said = counted_last(m.latest, "satisfaction", m.audiences, SAID_METHODS)
    asked = None if said is None else f"{percent(said[0])} satisfied by their own word, n {said[1]:,.0f}"
    if not known:
        return _unknown(
            "known once use and satisfaction are observed" if asked is None else f"use is not observed; {asked}"
        )
    note = f"target {percent(adoption.target)}{adoption.of_whom}" if adoption.target is not None else "no target of use"
    if satisfied is None:
        note += f"; {asked or 'satisfaction is unknown until people are asked'}"
    elif adoption.percent is None:
        note += "; use is unknown until it is observed"
    # The older of the two, so that nobody takes the whole for newer than it is.
    return Side(", ".join(said for said, _ in known), note, min((day for _, day in known if day), default=None))


def _completion(m: Material) -> Side:
    progress = m.standing.delivery.progress
    if progress is None:
        return _unknown("known once there is a delivery plan")
    done = "all work done" if m.standing.delivery.finished else f"{percent(100 * progress)} of the work done"
    return Side(done, "activities by weight", m.today)


def benefits_realised(m: Material) -> Side:
    """One benefit as its percentage, several as the lowest and the highest: an average would hide the lowest."""
    benefits = sought(m.benefits)
    if not benefits:
        return _unknown(
            "known once there is a benefit with baseline and target", "none has baseline and target", "none to measure"
        )
    states = newest(benefits, m.benefit_observations, m.today)
    known = [(state.percent, state) for state in states if state.percent is not None]
    if not known:
        return _unknown("known once a benefit is observed", "none observed yet", "not observed")
    low, worst = min(known, key=lambda pair: pair[0])
    high = max(share for share, _ in known)
    shown = percent(low)
    if percent(high) != shown:
        shown += f" to {percent(high)}"
    seen = f"{len(known)} of {len(states)}"
    note = f"{len(known)} of {counted(len(states), 'benefit')} observed"
    shorter: tuple[str, ...] = (f"{seen} observed", f"{seen} seen")
    if len(known) > 1:
        note += f"; lowest: {worst.benefit.name}"
        shorter = (f"{seen}; lowest: {worst.benefit.name}", *shorter)
    oldest = min((state.as_of for _, state in known if state.as_of), default=None)
    return Side(shown, note, oldest, shorter=shorter)
