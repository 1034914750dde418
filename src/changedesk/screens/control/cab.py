"""A meeting of the board: the agenda with its times, the change that is talked about, and the votes of those present."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from typing import Final

from textual.timer import Timer
from textual.widget import Widget

from changedesk.domain.control.meeting import Meeting
from changedesk.domain.counted import counted
from changedesk.domain.words import plain
from changedesk.screens.ask_line import AskLine, any_line, some_line
from changedesk.screens.chooser import Choice, Chooser, choose_one
from changedesk.screens.context import Context
from changedesk.screens.control.cab_parts import (
    COLUMNS,
    EMPTY,
    NO_MEETING,
    NOTHING_CHOSEN,
    as_read,
    begins_said,
    card,
    row,
    summary,
)
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.labelled import plain_lines
from changedesk.screens.listed import ListScreen
from changedesk.screens.preview import Preview
from changedesk.screens.question import Answer, Question
from changedesk.services.control.meetings import AgendaItem, Cast, MeetingView
from changedesk.services.doors.board import BoardDoor
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Look, Span, cells, wrap
from changedesk.widgets.page import Lines, Page
from changedesk.widgets.rows import Column, ListSource

FRAME: Final = 9
"""The columns of the border around the title of the agenda and what is said beside it."""
TICK: Final = 15
"""Seconds after which a running time is looked at again; only a minute that has changed is painted."""
MEETING_COLUMNS: Final = (
    Column("Meeting", 22, share=2),
    Column("Client", 9),
    Column("Begins", 28, share=1),
    Column("State", 8),
)
WHO_COLUMNS: Final = (Column("Who", 22, share=1), Column("", 24, share=1))

Read = tuple[Sequence[Meeting], Mapping[str, tzinfo], MeetingView | None]
"""The meetings in view, the clock of each of their clients, and the one that is shown."""


class CabScreen(ListScreen):
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
        self._page = Page(self._lines, id="card")
        self._agenda = Box("What is on the agenda?", self._table, id="agenda")
        self._card = Box("What is decided?", self._page, id="decided")
        self._timer: Timer | None = None

    def content(self) -> Iterable[Widget]:
        """The agenda, and the change that is talked about."""
        yield self._agenda
        yield self._card

    @property
    def subject(self) -> str:
        """The id of the meeting."""
        return self._meeting

    def open_subject(self, subject: str) -> None:
        """Show this meeting."""
        self._meeting, self._view = subject, None
        if self.is_attached:
            self.reload()

    def reload(self) -> None:
        """Read the meeting as it is now."""
        board, wanted = self.context.services.board, self._meeting

        def read() -> Read:
            meetings = board.meetings()
            chosen = wanted if any(one.id == wanted for one in meetings) else (meetings[0].id if meetings else "")
            zones = {client: board.zone(client) for client in {one.client for one in meetings}}
            return meetings, zones, board.meeting(chosen) if chosen else None

        self.load("meeting", read, self._show)

    def blocked_reason(self, name: str) -> str | None:
        """What cannot be done now, and why."""
        if name in ("new", "meetings"):
            return None if name != "meetings" or self._meetings else "There is no meeting yet: n calls one."
        if self._view is None:
            return "There is no meeting yet: n calls one."
        if name == "minutes":
            return None
        if self._view.meeting.state == "closed":
            return "This meeting is over; its minutes are what they are."
        if name in ("fill", "close"):
            return None
        chosen = self._chosen()
        if chosen is None:
            return "Nothing is on the agenda: f fills it with what waits for this board."
        if name == "begin":
            return f"The time of {chosen.item.number} runs already." if chosen.item.runs else None
        if name in ("approve", "reject", "changes", "abstain") and not self._voters(chosen):
            return f"No vote is open on {chosen.item.number}: it is {chosen.view.change.state}."
        return None

    # --- commands

    def do_begin(self) -> None:
        """Talk about the selected change."""
        self._with_chosen(lambda board, meeting, item: board.begin(meeting, item), "Its time runs.")

    def do_approve(self) -> None:
        """Who approves."""
        self._ask_who("approve")

    def do_reject(self) -> None:
        """Who rejects, and why."""
        self._ask_who("reject")

    def do_changes(self) -> None:
        """Who asks for changes, and for which."""
        self._ask_who("request_changes")

    def do_abstain(self) -> None:
        """Who abstains."""
        self._ask_who("abstain")

    def do_fill(self) -> None:
        """Fill the agenda by its rule."""
        board, meeting = self.context.services.board, self._meeting
        self.load("fill", lambda: board.fill(meeting), self._filled)

    def do_earlier(self) -> None:
        """Up on the agenda."""
        self._with_chosen(lambda board, meeting, item: board.move_item(meeting, item, -1), "")

    def do_later(self) -> None:
        """Down on the agenda."""
        self._with_chosen(lambda board, meeting, item: board.move_item(meeting, item, 1), "")

    def do_off(self) -> None:
        """Off the agenda."""
        self._with_chosen(lambda board, meeting, item: board.take_off(meeting, item), "Taken off the agenda.")

    def do_minutes(self) -> None:
        """Read the minutes."""
        board, meeting = self.context.services.board, self._meeting
        self.read_to_ask("minutes", lambda: board.minutes(meeting), self._show_minutes)

    def do_meetings(self) -> None:
        """Choose another meeting."""
        now = self.context.clock()
        choices = [
            Choice(one.id, (one.title, one.client, begins_said(one, self._zones[one.client], now), one.standing(now)))
            for one in self._meetings
        ]
        choose_one(self, "Which meeting?", MEETING_COLUMNS, choices, self.open_subject, start=self._meeting)

    def do_new(self) -> None:
        """Call a meeting, and go on with it."""
        open_form(self, FormRequest("meetings", done=self._done, saved=lambda made: self.open_subject(str(made.id))))

    def do_close(self) -> None:
        """End the meeting after a question."""
        view, board = self._view, self.context.services.board
        if view is None:
            return
        meeting = view.meeting
        still = [one.item.number for one in view.agenda if one.view.s.approval == "pending"]
        text = "Everything on the agenda is decided." if view.agenda else "Nothing is on the agenda."
        if still:
            text = f"Still undecided: {', '.join(still)}. They stay so."

        def answered(key: str | None) -> None:
            if key == "y":
                self.load("close", lambda: board.close(meeting.id), lambda _: self._done(f"{meeting.title} is over."))

        self.app.push_screen(Question(f"End {meeting.title}?", text, (Answer("y", "yes, end it"),), "go on"), answered)

    # --- what happens

    def on_resize(self) -> None:
        """Another width has room for more, or fewer, words about the meeting."""
        self._say_which()

    # --- how it works

    def _ask_who(self, decision: str) -> None:
        chosen, view = self._chosen(), self._view
        if chosen is None or view is None:
            return
        present = set(view.meeting.attendees)
        choices = [
            Choice(who, (who, "present" if who in present else "not on the list of those present"))
            for who in sorted(self._voters(chosen), key=lambda who: (who not in present, who))
        ]

        def picked(keys: tuple[str, ...] | None) -> None:
            if keys:
                self._ask_why(chosen, decision, keys)

        title = f"{chosen.item.number}: who {'asks for changes' if decision == 'request_changes' else plain(decision) + 's'}?"
        self.app.push_screen(Chooser(title, WHO_COLUMNS, choices, many=True), picked)

    def _ask_why(self, chosen: AgendaItem, decision: str, who: tuple[str, ...]) -> None:
        board, meeting = self.context.services.board, self._meeting
        needed = decision in ("reject", "request_changes")
        judge = some_line("Say why: it stands beside the vote.") if needed else any_line("May stay empty.")

        def said(text: str | None) -> None:
            if text is not None:
                votes = dict.fromkeys(who, decision)
                self.load("decide", lambda: board.decide(meeting, chosen.item.id, votes, text), self._decided)

        title = f"{plain(decision).capitalize()}: {chosen.item.number}"
        self.app.push_screen(AskLine(title, (f"For the minutes, as {', '.join(who)} said it.",), judge), said)

    def _decided(self, results: Sequence[Cast]) -> None:
        refused = [f"{one.who}: {one.refused}" for one in results if one.refused]
        if refused:
            self.reload()
            self.say("; ".join(refused), "at_risk", passing=False)
        else:
            self._done(f"Written down: {counted(len(results), 'vote')}, now {results[-1].state}.")

    def _voters(self, chosen: AgendaItem) -> tuple[str, ...]:
        step = chosen.view.s.waiting_step
        if step is None:
            return ()
        waiting = next((one.waiting for one in chosen.view.steps if one.step.order == step.order), ())
        return tuple(who for who in waiting if who not in chosen.view.change.people)

    def _with_chosen(self, do: Callable[[BoardDoor, str, str], None], sentence: str) -> None:
        chosen, board, meeting = self._chosen(), self.context.services.board, self._meeting
        if chosen is None:
            return
        item = chosen.item.id
        self.load("item", partial(do, board, meeting, item), lambda _: self._done(sentence))

    def _filled(self, count: int) -> None:
        self._done(f"{count} put on the agenda." if count else "Everything that waits for this board is on it already.")

    def _show_minutes(self, text: str) -> None:
        def lines(width: int) -> Lines:
            return [
                (Span(part, Look("ink", "", bold)),)
                for line, bold in map(as_read, text.splitlines())
                for part in (wrap(line, max(10, width - 2)) or [""])
            ]

        self.app.push_screen(Preview("Minutes", lines, ()))

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
        self._page.refresh_lines()
        self._agenda.set_note(self._table.position_text)
        self.refresh_keys()

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
