"""What a change was to bring, how much of that has come, and how much waits for people to use it (DOMAIN 1.1, 1.5).

    expected of the dependent part = planned dependent part x speed factor x use x proficiency

(Prosci's human factors of a return, 2014.) It is an indicator and no accounting; a factor that nobody knows leaves the
product unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from changedesk.domain.measures.benefits import realised
from changedesk.domain.usage.counts import Use
from changedesk.domain.usage.kpis import Speed
from changedesk.domain.working import Benefit, BenefitObservation
from changedesk.values import dataclass

LOOKS: Final = (30, 90, 180, 365)
"""Days after go-live on which one looks back (R173)."""

LOOK_WITHIN: Final = 21
"""A count so many days before a look back still speaks for it."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the three bars: ``share`` 0 to 1, None while nobody knows; ``note`` says what it is made of."""

    name: str
    share: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The expected share of what depends on people: the product of three bars, and the weakest of them."""

    factors: tuple[Factor, Factor, Factor]

    @property
    def product(self) -> float | None:
        """0 to 1; None while a factor is unknown."""
        found = 1.0
        for factor in self.factors:
            if factor.share is None:
                return None
            found *= factor.share
        return found

    @property
    def weakest(self) -> Factor | None:
        """The factor that takes most away."""
        known = [factor for factor in self.factors if factor.share is not None]
        return min(known, key=lambda factor: factor.share or 0.0, default=None)


def chain_of(speed: Speed | None, use: Use | None, proficiency: Use | None) -> Chain:
    """The three factors from what was counted.

    Speed is planned through actual days, at most 1; while it has not got there, through the days that have passed so far,
    which is the best that it can become. Use and proficiency are shares of people.
    """
    return Chain((_speed(speed), _counted("Use", use, "use it"), _counted("Proficiency", proficiency, "do it well")))


def _speed(speed: Speed | None) -> Factor:
    if speed is None:
        return Factor("Speed", None, "unknown until counted after go-live")
    if speed.planned is None:
        return Factor("Speed", None, "unknown without a target and its day")
    share = min(1.0, speed.planned / speed.days) if speed.days else 1.0
    took = f"{speed.days} d of {speed.planned} planned"
    return Factor("Speed", share, took if speed.reached else f"{took}, not there yet")


def _counted(name: str, use: Use | None, says: str) -> Factor:
    if use is None:
        return Factor(name, None, "unknown until it is counted")
    return Factor(name, use.using / use.of, f"{use.using:,.0f} of {use.of:,.0f} {says}")


@dataclass(frozen=True, slots=True)
class BenefitView:
    """A benefit with its curve: what it was to be and what it was, both as values in its own unit.

    ``expected`` runs from the baseline at go-live to the target when due; ``way`` is how far it has come, in percent, and
    ``way_planned`` how far it was to have come by the same day. ``worse`` says that it is a disbenefit: what the change
    costs people, planned to be borne. ``waiting`` is the amount that waits for people to use it, None while unknown.
    """

    benefit: Benefit
    expected: tuple[tuple[date, float], ...]
    seen: tuple[tuple[date, float], ...]
    way: float | None
    way_planned: float | None
    worse: bool
    waiting: float | None

    @property
    def value(self) -> float | None:
        """The newest value."""
        return self.seen[-1][1] if self.seen else None

    @property
    def as_of(self) -> date | None:
        """The day of the newest value."""
        return self.seen[-1][0] if self.seen else None


def benefit_view(
    benefit: Benefit, observations: Iterable[BenefitObservation], go_live: date | None, chain: Chain, today: date
) -> BenefitView:
    """A benefit as it stands today; values of later days are not known yet."""
    seen = tuple(
        sorted((one.day, one.value) for one in observations if one.benefit == benefit.name and one.day <= today)
    )
    expected: tuple[tuple[date, float], ...] = ()
    if go_live is not None and benefit.due is not None and benefit.due > go_live:
        expected = ((go_live, benefit.baseline), (benefit.due, benefit.target))
    way = realised(benefit, seen[-1][1]) if seen else None
    return BenefitView(
        benefit,
        expected,
        seen,
        way,
        planned_way(benefit, go_live, seen[-1][0]) if seen else planned_way(benefit, go_live, today),
        benefit.borne,
        not_adopted(benefit, chain),
    )


def planned_way(benefit: Benefit, go_live: date | None, day: date) -> float | None:
    """How far on its way it was to be by a day, in percent: straight from go-live to its due day."""
    if go_live is None or benefit.due is None or benefit.target == benefit.baseline:
        return None
    if benefit.due <= go_live:
        return 100.0 if day >= benefit.due else 0.0
    return 100 * min(1.0, max(0.0, (day - go_live).days / (benefit.due - go_live).days))


def not_adopted(benefit: Benefit, chain: Chain) -> float | None:
    """The cost of non-adoption in the benefit's own unit: what of its dependent part the three factors take away.

    (target - baseline) x dependent share x (1 - product), as an amount without a sign; None while any of it is unknown.
    """
    if benefit.dependent_share is None or chain.product is None:
        return None
    return abs(benefit.target - benefit.baseline) * benefit.dependent_share * (1 - chain.product)


@dataclass(frozen=True, slots=True)
class LookBack:
    """A look back so many days after go-live: how many used it, how far each benefit was. ``due`` is its day.

    ``percent`` and ``ways`` are None and empty for what nobody had counted by then; before its day nothing is known.
    """

    days: int
    due: date
    past: bool
    percent: float | None
    ways: tuple[tuple[str, float], ...]


def looks_back(
    go_live: date | None,
    use: Sequence[Use],
    benefits: Sequence[Benefit],
    observations: Sequence[BenefitObservation],
    today: date,
) -> tuple[LookBack, ...]:
    """The looks back after 30, 90, 180 and 365 days; none before there is a go-live."""
    if go_live is None:
        return ()
    return tuple(_look(go_live, days, use, benefits, observations, today) for days in LOOKS)


def _look(
    go_live: date,
    days: int,
    use: Sequence[Use],
    benefits: Sequence[Benefit],
    observations: Sequence[BenefitObservation],
    today: date,
) -> LookBack:
    due = go_live + timedelta(days=days)
    if due > today:
        return LookBack(days, due, False, None, ())
    near = [one for one in use if 0 <= (due - one.day).days <= LOOK_WITHIN]
    ways = []
    for benefit in benefits:
        by_then = [one for one in observations if one.benefit == benefit.name and go_live <= one.day <= due]
        way = realised(benefit, max(by_then, key=lambda one: one.day).value) if by_then else None
        if way is not None:
            ways.append((benefit.name, way))
    return LookBack(days, due, True, near[-1].percent if near else None, tuple(ways))
