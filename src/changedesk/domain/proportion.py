"""So many out of so many, and how sure that is: the interval of E. B. Wilson (JASA 22, 1927)."""

from __future__ import annotations

from math import sqrt
from typing import Final

from changedesk.domain.saying import percent
from changedesk.values import dataclass

Z_95: Final = 1.959963984540054
"""An interval of 95 % reaches so many deviations to either side."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """``part`` of ``whole``; of nothing it is undefined, never 0 and never 1."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> float | None:
        """The share in percent."""
        return None if self.value is None else 100 * self.value

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which shares the true one lies, with 95 %; None of nothing.

        Wilson's score interval: unlike the plain one it stays within 0 and 1 and says something where all went well.
        """
        if not self.whole:
            return None
        n, share, z = self.whole, self.part / self.whole, Z_95
        centre = share + z * z / (2 * n)
        reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        scale = 1 + z * z / n
        low = 0.0 if self.part == 0 else max(0.0, (centre - reach) / scale)
        high = 1.0 if self.part == n else min(1.0, (centre + reach) / scale)
        return low, high


def said_share(share: Proportion) -> str:
    """A share as a person says it: ``91 %``; of nothing ``?``."""
    return percent(share.percent)


def said_interval(share: Proportion) -> str:
    """Its interval in whole percent: ``77-97 %``; of nothing nothing."""
    if share.interval is None:
        return ""
    low, high = share.interval
    return f"{percent(100 * low).removesuffix(' %')}-{percent(100 * high)}"
