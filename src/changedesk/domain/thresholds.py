"""From which figure on something needs attention; a person may choose other ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a figure becomes a finding, all in days. ``late_lag`` counts only within ``go_live_near`` of go-live."""

    late_lag: int = 14
    go_live_near: int = 30
    risky_lag: int = 5
    checkpoint_near: int = 14


DEFAULT_THRESHOLDS: Final = Thresholds()
