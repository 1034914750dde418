"""A list of any length that asks its source only for the rows that are seen, and repaints only the lines that change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.lists.columns import Place, places
from changedesk.widgets.lists.rows import Column, Row, RowSource
from changedesk.widgets.lists.table_lines import EDGE, ELSEWHERE, HERE, row_line, title_line
from changedesk.widgets.lists.window import Window
from changedesk.widgets.paint import LOADING, ink, paint_of

HEADER: Final = 1
WHEEL_ROWS: Final = 3


class VirtualTable(ScrollView, can_focus=True, inherit_bindings=False):
    """A list with aligned columns, a selection bar with a mark at its left edge, and headings of groups.

    While the keys go elsewhere, the selected row has only a thinner mark. It is fed by :meth:`show` and tells what happens by
    :class:`RowHighlighted`, :class:`RowOpened` and :class:`Scrolled`.
    """

    DEFAULT_CSS = """
    VirtualTable { height: 1fr; overflow: hidden hidden; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "open", show=False),
    ]

    class RowHighlighted(Message):
        """Another row has been selected; an empty ``key`` means that there is none."""

        def __init__(self, table: VirtualTable, key: str) -> None:
            super().__init__()
            self.table = table
            self.key = key

    class RowOpened(Message):
        """The selected row shall be opened."""

        def __init__(self, table: VirtualTable, key: str) -> None:
            super().__init__()
            self.table = table
            self.key = key

    class Scrolled(Message):
        """Other rows than before are seen: :attr:`VirtualTable.position_text` and ``more_below`` have changed."""

        def __init__(self, table: VirtualTable) -> None:
            super().__init__()
            self.table = table

    def __init__(self, columns: Sequence[Column], *, empty: str = "Nothing here yet.", id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._empty = empty
        self._window = Window()
        self._selected = 0
        self._key = ""
        self._strips: dict[int, Strip] = {}
        self._drawn_for = 0
        self._placed_for: object = None
        self._placed: tuple[Place, ...] = ()
        self._told = ("", "")

    # --- what a screen uses

    def show(self, source: RowSource, *, total: int | None = None, empty: str | None = None) -> None:
        """Show these rows. The selected row stays selected, wherever it stands now; if it is gone, its neighbour is.

        ``total`` is the number that :attr:`position_text` counts to (the lines without their headings).
        """
        if empty is not None:
            self._empty = empty
        self._window.look_at(source, total)
        self._strips.clear()
        self._set_extent()
        stays = self._window.position(self._key)
        self._put(self._selected if stays is None else stays)
        self.refresh()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the rows have to come again with :meth:`show`."""
        self._columns = tuple(columns)
        self._forget()
        self.refresh()

    def select(self, key: str) -> bool:
        """Select the row with this key; false when it is not in the list."""
        line = self._window.position(key)
        if line is None:
            return False
        self._put(line, from_afar=True)
        return True

    def renew_selected(self) -> None:
        """The selected row looks otherwise than it did: fetch it anew, and paint no other line."""
        self._window.forget()
        self._repaint(self._selected)

    @property
    def selected_key(self) -> str:
        """The key of the selected row; empty in an empty list."""
        return self._key

    @property
    def selected_texts(self) -> tuple[tuple[str, str], ...]:
        """What the selected row says in full, each beside the title of its column; what has no title is left out."""
        row = self._window.row(self._selected, self._top, self._page) if self._key else None
        if row is None or row.heading:
            return ()
        texts = ("".join(span.text for span in cell).strip() for cell in row.cells)
        named = zip((column.title for column in self._columns), texts, strict=False)
        return tuple((title, text) for title, text in named if title and text)

    @property
    def empty_text(self) -> str:
        """What is said where nothing is listed."""
        return self._empty

    @property
    def line_count(self) -> int:
        """How many lines the list has, headings included."""
        return self._window.count

    @property
    def last_seen(self) -> int:
        """The number of the last row that is seen, from 1; 0 in an empty list."""
        return self._window.last_number(self._top, self._page)

    @property
    def position_text(self) -> str:
        """``10 of 14``: how far down the list one sees; empty when there is nothing."""
        return f"{self.last_seen:,} of {self._window.total:,}" if self._window.total else ""

    @property
    def more_below(self) -> int:
        """How many rows stand below the last one that is seen."""
        return max(0, self._window.total - self.last_seen)

    # --- moving

    def action_move(self, step: int) -> None:
        """Select the next or the previous row."""
        self._put(self._selected + step, step)

    def action_page(self, step: int) -> None:
        """Go one screenful up or down."""
        self._put(self._selected + step * max(1, self._page - 1), step)

    def action_edge(self, step: int) -> None:
        """Go to the first or the last row."""
        self._put(0 if step < 0 else self._window.count - 1, step)

    def action_open(self) -> None:
        """Open the selected row; in an empty list the key is left to the screen, which says why nothing opens."""
        if not self._key:
            raise SkipAction
        self.post_message(self.RowOpened(self, self._key))

    def on_click(self, event: events.Click) -> None:
        """A click selects a row, a second one opens it."""
        line = self._top + event.y - HEADER
        if event.y < HEADER or line >= self._window.count:
            return
        if line != self._selected:
            self._put(line)
        elif event.chain > 1 and self._key:
            self.action_open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the rows and leaves the selection."""
        event.stop()
        self._scroll_rows(self._top + WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the rows and leaves the selection."""
        event.stop()
        self._scroll_rows(self._top - WHEEL_ROWS)

    def on_focus(self) -> None:
        """The mark of the selected row shows where the keys go."""
        self._repaint(self._selected)

    def on_blur(self) -> None:
        """The mark of the selected row shows where the keys go."""
        self._repaint(self._selected)

    def on_resize(self) -> None:
        """Another size shows other rows."""
        self._forget()
        self._set_extent()
        self._bring_into_view()
        self._tell()

    def notify_style_update(self) -> None:
        """Another theme paints every line anew."""
        super().notify_style_update()
        self._strips.clear()

    @property
    def _page(self) -> int:
        return max(1, self.size.height - HEADER)

    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    def _put(self, line: int, step: int = 1, *, from_afar: bool = False) -> None:
        """Select the row on this line, or the nearest one in the direction of ``step``, else in the other."""
        if not self._window.count:
            self._selected, self._key = 0, ""
            self._tell()
            return
        line = min(max(line, 0), self._window.count - 1)
        found = self._selectable(line, step) or self._selectable(line, -step)
        if found is None:
            return
        before = self._selected
        self._selected, row = found
        self._key = row.key
        if from_afar and not self._top <= self._selected < self._top + self._page:
            self._scroll_rows(self._selected - self._page // 3)
        self._bring_into_view()
        if before != self._selected:
            self._repaint(before)
            self._repaint(self._selected)
        self._tell()

    def _bring_into_view(self) -> None:
        """At an edge the rows move by a third of a page at once, so that few keys repaint the whole list."""
        if not self.size.height:
            return
        top, page = self._top, self._page
        jump = max(1, page // 3)
        if self._selected < top:
            heading_above = 1 if self._selected else 0
            self._scroll_rows(max(0, min(self._selected - heading_above, top - jump)))
        elif self._selected >= top + page:
            self._scroll_rows(max(self._selected - page + 1, top + jump))
        else:
            self._scroll_rows(top)

    def _scroll_rows(self, top: int) -> None:
        top = min(max(0, top), max(0, self._window.count - self._page))
        if top != self._top:
            self.scroll_to(y=top, animate=False, force=True)
            # A line that is still seen is drawn already, only elsewhere.
            seen = range(top, top + self._page)
            self._strips = {line: strip for line, strip in self._strips.items() if line in seen}
            self._tell()

    def _tell(self) -> None:
        if self._told[0] != self._key or not self._told[1]:
            self.post_message(self.RowHighlighted(self, self._key))
        position = f"{self._top} {self._page} {self._window.count} {self._window.total}"
        if self._told[1] != position:
            self.post_message(self.Scrolled(self))
        self._told = (self._key, position)

    def _set_extent(self) -> None:
        """How far the lines go; said to the scrolling without a new layout, for the list itself stays as large as it is."""
        self.set_reactive(VirtualTable.virtual_size, Size(1, self._window.count + HEADER))

    def _selectable(self, line: int, step: int) -> tuple[int, Row] | None:
        return self._window.selectable(line, step, self._top, self._page)

    def _forget(self) -> None:
        self._window.forget()
        self._strips.clear()

    # --- painting

    def _repaint(self, line: int) -> None:
        self._strips.pop(line, None)
        y = line - self._top + HEADER
        if HEADER <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line of the list: the titles of the columns, a row, or what is said about an empty list."""
        width = self.size.width
        if width != self._drawn_for:
            # A new width is painted before the list is told of it: rows of the old one would stand beside their titles.
            self._drawn_for = width
            self._strips.clear()
        paint = paint_of(self)
        if y < HEADER:
            return (
                paint.strip(title_line(self._columns, self._places(width)), width)
                if self._window.count
                else paint.blank(width)
            )
        line = self._top + y - HEADER
        if not self._window.count:
            said = [line for part in self.empty_text.split("\n") for line in wrap(part, max(1, width - 3))]
            line = y - HEADER
            if not said[line:]:
                return paint.blank(width)
            # There is no row that could have the bar: without the mark nobody sees that the keys are here.
            keys = not line and self.has_focus and len(self.screen.focus_chain) > 1
            text = LOADING if self._empty == LOADING.text else ink(said[line], "explain")
            return paint.strip((HERE if keys else Span(" ", Look()), Span(" ", Look()), text), width)
        if y + 1 == self.size.height and line + 1 < self._window.count:
            last = self._window.row(line, self._top, self._page)
            if last and last.heading:
                return paint.blank(width)  # of what it stands above nothing is seen
        strip = self._strips.get(line)
        if strip is None:
            row = self._window.row(line, self._top, self._page) if line < self._window.count else None
            mark = self._mark if line == self._selected else None
            behind = "selection" if mark is HERE else "ground"
            strip = paint.strip(self._spans(row, width, mark), width, behind) if row else paint.blank(width)
            self._strips[line] = strip
        return strip

    @property
    def _mark(self) -> Span:
        """Only where the keys go the selected row has a bar: of two lists one sees which of them they move in."""
        return HERE if self.has_focus or not self.can_focus else ELSEWHERE

    def _spans(self, row: Row, width: int, mark: Span | None) -> list[Span]:
        return row_line(row, self._columns, () if row.heading else self._places(width), width, mark)

    def _places(self, width: int) -> tuple[Place, ...]:
        contents = self._window.contents(self._columns, self._top, self._page)
        asked = (self._columns, width - EDGE, self.screen.size.width, contents)
        if asked != self._placed_for:
            self._placed_for, self._placed = asked, places(*asked)
        return self._placed
