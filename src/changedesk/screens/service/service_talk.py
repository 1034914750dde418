"""What is asked about an improvement of a service: to approve, initiate, implement or reject it."""

from __future__ import annotations

from collections.abc import Callable

from changedesk.screens.ask_line import AskLine, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.question import ask_first
from changedesk.services.service import improving
from changedesk.services.service.improving import Began
from changedesk.services.service.page import ImprovementView

Done = Callable[[str], None]


def ask_to_approve(screen: DeskScreen, one: ImprovementView, done: Done) -> None:
    """Approve it after a question that says what speaks for it."""
    session, better = screen.context.session, one.improvement

    def approve() -> None:
        screen.load("act", lambda: improving.approve(session, better.id), lambda _: done(f"Approved: {better.title}"))

    ask_first(screen, f"Approve {better.title}?", f"It is {one.recurrence.sentence}.", "approve it", approve)


def ask_what_shows_it(screen: DeskScreen, one: ImprovementView, done: Done) -> None:
    """Call it implemented, with what shows it."""
    session, better = screen.context.session, one.improvement

    def answered(evidence: str | None) -> None:
        if evidence:
            screen.load(
                "act",
                lambda: improving.implement(session, better.id, evidence),
                lambda _: done(f"Implemented: {better.title}"),
            )

    judge = some_line("without it the improvement stays open")
    asked = AskLine("What shows that it is implemented?", (better.title,), judge, word="implemented")
    screen.app.push_screen(asked, answered)


def ask_to_reject(screen: DeskScreen, one: ImprovementView, done: Done) -> None:
    """Reject it, for a reason that is kept."""
    session, better = screen.context.session, one.improvement

    def answered(reason: str | None) -> None:
        if reason:
            screen.load(
                "act", lambda: improving.reject(session, better.id, reason), lambda _: done(f"Rejected: {better.title}")
            )

    asked = AskLine("Why is it rejected?", (better.title,), some_line("a reason is needed"), word="reject")
    screen.app.push_screen(asked, answered)


def ask_to_initiate(screen: DeskScreen, one: ImprovementView, began: Callable[[Began], None]) -> None:
    """Make an initiative of it: one key for what is systemic, a reason more for what is incidental."""
    session, better = screen.context.session, one.improvement

    def begin(reason: str | None) -> None:
        screen.load("act", lambda: improving.initiate(session, better.id, reason=reason), began)

    def reasoned(reason: str | None) -> None:
        if reason:
            begin(reason)

    if one.recurrence.systemic:
        text = f"It is {one.recurrence.sentence}. The initiative carries this evidence."
        ask_first(screen, f"Make an initiative of {better.title}?", text, "make it", lambda: begin(None))
    else:
        said = (better.title, f"It is {one.recurrence.sentence}; a project for it takes a reason.")
        asked = AskLine(
            "Why a project all the same?", said, some_line("what is incidental takes a reason"), word="make it"
        )
        screen.app.push_screen(asked, reasoned)
