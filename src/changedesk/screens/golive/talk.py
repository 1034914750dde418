"""What is asked on the Go-live screen: evidence for an exit criterion, and the change that caused a ticket, with why."""

from __future__ import annotations

from collections.abc import Callable

from changedesk.domain.early_life.hypercare import Criterion
from changedesk.screens.ask_line import AskLine, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.question import ask_first
from changedesk.services.golive import acts
from changedesk.services.golive.tickets import TicketRow

Done = Callable[[str], None]


def ask_to_confirm(screen: DeskScreen, code: str, criterion: Criterion, done: Done) -> None:
    """Ask what shows that a criterion is met, and keep it with the name."""
    session = screen.context.session

    def answered(evidence: str | None) -> None:
        if evidence:
            screen.keys_wait_for(
                lambda: screen.load(
                    "act",
                    lambda: acts.confirm(session, code, criterion.key, evidence),
                    lambda _: done(f"Confirmed: {criterion.text}"),
                )
            )

    text = (criterion.text, "What shows it? Your name and the time are kept with it.")
    wanted = "a criterion is met by what shows it, not by a tick"
    screen.app.push_screen(AskLine("Is this met?", text, some_line(wanted), word="confirm"), answered)


def ask_to_withdraw(screen: DeskScreen, code: str, criterion: Criterion, done: Done) -> None:
    """Take a confirmation back after a question."""
    session = screen.context.session

    def withdraw() -> None:
        screen.load(
            "act", lambda: acts.withdraw(session, code, criterion.key), lambda _: done(f"Taken back: {criterion.text}")
        )

    ask_first(screen, "Not met after all?", f"{criterion.text}: {criterion.evidence}", "take it back", withdraw)


def ask_for_cause(screen: DeskScreen, row: TicketRow, done: Done) -> None:
    """Ask which change caused a ticket, and why one thinks so: nothing else ever says so."""
    session = screen.context.session
    ticket = row.ticket

    def reasoned(change: str, why: str | None) -> None:
        if why:
            screen.load(
                "act",
                lambda: acts.link_cause(session, ticket.id, change, why),
                lambda _: done(f"Linked: {ticket.number} to {change}"),
            )

    def named(change: str | None) -> None:
        if change:
            asked = AskLine(
                f"Why did {change} cause it?",
                (f"{ticket.number} {ticket.title or ticket.category or ''}",),
                some_line("when it came is no reason: say what shows it"),
                word="link",
            )
            screen.app.push_screen(asked, lambda why: reasoned(change, why))

    changes = ", ".join(row.windows)
    alone = "It came in no change's window, nor within a day after one."
    where = f"It came in the window of {changes}, or within a day after." if changes else alone
    text = (f"{ticket.number} {ticket.title or ticket.category or ''}", where)
    wanted = "the number of a change, such as CHG-0012"
    start = row.windows[0] if row.windows else ""
    screen.app.push_screen(
        AskLine("Which change caused it?", text, some_line(wanted), start=start, word="go on"), named
    )
