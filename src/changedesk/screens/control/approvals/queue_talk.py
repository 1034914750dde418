"""The queue in a conversation: with whose eyes it is seen, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from changedesk.domain.day_entry import parse_day
from changedesk.screens.ask_line import AskLine, a_day
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.control.approvals.queue_parts import PEOPLE, VOTERS
from changedesk.screens.none_yet import NO_PERSON
from changedesk.services.control.approvals.delegating import deputies, give_delegation
from changedesk.services.control.approvals.deputy import session_as
from changedesk.services.control.approvals.queue import Queue
from changedesk.services.lookup import people_of_desk

NOBODY_ELSE: Final = "There is nobody else on this desk who could vote there."
LONGEST: Final = timedelta(days=30)
EVERYBODY: Final = "\n"
"""The key of everybody's eyes; no login has a line break."""


def choose_eyes(host: DeskScreen, queue: Queue, then: Callable[[str | None], None]) -> None:
    """With whose eyes the queue is seen: everybody's, or those of somebody for whom something waits."""
    every = Choice(
        EVERYBODY,
        ("everybody", "", f"{len(queue.items)} waiting" if queue.whom is None else ""),
        "All that waits here.",
        all=True,
    )
    people = [
        Choice(who, (who, queue.names.get(who, ""), f"{many} waiting"), f"What waits for {who}, also as a stand-in.")
        for who, many in queue.people
    ]

    choose_one(host, "Seen as whom?", VOTERS, (every, *people), lambda whom: then(None if whom == EVERYBODY else whom))


def ask_to_delegate(host: DeskScreen, queue: Queue, done: Callable[[], None]) -> None:
    """Let somebody stand in: for whom, who, from when, until when."""
    session, today = host.context.session, host.context.clock().date()
    me = queue.whom or queue.reader

    def begin(people: tuple[tuple[str, str], ...]) -> None:
        if queue.acts_for_others and queue.whom is None:
            choices = [Choice(login, (login, name)) for login, name in people]
            choose_one(host, "Who is away?", PEOPLE, choices, who_can, empty=host.keyed(NO_PERSON))
        else:
            who_can(me)

    def who_can(of: str) -> None:
        host.read_to_ask("deputies", lambda: deputies(session_as(session, of)), lambda found: to_whom(of, found))

    def to_whom(of: str, people: Sequence[tuple[str, str]]) -> None:
        choices = [Choice(login, (login, name)) for login, name in people]
        title = f"Who stands in for {of}?"
        choose_one(host, title, PEOPLE, choices, lambda to: first_day(of, to), empty=NOBODY_ELSE)

    def first_day(of: str, to: str) -> None:
        def given(text: str | None) -> None:
            if text is not None:
                last_day(of, to, parse_day(text, today) or today)

        judge = a_day(today, empty="Today.")
        host.app.push_screen(
            AskLine(f"{to} stands in for {of}", ("From which day on?",), judge, example="today"), given
        )

    def last_day(of: str, to: str, first: date) -> None:
        def refuse(day: date) -> str | None:
            if day <= first:
                return "it ends after it begins"
            return f"{LONGEST.days} days at most" if day - first > LONGEST else None

        def given(text: str | None) -> None:
            until = parse_day(text, today) if text else None
            if until is not None:
                host.load(
                    "delegate",
                    lambda: give_delegation(session_as(session, of), to, first, until, None),
                    lambda _: given_to(of, to),
                )

        text = ("On which day is it over? That day no longer counts.",)
        judge = a_day(today, refuse=refuse)
        host.app.push_screen(
            AskLine(f"{to} stands in for {of}", text, judge, example="+1w, 9 dec", word="do it"), given
        )

    def given_to(of: str, to: str) -> None:
        done()
        host.say(f"Delegated: {to} stands in for {of}.", "fine")

    host.read_to_ask("people", lambda: people_of_desk(session), begin)
