"""How often were forecasts right? Each week's forecast is kept as it was made, and held against what came (R66)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.saying import count
from changedesk.domain.usage.counts import Use
from changedesk.domain.usage.outlook import FanDay
from changedesk.values import dataclass

NEAR: Final = 4
"""A count so many days before or after the day that was forecast still judges it: counts are made about weekly."""

ENOUGH: Final = 10
"""With fewer judged days a share would say more than is known."""

CLOSE_LEADS: Final = 92
"""Days ahead that are judged: a forecast is asked for the coming quarter."""


@dataclass(frozen=True, slots=True)
class KeptForecast:
    """A forecast as it was made on a day, of one group or (``audience`` None) of all; nothing of it ever changes.

    ``through`` is the day of the last count it knew, None when there was none; ``revision`` names all that it was made of.
    ``chance`` is of ``target`` by ``by``; ``expected`` and ``expected_early``, ``expected_late`` are None for never,
    which ``foresees`` tells from no target at all.
    """

    audience: str | None
    metric: str
    made_on: date
    through: date | None
    revision: str
    basis: str
    target: float | None
    by: date | None
    chance: float | None
    expected: date | None
    expected_early: date | None
    expected_late: date | None
    ceiling: tuple[float, float, float]
    fan: tuple[FanDay, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """So many of the 80 % intervals that can be judged by now held."""

    held: int
    judged: int

    @property
    def share(self) -> float | None:
        """The share that held, 0 to 1; None while none can be judged."""
        return self.held / self.judged if self.judged else None

    def plus(self, other: Score) -> Score:
        """Both together."""
        return Score(self.held + other.held, self.judged + other.judged)

    @property
    def sentence(self) -> str:
        """``Earlier ranges held 41 of 50 times, and 8 of 10 should``; while few can be judged that is said instead."""
        if not self.judged:
            return "No range of an earlier forecast can be judged yet"
        said = f"Earlier ranges held {count(self.held)} of {counted(self.judged, 'time')}"
        return f"{said}, and 8 of 10 should" if self.judged >= ENOUGH else f"{said}, too few to say more"


NOTHING_JUDGED: Final = Score(0, 0)


def judged(kept: Iterable[KeptForecast], series: Sequence[Use]) -> Score:
    """How the forecasts of one series did: each day of each fan that lies within ``CLOSE_LEADS`` and was counted since.

    Only forecasts from counts are judged, those from what roll-outs usually do are no claim about this one; and only
    against counts that came after what the forecast knew. Of several counts near a day the nearest judges it.
    """
    held = total = 0
    for one in kept:
        if one.basis != "data":
            continue
        since = one.through or one.made_on
        later = [use for use in series if use.day > since]
        for day in one.fan:
            seen = _nearest(later, day.day) if 0 < (day.day - since).days <= CLOSE_LEADS else None
            if seen is not None:
                total += 1
                held += day.low <= seen.percent <= day.high
    return Score(held, total)


def _nearest(series: Sequence[Use], day: date) -> Use | None:
    near = [use for use in series if abs((use.day - day).days) <= NEAR]
    return min(near, key=lambda use: (abs((use.day - day).days), use.day), default=None)
