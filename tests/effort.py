"""How much work something is, alike on a fast machine and on a slow one."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import TypeVar

Result = TypeVar("Result")


def with_effort(act: Callable[[], Result]) -> tuple[Result, float]:
    """What comes of it, and the processor time that it takes in units of what counting to a million takes beside it."""
    result, taken = _timed(act)
    return result, taken / _timed(_count)[1]


def _timed(act: Callable[[], Result]) -> tuple[Result, float]:
    began = process_time()
    return act(), process_time() - began


def _count() -> None:
    for _ in range(1_000_000):
        pass
