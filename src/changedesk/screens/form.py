"""A form over the screen that it was opened from: filled in by keyboard, checked as one types, saved or kept as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from changedesk.commands import BY_ID, commands_on
from changedesk.domain.field_entry import beginning
from changedesk.errors import ChangeDeskError, RefusedFile
from changedesk.screens.conflict import Conflict
from changedesk.screens.context import Context
from changedesk.screens.form_drafts import FormDraft
from changedesk.screens.form_request import FormRequest
from changedesk.screens.hints import bindings_of, hints
from changedesk.screens.loading import LoadingScreen
from changedesk.screens.palette import Palette
from changedesk.screens.question import Answer, Question
from changedesk.services.records import ChangedMeanwhile, Record
from changedesk.widgets.box import Box
from changedesk.widgets.choices import Choices
from changedesk.widgets.form import FormBody
from changedesk.widgets.form_field import FieldEntry
from changedesk.widgets.frame import KeyHint, KeyLine, Notice

CHECK_AFTER: Final = 0.3
"""Seconds without a key after which the rules are asked about what was typed."""
MOVING = (KeyHint("tab", "next"), KeyHint("↓", "choices"))
LEAVING = (KeyHint("ctrl+p", "commands"), KeyHint("esc", "leave"))
BUSY = "Saving ..."


class FormScreen(LoadingScreen):
    """One record to be made or changed."""

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "enter_field(1)", show=False, priority=True),
        Binding("shift+tab", "move(-1)", show=False, priority=True),
        Binding("enter", "enter_field(0)", show=False, priority=True),
        Binding("down", "down", show=False, priority=True),
        Binding("up", "up", show=False, priority=True),
        Binding("pagedown", "jump(5)", show=False, priority=True),
        Binding("pageup", "jump(-5)", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, context: Context, request: FormRequest) -> None:
        super().__init__(context)
        self.request = request
        self._form = request.form
        self._bindings = self._bindings.copy()
        for key, bindings in bindings_of(self._commands(), context.config.keymap).key_to_bindings.items():
            self._bindings.key_to_bindings[key] = bindings
        self.body = FormBody(self._form, context.clock().date())
        self.choices = Choices()
        self._box = Box(self._title())
        self._notice = Notice()
        self._key_line = KeyLine()
        self._opened: Record | None = None
        self._draft = FormDraft(context.services, request)
        self._pause: Timer | None = None
        self._saving = False

    def compose(self) -> ComposeResult:
        """The box with the fields, the choices over it, and the keys."""
        with self._box:
            yield self.body
        yield self.choices
        yield self._notice
        yield self._key_line

    def on_mount(self) -> None:
        """Show the fields at once; what stands in them is read meanwhile."""
        self._name_keys()
        services, request = self.context.services, self.request

        def read() -> tuple[Record, str, Mapping[str, str] | None]:
            if request.record_id:
                record: Record = services.fetch(request.form_name, request.record_id)
            else:
                record = services.blank(request.form_name, request.initiative or None)
            audience = ""
            if request.quick and not record.id and not record.values.get("audience"):
                found = services.suggestions(request.form_name, "audience", "", request.initiative)
                audience = next(iter(found), "")
            return record, audience, self._draft.read()

        self.load("record", read, self._begin)

    # --- what it says

    def say(self, text: str, level: str = "unknown", *, passing: bool = True) -> None:
        """Say one sentence at the lower edge."""
        if not (passing and self._key_line.say(text, level)):
            self._notice.show(text, level, passing=passing)

    def be_quiet(self) -> None:
        """Take the sentence away."""
        self._key_line.be_quiet()
        self._notice.hide()

    @property
    def notice(self) -> str:
        """The sentence that is shown now."""
        return self._key_line.said or self._notice.text

    @property
    def changed(self) -> bool:
        """Whether something else stands in the form than on the desk."""
        return self._opened is not None and self._values() != dict(self._start)

    def failed(self, error: BaseException) -> None:
        """The text stays whatever went wrong."""
        self._saving = False
        super().failed(error)

    # --- keys

    def action_perform(self, command_id: str) -> None:
        """A key of a command was pressed, or it was chosen in the list of commands."""
        if command_id == "form.save":
            self._save()
        elif command_id == "app.palette":
            keymap = self.context.config.keymap
            own = [command for command in commands_on("form") if command.scope == "form" or command.id == "app.quit"]
            self.app.push_screen(Palette(own, keymap, lambda _: None), self._chosen_command)

    def action_enter_field(self, only_tab: int) -> None:
        """Take the marked choice, and go to the next field; in a quick entry Enter saves."""
        self._take_choice()
        if not only_tab and self.request.quick == self.body.current.name_of_column:
            self._save()
        else:
            self.action_move(1)

    def action_move(self, step: int) -> None:
        """Go to the next or the previous field."""
        self.choices.close()
        self.be_quiet()
        self.body.move(step)
        self._check()

    def action_jump(self, step: int) -> None:
        """Go several fields on."""
        self.choices.close()
        self.body.move(step, around=False)
        self._check()

    def action_down(self) -> None:
        """The next choice; where there are none to open, the next field."""
        if self.choices.is_open:
            self.choices.move(1)
        elif not self._open_choices(everything=True):
            self.action_move(1)

    def action_up(self) -> None:
        """The choice before, or the field before."""
        if self.choices.is_open:
            self.choices.move(-1)
        else:
            self.action_move(-1)

    def action_leave(self) -> None:
        """Close the choices, then what is said, then the form; a changed one only after a question."""
        if self.choices.is_open:
            self.choices.close()
        elif self.notice:
            self.be_quiet()
        elif not self.changed:
            self._close()
        else:
            self.app.push_screen(
                Question(
                    "Leave the form?",
                    "Something was changed and is not saved.",
                    (
                        Answer("k", "keep as draft", "It is offered when this form is opened again."),
                        Answer("x", "throw away", "What was typed is gone."),
                    ),
                ),
                self._leave_with,
            )

    # --- what is typed

    def on_form_body_edited(self, event: FormBody.Edited) -> None:
        """Offer choices at once; ask the rules when the typing pauses; keep the draft in a moment."""
        event.stop()
        self.be_quiet()
        self._open_choices(everything=False)
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(CHECK_AFTER, self._check)
        self._draft.after(self.set_timer, self._keep_draft)
        self._note()

    def on_form_body_moved(self, event: FormBody.Moved) -> None:
        """Say which field it is."""
        event.stop()
        if self.choices.is_open:
            self.choices.close()
        self._note()

    def on_unmount(self) -> None:
        """The session ends, perhaps because the connection has gone: what was typed stays as a draft."""
        if self.changed:
            self._draft.keep_at_the_end(self._values())

    # --- beginning

    def _begin(self, read: tuple[Record, str, Mapping[str, str] | None]) -> None:
        record, audience, draft = read
        values = dict(record.values)
        if audience and "audience" in values:
            values["audience"] = audience
        self._opened = record
        self._start = values
        self.body.put(values)
        self._start = self._values()
        self.body.go_to(self.body.entry(self.request.quick) or self.body.current)
        self._note()
        self._box.set_title(self._title(), self._subject())
        if draft is not None and {**self._start, **draft} != self._start:
            self.app.push_screen(
                Question(
                    "There is a draft",
                    f"This form was left unsaved before. {self._draft_words(draft)}",
                    (
                        Answer("d", "go on with the draft", ""),
                        Answer("x", "throw it away", "Begin with what is on the desk."),
                    ),
                    leave="close the form",
                ),
                lambda key: self._use_draft(key, draft),
            )

    def _draft_words(self, draft: Mapping[str, str]) -> str:
        labels = [entry.field.label for entry in self.body.entries if self._differs(entry, draft)]
        return f"It has {', '.join(labels[:4])}{' and more' if len(labels) > 4 else ''}."

    def _differs(self, entry: FieldEntry, draft: Mapping[str, str]) -> bool:
        name = entry.name_of_column
        return name in draft and draft[name] != self._start.get(name, "")

    def _use_draft(self, key: str | None, draft: Mapping[str, str]) -> None:
        if key == "d":
            self.body.put(draft)
            self.body.touch_all()
            self._check()
        elif key == "x":
            self.load("draft", self._draft.drop, lambda _: None)
        else:
            self._close()

    # --- checking and completing

    def _check(self) -> None:
        """Ask the rules; the first opening of a form asks nothing of nobody."""
        if self._opened is not None:
            checked = self.context.services.check(self.request.form_name, self._values())
            self.body.judge(checked.problems, checked.warnings)

    def _open_choices(self, *, everything: bool) -> bool:
        """Show what completes the field; ``everything`` also without a letter. False when the field has none."""
        entry = self.body.current
        words = self.body.choices_of(entry)
        if words:
            text = entry.line.value.rpartition(";")[2] if ";" in entry.line.value else entry.line.value
            found = words if everything else beginning(words, text)
            at = next((place for place, word in enumerate(found) if word == text.strip()), 0)
            if found != (text.strip(),) and (everything or text.strip()):
                self.choices.open(found, at, entry.place)
            else:
                self.choices.close()
            return True
        if not entry.field.suggest:
            return False
        services, request, text = self.context.services, self.request, entry.line.value.strip()
        if not everything and not text:
            self.choices.close()
            return True

        def show(found: tuple[str, ...]) -> None:
            if entry is self.body.current and entry.line.value.strip() == text:
                self._offer(entry, found, text, everything=everything)

        self.load(
            "choices",
            lambda: services.suggestions(
                request.form_name, entry.name_of_column, "" if everything else text, request.initiative or None
            ),
            show,
        )
        return True
