"""A column of facts: name, value, bar, note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.data_age import is_stale, said_age
from changedesk.domain.measures.fact import Fact
from changedesk.widgets.canvas import LEFT_OUT, Canvas, Line, Look, cells, first_that_fits, fit
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
    name_width = min(max((cells(f.name) + 2 * f.indent for f in shown), default=0), max(8, width // 3)) + 1
    value_width = min(max((cells(f.value) for f in shown), default=0), max(VALUE_LEAST, width // 3)) + 2
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
        kind, room_beside = (fact.kind if mixed else ""), width - note_at
        if kind and cells(fact.source) > room_beside - cells(kind) - 1:
            # That nobody observed it is said before of which kind it is.
            kind = ""
        _put_note(sheet, note_at, y, fact, room_beside - (cells(kind) + 1 if kind else 0))
        sheet.put_right(width, y, kind, Look("faint"))
    if len(shown) < len(facts) and room > 0:
        sheet.put(0, room - 1, fit(f"{len(facts) - len(shown)} more", width), LEFT_OUT)
    if room < height:
        sheet.put(0, height - 1, fit(closing, width), Look("explain"))
    return sheet.lines()


def _put_note(sheet: Canvas, x: int, y: int, fact: Fact, room: int) -> None:
    """The note, and behind it the age of the data."""
    note, age = _note(fact, room)
    if note:
        x = sheet.put(x, y, note, Look("explain"))
    if note and age:
        x = sheet.put(x, y, " " if note.endswith("…") else ", ", Look("explain"))
    sheet.put(x, y, age, Look("risk" if is_stale(fact.age) else "explain"))


def _note(fact: Fact, room: int) -> tuple[str, str]:
    """The longest form of the note that has room beside the age of the data, and that age.

    When none has, the note is shortened, not the age; but whose word it is stands before both.
    """
    age = said_age(fact.age)
    left = room - cells(age) - 2 if age else room
    forms = [", ".join(filter(None, (fact.source, form))) for form in (fact.note, *fact.shorter)]
    if fact.source:
        forms.append(fact.source)
    whole = next((form for form in forms if cells(form) <= left), None)
    if whole is not None:
        return whole, age
    if fact.source:
        return fit(fact.source, room), ""
    return _begun(forms, left, fact.shorter), first_that_fits((age, age.removesuffix(" old"), ""), room)


def _begun(forms: Sequence[str], room: int, shorter: Sequence[str]) -> str:
    """What comes first of a note, to the end of a clause: half a clause such as "15 %…" says nothing, nor does "n…".

    Nor does one word alone. Where a note has ``shorter`` forms, only a title after a colon is cut: the rest is as short as
    can be said.
    """
    for form in forms:
        clauses = form.split("; ")
        for kept in range(len(clauses) - 1, 0, -1):
            if cells(start := "; ".join(clauses[:kept]) + "…") <= room:
                return start
    last = forms[-1]
    note, needed = fit(last, room), last.partition(": ")[0] if shorter else " ".join(last.split()[:2])
    return note if note.startswith(needed) and cells(note) > LEAST_SAYING else ""
