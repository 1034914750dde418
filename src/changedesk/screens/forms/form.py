"""A form over the screen that it was opened from: read, saved, kept as a draft, and left only knowingly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from changedesk.commands import BY_ID
from changedesk.domain.saying import as_sentence
from changedesk.errors import RefusedFile
from changedesk.screens.context import Context
from changedesk.screens.forms.conflict import Conflict
from changedesk.screens.forms.drafts import Draft, FormDraft
from changedesk.screens.forms.page import FormPage
from changedesk.screens.forms.request import FormRequest, name_of
from changedesk.screens.forms.saving import Refusal, attempt, merged
from changedesk.screens.loading import refusal_said
from changedesk.screens.messages import CommandGiven
from changedesk.screens.palette import Palette
from changedesk.screens.question import Answer, Question
from changedesk.services.records import records
from changedesk.services.records.beginning import begun
from changedesk.services.records.meanwhile import ChangedMeanwhile
from changedesk.services.records.records import Record
from changedesk.widgets.later import Later

KEEP_AFTER: Final = 1.0
"""Seconds after a change within which the draft is kept."""
LISTED: Final = (BY_ID["form.save"], BY_ID["app.quit"])
"""What the list of commands has in a form."""
SLOW: Final = 0.8
"""Seconds that a save may take before it is said that it goes on: another program may be writing."""


class FormScreen(FormPage):
    """One record to be made or changed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, context: Context, request: FormRequest) -> None:
        super().__init__(context, request)
        self._draft = FormDraft(context.session, request)
        self._keeping = Later(self)

    def on_mount(self) -> None:
        """Show the fields at once; what stands in them is read meanwhile."""
        session, request = self.context.session, self.request
        name, initiative = request.form_name, request.initiative or None

        def read() -> tuple[Record, Draft | None]:
            if request.record_id:
                record = records.fetch(session, name, request.record_id)
            else:
                record = begun(session, name, initiative, request.start, quick=bool(request.quick))
            return record, self._draft.read()

        self.load("record", read, self._begin)

    def failed(self, error: BaseException) -> None:
        """The text stays whatever went wrong."""
        self._refused()
        super().failed(error)

    def edited(self) -> None:
        """The draft is kept in a moment."""
        if not self._keeping.waits:
            self._keeping.call(KEEP_AFTER, self._keep_draft)

    def action_perform(self, command_id: str) -> None:
        """A key of a command was pressed, or it was chosen in the list of commands."""
        if command_id == "form.save":
            self.save()
        elif command_id == "app.palette":
            self.app.push_screen(Palette(LISTED, self.context.config.keymap, lambda _: None), self._chosen_command)
        else:
            self.post_message(CommandGiven(BY_ID[command_id]))

    def action_leave(self) -> None:
        """Close the choices, then what is said, then the form; a changed one only after a question."""
        if self.choices.is_open:
            self.completion.close()
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

    def on_unmount(self) -> None:
        """The session ends, perhaps because the connection has gone: what was typed stays as a draft."""
        if self.changed and self._opened is not None:
            self._draft.keep(self.values, self._opened)

    # --- beginning

    def _begin(self, read: tuple[Record, Draft | None]) -> None:
        record, draft = read
        if record.id:
            self._box.set_title(self._form.title, self._of_initiative(name_of(self._form, record.values)))
        self.begin(record, {**record.values, **(self.request.start if record.id else {})})
        refused = record.rested_on or self.context.refusal(self._form.action)
        if refused:
            self.say(f"To look at only: {refused}.", passing=False)
        if draft is None or {**self._start, **draft.values} == self._start:
            self.go_on()
        elif self.request.quick:
            self._use_draft("d", draft)
            self.body.current.line.select_all()
            self.say("This was typed before and not saved; type over it, or save it.")
            self.go_on()
        else:
            # What was typed ahead was meant for the form, and so comes before the question.
            self.go_on()
            self.app.call_later(self._ask_about, draft)

    def _ask_about(self, draft: Draft) -> None:
        self.app.push_screen(
            Question(
                "There is a draft",
                f"This form was left unsaved. {self._draft_words(draft)}",
                (
                    Answer("d", "go on with the draft"),
                    Answer("X", "throw it away", "Begin with what is on the desk."),
                ),
                leave="close the form",
            ),
            lambda key: self._use_draft(key, draft),
        )

    def _draft_words(self, draft: Draft) -> str:
        typed = draft.values
        labels = [
            entry.field.label
            for entry in self.body.entries
            if typed.get(entry.name_of_column, "") != self._start.get(entry.name_of_column, "")
        ]
        return f"What was typed: {', '.join(labels[:4])}{' and more' if len(labels) > 4 else ''}."

    def _use_draft(self, key: str | None, draft: Draft) -> None:
        if key == "d":
            if draft.opened.id is not None:
                self._opened = draft.opened
            self.body.put(draft.values)
            self.body.touch_all()
            self.check()
            self.note()
        elif key == "X":
            self.load("draft", self._draft.drop, lambda _: None)
        else:
            self._close()

    # --- saving

    def save(self) -> None:
        """Save with the choice that is marked for what was typed, unless a rule speaks against it: then go to its field."""
        self.completion.take_typed()
        opened = self._opened
        if opened is None or self.waits:
            return
        self.body.current.leave()
        self.body.touch_all()
        self.check()
        if self.go_to_problem():
            return
        self.waits = True
        session, request, values, draft = self.context.session, self.request, self.values, self._draft
        self.load("save", lambda: attempt(session, request, opened, values, draft), self._ended)
        self.set_timer(SLOW, self._say_that_it_goes_on)

    def _say_that_it_goes_on(self) -> None:
        if self.waits:
            self.say("Saving takes a moment; what you type now comes after it.", passing=False)

    def _ended(self, outcome: Record | Refusal) -> None:
        """Close the form, or say why not."""
        self.be_quiet()
        if isinstance(outcome, Record):
            self.dismiss()
            said = self.request.said or (
                lambda saved: f"saved: {self._form.noun} {name_of(self._form, saved.values)}".rstrip()
            )
            self.request.done(as_sentence("; ".join((said(outcome), *outcome.followed))))
            if self.request.saved is not None:
                self.request.saved(outcome)
            self.go_on()
            return
        self._refused()
        error = outcome.error
        if isinstance(error, ChangedMeanwhile):
            self.app.push_screen(Conflict(self._form, error), lambda kept: self._decided(error, kept))
            return
        if isinstance(error, RefusedFile):
            self.body.judge({problem.column: problem.problem for problem in error.problems}, {})
            if self.go_to_problem():
                return
        self.say(f"{refusal_said(error)} {outcome.draft}".strip(), "late", passing=False)

    def _refused(self) -> None:
        """What was typed after it counted on its success; no check of what was typed before takes away what the desk,
        which knows more, says of it.
        """
        self._pause.forget()
        self.context.typed.forget()
        self.completion.close()
        self.go_on()

    def _decided(self, meanwhile: ChangedMeanwhile, kept: Mapping[str, str] | None) -> None:
        """Save what was decided, on top of what the others have left."""
        if kept is None or self._opened is None:
            return
        values = merged(self._opened.values, self.values, meanwhile, kept)
        self._opened = meanwhile.record
        self._start = dict(meanwhile.record.values)
        self.body.put(values)
        self.save()

    # --- drafts and leaving

    def _keep_draft(self) -> None:
        opened, values = self._opened, self.values
        if self.waits:
            self.edited()
        elif self.changed and opened is not None and not self._draft.settled:
            self.load("draft", lambda: self._draft.keep(values, opened), self._draft_kept)

    def _leave_with(self, key: str | None) -> None:
        opened, values = self._opened, self.values
        if key == "k" and opened is not None:
            self.waits = True
            self.load("draft", lambda: self._draft.keep(values, opened), self._leave_draft)
        elif key == "x":
            self._draft.settled = self.waits = True
            self.load("draft", self._draft.drop, lambda _: self._close())

    def _draft_kept(self, kept: bool) -> None:
        if not kept:
            self.say("The draft cannot be kept: save before you leave.", "at_risk")

    def _leave_draft(self, kept: bool) -> None:
        if kept:
            self._close()
        else:
            self._refused()
            self._draft_kept(kept)

    def _close(self) -> None:
        self._draft.settled = True
        self.dismiss()
        self.go_on()

    def _chosen_command(self, command_id: str | None) -> None:
        if command_id is not None:
            self.action_perform(command_id)
