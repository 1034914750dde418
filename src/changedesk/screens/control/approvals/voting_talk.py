"""Voting in a conversation: in whose name, why, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.words import plain
from changedesk.screens.ask_line import AskLine, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.control.approvals.queue_parts import VOTERS
from changedesk.screens.preview import Preview
from changedesk.screens.question import ask_first
from changedesk.services.control.approvals import voting
from changedesk.services.control.approvals.deputy import session_as
from changedesk.services.control.approvals.queue import QueueItem
from changedesk.services.control.approvals.voting import NEEDS_WORDS, Outcome
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import ink

ASKED: Final = {
    "reject": ("Reject", "Say why it is rejected; the requester reads it.", "to reject takes a reason"),
    "request_changes": (
        "Ask for changes",
        "Say what has to be changed; the requester reads it.",
        "to send it back takes a reason",
    ),
}
DONE: Final = {
    "approve": "Approved",
    "reject": "Rejected",
    "request_changes": "Sent back",
    "abstain": "Abstained on",
}
ASKING: Final = {
    "approve": "Approve",
    "reject": "Reject",
    "request_changes": "Ask for changes to",
    "abstain": "Abstain on",
}
TITLED: Final = 4
"""So many changes are named with their titles."""


def ask_to_vote(
    host: DeskScreen,
    decision: str,
    names: Mapping[str, str],
    items: Sequence[tuple[QueueItem, int]],
    begun: Callable[[], None],
    done: Callable[[], None],
) -> None:
    """Vote on what is chosen, each on the revision that was shown: ask in whose name and why, where that is open.

    ``names`` is what logins are called; ``begun`` is called when the votes are on their way, ``done`` when they are written down.
    """
    session = host.context.session

    def vote(whom: str, comment: str | None) -> None:
        ballots = [(item.name, revision, _seat(item, whom)) for item, revision in items]

        def voted(outcomes: Sequence[Outcome]) -> None:
            done()
            _tell(host, decision, whom, items, outcomes)

        begun()
        host.load("vote", lambda: voting.vote_on_several(session_as(session, whom), ballots, decision, comment), voted)

    def confirm(whom: str, comment: str | None) -> None:
        if len(items) == 1:
            vote(whom, comment)
            return
        text = f"{_named([item for item, _ in items])}. Each is looked at anew; what cannot be voted on is named."
        title = f"{plain(decision).capitalize()} {counted(len(items), 'change')} as {whom}?"
        ask_first(host, title, text, plain(decision), lambda: vote(whom, comment))

    def why(whom: str) -> None:
        if decision not in NEEDS_WORDS:
            confirm(whom, None)
            return
        word, text, wanted = ASKED[decision]
        what = items[0][0].number if len(items) == 1 else counted(len(items), "change")

        def said(comment: str | None) -> None:
            if comment:
                confirm(whom, comment)

        host.app.push_screen(AskLine(f"{word}: {what}", (text,), some_line(wanted), word=word.lower()), said)

    choose_voter(host, decision, names, [item for item, _ in items], why)


def choose_voter(
    host: DeskScreen,
    decision: str,
    names: Mapping[str, str],
    items: Sequence[QueueItem],
    then: Callable[[str], None],
) -> None:
    """In whose name: asked only where several people could, and with what is decided and on what."""
    voters: dict[str, int] = {}
    for item in items:
        for voter in {seat.voter for seat in item.seats}:
            voters[voter] = voters.get(voter, 0) + 1
    if len(voters) == 1:
        then(next(iter(voters)))
        return
    several = counted(len(items), "change") if len(items) > 1 else ""
    what = several or items[0].number
    about = _named(items) if several else items[0].title
    choices = [
        Choice(
            who,
            (who, names.get(who, ""), f"{many} of {several}" if several else "has a seat that waits"),
            f"{about}. It is recorded by you.",
        )
        for who, many in sorted(voters.items())
    ]

    choose_one(host, f"{ASKING[decision]} {what} as whom?", VOTERS, choices, then)


def _named(items: Sequence[QueueItem]) -> str:
    """The changes by number and title; of many the numbers alone."""
    if len(items) > TITLED:
        return ", ".join(item.number for item in items)
    return "; ".join(f"{item.number} {item.title}" for item in items)


def _seat(item: QueueItem, whom: str) -> str | None:
    return next((seat.on_behalf_of for seat in item.seats if seat.voter == whom), None)


def _came(outcome: Outcome) -> str:
    """Where the vote led; said with its reason where the votes are in and something else holds the change."""
    return f"{outcome.state} now" + (f", held back because {outcome.held}" if outcome.held else "")


def _tell(
    host: DeskScreen,
    decision: str,
    whom: str,
    items: Sequence[tuple[QueueItem, int]],
    outcomes: Sequence[Outcome],
) -> None:
    """One outcome is a sentence; several are a list, each with what became of it."""
    by_name = {item.name: item for item, _ in items}
    if len(outcomes) == 1:
        outcome = outcomes[0]
        if outcome.refused:
            host.say(f"Not voted: {outcome.refused}.", "late", passing=False)
        else:
            number = by_name[outcome.number].number
            host.say(f"{DONE[decision]} {number} as {whom}: {_came(outcome)}.", "at_risk" if outcome.held else "fine")
        return

    def lines(width: int) -> Lines:
        told: list[Sequence[Span]] = []
        for outcome in outcomes:
            sign, token = ("✗", "late") if outcome.refused else ("✓", "fine")
            text = outcome.refused or f"{DONE[decision].lower()}, {_came(outcome)}"
            number = by_name[outcome.number].number
            for place, line in enumerate(wrap(f"{number}  {text}", width - 2)):
                told.append((Span(f"{sign if not place else ' '} ", Look(token)), ink(line)))
        return told

    refused = sum(outcome.refused is not None for outcome in outcomes)
    title = f"As {whom}: {len(outcomes) - refused} of {len(outcomes)} voted"
    host.app.push_screen(Preview(title, lines, ()))
