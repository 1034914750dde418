"""Several short texts on one line; when room is short the least important go, whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.values import dataclass
from changedesk.widgets.canvas import PLAIN, Line, Look, Span, cells_up_to, fit

GAP: Final = 2
"""The blanks between two texts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a line; ``rank`` 0 is the most important. ``short`` stands in for it where room is short."""

    text: str
    look: Look = PLAIN
    rank: int = 0
    short: str = ""


def draw_parts(parts: Sequence[Part], width: int) -> Line:
    """The parts in their order with two blanks between them, in ``width`` columns.

    From the least important on, a part is shortened when it can be and left out when it cannot; what is still too much
    after that goes whole, and the longest of the most important ones is cut after a whole word at last.
    """
    shown = [part for part in parts if part.text]
    texts = {id(part): part.text for part in shown}
    for part in sorted(shown, key=lambda part: -part.rank):
        if len(shown) > 1 and not _have_room(shown, texts, width):
            if part.short:
                texts[id(part)] = part.short
            elif part.rank:
                shown.remove(part)
    while len(shown) > 1 and not _have_room(shown, texts, width):
        least = max(shown, key=lambda part: (part.rank, cells_up_to(texts[id(part)], width)))
        others = sum(GAP + cells_up_to(texts[id(part)], width) for part in shown if part is not least)
        if least.rank or others >= width:
            shown.remove(least)
        else:
            texts[id(least)] = fit(texts[id(least)], width - others)
    spans: list[Span] = []
    for part in shown:
        if spans:
            spans.append(Span(" " * GAP, Look()))
        spans.append(Span(fit(texts[id(part)], width), part.look))
    return tuple(spans)


def _have_room(parts: Sequence[Part], texts: dict[int, str], width: int) -> bool:
    taken = sum(cells_up_to(texts[id(part)], width) for part in parts)
    return taken + GAP * (len(parts) - 1) <= width
