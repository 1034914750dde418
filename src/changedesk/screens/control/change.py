"""Change: what is it, what does it need to move on, and what happened to it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from changedesk.commands import Command
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.context import Context
from changedesk.screens.control.approvals_talk import ask_to_acknowledge, show_since
from changedesk.screens.control.change_parts import (
    content_lines,
    happened_lines,
    needed_lines,
    path_line,
    standing_line,
    title_line,
)
from changedesk.screens.control.change_talk import Talk, act_of
from changedesk.screens.control.elsewhere import elsewhere_lines
from changedesk.screens.control.review_form import open_review
from changedesk.screens.control.risk_assessment import ask_risk
from changedesk.screens.control.vote_record import write_vote_down
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.preview import Preview
from changedesk.services.control.change_page import ChangePage
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.followed_table import LOADING
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.page import Lines, Page
from changedesk.widgets.paint import ink
from changedesk.widgets.rows import Column

if TYPE_CHECKING:
    from changedesk.services.control.elsewhere import Elsewhere
    from changedesk.services.control.profiles import ClientLine

SIDE_BY_SIDE: Final = 100
"""From so many columns on all panels are seen at once."""
TITLES: Final = ("What does it need?", "What is it?", "What happened?")
BACK: Final = "approvals"
NOT_HERE: Final = "The change is not here yet."
ALL_SHOWN: Final = "All panels are shown."
CLIENTS: Final = (Column("Client", 14), Column("Name", 20, share=1))


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
        self._panel = 0
        self._head = Drawing(self._draw_head, id="head")
        self._pages = tuple(Page(make) for make in (self._needed, self._content, self._happened))
        names = ("needed", "content", "happened")
        # Held rather than looked up: the size may be told before they are there.
        self._panels, self._right = Horizontal(id="panels"), Vertical(id="right")
        self._boxes = tuple(Box(title, id=name) for title, name in zip(TITLES, names, strict=True))

    def content(self) -> Iterable[Widget]:
        """Which change it is and where it stands; then the three panels."""
        yield self._head
        with self._panels:
            with self._boxes[0]:
                yield self._pages[0]
            with self._right:
                for box, page in zip(self._boxes[1:], self._pages[1:], strict=True):
                    with box:
                        yield page

    def reload(self) -> None:
        """Read the change as it is now."""
        door, change = self.context.services.changes, self._change
        if change:
            self.load("change", lambda: door.page(change), self._show)

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
            self._change, self._page, self._panel = change, None, 0
            for page in self._pages:
                page.to_top()
        if self.is_attached:
            self.reload()

    def blocked_reason(self, name: str) -> str | None:
        """What the rules say against it."""
        if name == "list":
            return None
        if name == "next_panel":
            return None if self._turns else ALL_SHOWN
        page = self._page
        if page is None:
            return NOT_HERE
        if name == "initiative":
            return None if page.served else "It serves no initiative."
        act = act_of(name, page)
        refused = page.refused[act] if act else None
        return f"{refused}." if refused else None

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
        """Show its card."""
        self.go("approvals", f"change {self._change}")

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
        self._talk().finish()

    def do_back_out(self) -> None:
        """Say that it was taken back."""
        self._talk().back_out()

    def do_evidence(self) -> None:
        """Add evidence."""
        self._talk().evidence()

    def do_review(self) -> None:
        """Keep its review."""
        page = self._page
        if page is not None:
            open_review(self, self._change, page.name, lambda _: self._done(f"{page.change.number} was reviewed."))

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
            ask_to_acknowledge(self, self._page.name, self._page.change.number, self.on_desk_changed)

    def do_since(self) -> None:
        """Show what changed since the revision before."""
        page, door = self._page, self.context.services.approvals
        if page is not None:
            self.read_to_ask(
                "since", lambda: door.since(page.name, None), lambda found: show_since(self, found, page.change.number)
            )

    def do_elsewhere(self) -> None:
        """Show what another client would require of it."""
        page, services = self._page, self.context.services
        if page is None:
            return

        def ask(lines: Sequence[ClientLine]) -> None:
            others = [Choice(one.code, (one.code, one.name)) for one in lines if one.code != page.change.client]
            empty = "There is no other client in view."
            choose_one(self, "What would another client require?", CLIENTS, others, chosen, empty=empty)

        def chosen(client: str) -> None:
            self.read_to_ask("elsewhere", lambda: services.changes.elsewhere(page.name, client), self._show_elsewhere)

        self.read_to_ask("clients", services.policies.clients, ask)

    def do_initiative(self) -> None:
        """Show the initiative that it serves."""
        self.go("initiative", self.subject)

    def do_list(self) -> None:
        """List all changes."""
        self.go("changes")

    def do_next_panel(self) -> None:
        """Show the next panel; where all are seen, give the keys to the next one that is longer than its box."""
        turns = self._turns
        self._panel = next((number for number in turns if number > self._panel), turns[0])
        self._arrange()

    def do_back(self) -> None:
        """Take away what is said, or go back to where it was opened from."""
        if self.notice:
            self.be_quiet()
        else:
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
        self.on_desk_changed()
        self.say(sentence, "fine")

    def _show(self, page: ChangePage) -> None:
        self._page = page
        unmet = len(page.view.missing)
        self._boxes[0].set_title(TITLES[0], f"{unmet} missing" if unmet else "", "late" if unmet else "fine")
        self._arrange()

    def _arrange(self) -> None:
        width = self.size.width
        together = width >= SIDE_BY_SIDE
        for number, box in enumerate(self._boxes):
            box.display = together or number == self._panel
            box.set_keys(() if together else self._panel_key())
        self._right.display = together or self._panel > 0
        self._panels.set_class(not together, "-single")
        self._head.styles.height = 3 if self._page and standing_line(self._page, width - 2) else 2
        self._head.show(self._draw_head)
        for page in self._pages:
            page.refresh_lines()
        self.set_focus(self._pages[self._panel])
        self.call_after_refresh(self._say_positions)

    @property
    def _turns(self) -> Sequence[int]:
        """Between which panels one goes: all where one is seen at a time, else those of which there is more to read."""
        if self.size.width < SIDE_BY_SIDE:
            return range(len(self._pages))
        longer = [number for number, page in enumerate(self._pages) if page.position_text]
        return longer if longer != [self._panel] else ()

    def _panel_key(self) -> tuple[KeyHint, ...]:
        """Where the panels take turns, how the next one is seen: in the line of keys what can be done may leave no room."""
        key = self.context.config.keymap.shown("change.next_panel")
        return (KeyHint(key, "next panel"),) if key else ()

    def _say_positions(self) -> None:
        for number, (box, page) in enumerate(zip(self._boxes, self._pages, strict=True)):
            turn = f"{number + 1} of {len(self._pages)} panels  " if self.size.width < SIDE_BY_SIDE else ""
            more = page.position_text
            here = "↑ ↓ " if more and page.has_focus else ""
            box.set_note(f"{turn}{here}{more}".rstrip())
        self.refresh_keys()

    def _draw_head(self, width: int, height: int) -> tuple[Line, ...]:
        page = self._page
        if page is None:
            return ((ink(LOADING, "explain"),),)
        standing = standing_line(page, width)
        lines = (title_line(page, width), path_line(page.change, width), *((standing,) if standing else ()))
        return lines[:height]

    def _needed(self, width: int) -> Lines:
        return needed_lines(self._page, self.context.clock(), width) if self._page else ()

    def _content(self, width: int) -> Lines:
        return content_lines(self._page, self.context.clock(), width) if self._page else ()

    def _happened(self, width: int) -> Lines:
        return happened_lines(self._page, width) if self._page else ()

    def _show_elsewhere(self, found: Elsewhere) -> None:
        title = f"{found.number}: {found.here.client} and {found.there.client}"
        self.app.push_screen(Preview(title, lambda width: elsewhere_lines(found, width), ()))
