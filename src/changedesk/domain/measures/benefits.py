"""What the initiative is done for, and how much of it has come (R3, R142, R146, DOMAIN 1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.saying import count
from changedesk.domain.working import Benefit, BenefitObservation
from changedesk.values import dataclass

VALUE_SHARE: Final = 50.0
"""A benefit counts as felt at so many percent of the way to its target."""


def sought(benefits: Iterable[Benefit]) -> tuple[Benefit, ...]:
    """The benefits that the initiative is done for: what is borne for them is none of them."""
    return tuple(benefit for benefit in benefits if not benefit.borne)


def realised(benefit: Benefit, value: float) -> float | None:
    """How far on the way to its target a value is, in percent: (value - baseline) / (target - baseline).

    It may be below 0 or above 100. None when the target is the baseline. A benefit that is to be reduced has its target
    below its baseline, and the same formula holds.
    """
    if benefit.target == benefit.baseline:
        return None
    return 100 * (value - benefit.baseline) / (benefit.target - benefit.baseline)


def clamped(share: float | None) -> float | None:
    """A percentage as it is drawn, from 0 to 100; figures are computed from the one that is not."""
    return None if share is None else min(100.0, max(0.0, share))


@dataclass(frozen=True, slots=True)
class Realised:
    """A benefit with its newest observed value; ``percent`` of the way, None when it cannot be said."""

    benefit: Benefit
    value: float | None
    percent: float | None
    as_of: date | None


def newest(
    benefits: Sequence[Benefit], observations: Iterable[BenefitObservation], today: date
) -> tuple[Realised, ...]:
    """Every benefit as it was last observed by ``today``, in the order given."""
    last: dict[str, BenefitObservation] = {}
    for seen in sorted(observations, key=lambda o: o.day):
        if seen.day <= today:
            last[seen.benefit] = seen
    return tuple(_as_seen(benefit, last.get(benefit.name)) for benefit in benefits)


def _as_seen(benefit: Benefit, seen: BenefitObservation | None) -> Realised:
    if seen is None:
        return Realised(benefit, None, None, None)
    return Realised(benefit, seen.value, realised(benefit, seen.value), seen.day)


@dataclass(frozen=True, slots=True)
class SpeedToValue:
    """So many ``days`` from go-live until a benefit was first felt; ``censored``: not felt by then, it takes longer.

    ``as_of`` is the day of the observation that says so, ``benefit`` the one that was felt.
    """

    days: int
    censored: bool
    benefit: str | None
    as_of: date

    @property
    def said(self) -> str:
        """``24 days``, or ``> 60 d`` when it has not come yet."""
        return f"> {count(self.days)} d" if self.censored else counted(self.days, "day")


def speed_to_value(
    benefits: Sequence[Benefit],
    observations: Iterable[BenefitObservation],
    went_live: date | None,
    today: date,
    share: float = VALUE_SHARE,
) -> SpeedToValue | None:
    """How soon after go-live the first benefit was observed at ``share`` percent of the way or more (R142).

    Only observations from go-live on count, and no disbenefit: what is borne is no value. None before go-live, and while no
    benefit that can be measured has been observed since: that is unknown, not slow.
    """
    by_name = {benefit.name: benefit for benefit in sought(benefits)}
    if went_live is None:
        return None
    felt: list[tuple[date, str]] = []
    looked: list[date] = []
    for seen in observations:
        benefit = by_name.get(seen.benefit)
        on_the_way = None if benefit is None else realised(benefit, seen.value)
        if on_the_way is None or not went_live <= seen.day <= today:
            continue
        looked.append(seen.day)
        if on_the_way >= share:
            felt.append((seen.day, seen.benefit))
    if felt:
        day, name = min(felt)
        return SpeedToValue((day - went_live).days, False, name, day)
    return SpeedToValue((max(looked) - went_live).days, True, None, max(looked)) if looked else None
