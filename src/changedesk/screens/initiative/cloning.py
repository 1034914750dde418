"""Clones of an initiative in a conversation: which clients, when, what each of them demands, and the key that makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from changedesk.domain.counted import counted, listed
from changedesk.domain.day_entry import day_said, parse_day
from changedesk.domain.records import Client
from changedesk.screens.ask_line import AskLine, a_day
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Chooser
from changedesk.screens.initiative.making import CLIENT_COLUMNS, client_choice
from changedesk.screens.none_yet import NO_CLIENT
from changedesk.screens.preview import Preview, heading, sentences
from changedesk.screens.question import Answer
from changedesk.services.initiative import proposing
from changedesk.services.initiative.cloning import ProfileRow, clone
from changedesk.services.initiative.playbooks import Made
from changedesk.services.initiative.proposing import CloneProposal
from changedesk.services.lookup import clients_in_view
from changedesk.widgets.canvas import Look, Span
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import ink

STAYS: Final = "Enter without a day keeps the go-live as it is."
COPIED: Final = (
    "The plan with its links, the groups and the targets are copied. Observations, actual days, signatures, risks and "
    "budget are not."
)


def ask_to_clone(host: DeskScreen, code: str, go_live: date | None, done: Callable[[], None]) -> None:
    """Make the same initiative for other clients."""
    session, today = host.context.session, host.context.clock().date()

    def offered(clients: Sequence[Client]) -> None:
        title = f"Clone {code}: to which clients?"
        choices = [client_choice(client) for client in clients]
        host.app.push_screen(Chooser(title, CLIENT_COLUMNS, choices, many=True, empty=host.keyed(NO_CLIENT)), chosen)

    def chosen(clients: tuple[str, ...] | None) -> None:
        if not clients:
            return
        if go_live is None:
            look(clients, None)
            return
        text = (f"{code} goes live on {day_said(go_live, today)}. When do the clones?",)
        ask = AskLine(f"Clone {code}: go-live", text, a_day(today, STAYS), example="+3m, 2 dec")

        def given(said: str | None) -> None:
            if said is not None:
                look(clients, parse_day(said, today))

        host.app.push_screen(ask, given)

    def look(clients: tuple[str, ...], day: date | None) -> None:
        host.read_to_ask("clone proposal", lambda: proposing.clone_proposal(session, code, clients, day), shown)

    def shown(proposal: CloneProposal) -> None:
        names = listed(proposal.clients)
        page = Preview(
            f"Clone {code} to {names}?", lambda width: clone_lines(proposal, today, width), (Answer("y", "make them"),)
        )

        def answered(key: str | None) -> None:
            if key == "y":
                host.load("clone", lambda: clone(session, code, proposal.clients, proposal.asked_go_live), made)

        host.app.push_screen(page, answered)

    def made(clones: Sequence[Made]) -> None:
        done()
        host.say(f"Made {listed([clone.code for clone in clones])} from {code}.", "fine")

    host.read_to_ask("clients", lambda: clients_in_view(session), offered)


def clone_lines(proposal: CloneProposal, today: date, width: int) -> Lines:
    """What is made, and what each client demands beside the client that it was planned for."""
    day = proposal.asked_go_live or proposal.go_live
    count = counted(len(proposal.clients), "initiative")
    when = f", going live on {day_said(day, today)}" if day else ", without a go-live"
    lines: list[Sequence[Span]] = [*sentences([f"{count}{when}. {COPIED}"], width), ()]
    lines.append(heading("What the clients demand"))
    for row in proposal.rows:
        lines += _demand(row, proposal.columns, width)
    return lines


def _demand(row: ProfileRow, clients: Sequence[str], width: int) -> Lines:
    differs = row.differs
    sign, token = ("◆ ", "risk") if differs else ("  ", "explain")
    lines: list[Sequence[Span]] = [
        (Span(sign, Look(token)), ink(row.demand), Span(", they differ" if differs else "", Look(token)))
    ]
    values = [
        f"{client} {value if value is not None else '?'}" for client, value in zip(clients, row.values, strict=True)
    ]
    return [*lines, *sentences([" · ".join(values)], width, "   ", "explain")]
