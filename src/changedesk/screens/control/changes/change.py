"""Change: what is it, what does it need to move on, and what happened to it?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget

from changedesk.commands import Command
from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.screens.control.approvals.card_talk import ask_to_acknowledge, show_since
from changedesk.screens.control.approvals.vote_record import write_vote_down
from changedesk.screens.control.changes.change_panels import ChangePanels
from changedesk.screens.control.changes.change_talk import Talk, act_of
from changedesk.screens.control.changes.elsewhere import ask_elsewhere
from changedesk.screens.control.changes.risk_assessment import ask_risk
from changedesk.screens.control.learning.review_form import open_review
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.loading import NOT_READ
from changedesk.services.control.approvals.card import since
from changedesk.services.control.changes.change_page import ChangePage, change_page
from changedesk.widgets.page import Page

BACK: Final = "approvals"
ALL_SHOWN: Final = "All panels are shown."


class ChangeScreen(DeskScreen):
    """One change, where it is worked on.

    It is opened by the id of the change; the name of another screen behind it is where esc leads, else to the decisions.
    """

    scope = "change"
    home = "approvals"
    CSS_PATH = "change.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._change = ""
        self._back = BACK
        self._page: ChangePage | None = None
        self._panels = ChangePanels(context.config.keymap, context.clock)

    def content(self) -> Iterable[Widget]:
        """Which change it is and where it stands; then the three panels."""
        yield from self._panels.widgets()

    def reload(self) -> None:
        """Read the change as it is now."""
        session, change = self.context.session, self._change
        if change:
            self.load("change", lambda: change_page(session, change), self._show)

    def minute_passed(self) -> None:
        """A deadline may have passed, a window may have opened."""
        self.reload()

    @property
    def subject(self) -> str:
        """The initiative that it serves."""
        return self._page.served.initiative_id if self._page and self._page.served else ""

    def open_subject(self, subject: str) -> None:
        """Show the change with this id."""
        change, _, back = subject.partition(" ")
        self._back = back or BACK
        if change and change != self._change:
            self._change, self._page = change, None
            self._panels.begin()
            self.begin_anew()
        elif self.is_attached:
            self.reload()

    def blocked_reason(self, name: str) -> str | None:
        """What the rules say against it."""
        if name == "list":
            return None
        if name == "next_panel":
            return None if self._panels.turns(self.size.width) else ALL_SHOWN
        page = self._page
        if page is None:
            return NOT_READ
        if name == "initiative":
            return None if page.served else "It serves no initiative."
        act = act_of(name, page)
        return page.refused[act] if act else None

    def word_now(self, command: Command) -> str:
        """Only what can be done now is named; what cannot says why when its key is pressed."""
        return command.word if self.reason_against(command.id) is None else ""

    # --- commands

    def do_edit(self) -> None:
        """Edit it."""
        open_form(self, FormRequest("change", self._change, done=self._done))

    def do_submit(self) -> None:
        """Hand it in."""
        self._talk().submit()

    def do_assess(self) -> None:
        """Answer the questions about its risk."""
        if self._page is not None:
            ask_risk(self, self._page.name, lambda kept: self._done(f"{kept}."))

    def do_vote(self) -> None:
        """Show its card; from there esc leads back here."""
        self.go("approvals", f"change {self._change} {self._back}")

    def do_record_vote(self) -> None:
        """Write down how somebody voted elsewhere."""
        if self._page is not None:
            write_vote_down(self, self._page, self._done)

    def do_start(self) -> None:
        """Start it."""
        self._talk().start()

    def do_do_step(self) -> None:
        """Tick its next step."""
        self._talk().do_step()

    def do_plan_step(self) -> None:
        """Plan a step."""
        self._talk().plan_step()

    def do_finish(self) -> None:
        """Say how it ended."""
        self._talk().end()

    def do_back_out(self) -> None:
        """Say that it was taken back."""
        self._talk().end("backed_out")

    def do_evidence(self) -> None:
        """Add evidence."""
        self._talk().evidence()

    def do_review(self) -> None:
        """Keep its review."""
        page = self._page
        if page is not None:
            open_review(self, self._change, page.name, self._done)

    def do_close(self) -> None:
        """Close it."""
        self._talk().close()

    def do_hold(self) -> None:
        """Hold it, or let it go on."""
        self._talk().hold()

    def do_cancel(self) -> None:
        """Take it back."""
        self._talk().cancel()

    def do_acknowledge(self) -> None:
        """Accept its conflicts."""
        if self._page is not None:
            ask_to_acknowledge(self, self._page.name, self._page.change.number, self.read_again)

    def do_since(self) -> None:
        """Show what changed since the revision before."""
        page, session = self._page, self.context.session
        if page is not None:
            self.read_to_ask(
                "since",
                lambda: since(session, page.name, None),
                lambda found: show_since(self, found, page.change.number),
            )

    def do_elsewhere(self) -> None:
        """Show what another client would require of it."""
        if self._page is not None:
            ask_elsewhere(self, self._page)

    def do_initiative(self) -> None:
        """Show the initiative that it serves."""
        self.go("initiative", self.subject)

    def do_list(self) -> None:
        """List all changes."""
        self.go("changes")

    def do_next_panel(self) -> None:
        """Show the next panel; where all are seen, give the keys to the next one that is longer than its box."""
        self._panels.turn(self.size.width)
        self._arrange()

    def leave(self) -> None:
        """Go back to where it was opened from."""
        self.go(self._back)

    # --- what happens

    def on_resize(self) -> None:
        """Another width shows all panels, or one."""
        self._arrange()

    def on_page_scrolled(self, event: Page.Scrolled) -> None:
        """Say how far down one sees."""
        event.stop()
        self._say_positions()

    # --- how it works

    def _talk(self) -> Talk:
        assert self._page is not None
        return Talk(self, self._page, self._done)

    def _done(self, sentence: str) -> None:
        self.read_again()
        self.say(sentence, "fine")

    def _show(self, page: ChangePage) -> None:
        self._page = page
        self._panels.show(page)
        self._arrange()

    def _arrange(self) -> None:
        self.set_focus(self._panels.arrange(self.size.width))
        self.call_after_refresh(self._say_positions)

    def _say_positions(self) -> None:
        self._panels.say_positions(self.size.width)
        self.refresh_keys()
