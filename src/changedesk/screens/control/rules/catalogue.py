"""Standard changes: what may be done without asking, who approved it, and how well it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.control.template import refuse_approval
from changedesk.domain.day_entry import day_written, parse_day
from changedesk.screens.ask_line import AskLine, a_day, some_line
from changedesk.screens.context import Context
from changedesk.screens.control.learned_screen import LearnedScreen
from changedesk.screens.control.rules.catalogue_parts import COLUMNS, EMPTY, detail, key_of, rows
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.question import ask_first
from changedesk.services.control.rules import templates
from changedesk.services.control.rules.catalogue import Entry, catalogue
from changedesk.widgets.drawing import Drawing

YEAR: Final = timedelta(days=365)
"""So long an approval holds unless another day is said."""
NONE_CHOSEN: Final = f"There is no standard change to choose yet: {key_to('catalogue.new')} proposes one."
NEEDS: Final = {"suspended": "suspended", "expired": "expired", "proposed": "proposed"}


class CatalogueScreen(LearnedScreen):
    """The catalogue of standard changes in view."""

    scope = "catalogue"
    home = "approvals"
    enter = "version"
    CSS_PATH = "catalogue.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._entries: Sequence[Entry] = ()
        self._retired = False
        self._detail = Drawing(id="template-detail")
        keys = (("approve", "approve"), ("new", "propose"))
        self._box = self.boxed("What may be done without asking?", self._detail, *keys, id="catalogue")

    def content(self) -> Iterable[Widget]:
        """The list, and all about the selected one."""
        yield self._box

    def reload(self) -> None:
        """Read the catalogue as it is now."""
        session, retired = self.context.session, self._retired
        self.load("catalogue", lambda: catalogue(session, retired=retired), self._show)

    def blocked_reason(self, name: str) -> str | None:
        """What the rules say against it."""
        if name not in ("approve", "version", "retire"):
            return None
        entry = self._chosen
        if entry is None:
            return NONE_CHOSEN
        if name == "approve":
            actor = self.context.session.actor.login
            return refuse_approval(entry.proposed or entry.shown, actor, entry.now)
        if name == "retire" and entry.state == "retired":
            return f"Retired already: {entry.name}."
        if name == "version" and entry.proposed is not None:
            return f"Version {entry.proposed.version} of {entry.name} waits for its approval already."
        return None

    # --- commands

    def do_approve(self) -> None:
        """Approve what waits for it: until a day, a suspended one with what was mended."""
        entry = self._chosen
        if entry is None:
            return
        wanted = entry.proposed or entry.shown

        def mended(reason: str | None) -> None:
            if reason:
                self._ask_until(entry, wanted.version, reason)

        if wanted.state == "suspended":
            text = (f"It suspended itself: {wanted.suspended_why}.", "Only uses from now on count for its success.")
            title = f"What was mended in {entry.name}?"
            self.app.push_screen(
                AskLine(title, text, some_line("it stays suspended until that is said"), word="go on"), mended
            )
        else:
            self._ask_until(entry, wanted.version, None)

    def do_new(self) -> None:
        """Propose a standard change."""
        open_form(self, FormRequest("template", done=self._done))

    def do_version(self) -> None:
        """Propose the next version of the selected one."""
        entry = self._chosen
        if entry is not None:
            open_form(self, FormRequest("template", key_of(entry), done=self._done))

    def do_retire(self) -> None:
        """Take the selected one out of the catalogue."""
        entry, session = self._chosen, self.context.session
        if entry is None:
            return

        def reasoned(reason: str | None) -> None:
            if reason:
                self.load(
                    "retire",
                    lambda: templates.retire(session, entry.client, entry.name, reason),
                    lambda _: self._done(f"Retired: {entry.name}."),
                )

        text = ("What was done by it stays; new changes take the normal path.",)
        self.app.push_screen(
            AskLine(f"Why is {entry.name} retired?", text, some_line("a reason is needed"), word="retire"), reasoned
        )

    def do_retired(self) -> None:
        """Show retired ones as well, or not."""
        self._retired = not self._retired
        self.reload()
        self.say("Retired ones are listed, too." if self._retired else "Retired ones are not listed.")

    # --- how it works

    @property
    def _chosen(self) -> Entry | None:
        return next((entry for entry in self._entries if key_of(entry) == self._table.selected_key), None)

    def _ask_until(self, entry: Entry, version: int, reason: str | None) -> None:
        today = self.context.clock().date()

        def confirm(text: str | None) -> None:
            if text is not None:
                self._confirm(entry, version, parse_day(text, today) if text else None, reason)

        def in_future(day: date) -> str | None:
            return None if day > today else "an approval ends in the future"

        self.app.push_screen(
            AskLine(
                f"Until when is {entry.name} approved?",
                ("From then on it has to be looked at again. Empty leaves the end open.",),
                a_day(today, "open: nobody has to look at it again", refuse=in_future),
                start=day_written(today + YEAR),
            ),
            confirm,
        )

    def _confirm(self, entry: Entry, version: int, until: date | None, reason: str | None) -> None:
        session = self.context.session

        def approve() -> None:
            from changedesk.services.control.rules.template_form import approve_until

            self.load(
                "approve",
                lambda: approve_until(session, entry.client, entry.name, until, reason),
                lambda _: self._done(f"Approved: {entry.name}, version {version}."),
            )

        said = f"until {until:%Y-%m-%d}" if until else "with an open end"
        text = f"Version {version} stands for the approval of each of its uses, {said}."
        ask_first(self, f"Approve {entry.name} of {entry.client}?", text, "approve", approve)

    def _show(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        today = self.context.clock().date()
        self._table.show(rows(entries, today), empty=EMPTY)
        waiting = [entry for entry in entries if entry.state in NEEDS or entry.proposed is not None]
        answer = (
            f"{len(waiting)} wait for somebody" if len(waiting) > 1 else "one waits for somebody" if waiting else ""
        )
        self._box.set_title("What may be done without asking?", answer, "risk")
        self._follow()

    def _follow(self) -> None:
        entry, today = self._chosen, self.context.clock().date()
        self._detail.show(lambda width, height: detail(entry, today, width)[:height])
        self._box.set_note(self._table.position_text)
        self.refresh_keys()
