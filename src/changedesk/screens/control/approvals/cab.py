"""A meeting of the board: the agenda with its times, the change that is talked about, and the votes of those present."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from typing import Final

from textual.timer import Timer
from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.control.meeting import Meeting, refuse_off
from changedesk.screens.context import Context
from changedesk.screens.control.approvals.cab_parts import (
    COLUMNS,
    EMPTY,
    NO_MEETING,
    NOTHING_CHOSEN,
    card,
    row,
    summary,
)
from changedesk.screens.control.approvals.cab_talk import ask_to_decide, ask_to_end, choose_meeting, show_minutes
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.labelled import plain_lines
from changedesk.screens.listed import ListScreen
from changedesk.screens.read_on import ReadOnScreen
from changedesk.services.control.approvals import meetings
from changedesk.services.control.approvals.meetings import AgendaItem, MeetingView
from changedesk.services.session import Session
from changedesk.services.zones import client_zone
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import cells
from changedesk.widgets.followed_page import FollowedPage
from changedesk.widgets.lists.rows import ListSource
from changedesk.widgets.page import Lines, Page

NONE_YET: Final = f"There is no meeting yet: {key_to('cab.new')} calls one."
FRAME: Final = 9
"""The columns of the border around the title of the agenda and what is said beside it."""
TICK: Final = 15
"""Seconds after which a running time is looked at again; only a minute that has changed is painted."""
Read = tuple[Sequence[Meeting], Mapping[str, tzinfo], MeetingView | None]
"""The meetings in view, the clock of each of their clients, and the one that is shown."""


class CabScreen(ReadOnScreen, ListScreen):
    """One meeting. Its subject is the meeting; without one it is the next that is not over."""

    scope = "cab"
    home = "approvals"
    enter = "begin"
    CSS_PATH = "cab.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._meeting = ""
        self._meetings: Sequence[Meeting] = ()
        self._zones: Mapping[str, tzinfo] = {}
        self._view: MeetingView | None = None
        self._item = ""
        self._page = FollowedPage(self._lines, self._say_position, id="card")
        self._agenda = Box("What is on the agenda?", self._table, id="agenda")
        self._card = Box("What is decided?", self._page, id="decided")
        self._timer: Timer | None = None

    def content(self) -> Iterable[Widget]:
        """The agenda, and the change that is talked about."""
        yield self._agenda
        yield self._card

    def open_subject(self, subject: str) -> None:
        """Show this meeting."""
        self._meeting, self._view = subject, None
        self.begin_anew()

    def reload(self) -> None:
        """Read the meeting as it is now."""
        session, wanted = self.context.session, self._meeting

        def read() -> Read:
            known = meetings.listed(session)
            chosen = wanted if any(one.id == wanted for one in known) else (known[0].id if known else "")
            zones = {client: client_zone(session, client) for client in {one.client for one in known}}
            return known, zones, meetings.meeting_view(session, chosen) if chosen else None

        self.load("meeting", read, self._show)

    def blocked_reason(self, name: str) -> str | None:
        """What cannot be done now, and why."""
        if name in ("read_on", "read_back"):
            return super().blocked_reason(name)
        if name in ("new", "meetings"):
            return None if name != "meetings" or self._meetings else self.lacks("meeting", NONE_YET)
        if self._view is None:
            return self.lacks("meeting", NONE_YET)
        if name == "minutes":
            return None
        if self._view.meeting.state == "closed":
            return "This meeting is over; its minutes are what they are."
        if name == "fill":
            return None
        if name == "close":
            return self._view.end_refused(self.context.clock())
        chosen = self._chosen()
        if chosen is None:
            return f"Nothing is on the agenda: {key_to('cab.fill')} fills it with what waits for this board."
        if name == "begin":
            runs = f"The time of {chosen.item.number} runs already." if chosen.item.runs else None
            return runs or self._view.votes_refused(self.context.clock())
        if name == "earlier" and chosen is self._view.agenda[0]:
            return f"{chosen.item.number} is the first on the agenda."
        if name == "later" and chosen is self._view.agenda[-1]:
            return f"{chosen.item.number} is the last on the agenda."
        if name == "off":
            return refuse_off(chosen.item)
        if name in ("approve", "reject", "changes", "abstain"):
            if not chosen.view.voters:
                return f"No vote is open on {chosen.item.number}: it is {chosen.view.change.state}."
            return self._view.votes_refused(self.context.clock())
        return None

    # --- commands

    def do_begin(self) -> None:
        """Talk about the selected change."""
        self._with_chosen(meetings.begin, "Its time runs.")

    def do_approve(self) -> None:
        """Who approves."""
        self._ask_to_decide("approve")

    def do_reject(self) -> None:
        """Who rejects, and why."""
        self._ask_to_decide("reject")

    def do_changes(self) -> None:
        """Who asks for changes, and for which."""
        self._ask_to_decide("request_changes")

    def do_abstain(self) -> None:
        """Who abstains."""
        self._ask_to_decide("abstain")

    def do_fill(self) -> None:
        """Fill the agenda by its rule."""
        session, meeting = self.context.session, self._meeting
        self.load("fill", lambda: meetings.fill(session, meeting), self._filled)

    def do_earlier(self) -> None:
        """Up on the agenda."""
        self._with_chosen(lambda session, meeting, item: meetings.move_item(session, meeting, item, -1), "")

    def do_later(self) -> None:
        """Down on the agenda."""
        self._with_chosen(lambda session, meeting, item: meetings.move_item(session, meeting, item, 1), "")

    def do_off(self) -> None:
        """Off the agenda."""
        self._with_chosen(meetings.take_off, "Taken off the agenda.")

    def do_minutes(self) -> None:
        """Read the minutes."""
        session, meeting = self.context.session, self._meeting
        self.read_to_ask("minutes", lambda: meetings.minutes(session, meeting), lambda text: show_minutes(self, text))

    def do_meetings(self) -> None:
        """Choose another meeting."""
        choose_meeting(self, self._meetings, self._zones, self._meeting, self.open_subject)

    def do_new(self) -> None:
        """Call a meeting, and go on with it."""
        open_form(self, FormRequest("meetings", done=self._done, saved=lambda made: self.open_subject(str(made.id))))

    def do_close(self) -> None:
        """End the meeting after a question."""
        if self._view is not None:
            ask_to_end(self, self._view, self._done)

    # --- what happens

    def on_resize(self) -> None:
        """Another width has room for more, or fewer, words about the meeting."""
        self._say_which()

    # --- how it works

    def _ask_to_decide(self, decision: str) -> None:
        chosen, view = self._chosen(), self._view
        if chosen is not None and view is not None:
            ask_to_decide(self, view.meeting, chosen, decision, self._done)

    def _with_chosen(self, do: Callable[[Session, str, str], None], sentence: str) -> None:
        chosen, session, meeting = self._chosen(), self.context.session, self._meeting
        if chosen is None:
            return
        item = chosen.item.id
        self.load("item", partial(do, session, meeting, item), lambda _: self._done(sentence))

    def _filled(self, count: int) -> None:
        self._done(f"{count} put on the agenda." if count else "Everything that waits for this board is on it already.")

    def _done(self, sentence: str) -> None:
        self.reload()
        if sentence:
            self.say(sentence, "fine")

    def _chosen(self) -> AgendaItem | None:
        agenda = self._view.agenda if self._view else ()
        return next((one for one in agenda if one.item.id == self._table.selected_key), None)

    def _show(self, read: Read) -> None:
        self._meetings, self._zones, self._view = read
        view = self._view
        if view is None:
            self._agenda.set_title("What is on the agenda?", "no meeting yet", "explain")
            self._table.show(ListSource(), empty=NO_MEETING)
        else:
            self._meeting = view.meeting.id
            self._say_which()
            self._table.show(ListSource(row(one, view) for one in view.agenda), empty=EMPTY)
        self._follow()
        self._keep_time()

    def _say_which(self) -> None:
        view = self._view
        if view is not None:
            title = view.meeting.title
            said = summary(view, self.context.clock(), self.size.width - cells(title) - FRAME)
            self._agenda.set_title(title, said, "late" if view.late else "explain")

    def _follow(self) -> None:
        chosen = self._chosen()
        self._card.set_title(
            f"{chosen.item.number} {chosen.item.title}" if chosen else "What is decided?",
            f"r{chosen.view.change.revision}" if chosen else "",
            "explain",
        )
        item = chosen.item.id if chosen else ""
        if item != self._item:
            self._item = item
            self._page.to_top()
        else:
            self._page.refresh_lines()
        self._agenda.set_note(self._table.position_text)
        self.refresh_keys()

    def _say_position(self) -> None:
        self.say_how_far(self._card)

    @property
    def page(self) -> Page:
        """All that decides about the selected change."""
        return self._page

    def _lines(self, width: int) -> Lines:
        chosen = self._chosen()
        if chosen is None:
            return [*plain_lines(NOTHING_CHOSEN, width, "explain")]
        return card(chosen, self.context.clock(), width)

    def _keep_time(self) -> None:
        """While a change is talked about its minutes are looked at; otherwise nothing wakes up."""
        running = self._view is not None and any(one.item.runs for one in self._view.agenda)
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if running:
            self._timer = self.set_interval(TICK, self.reload)
