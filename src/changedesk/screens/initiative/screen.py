"""Initiative: was it delivered correctly, and are the people using it? Two lanes, one initiative."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from changedesk.commands import Command, key_to
from changedesk.domain.measures.questions import Lens
from changedesk.screens.context import Context
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.initiative.lens import lens_after, lens_page
from changedesk.screens.initiative.list_box import ListBox
from changedesk.screens.initiative.lists import LISTS, list_keys
from changedesk.screens.initiative.measures import measures_page
from changedesk.screens.initiative.panels import InitiativePanels
from changedesk.screens.initiative.parts import lanes_picture
from changedesk.screens.initiative.work import InitiativeWork
from changedesk.screens.none_yet import NO_INITIATIVE
from changedesk.screens.records.kind_menu import pick_kind
from changedesk.screens.who_owns import WhoOwns
from changedesk.services.initiative.page import InitiativeView, initiative
from changedesk.services.lookup import code_in_view
from changedesk.services.portfolio.page import portfolio
from changedesk.services.portfolio.query import PortfolioQuery
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.time_window import TimeWindow

FRAME_ROWS = 2
PAN = 0.25
NO_LENS = f"This reads on in what a lens says: {key_to('initiative.lens')} looks through one."
LIST_OPEN = f"A list is open; {key_to('app.back')} closes it."
NOT_IN_LISTS = (
    "zoom_in",
    "zoom_out",
    "earlier",
    "later",
    "fit",
    "previous_gate",
    "next_gate",
    "next_panel",
    "lens",
    "more",
    "gate",
)
IN_LISTS = {"edit": "initiative"}
"""What a command is called beside the keys of a list, where enter edits the row."""


class InitiativeScreen(InitiativeWork):
    """One initiative with its lanes side by side, the facts that answer the two questions, and its gates."""

    scope = "initiative"
    CSS_PATH = "screen.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._subject = ""
        self._view: InitiativeView | None = None
        self._window: TimeWindow | None = None
        self._gate = 0
        self._page = 0
        self._pages = 1
        self._lens: Lens | None = None
        self._panels = InitiativePanels(context.config.keymap)
        self._list = ListBox(context.config.keymap)

    def content(self) -> Iterable[Widget]:
        """Title, lanes, facts and gate; a list takes their place when it is open."""
        yield from self._panels.widgets()
        yield self._list

    def reload(self) -> None:
        """Read the initiative as it is now; without a subject, the one that needs most attention."""
        session, subject = self.context.session, self._subject

        def read() -> InitiativeView | None:
            wanted = subject or next((row.initiative_id for row in portfolio(session, PortfolioQuery()).rows(0, 1)), "")
            return initiative(session, code_in_view(session, wanted)) if wanted else None

        ahead = self.context.ahead.of(subject, self.state_now())
        if ahead is not None:
            self.show_known("initiative", ahead, self._show)
        else:
            self.load("initiative", read, self._show)
        if self.open_list:
            self._load_list()

    @property
    def subject(self) -> str:
        """The id of the initiative that is shown."""
        return self._subject

    @property
    def shown(self) -> InitiativeView | None:
        """The initiative that is shown."""
        return self._view

    @property
    def gate_number(self) -> int:
        """The number of the gate that is chosen, from 1."""
        return self._gate + 1

    @property
    def open_list(self) -> str:
        """The name of the list that is open."""
        return self._list.opened

    @property
    def selected_key(self) -> str:
        """The id of what is selected in that list."""
        return self._list.selected_key

    def open_subject(self, subject: str) -> None:
        """Show this initiative; what was zoomed, chosen and opened stays only for the same one."""
        if subject == self._subject:
            return
        self._subject = subject
        self._view = self._window = None
        self._page = 0
        if self.is_attached:
            self._close_list()
        self.begin_anew()

    def blocked_reason(self, name: str) -> str | None:
        """What there is no room or no sense for now."""
        if self._view is None or self._window is None:
            return self.lacks("initiative", NO_INITIATIVE)
        if self.open_list and name in NOT_IN_LISTS:
            return LIST_OPEN
        blocked, reason = {
            "zoom_in": (self._window.zoom_in() == self._window, "This is the shortest time that is shown."),
            "zoom_out": (self._window.zoom_out() == self._window, "This is the longest time that is shown."),
            "previous_gate": (self._gate == 0, "This is the first gate."),
            "next_gate": (self._gate == len(self._view.gates) - 1, "This is the last gate."),
            "next_panel": (self._pages == 1, "All panels are shown."),
            "more": (self._lens is None, NO_LENS),
        }.get(name, (False, ""))
        return reason if blocked else self.work_blocked(name)

    def word_now(self, command: Command) -> str:
        """While a list is open the line of keys names what works there; enter is the list's."""
        if not self.open_list:
            return command.word
        return "" if command.name in (*NOT_IN_LISTS, self.open_list) else IN_LISTS.get(command.name, command.word)

    def hints_here(self) -> tuple[KeyHint, ...]:
        """The keys of the list that is open."""
        if not self.open_list:
            return ()
        chosen, moves = bool(self.selected_key), self.work_blocked("move") is None
        return list_keys(self.context.config.keymap, self.open_list, chosen=chosen, moves=moves)

    # --- commands

    def do_next_panel(self) -> None:
        """Show the next panel under the lanes."""
        self._page += 1
        self._arrange()

    def do_zoom_in(self) -> None:
        """Show a shorter time around today."""
        if self._window and self._view:
            self._look_at(self._window.zoom_in(self._view.today))

    def do_zoom_out(self) -> None:
        """Show a longer time around today."""
        if self._window and self._view:
            self._look_at(self._window.zoom_out(self._view.today))

    def do_earlier(self) -> None:
        """Move to earlier days."""
        self._look_at(self._window and self._window.pan(-PAN))

    def do_later(self) -> None:
        """Move to later days."""
        self._look_at(self._window and self._window.pan(PAN))

    def do_fit(self) -> None:
        """Show the whole initiative."""
        if self._view:
            self._look_at(lanes_picture(self._view, None).window())

    def do_previous_gate(self) -> None:
        """Show the gate before this one."""
        self._gate -= 1
        self._look_at(self._window)

    def do_next_gate(self) -> None:
        """Show the gate after this one."""
        self._gate += 1
        self._look_at(self._window)

    def do_activities(self) -> None:
        """List the activities."""
        self._show_list("activities")

    def do_audiences(self) -> None:
        """List the audiences."""
        self._show_list("audiences")

    def do_observations(self) -> None:
        """List the observations."""
        self._show_list("observations")

    def do_edit(self) -> None:
        """Change the initiative itself."""
        open_form(self, FormRequest("initiatives", self._subject, done=self._done))

    def do_records(self) -> None:
        """List what belongs to the initiative, kind by kind."""
        pick_kind(self, self._subject, self.open_list)

    def do_workaround(self) -> None:
        """Note a workaround: what it is, and Enter."""
        if self._view is not None:
            open_form(self, FormRequest("workarounds", "", self._view.code, quick="title", done=self._done))

    def do_lens(self) -> None:
        """Look with the eyes of the next one who asks."""
        self._lens = lens_after(self._lens)
        self._page = 0
        self._panels.show(self._view, self._lens)
        self._arrange()

    def do_more(self) -> None:
        """Show all that the lens has to say."""
        if self._view is not None and self._lens is not None:
            self.app.push_screen(lens_page(self._view.measures.answer(self._lens), self._view.today))

    def do_measures(self) -> None:
        """Show the page of measures."""
        if self._view is not None:
            self.app.push_screen(measures_page(self._view.title, self._view.measures))

    def do_value(self) -> None:
        """Show what it was worth."""
        self.go("value", f"{self._subject}/initiative")

    def do_who_owns(self) -> None:
        """Ask the three questions."""
        if self._view is not None:
            self.app.push_screen(WhoOwns(self._view.project_owner, self._view.change_owner))

    def do_back(self) -> None:
        """Close the list, or go back to the portfolio."""
        if self.open_list:
            self._close_list()
        else:
            super().do_back()

    # --- what happens

    def on_resize(self) -> None:
        """Another size has another arrangement."""
        self._arrange()

    # --- how it works

    def _show(self, view: InitiativeView | None) -> None:
        """Show what was read; for the same initiative as before, as it was looked at.

        Where the gate that was current was shown, or all of the time, it is what is current now, and all of the time as it is now.
        """
        before, self._view = self._view, view
        self._panels.show(view, self._lens)
        if view is not None:
            self._subject = view.initiative_id
            if self._window is None or (before is not None and self._gate == before.current_gate):
                self._gate = view.current_gate
            self._gate = min(self._gate, len(view.gates) - 1)
            whole = before is None or self._window in (None, lanes_picture(before, None).window())
            self._look_at(lanes_picture(view, None).window() if whole else self._window)
        self._arrange()

    def _look_at(self, window: TimeWindow | None) -> None:
        if self._view is not None and window is not None:
            self._window = window
            self._panels.show_axis(self._view, window, self._gate)

    def _arrange(self) -> None:
        """Give each panel its rows, or the list the whole place."""
        width, height = self.size
        self._pages = self._panels.arrange(self._view, width, height - FRAME_ROWS, self._page, not self.open_list)
        self.refresh_keys()

    def _show_list(self, name: str) -> None:
        self._list.open(name)
        self._arrange()
        self._load_list()

    def _load_list(self) -> None:
        kind, session, subject = LISTS[self.open_list], self.context.session, self._subject

        def show(found: object) -> None:
            if self._view is not None:
                self._list.show_rows(kind, found, self._view.today)

        self.load("list", lambda: kind.read(session, code_in_view(session, subject)), show)

    def _close_list(self) -> None:
        self._list.close()
        self._arrange()
