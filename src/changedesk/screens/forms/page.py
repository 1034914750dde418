"""The page of a form: what is typed, completed, checked and said; what becomes of it is for the screen that follows."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import PurePath
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from changedesk.commands import BY_ID
from changedesk.screens.context import Context
from changedesk.screens.forms.choices import Completion
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.hints import bindings_of, hints
from changedesk.screens.messages import WaitEnded
from changedesk.screens.notice_screen import NoticeScreen
from changedesk.services.records import records
from changedesk.services.records.records import Record
from changedesk.widgets.box import Box
from changedesk.widgets.forms.choices import Choices
from changedesk.widgets.forms.field import FieldEntry
from changedesk.widgets.forms.form import FormBody
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.keys import Typed, follow_binding, text_of
from changedesk.widgets.later import Later

CHECK_AFTER: Final = 0.3
"""Seconds without a key after which the rules are asked about what was typed."""
KEYS: Final = (BY_ID["form.save"], BY_ID["app.palette"])
"""The commands that have a key in a form."""
ROWS_OF_FIELD: Final = 2
FRAME_ROWS: Final = 4
"""The rows of a field with its sentence, and those of the frame with a little room for longer sentences."""
NEXT: Final = KeyHint("tab", "next")
CHOICES: Final = KeyHint("↓", "choices")


class FormPage(NoticeScreen):
    """The fields of one record under the keys."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "form.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_field", show=False),
        Binding("shift+tab", "move(-1)", show=False),
        Binding("enter", "enter", show=False),
        Binding("down", "down", show=False),
        Binding("up", "up", show=False),
        Binding("pagedown", "jump(5)", show=False),
        Binding("pageup", "jump(-5)", show=False),
    ]

    def __init__(self, context: Context, request: FormRequest) -> None:
        super().__init__(context)
        self.request = request
        self._form = request.form
        self._bindings = self._bindings.copy()
        for key, bindings in bindings_of(KEYS, context.config.keymap).key_to_bindings.items():
            self._bindings.key_to_bindings[key] = bindings
        self.body = FormBody(self._form, context.clock().date())
        self.choices = Choices()
        self.completion = Completion(self.body, self.choices, context.session, request, self.load, self.say)
        self._title = request.title or (self._form.title if request.record_id else f"New {_inside(self._form.title)}")
        self._box = Box(self._title)
        self._box.styles.max_height = FRAME_ROWS + ROWS_OF_FIELD * len(self._form.fields)
        self._opened: Record | None = None
        self._start: dict[str, str] = {}
        self._pause = Later(self)
        self.waits = True
        """Whether the record is still being read, or something saved: what is typed comes after it."""

    def compose(self) -> ComposeResult:
        """The box with the fields, the choices over it, and the keys."""
        with self._box:
            yield self.body
        yield self.choices
        yield self._notice
        yield self._key_line

    def on_mount(self) -> None:
        """Say what is made for whom, and name the keys."""
        self._box.set_title(self._title, self._of_initiative(), "explain")
        self._name_keys()

    def _name_keys(self) -> None:
        """The keys that do something in the current field."""
        own = hints(KEYS, self.context.config.keymap, lambda _: None)
        saving = KeyHint("enter", "save") if self.request.quick == self.body.current.name_of_column else own[0]
        moving = (NEXT, CHOICES) if self.completion.offers else (NEXT,)
        self._key_line.set_keys((saving, *moving), (*own[1:], KeyHint("esc", "leave")))

    # --- for the screen that follows

    @abstractmethod
    def save(self) -> None:
        """Save what stands in the form."""

    def edited(self) -> None:
        """Something was typed."""

    @property
    def values(self) -> dict[str, str]:
        """What stands in the form, with what belongs to the record and is no field."""
        return {**(self._opened.values if self._opened else {}), **self.body.values}

    @property
    def changed(self) -> bool:
        """Whether something else stands in the form than it began with."""
        return self._opened is not None and self.values != self._start

    def begin(self, record: Record, values: dict[str, str]) -> None:
        """Show a record."""
        self._opened = record
        self.body.put(values, given=not record.id)
        self._start = self.values
        self.body.go_to(self._first(record))
        self.note()

    def _of_initiative(self, name: str = "") -> str:
        """The name of a record with the code of its initiative."""
        return " · ".join(dict.fromkeys(part for part in (name, self.request.initiative) if part))

    def _first(self, record: Record) -> FieldEntry:
        """Where one begins: in a new record at the first field in which nothing stands yet."""
        new = () if record.id else self.body.entries
        empty = next((one for one in new if not one.value), self.body.current)
        return self.body.entry(self.request.quick or self.request.at) or empty

    def go_on(self) -> None:
        """What was typed meanwhile comes now."""
        self.waits = False
        self.app.post_message(WaitEnded())

    def after_load(self) -> None:
        """Choices that have been read let the keys go on that may take one."""
        self.app.post_message(WaitEnded())

    def check(self) -> None:
        """Ask the rules, and say at each field what they say."""
        if self._opened is not None:
            checked = records.check(self.context.session, self.request.form_name, self.values, self._opened.values)
            self.body.judge(checked.problems, checked.warnings)

    def go_to_problem(self) -> bool:
        """Go to the first field that cannot be taken as it is; false when there is none."""
        entry = self.body.first_problem
        if entry is not None:
            self.body.go_to(entry)
            self.note()
            self.say(f"Not saved yet: look at {entry.field.label}.", "late")
        return entry is not None

    def note(self) -> None:
        """Say where one is in the form."""
        needed = " · * needed" if any(field.column.required for field in self._form.fields) else ""
        self._box.set_note(f"{self.body.position_text}{' · changed' if self.changed else ''}{needed}")
        self._name_keys()

    # --- keys

    def waits_before(self, typed: Typed) -> bool:
        """The form's own keys wait for the choices as well, which they may take."""
        text = text_of(typed)
        takes = self.completion.ends_word(text) if text else self._binds(typed)
        return self.waits or (self.completion.is_reading and takes)

    async def take(self, typed: Typed) -> bool:
        """A letter goes into the current field; another key is the form's, or else the field's."""
        if self.body.follow_click():
            self._clicked()
        if not text_of(typed) and isinstance(typed, events.Key) and await follow_binding(self, typed.key):
            return True
        entry = self.body.current
        if self.completion.ends_word(text_of(typed)):
            self.completion.take()
        before = entry.line.value
        if self._opened is None or not await entry.take_typed(typed):
            return False
        if entry.line.value != before:
            self.be_quiet()
            self.completion.open(everything=False)
        return True

    def _binds(self, typed: Typed) -> bool:
        return isinstance(typed, events.Key) and typed.key in self._bindings.key_to_bindings

    def action_next_field(self) -> None:
        """Take the marked choice, and go to the next field."""
        self.completion.take()
        self.action_move(1)

    def action_enter(self) -> None:
        """The same; in the field of a quick entry it saves."""
        if self.request.quick == self.body.current.name_of_column:
            self.completion.take()
            self.save()
        else:
            self.action_next_field()

    def action_move(self, step: int) -> None:
        """Go to the next or the previous field."""
        self.completion.close()
        self.be_quiet()
        self.body.move(step)
        self.note()
        self.check()

    def action_jump(self, step: int) -> None:
        """Go several fields on."""
        self.completion.close()
        self.body.move(step, around=False)
        self.note()
        self.check()

    def action_down(self) -> None:
        """The next choice; where there are none to open, the next field."""
        if self.choices.is_open:
            self.choices.move(1)
        elif not self.completion.open(everything=True):
            self.action_move(1)

    def action_up(self) -> None:
        """The choice before, or the field before."""
        if self.choices.is_open:
            self.choices.move(-1)
        else:
            self.action_move(-1)

    # --- what is typed

    def on_form_body_edited(self, event: FormBody.Edited) -> None:
        """Ask the rules when the typing pauses."""
        event.stop()
        self._pause.call(CHECK_AFTER, self.check)
        self.edited()
        self.note()

    def on_form_body_scrolled(self, event: FormBody.Scrolled) -> None:
        """The choices stay beside their field."""
        event.stop()
        self.completion.follow()

    def on_form_body_clicked(self, event: FormBody.Clicked) -> None:
        """Say which field it is."""
        event.stop()
        self._clicked()

    def _clicked(self) -> None:
        self.completion.close()
        self.note()
        self.check()


def _inside(title: str) -> str:
    """A title as it stands inside a sentence: an abbreviation stays as it is."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
