"""One blind spot: something that nobody is looking at, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from changedesk.domain.material import Material
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """Something that nobody sees: ``rule`` names it, ``weight`` (1 to 100) says how much hangs on it."""

    rule: str
    weight: int
    sentence: str
    to_do: str


Rule = Callable[[Material], Iterator[BlindSpot]]
