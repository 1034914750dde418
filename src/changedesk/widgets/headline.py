"""The few figures at the top of a screen: what they are called, what they are, what explains them."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.values import dataclass
from changedesk.widgets.canvas import Canvas, Line, Look, first_that_fits

HEIGHT = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One figure; title, value and note each in forms from long to short, ``token`` is the meaning of its colour."""

    title: tuple[str, ...]
    value: tuple[str, ...]
    note: tuple[str, ...]
    token: str = "ink"


def draw_headline(cards: Sequence[Card], width: int) -> tuple[Line, ...]:
    """Draw the cards side by side in equal columns, three rows high, each behind a bar in its colour."""
    sheet = Canvas(width, HEIGHT)
    count = max(1, len(cards))
    for index, card in enumerate(cards):
        left, right = index * width // count, (index + 1) * width // count
        room = right - left - 4
        for y in range(HEIGHT):
            sheet.put(left, y, "▌", Look(card.token))
        sheet.put(left + 2, 0, first_that_fits(card.title, room), Look("explain"))
        sheet.put(left + 2, 1, first_that_fits(card.value, room), Look(card.token, bold=True))
        sheet.put(left + 2, 2, first_that_fits(card.note, room), Look("explain"))
    return sheet.lines()
