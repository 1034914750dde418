"""Somebody else changed the same fields meanwhile: as it was opened, yours and theirs, and whose is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from changedesk.domain.field_entry import written
from changedesk.domain.forms.form import Form
from changedesk.screens.dialog import Dialog
from changedesk.services.records.meanwhile import ChangedMeanwhile, Difference
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line, Look, Span, fit, wrap
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.lists.table import HEADER
from changedesk.widgets.paint import ink

MINE, THEIRS = "yours", "theirs"
PARTS = (("as opened", "explain"), (MINE, "ink"), (THEIRS, "ink"))
COLUMNS = (
    Column("Field", 12, 1),
    Column("As opened", 12, 2),
    Column("Yours", 12, 2),
    Column("Theirs", 12, 2),
    Column("Keep", 6),
)
LABEL = 11
WIDTH = 100
FRAME = 2
ABOVE = 1
"""The rows of the box's frame, and the blank one above the detail."""
LEAST_DETAIL = 3 + ABOVE


class Conflict(Dialog[dict[str, str]]):
    """Answers with the value to keep of each field in question; None goes on editing."""

    DEFAULT_CSS = f"""
    Conflict > Box {{ max-width: {WIDTH}; max-height: 100%; margin: 0; }}
    Conflict Drawing {{ padding: {ABOVE} 1 0 2; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "keep('yours')", show=False),
        Binding("t", "keep('theirs')", show=False),
        Binding("M", "keep_all('yours')", show=False),
        Binding("T", "keep_all('theirs')", show=False),
        Binding("s", "save", show=False),
    ]
    hints = (
        KeyHint("m", "keep mine"),
        KeyHint("t", "take theirs"),
        KeyHint("M T", "for all fields"),
        KeyHint("s", "save so"),
    )
    leave_word = "go on editing"

    def __init__(self, form: Form, meanwhile: ChangedMeanwhile) -> None:
        super().__init__()
        self._form = form
        self._who = meanwhile.who
        self._differences = {difference.column: difference for difference in meanwhile.differences}
        self._kept: dict[str, str] = {}
        self._table = FollowedTable(COLUMNS, self._follow, empty="")
        self._detail = Drawing()
        self._box = Box(f"{self._who} changed this {form.noun} meanwhile")

    @property
    def kept(self) -> Mapping[str, str]:
        """Column to whose value is kept, as far as it is decided."""
        return self._kept

    def content(self) -> Iterable[Widget]:
        """The fields in question, and the selected one in full."""
        with self._box:
            yield self._table
            yield self._detail

    def on_mount(self) -> None:
        """All are open."""
        self._fill()
        self._table.focus()

    def on_resize(self, event: events.Resize) -> None:
        """The box is as high as its fields and the longest of their values need, the same whichever is selected."""
        inner = min(WIDTH, event.size.width) - FRAME - 3
        room = event.size.height - 1 - FRAME
        longest = max(sum(map(len, self._wrapped(difference, inner))) for difference in self._differences.values())
        table = min(len(self._differences) + HEADER, max(2, room - LEAST_DETAIL))
        detail = min(longest + ABOVE, room - table)
        self._table.styles.height, self._detail.styles.height = table, detail
        self._box.styles.height = table + detail + FRAME

    def on_virtual_table_row_opened(self, event: FollowedTable.RowOpened) -> None:
        """Enter decides nothing here."""
        event.stop()

    def action_keep(self, whose: str) -> None:
        """Decide for the selected field, and go to the next."""
        self._kept[self._table.selected_key] = whose
        self._fill()
        self._table.action_move(1)

    def action_keep_all(self, whose: str) -> None:
        """Decide for all fields."""
        self._kept = dict.fromkeys(self._differences, whose)
        self._fill()

    def action_save(self) -> None:
        """Save, when every field is decided."""
        if len(self._kept) == len(self._differences):
            answer = {
                column: difference.mine if self._kept[column] == MINE else difference.theirs
                for column, difference in self._differences.items()
            }
            self.dismiss(answer)

    def _fill(self) -> None:
        self._table.show(ListSource(self._row(difference) for difference in self._differences.values()))
        left = len(self._differences) - len(self._kept)
        self._box.set_note(f"{left} to decide" if left else "all decided, s saves")
        self._follow()

    def _row(self, difference: Difference) -> Row:
        kept = self._kept.get(difference.column, "")
        return Row(
            difference.column,
            (
                cell(difference.label),
                cell(self._shown(difference, difference.opened), "explain"),
                cell(self._shown(difference, difference.mine), "faint" if kept == THEIRS else "ink"),
                cell(self._shown(difference, difference.theirs), "faint" if kept == MINE else "ink"),
                cell(kept or "?", "fine" if kept else "risk"),
            ),
        )

    def _shown(self, difference: Difference, value: str) -> str:
        return written(self._form.kind.column(difference.column).type, value) or "unknown"

    def _follow(self) -> None:
        """Show the three values of the selected field in full."""
        difference = self._differences.get(self._table.selected_key)
        if difference is None:
            return

        def draw(width: int, height: int) -> tuple[Line, ...]:
            lines: list[Line] = []
            values = self._wrapped(difference, width)
            for (label, token), broken, room in zip(PARTS, values, _shared(values, height), strict=True):
                if len(broken) > room:
                    broken = [*broken[: room - 1], fit(" ".join(broken[room - 1 :]), width - LABEL)]
                for place, line in enumerate(broken):
                    lines.append((Span(f"{label if not place else '':<{LABEL}}", Look("explain")), ink(line, token)))
            return tuple(lines[:height])

        self._detail.show(draw)

    def _wrapped(self, difference: Difference, width: int) -> list[list[str]]:
        """The three values in full, broken into lines."""
        values = (difference.opened, difference.mine, difference.theirs)
        return [wrap(self._shown(difference, value), width - LABEL) for value in values]


def _shared(values: list[list[str]], height: int) -> list[int]:
    """How many lines each value gets: all that it needs, or else what the longest ones leave."""
    rooms = [len(value) for value in values]
    while sum(rooms) > max(height, len(rooms)):
        rooms[rooms.index(max(rooms))] -= 1
    return rooms
