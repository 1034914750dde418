"""A column of facts: name, value, bar, note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from changedesk.widgets.canvas import Canvas, Line, Look, cells, fit
from changedesk.widgets.paint import bar


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: its value in words, the share of a bar (0 to 1) when it has one, and what explains it.

    ``kind`` says whether it is an output or an outcome; ``token`` is the meaning of the value's colour.
    """

    name: str
    value: str
    share: float | None = None
    note: str = ""
    kind: str = ""
    token: str = "ink"
    indent: bool = False


def draw_facts(facts: Sequence[Fact], width: int, height: int, lane: str, closing: str = "") -> tuple[Line, ...]:
    """Draw the facts one a row, with bars in the colour of their lane where there is room; ``closing`` at the bottom.

    What has no room is counted, never left out silently.
    """
    sheet = Canvas(width, height)
    room = height - (1 if closing and height > 2 else 0)
    shown = facts if len(facts) <= room else facts[: max(0, room - 1)]
    name_width = min(max((cells(f.name) + 2 * f.indent for f in facts), default=0), max(8, width // 3)) + 2
    value_width = min(max((cells(f.value) for f in facts), default=0), max(8, width // 3)) + 2
    kind_width = max((cells(f.kind) for f in facts), default=0)
    has_bars = any(fact.share is not None for fact in facts)
    left = width - name_width - value_width - kind_width - 1
    bar_width = min(10, left - 12) if has_bars and left >= 18 else 0
    note_at = name_width + value_width + (bar_width + 2 if bar_width else 0)
    for y, fact in enumerate(shown):
        indent = 2 if fact.indent else 0
        sheet.put(indent, y, fit(fact.name, name_width - indent - 1), Look("explain"))
        sheet.put(name_width, y, fit(fact.value, value_width - 1), Look(fact.token))
        if fact.share is not None:
            x = name_width + value_width
            for span in bar(fact.share, bar_width, lane):
                x = sheet.put(x, y, *span)
        sheet.put(note_at, y, fit(fact.note, width - note_at - kind_width - 1), Look("explain"))
        sheet.put_right(width, y, fact.kind, Look("faint"))
    if len(shown) < len(facts) and room > 0:
        sheet.put(0, room - 1, fit(f"{len(facts) - len(shown)} more", width), Look("faint"))
    if room < height:
        sheet.put(0, height - 1, fit(closing, width), Look("explain"))
    return sheet.lines()
