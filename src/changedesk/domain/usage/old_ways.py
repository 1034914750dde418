"""Do old ways and exceptions pile up after go-live, or do they go? (R1, R2)"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.working import Workaround
from changedesk.values import dataclass

PERIOD: Final = 30
"""Days between the two counts that the arrow compares."""


@dataclass(frozen=True, slots=True)
class OldWays:
    """How many old ways are in use ``now`` and were ``before``, 30 days ago; ``overdue`` were to be gone by now.

    ``known`` says that any was ever noted: none noted is not none there.
    """

    now: int
    before: int
    overdue: int
    known: bool

    @property
    def arrow(self) -> str:
        """``↑`` more than before, ``↓`` fewer, ``→`` as many."""
        return "↑" if self.now > self.before else "↓" if self.now < self.before else "→"

    @property
    def sentence(self) -> str:
        """``↑ 5 old ways in use, 3 a month ago, 1 overdue``."""
        if not self.known:
            return "No old way or exception was ever noted"
        late = f", {self.overdue} overdue" if self.overdue else ""
        return f"{self.arrow} {counted(self.now, 'old way')} in use, {self.before} a month ago{late}"


def old_ways(workarounds: Iterable[Workaround], today: date) -> OldWays:
    """The old ways and exceptions of an initiative, counted on two days."""
    noted = [one for one in workarounds if one.first_seen <= today]
    return OldWays(
        _open_on(noted, today),
        _open_on(noted, today - timedelta(days=PERIOD)),
        sum(one.closed_on is None and one.retire_by is not None and one.retire_by < today for one in noted),
        bool(noted),
    )


def _open_on(noted: Iterable[Workaround], day: date) -> int:
    return sum(one.first_seen <= day and (one.closed_on is None or one.closed_on > day) for one in noted)
