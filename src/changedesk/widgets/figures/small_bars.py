"""Several shares as one small column each, beside each other: why something ranks where it does, in a few cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from changedesk.widgets.canvas import Line, Look, Span
from changedesk.widgets.paint import HIGHEST, SPARKS

NOTHING: Final = "·"
NOT_KNOWN: Final = "?"


class SmallBar(NamedTuple):
    """A share (0 to 1; None is unknown) and the meaning of its colour."""

    share: float | None
    token: str = "people"


def small_bars(bars: Sequence[SmallBar]) -> Line:
    """One cell for each: a dot where there is nothing, a column from low to full else; what is unknown is a ``?``."""
    return tuple(_cell(bar) for bar in bars)


def _cell(bar: SmallBar) -> Span:
    if bar.share is None:
        return Span(NOT_KNOWN, Look("unknown"))
    if bar.share <= 0:
        return Span(NOTHING, Look("faint"))
    return Span(SPARKS[min(HIGHEST, int(bar.share * (HIGHEST + 1)))], Look(bar.token))
