"""How likely each of several things is, as shares of one."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp


def shares_of(logs: Sequence[float]) -> list[float]:
    """Weights that sum to 1, from their logarithms, which may be far below what a number can hold when raised."""
    highest = max(logs)
    weights = [exp(each - highest) for each in logs]
    total = sum(weights)
    return [weight / total for weight in weights]
