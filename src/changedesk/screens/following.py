"""Going through an order of things, one key press at a time, round its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def following(order: Sequence[Thing], now: Thing, by: int = 1) -> Thing:
    """What stands so many places after ``now``; where that has no place in the order, the first of it."""
    return order[(order.index(now) + by) % len(order)] if now in order else order[0]
