"""What the terminal shows already is not sent again: of a line that is drawn anew, only the cells that differ go out.

Textual redraws a widget whole when anything of it changes. Over a slow line that is felt: a card of another change would
send all its blanks and borders again. Another screen, another size and what is drawn after a stop is always sent whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.cells import get_character_cell_size
from rich.console import Console
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from changedesk.values import dataclass
from changedesk.widgets.terminal.choke import PLAIN, RESET, Look, change_of_look, harmless, look_of, on_blank, system_of

MERGED: Final = 4
"""So many equal cells of one look between two changed ones are sent with them; a step of the cursor would cost as much."""

Cell = tuple[str, Look]
"""One column of the terminal: its character and its look."""


@dataclass(frozen=True, slots=True)
class Part:
    """Cells that go out at a place; ``whole`` is the strip itself where its characters do not take one column each."""

    x: int
    y: int
    cells: list[Cell]
    whole: Strip | None = None


class Sent:
    """The cells that the terminal shows, line by line; what is not known is sent."""

    def __init__(self) -> None:
        self._lines: dict[int, list[Cell | None]] = {}

        self._frame: tuple[object, Region] | None = None

    def forget(self) -> None:
        """Whatever is drawn next goes out whole."""
        self._lines.clear()
        self._frame = None

    def is_frame_of(self, of: object, region: Region) -> bool:
        """Whether the last full frame was one of the same screen in the same place."""
        return self._frame == (of, region)

    def begin_frame(self, of: object, region: Region) -> None:
        """A full frame of this screen goes out in this place, and nothing that was shown before counts."""
        self.forget()
        self._frame = of, region

    def shows(self, x: int, y: int, strip: Strip, console: Console) -> bool:
        """Whether the terminal shows this strip at this place already."""
        return self._lines.get(y, [])[x : x + strip.cell_length] == _cells(strip, console)

    def changed(self, x: int, y: int, strip: Strip, console: Console) -> Iterator[Part]:
        """The parts of a strip at a place that the terminal does not show yet; they count as shown."""
        cells = _cells(strip, console)
        line = self._lines.setdefault(y, [])
        end = x + strip.cell_length
        if len(line) < end:
            line.extend([None] * (end - len(line)))
        if cells is None:
            # A mark at its beginning goes onto the letter before it, at the left edge onto the end of the line above: that
            # is not known any more, either.
            line[max(0, x - 1) : end] = [None] * (end - max(0, x - 1))
            if x == 0 and (above := self._lines.get(y - 1)):
                above[-1] = None
            yield Part(x, y, [], strip)
            return
        before, line[x:end] = line[x:end], cells
        if before == cells:
            return
        for first, last in _runs(before, cells):
            yield Part(x + first, y, cells[first : last + 1])


class DifferentCells(CompositorUpdate):
    """An update of Textual's in as few cells as needed."""

    def __init__(self, update: ChopsUpdate | LayoutUpdate, sent: Sent, of: object) -> None:
        self._update = update
        self._sent = sent
        self._of = of

    def is_shown(self, console: Console) -> bool:
        """Whether the terminal shows all of it already."""
        update = self._update
        if isinstance(update, ChopsUpdate):
            places = _placed(update)
        elif self._sent.is_frame_of(self._of, update.region):
            places = _laid_out(update)
        else:
            return False
        return all(self._sent.shows(*place, console) for place in places)

    def render_segments(self, console: Console) -> str:
        """What goes to the terminal."""
        update = self._update
        if isinstance(update, ChopsUpdate):
            return _written(self._differences(_placed(update), console), console)
        is_same = self._sent.is_frame_of(self._of, update.region)
        if not is_same:
            self._sent.begin_frame(self._of, update.region)
        parts = list(self._differences(_laid_out(update), console))
        # Marks and wide characters take and give cells at the ends of lines and parts: their order has to be that of the whole.
        if is_same and not any(part.whole for part in parts):
            return _written(parts, console)
        return update.render_segments(console)

    def _differences(self, places: Iterable[tuple[int, int, Strip]], console: Console) -> Iterator[Part]:
        return (part for place in places for part in self._sent.changed(*place, console))


def _written(parts: Iterable[Part], console: Console) -> str:
    """The parts as the terminal gets them, one look after the other: to go to a place costs less than to change the look."""
    by_look: dict[Look, list[tuple[int, int, str]]] = {}
    blanks: list[tuple[int, int, str, Look]] = []
    wholes: list[str] = []
    for part in parts:
        if part.whole is not None:
            wholes.append(f"{_place(part.x, part.y)}{part.whole.render(console)}")
        for x, text, look in _pieces(part.cells):
            if look.marks_blanks or text.strip(" "):
                by_look.setdefault(look, []).append((part.x + x, part.y, text))
            else:
                blanks.append((part.x + x, part.y, text, look))
    # Of blanks only the ground is seen: they go with any look on it.
    any_on = {look.ground: look for look in by_look if not look.marks_blanks}
    for x, y, text, look in blanks:
        by_look.setdefault(any_on.get(look.ground, look), []).append((x, y, text))
    out: list[str] = []
    now, cursor = PLAIN, (-1, -1)
    while by_look:
        look = min(by_look, key=lambda then: len(change_of_look(now, then)))
        out.append(change_of_look(now, look))
        now = look
        for x, y, text in by_look.pop(look):
            out += (_step(cursor, x, y), text)
            cursor = (x + len(text), y)
    if now != PLAIN:
        out.append(RESET)
    # They come last: one may begin with a mark that belongs to the letter before it, which has to stand there by then.
    return "".join([*out, *wholes])


def _place(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H"


def _step(cursor: tuple[int, int], x: int, y: int) -> str:
    """From where the last text ended to a place; along a line a step costs half as much as naming the place."""
    if cursor[1] != y or cursor[0] > x:
        return _place(x, y)
    return f"\x1b[{x - cursor[0]}C" if x > cursor[0] else ""


def _pieces(cells: Sequence[Cell]) -> Iterator[tuple[int, str, Look]]:
    """Runs of cells in one look, with where each begins; which ink stands under a blank nobody sees."""
    start, look, is_blank = 0, PLAIN, True
    for n, (char, wanted) in enumerate(cells):
        if n > start and wanted != look:
            unseen = wanted.ground == look.ground and not wanted.marks_blanks and not look.marks_blanks
            if not (unseen and (is_blank or char == " ")):
                yield start, _text(cells[start:n]), look
                start, is_blank = n, True
        if n == start or (is_blank and char != " "):
            look = wanted
        is_blank = is_blank and char == " "
    if cells:
        yield start, _text(cells[start:]), look


def _text(cells: Sequence[Cell]) -> str:
    return "".join([char for char, _ in cells])


def _placed(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The strips of an update with their places, cut at the right edge of what is to be drawn, as Textual does it."""
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > last or end <= first:
                continue
            yield x, y, strip if first <= x < last and end <= last else strip.crop(0, min(end, last) - x)


def _laid_out(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The strips of a full frame with their places."""
    for y, line in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in line:
            yield x, y, strip
            x += strip.cell_length


def _cells(strip: Strip, console: Console) -> list[Cell] | None:
    """The cells of a strip; None where characters are wider or narrower than a column."""
    cells: list[Cell] = []
    system = system_of(console)
    for text, style, control in strip:
        if control:
            continue
        shown = harmless(text)
        if not shown.isascii() and any(get_character_cell_size(char) != 1 for char in set(shown)):
            return None
        look = look_of(style, system)
        blank = on_blank(look)
        if blank is look or " " not in shown:
            cells.extend([(char, look) for char in shown])
        else:
            cells.extend([(" ", blank) if char == " " else (char, look) for char in shown])
    return cells if len(cells) == strip.cell_length else None


def _runs(before: Iterable[Cell | None], now: list[Cell]) -> list[tuple[int, int]]:
    """First and last of each run of cells that differ; runs that are close are one, where that is one piece of text."""
    runs: list[tuple[int, int]] = []
    for n, (old, new) in enumerate(zip(before, now, strict=True)):
        if old != new:
            last = runs[-1][1] if runs else -MERGED - 2
            if n - last == 1 or (n - last <= MERGED + 1 and _is_one_piece(now[last : n + 1])):
                runs[-1] = (runs[-1][0], n)
            else:
                runs.append((n, n))
    return runs


def _is_one_piece(cells: Sequence[Cell]) -> bool:
    return len(list(_pieces(cells))) == 1
