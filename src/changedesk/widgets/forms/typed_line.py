"""The line in which one types: on a ground of its own, underlined where that ground hardly shows."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import Input

from changedesk.widgets.paint import grounds_are_alike


class TypedLine(Input):
    """One line for a text, as wide when it is empty as when it is full."""

    DEFAULT_CSS = """
    TypedLine, TypedLine:focus { border: none; height: 1; padding: 0 1; background: $raised; color: $ink; }
    TypedLine.-lined { text-style: underline; }
    TypedLine.-few { text-style: bold underline; }
    TypedLine.-few:focus { background-tint: transparent; }
    TypedLine > .input--placeholder { color: $explain; text-style: not bold; }
    TypedLine > .input--cursor { background: $key; color: $ground; text-style: none; }
    TypedLine > .input--selection { background: $explain; color: $ground; }
    """

    def on_mount(self) -> None:
        """A line shows where one can type; nothing in it blinks.

        Where colours are few, what is typed is bold: what only hints at it would look the same.
        """
        self.cursor_blink = False
        self.set_class(grounds_are_alike(self), "-lined")
        self.set_class(self.app.console.color_system == "standard", "-few")

    def render_line(self, y: int) -> Strip:
        """The text, and blanks to the end of the line, which are underlined with it."""
        line = super().render_line(y)
        room = self.scrollable_content_region.width + 1 - line.cell_length
        return Strip([*line, Segment(" " * room, self.rich_style)]) if not y and room > 0 else line
