"""Records: everything of one kind that belongs to an initiative or to the desk, to be made, changed and closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget

from changedesk.commands import Command, key_to
from changedesk.domain.counted import listed
from changedesk.domain.forms.form import Form
from changedesk.domain.forms.registry import FORMS
from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.saying import closed
from changedesk.screens.context import Context
from changedesk.screens.filtered import SoughtScreen
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.loading import NOT_READ
from changedesk.screens.none_yet import from_a_file
from changedesk.screens.records.closing import ask_to_close_record
from changedesk.screens.records.kind_menu import OF_DESK, pick_kind, title_of
from changedesk.screens.records.rows import RecordRows, columns, detail, is_closed
from changedesk.services.records import records
from changedesk.services.records.listing import RecordSource, record_source
from changedesk.services.records.records import Record
from changedesk.widgets.drawing import Drawing

NONE_SELECTED: Final = f"There is no record to choose yet: {key_to('records.new')} makes the first."
NONE_LIKE_IT: Final = f"Nothing here is like that; {key_to('app.back')} shows all of it."
HOMES: Final = {
    "meetings": "approvals",
    "windows": "calendar",
    "duties": "golive",
    "services": "golive",
    "agreements": "golive",
    "service_periods": "golive",
    "signals": "golive",
    "improvements": "golive",
}
"""The main screen that the records of a kind belong to, where that is not the portfolio."""


class RecordsScreen(SoughtScreen[RecordSource]):
    """The records of one kind, what is open first."""

    scope = "records"
    home = "portfolio"
    enter = "edit"
    filter_hint = "words of anything that is known of them"
    CSS_PATH = "screen.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._form_name = next(iter(OF_DESK))
        self._initiative = ""
        self._code = ""
        self._made: str | None = None
        self._detail = Drawing(id="detail")
        self._box = self.boxed("Records", self._detail)

    def content(self) -> Iterable[Widget]:
        """The list, and all that is known of the selected record."""
        yield self._box

    @property
    def subject(self) -> str:
        """The initiative whose records these are."""
        return self._initiative

    def open_subject(self, subject: str) -> None:
        """Show the records of this kind."""
        name, _, initiative = subject.partition(" ")
        if name not in FORMS:
            return
        other = (name, initiative) != (self._form_name, self._initiative)
        self._form_name, self._initiative, self._code = name, initiative, ""
        self._title_line.set_active("initiative" if initiative else HOMES.get(name, self.home))
        if other:
            self.list_anew()
        elif self.is_attached:
            self.reload()

    def reload(self) -> None:
        """Read them as they are now."""
        session, name, initiative = self.context.session, self._form_name, self._initiative

        def read() -> RecordSource:
            code = records.fetch(session, "initiatives", initiative).values["code"] if initiative else ""
            return record_source(session, name, code)

        self.read_all(read)

    def blocked_reason(self, name: str) -> str | None:
        """What cannot be done with the selected record, or without one."""
        if name == "kinds":
            return None if self._initiative else "These records belong to the desk, not to an initiative."
        if name in ("new", "edit", "close") and self._shown is None:
            return NOT_READ
        if name == "new" and self._shown is not None:
            return self._shown.made_no_more or None
        if name not in ("edit", "close"):
            return super().blocked_reason(name)
        record = self._selected
        if record is None:
            return NONE_SELECTED
        if record.rested_on:
            return record.rested_on
        if name == "close":
            if not self._form.closing:
                return f"A {self._form.noun} is not closed; enter changes it."
            if is_closed(self._form, record):
                return f"This {self._form.noun} is closed already."
        return None

    def word_now(self, command: Command) -> str:
        """What there never is of this kind has no place in the line of keys."""
        never: tuple[str, ...] = () if self._initiative else ("kinds",)
        if not self._form.closing:
            never = (*never, "close")
        return "" if command.name in never else command.word

    # --- commands

    def do_new(self) -> None:
        """Make a record; it is selected then."""
        open_form(self, FormRequest(self._form_name, "", self._code, done=self._done, saved=self._was_made))

    def do_edit(self) -> None:
        """Change the selected record."""
        open_form(self, FormRequest(self._form_name, self._table.selected_key, self._code, done=self._done))

    def do_close(self) -> None:
        """Close the selected record as of today, after a question."""
        ask_to_close_record(self, self._form_name, self._table.selected_key, self._done)

    def do_kinds(self) -> None:
        """List records of another kind."""
        pick_kind(self, self._initiative, self._form_name)

    def leave(self) -> None:
        """Go back to the initiative, or to the portfolio."""
        if self._initiative:
            self.go("initiative", self._initiative)
        else:
            super().leave()

    # --- how it works

    @property
    def _form(self) -> Form:
        return FORMS[self._form_name]

    @property
    def _selected(self) -> Record | None:
        place = self._shown.position(self._table.selected_key) if self._shown else None
        return None if self._shown is None or place is None else next(iter(self._shown.rows(place, 1)), None)

    def _was_made(self, record: Record) -> None:
        self._made = record.id

    def _fill(self) -> None:
        form, words, found = self._form, self._words.strip(), self._shown
        if found is None:
            return
        self._code = found.initiative
        self._table.set_columns(columns(form))
        shown = self.context.config.keymap.shown
        names = ("filter", "new", "edit", *(("close",) if form.closing else ()))
        self._box.set_keys(self.keys_of(*((name, name) for name in names)))
        key = shown("records.new")
        first = found.made_no_more or f"{key} makes the first one"
        empty = NONE_LIKE_IT if words else f"No {form.noun} {'here ' if found.windows else ''}yet. {closed(first)}"
        elsewhere = ""
        if found.windows and not words:
            more = "more " if found.count() else ""
            where = f"{shown('calendar.windows')} on Calendar"
            elsewhere = f"{len(found.windows):,} {more}by a window: {where}"
            empty = f"{empty}\n{where} lists windows that are one: {listed(found.windows)}."
        if form.kind.name in KINDS and not (words or found.made_no_more or found.windows):
            empty = f"{empty}\n{from_a_file(form.kind.name)}"
        self._table.show(RecordRows(form, found, self.context.clock().date()), empty=empty)
        if self._made and self._table.select(self._made):
            self._made = ""
        asked = (self._code, f"“{words}”") if words else ()
        told = self.narrowed(asked, f"{found.count():,} of {found.total:,}")
        self._box.set_title(title_of(self._form_name), told or self._code or elsewhere, "key" if told else "explain")
        self._follow()

    def _follow(self) -> None:
        """Say what is known of the selected record, and how far down the list one sees."""
        form, record, today = self._form, self._selected, self.context.clock().date()
        self._detail.show(lambda width, height: detail(form, record, today, width, height))
        self._box.set_note(self._table.position_text)
        self.refresh_keys()
