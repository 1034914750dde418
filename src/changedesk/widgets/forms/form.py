"""A form made from the declaration of a kind of record: its fields one under the other, scrolled as one goes through them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message

from changedesk.domain.forms.form import Form
from changedesk.domain.kinds.kind import Day, Moment
from changedesk.widgets.forms.field import FieldEntry, label_width


class FormBody(VerticalScroll, can_focus=False):
    """The fields of a form. It says :class:`Edited` when a text has changed and :class:`Clicked` when a click chose another."""

    DEFAULT_CSS = """
    FormBody { height: 1fr; padding: 0 1; scrollbar-size: 0 0; overflow: hidden auto; }
    """

    class Edited(Message):
        """Something was typed into a field."""

        def __init__(self, entry: FieldEntry) -> None:
            super().__init__()
            self.entry = entry

    class Clicked(Message):
        """A click has given the keys to another field."""

    class Scrolled(Message):
        """The fields stand elsewhere on the screen now."""

    def __init__(self, form: Form, today: date) -> None:
        super().__init__()
        width = label_width(form.fields)
        self.entries = tuple(FieldEntry(field, width, today) for field in form.fields)
        moments = [entry for entry in self.entries if isinstance(entry.field.column.type, Moment)]
        for first, second in zip(moments[::2], moments[1::2], strict=False):
            second.begins = first
        lane = self.entry("lane")
        for entry in self.entries:
            entry.lane = None if entry is lane else lane
            if isinstance(entry.field.column.type, Day):
                entry.begins = self.entry(entry.field.column.type.begins)
        self._at = 0

    def compose(self) -> ComposeResult:
        """The fields."""
        yield from self.entries

    # --- values

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields, by column, as in a canonical file."""
        return {entry.name_of_column: entry.value for entry in self.entries}

    def put(self, values: Mapping[str, str], *, given: bool = False) -> None:
        """Show these values of the desk; fields that are not named stay. ``given`` are those that a new record begins with."""
        for entry in self.entries:
            if entry.name_of_column in values:
                entry.put(values[entry.name_of_column])
                entry.given = given

    def entry(self, column: str) -> FieldEntry | None:
        """The field of a column."""
        return next((entry for entry in self.entries if entry.name_of_column == column), None)

    def judge(self, problems: Mapping[str, str], warnings: Mapping[str, str]) -> None:
        """Say at each field what the rules say."""
        for entry in self.entries:
            entry.judge(problems.get(entry.name_of_column, ""), warnings.get(entry.name_of_column, ""))

    def touch_all(self) -> None:
        """From now on missing values are spoken of as well."""
        for entry in self.entries:
            entry.touched = True

    @property
    def first_problem(self) -> FieldEntry | None:
        """The first field that cannot be taken as it is."""
        return next((entry for entry in self.entries if entry.problem), None)

    # --- moving

    @property
    def current(self) -> FieldEntry:
        """The field that has the keys."""
        return self.entries[self._at]

    @property
    def position_text(self) -> str:
        """``3 of 9 fields``."""
        return f"{self._at + 1} of {len(self.entries)} fields"

    @property
    def at_end(self) -> bool:
        """Whether the last field has the keys."""
        return self._at == len(self.entries) - 1

    def move(self, step: int, *, around: bool = True) -> None:
        """Give the keys to the next or the previous field."""
        to = self._at + step
        self.go_to(self.entries[to % len(self.entries) if around else min(max(0, to), len(self.entries) - 1)])

    def go_to(self, entry: FieldEntry) -> None:
        """Give the keys to a field, and bring it into view."""
        if entry is not self.current:
            self.current.leave()
        self._at = self.entries.index(entry)
        if self.screen.focused is not entry.line:
            self.screen.set_focus(entry.line, scroll_visible=False)
            entry.enter()
        self._bring_into_view()

    def follow_click(self) -> bool:
        """Whether a click has given the keys to another field; it is the current one from now on."""
        focused = self.screen.focused
        at = next((place for place, entry in enumerate(self.entries) if entry.line is focused), self._at)
        if at == self._at:
            return False
        self.current.leave()
        self._at = at
        return True

    def on_descendant_focus(self) -> None:
        """A click may have chosen another field."""
        if self.follow_click():
            self.post_message(self.Clicked())

    def on_field_entry_edited(self, event: FieldEntry.Edited) -> None:
        """Pass it on."""
        event.stop()
        self.post_message(self.Edited(event.entry))

    def on_field_entry_grown(self, event: FieldEntry.Grown) -> None:
        """All that the current field says is seen."""
        event.stop()
        self._bring_into_view()

    def on_resize(self) -> None:
        """The current field stays in view."""
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        self.call_after_refresh(self._scroll)

    def _scroll(self) -> None:
        before = self.scroll_y
        self.scroll_to_widget(self.current, animate=False, force=True, immediate=True)
        if self.scroll_y != before:
            self.call_after_refresh(self.post_message, self.Scrolled())
