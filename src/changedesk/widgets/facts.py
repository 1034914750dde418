"""A column of facts: name, value, bar, note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.data_age import is_stale, said_age
from changedesk.domain.measures.fact import Fact
from changedesk.widgets.canvas import Canvas, Line, Look, cells, fit
from changedesk.widgets.paint import bar

VALUE_LEAST: Final = 13
FIGURE: Final = 6
BAR_LEAST: Final = 4
"""The columns that values have at least, that a percentage takes before its bar, and that a bar needs."""
LEAST_SAYING: Final = 3
"""A note that was shortened to so few columns says nothing."""


def draw_facts(facts: Sequence[Fact], width: int, height: int, lane: str, closing: str = "") -> tuple[Line, ...]:
    """Draw the facts one a row, bars in the colour of their lane behind values that leave room; ``closing`` at the bottom.

    What has no room is counted, never left out silently. Only where outcomes stand beside outputs are the kinds named.
    """
    mixed = any(fact.kind == "outcome" for fact in facts)
    sheet = Canvas(width, height)
    room = height - (1 if closing and height > 2 else 0)
    shown = facts if len(facts) <= room else facts[: max(0, room - 1)]
    name_width = min(max((cells(f.name) + 2 * f.indent for f in facts), default=0), max(8, width // 3)) + 1
    value_width = min(max((cells(f.value) for f in facts), default=0), max(VALUE_LEAST, width // 3)) + 2
    value_width = max(value_width, VALUE_LEAST + 2)
    note_at = name_width + value_width
    for y, fact in enumerate(shown):
        indent = 2 if fact.indent else 0
        sheet.put(indent, y, fit(fact.name, name_width - indent - 1), Look("explain"))
        sheet.put(name_width, y, fit(fact.value, value_width - 1), Look(fact.level or "ink"))
        bar_at = name_width + max(cells(fact.value) + 1, FIGURE)
        if fact.share is not None and note_at - 2 - bar_at >= BAR_LEAST:
            for span in bar(fact.share, note_at - 2 - bar_at, lane):
                bar_at = sheet.put(bar_at, y, *span)
        kind = fact.kind if mixed else ""
        _put_note(sheet, note_at, y, fact, width - note_at - (cells(kind) + 1 if kind else 0))
        sheet.put_right(width, y, kind, Look("faint"))
    if len(shown) < len(facts) and room > 0:
        sheet.put(0, room - 1, fit(f"{len(facts) - len(shown)} more", width), Look("faint"))
    if room < height:
        sheet.put(0, height - 1, fit(closing, width), Look("explain"))
    return sheet.lines()


def _put_note(sheet: Canvas, x: int, y: int, fact: Fact, room: int) -> None:
    """The note, and behind it the age of the data: when both have no room the note is shortened, not the age."""
    age = said_age(fact.age)
    if not age:
        sheet.put(x, y, _whole_clauses(fact.note, room), Look("explain"))
        return
    words, left = fact.note.split(), room - cells(age) - 2
    # A note of which not even one word has room says nothing.
    note = _whole_clauses(fact.note, left) if words and (cells(fact.note) <= left or cells(words[0]) < left) else ""
    if note:
        x = sheet.put(x, y, note + (" " if note.endswith("…") else ", "), Look("explain"))
    sheet.put(x, y, fit(age, room), Look("risk" if is_stale(fact.age) else "explain"))


def _whole_clauses(note: str, room: int) -> str:
    """What comes first of a note, to the end of a clause: half a clause such as "15 %…" says nothing, nor does "n…"."""
    clauses = note.split("; ")
    for kept in range(len(clauses) - 1, 0, -1):
        if cells(note) > room >= cells(start := "; ".join(clauses[:kept]) + "…"):
            return start
    fitted = fit(note, room)
    return "" if fitted != note and cells(fitted) <= LEAST_SAYING else fitted
