"""A sheet of cells to draw on: text with the meaning of its colour, never wider or higher than the place it has.

A colour is named by what it means (``delivery``, ``late``, ``explain``); the theme says which colour that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rich.cells import get_character_cell_size

from changedesk.domain.saying import MONTHS, WEEKDAYS


class Look(NamedTuple):
    """How a cell looks: the meaning of its ink, the meaning of its ground (empty: whatever lies behind), weight."""

    ink: str = "ink"
    ground: str = ""
    bold: bool = False


class Span(NamedTuple):
    """A run of cells that look the same."""

    text: str
    look: Look


LEFT_OUT: Final = Look("explain")
"""How it is said that something has no room: as readable as what explains, since nothing else shows that there is more."""


Line = tuple[Span, ...]
"""One row of a drawing, from left to right."""

PLAIN: Final = Look()
_LONG: Final = 2_000
"""Characters from which on it is worth while to stop counting early."""
_LEADS_ON: Final = re.compile(
    "a|an|the|no|its|their|every|each|this|these|that|which|who|whose|what|where|when|while|if|"
    "about|after|against|and|as|at|before|behind|below|beside|between|but|by|during|for|from|in|into|"
    "nor|of|on|onto|or|over|per|since|than|through|to|under|until|upon|via|with|within|without|" + "|".join(WEEKDAYS)
)
"""Words that say nothing without the next one."""
_YEAR: Final = re.compile(r"\d{4}\b")
_NOTHING: Final = ""
_UNTOUCHED: Final = "\0"


def cells(text: str) -> int:
    """How many columns a text takes; what cannot be printed takes none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(get_character_cell_size, filter(str.isprintable, text)))


def cells_up_to(text: str, most: int) -> int:
    """The same, but of a very long text that takes more than ``most`` columns no more is counted."""
    if len(text) <= _LONG or text.isascii():
        return cells(text)
    taken = 0
    for char in filter(str.isprintable, text):
        taken += get_character_cell_size(char)
        if taken > most:
            break
    return taken


def fit(text: str, width: int) -> str:
    """The text within ``width`` columns, ended after a whole word with ``…`` when it has to be shortened.

    Only a single word that is too long by itself is cut inside, after a hyphen or a dot when it has one far enough on.
    """
    if cells_up_to(text, width) <= width:
        return text
    if width <= 0:
        return ""
    kept = ""
    words = text.split()
    for word in words:
        longer = f"{kept} {word}" if kept else word
        if cells(longer) + 1 > width:
            break
        kept = longer
    if not kept:
        for char in text:
            if cells(kept + char) + 1 > width:
                break
            kept += char
        kept = _to_a_joint(kept)
    head, _, last = kept.rpartition(" ")
    whole = kept.count(" ") + 1
    if head and last in MONTHS and _YEAR.match("".join(words[whole : whole + 1])):
        # Without its year a day is another one.
        kept = head
        head, _, last = kept.rpartition(" ")
    # A number whose thing is cut off says nothing, and looks like a part of a longer one; nor does "of the" without it,
    # nor a dash.
    while head and (last.isdigit() or _LEADS_ON.fullmatch(last) or last in "—–-/&+"):
        kept = head
        head, _, last = kept.rpartition(" ")
    return f"{kept.rstrip(' ,;:·')}…"


def _to_a_joint(kept: str) -> str:
    """What is left of a long word, only up to its last hyphen, dot, stroke or at sign, when that keeps half of it."""
    joint = max(kept.rfind(sign) for sign in "-._/@") + 1
    return kept[:joint] if 2 * joint >= len(kept) else kept


def first_that_fits(forms: tuple[str, ...], width: int) -> str:
    """The first (longest) of several forms of the same words that fits, else the last one shortened."""
    return next((form for form in forms if cells(form) <= width), fit(forms[-1], width) if forms else "")


HELD: Final = "\N{NO-BREAK SPACE}"
DOT: Final = "·"
"""What stands between two facts on one line."""
_NUMBER: Final = re.compile(r"[\d.,]*\d")
_RANGE: Final = re.compile(r"\d (of|to)$")
_ABBREVIATED: Final = ("ext.", "no.", "tel.")
"""Words that only say what the number after them is."""
_BREAKS: Final = re.compile(r"[^\S\xa0]+")
"""Where a line may be broken: at every blank that does not forbid it."""


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns, broken between words, but not between a number and what it counts.

    Nor, where there is room, inside "3 of 9", "6 to 18", "ext. 4115" or a day with its year or time, nor at a no-break
    space, which is a blank then. A dot between two facts stays with the first: no line begins with it. A word that is
    longer than a line, such as a digest or a path, goes on in the next one: all of it can be read.
    """
    lines: list[str] = []
    line, taken = "", 0
    words = _words(text, width) if HELD in text else text.split()
    for word in _held(words, width):
        size = cells(word)
        if line and taken + 1 + size > width:
            lines.append(line)
            line, taken = word, size
        else:
            line, taken = (f"{line} {word}", taken + 1 + size) if line else (word, size)
        if taken > width:
            *whole, line = _pieces(line, width)
            lines += whole
            taken = cells(line)
    return [*lines, line] if line else lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word that is longer than a line, each piece as long as a line has room for, up to a joint that is far enough on."""
    kept, taken = "", 0
    for char in word:
        size = cells(char)
        while kept and taken + size > width:
            piece = _to_a_joint(kept)
            yield piece
            kept = kept[len(piece) :]
            taken = cells(kept)
        kept += char
        taken += size
    yield kept


def _words(text: str, width: int) -> Iterator[str]:
    """The words of a text with no-break spaces; those that they hold together as one where that has room on a line."""
    for word in _BREAKS.split(text.strip()):
        held = word.replace(HELD, " ")
        yield from (held,) if cells(held) <= width else word.split(HELD)


def _held(words: Iterable[str], width: int) -> list[str]:
    """The words, each with what belongs to it where both have room on a line."""
    found: list[str] = []
    for word in words:
        if found and _belongs(word, found[-1]) and cells(found[-1]) + 1 + cells(word) <= width:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _belongs(word: str, before: str) -> bool:
    """Whether a word says nothing on another line than what stands before it, which may be held together already."""
    last = before.rpartition(" ")[2]
    if word == DOT or word.startswith("%") or _NUMBER.fullmatch(last):
        return True
    named = last in MONTHS or last in WEEKDAYS or last.casefold() in _ABBREVIATED
    return word[:1].isdigit() and (named or _RANGE.search(before) is not None)


def whole_sentences(start: str, sentences: Sequence[str], width: int, height: int) -> list[str]:
    """As many sentences as the lines have room for, and how many more there are; only a lone one is shortened."""
    lines = wrap(start, width)
    for kept in range(len(sentences), 0, -1):
        left_out = len(sentences) - kept
        more = [f"{left_out} more"] if left_out else []
        lines = wrap(start + "; ".join([*sentences[:kept], *more]), width)
        if len(lines) <= height:
            return lines
    return [*lines[: height - 1], fit(" ".join(lines[height - 1 :]), width)]


class Canvas:
    """A sheet of ``width`` x ``height`` blank cells; whatever would lie outside it is left out."""

    __slots__ = ("_chars", "_looks", "height", "width")

    def __init__(self, width: int, height: int) -> None:
        self.width = max(0, width)
        self.height = max(0, height)
        self._chars = [[_UNTOUCHED] * self.width for _ in range(self.height)]
        self._looks = [[PLAIN] * self.width for _ in range(self.height)]

    def put(self, x: int, y: int, text: str, look: Look = PLAIN) -> int:
        """Write a text from column ``x`` on; returns the column after it."""
        for char in text:
            size = get_character_cell_size(char) if char.isprintable() else 0
            if size:
                self._set(x, y, char, size, look)
            x += size
        return x

    def put_right(self, right: int, y: int, text: str, look: Look) -> None:
        """Write a text that ends before column ``right``."""
        self.put(right - cells(text), y, text, look)

    def is_blank(self, x: int, y: int, width: int) -> bool:
        """Whether these cells lie on the sheet and nothing, not even a space, is written there."""
        if y < 0 or y >= self.height or x < 0 or x + width > self.width:
            return False
        return all(char == _UNTOUCHED for char in self._chars[y][x : x + width])

    def char(self, x: int, y: int) -> str:
        """What is seen in a cell; empty outside the sheet and in the second half of a wide character."""
        inside = 0 <= x < self.width and 0 <= y < self.height
        return self._chars[y][x].replace(_UNTOUCHED, " ") if inside else _NOTHING

    def look(self, x: int, y: int) -> Look:
        """How a cell of the sheet looks."""
        return self._looks[y][x]

    def lines(self) -> tuple[Line, ...]:
        """The sheet as rows of spans."""
        return tuple(self._line(y) for y in range(self.height))

    def _set(self, x: int, y: int, char: str, size: int, look: Look) -> None:
        if y < 0 or y >= self.height or x < 0 or x + size > self.width:
            return
        chars, looks = self._chars[y], self._looks[y]
        if chars[x] == _NOTHING:
            chars[x - 1] = " "
        after = x + size
        if after < self.width and chars[after] == _NOTHING:
            chars[after] = " "
        chars[x], looks[x] = char, look
        if size == 2:
            chars[x + 1], looks[x + 1] = _NOTHING, look

    def _line(self, y: int) -> Line:
        spans: list[Span] = []
        text, look = "", PLAIN
        for char, here in zip(self._chars[y], self._looks[y], strict=True):
            if here != look and text:
                spans.append(Span(text, look))
                text = ""
            look = here
            text += " " if char == _UNTOUCHED else char
        return (*spans, Span(text, look)) if text else tuple(spans)
