"""A meeting in a conversation: who votes how, and why; which meeting is shown; whether it is over; and its minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Final

from changedesk.domain.control.meeting import Meeting
from changedesk.domain.counted import counted
from changedesk.domain.words import plain
from changedesk.screens.ask_line import AskLine, any_line, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, Chooser, choose_one
from changedesk.screens.control.approvals.cab_parts import VOTED, as_read, begins_said
from changedesk.screens.preview import Preview
from changedesk.screens.question import ask_first
from changedesk.services.control.approvals import meetings
from changedesk.services.control.approvals.meetings import AgendaItem, Cast, MeetingView
from changedesk.services.control.approvals.voting import NEEDS_WORDS
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.lists.rows import Column
from changedesk.widgets.page import Lines

Done = Callable[[str], None]
"""What is called with what is to be said of it, once something is done."""

MEETINGS: Final = (
    Column("Meeting", 22, share=2),
    Column("Client", 9),
    Column("Begins", 28, share=1),
    Column("State", 8),
)
VOTERS: Final = (Column("Who", 22, share=1), Column("", 24, share=1))


def ask_to_decide(host: DeskScreen, meeting: Meeting, chosen: AgendaItem, decision: str, done: Done) -> None:
    """Ask who decides so, those present first, and why; then write their votes down."""

    def why(who: tuple[str, ...] | None) -> None:
        if who:
            _ask_why(host, meeting.id, chosen, decision, who, done)

    present = set(meeting.attendees)
    choices = [
        Choice(who, (who, "present" if who in present else "not yet listed as present"))
        for who in sorted(chosen.view.voters, key=lambda who: (who not in present, who))
    ]
    title = f"{chosen.item.number}: who {VOTED[decision]}?"
    host.app.push_screen(Chooser(title, VOTERS, choices, many=True), why)


def choose_meeting(
    host: DeskScreen,
    meetings: Sequence[Meeting],
    zones: Mapping[str, tzinfo],
    shown: str,
    chosen: Callable[[str], None],
) -> None:
    """Choose among all meetings, each by the clock of its client; ``shown`` is the id of the one that is seen now."""
    now = host.context.clock()
    choices = [
        Choice(one.id, (one.title, one.client, begins_said(one, zones[one.client], now), one.standing(now)))
        for one in meetings
    ]
    choose_one(host, "Which meeting?", MEETINGS, choices, chosen, start=shown)


def ask_to_end(host: DeskScreen, view: MeetingView, done: Done) -> None:
    """End the meeting after a question that names what is still undecided."""
    meeting, session = view.meeting, host.context.session
    still = [one.item.number for one in view.undecided]
    text = "Everything on the agenda is decided." if view.agenda else "Nothing is on the agenda."
    if still:
        text = f"Still undecided: {', '.join(still)}. {'They stay' if len(still) > 1 else 'It stays'} so."

    def end() -> None:
        host.load("close", lambda: meetings.close(session, meeting.id), lambda _: done(f"It is over: {meeting.title}."))

    ask_first(host, f"End {meeting.title}?", text, "yes, end it", end, leave="go on")


def show_minutes(host: DeskScreen, text: str) -> None:
    """Show the minutes as they are read."""

    def lines(width: int) -> Lines:
        return [
            (Span(part, Look("ink", "", bold)),)
            for line, bold in map(as_read, text.splitlines())
            for part in (wrap(line, max(10, width - 2)) or [""])
        ]

    host.app.push_screen(Preview("Minutes", lines, ()))


def _ask_why(
    host: DeskScreen, meeting: str, chosen: AgendaItem, decision: str, who: tuple[str, ...], done: Done
) -> None:
    session = host.context.session
    judge = some_line("Say why: it stands beside the vote.") if decision in NEEDS_WORDS else any_line("May stay empty.")

    def said(text: str | None) -> None:
        if text is not None:
            votes = dict.fromkeys(who, decision)
            host.load(
                "decide",
                lambda: meetings.decide(session, meeting, chosen.item.id, votes, text),
                lambda results: _tell(host, results, done),
            )

    title = f"{plain(decision).capitalize()}: {chosen.item.number}"
    host.app.push_screen(AskLine(title, (f"For the minutes, as {', '.join(who)} said it.",), judge), said)


def _tell(host: DeskScreen, results: Sequence[Cast], done: Done) -> None:
    """What was refused stays until it is read."""
    refused = [f"{one.who}: {one.refused}" for one in results if one.refused]
    if refused:
        host.reload()
        host.say(f"Not written down: {'; '.join(refused)}", "at_risk", passing=False)
    else:
        done(f"Written down: {counted(len(results), 'vote')}, now {results[-1].state}.")
