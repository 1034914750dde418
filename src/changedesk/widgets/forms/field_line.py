"""The line of a field: what is typed there, one key after the other, and what stands in it while it is empty or too long."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip

from changedesk.domain.field_entry import how_to_write
from changedesk.domain.forms.form import FormField
from changedesk.domain.kinds.kind import YesNo
from changedesk.widgets.canvas import cells, fit
from changedesk.widgets.forms.typed_line import TypedLine
from changedesk.widgets.keys import Typed, follow_binding, text_of


class FieldLine(TypedLine):
    """The one line that is typed in; while it is empty it says what then holds, or how one writes there.

    Pasted lines become one; yes and no are set by their first letter, and stay when the rest is typed after it.
    """

    virtual_size = Reactive(Size(0, 0))
    """How long the text is. It scrolls within a line of fixed size: a letter more moves nothing else on the screen."""

    def __init__(self, field: FormField) -> None:
        # The word before it says that it is no value, where colours are few.
        holds = f"means {field.when_empty}" if field.when_empty else how_to_write(field.column.type)
        super().__init__(placeholder=holds, select_on_focus=False)
        self._yes_no = isinstance(field.column.type, YesNo)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in the place of another; a yes or no goes and comes whole."""
        if self._yes_no:
            if text and self.value in ("yes", "no") and text.casefold() in self.value[1:]:
                return
            text = next((word for word in ("yes", "no") if text[:1].casefold() == word[0]), text)
            start, end = 0, len(self.value)
        super().replace(text, start, end)

    def render_line(self, y: int) -> Strip:
        """The text; of a longer one whole words while the keys are elsewhere, and what follows the cursor while they are here."""
        room = self.scrollable_content_region.width
        if y or self.has_focus or cells(self.value) <= room:
            return super().render_line(y)
        return Strip([Segment(fit(self.value, room))]).extend_cell_length(room + 1).apply_style(self.rich_style)

    async def take_typed(self, typed: Typed) -> bool:
        """Take a letter, a text or a key that edits the line, at once; false when it is none of these."""
        if text := text_of(typed):
            self.replace(text, *self.selection)
            return True
        return isinstance(typed, events.Key) and await follow_binding(self, typed.key)
