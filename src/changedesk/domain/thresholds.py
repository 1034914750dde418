"""From which figure on something needs attention; a person may choose other ones."""

from __future__ import annotations

from typing import Final, Literal

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a figure becomes a finding.

    In days: ``late_lag`` counts only within ``go_live_near`` of go-live, people who are not ready within ``ready_near``
    of it; both lanes that are ``far_behind`` their plans are at risk, in step or not. In percent: people are ready from
    ``ready`` on, a group below ``pocket`` is a pocket of low readiness. An element of readiness that scores ``barrier`` or
    less holds a person up. A target that is less than ``likely`` percent likely by its day is at risk.
    """

    late_lag: int = 14
    go_live_near: int = 30
    risky_lag: int = 5
    far_behind: int = 30
    checkpoint_near: int = 14
    ready_near: int = 7
    ready: int = 80
    pocket: int = 70
    barrier: int = 3
    likely: int = 50

    def lag_level(self, days: int | None) -> Literal["", "risk", "late"]:
        """How a lag of so many days looks; empty where it is small or unknown."""
        if days is None or days < self.risky_lag:
            return ""
        return "late" if days >= self.late_lag else "risk"

    def unlikely(self, chance: float) -> bool:
        """Whether a target with that chance of its day, 0 to 1, is at risk."""
        return 100 * chance < self.likely


HIGHEST: Final[dict[str, int]] = {"ready": 100, "pocket": 100, "barrier": 4, "likely": 100}
"""The highest value of the thresholds that are no days."""

DEFAULT_THRESHOLDS: Final = Thresholds()
