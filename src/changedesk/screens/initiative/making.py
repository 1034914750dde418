"""A new initiative from a playbook, and clones of one, in a conversation: choose, say when, look at it, do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from changedesk.domain.control.business import zone_said
from changedesk.domain.counted import counted
from changedesk.domain.day_entry import day_said, parse_day
from changedesk.domain.kinds.kind import NAME_LENGTH
from changedesk.domain.records import Client
from changedesk.domain.saying import closed, short_day
from changedesk.screens.ask_line import AskLine, Judged, a_day, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.none_yet import NO_CLIENT
from changedesk.screens.preview import Preview, sentences
from changedesk.screens.question import Answer
from changedesk.services.initiative import playbooks, proposing
from changedesk.services.initiative.playbooks import Made, PlaybookSummary
from changedesk.services.initiative.proposing import Proposal
from changedesk.services.lookup import clients_in_view
from changedesk.widgets.canvas import Look, Span
from changedesk.widgets.lists.rows import Column
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import ink

PLAYBOOK_COLUMNS: Final = (
    Column("Playbook", 24, share=2),
    Column("Before go-live", 14, align="right"),
    Column("After", 8, align="right"),
    Column("Activities", 10, align="right", from_width=60),
    Column("Tags", 16, share=1, from_width=120),
)
CLIENT_COLUMNS: Final = (Column("Client", 12), Column("Name", 24, share=2), Column("Time zone", 18, share=1))
LANE: Final = 10
PHASE: Final = 24
DAYS: Final = 28


class NewInitiative:
    """Begins an initiative of a client from a playbook, asking one thing at a time."""

    def __init__(self, host: DeskScreen) -> None:
        self._host = host
        self._session = host.context.session
        self._today = host.context.clock().date()
        self._playbook = self._called = self._client = ""

    def begin(self) -> None:
        """Offer the playbooks and the clients."""
        self._host.read_to_ask(
            "playbooks", lambda: (playbooks.playbooks(self._session), clients_in_view(self._session)), self._offer
        )

    def _offer(self, found: tuple[Sequence[PlaybookSummary], Sequence[Client]]) -> None:
        known, clients = found
        choices = [playbook_choice(playbook) for playbook in known]

        def chosen(name: str) -> None:
            self._playbook = name
            self._called = next((p.title or p.name for p in known if p.name == name), name)
            self._ask_client(clients)

        choose_one(self._host, "New initiative: which playbook?", PLAYBOOK_COLUMNS, choices, chosen)

    def _ask_client(self, clients: Sequence[Client]) -> None:
        choices = [client_choice(client) for client in clients]

        def chosen(client: str) -> None:
            self._client = client
            self._ask_day()

        none = self._host.keyed(NO_CLIENT)
        choose_one(self._host, "New initiative: for which client?", CLIENT_COLUMNS, choices, chosen, empty=none)

    def _ask_day(self) -> None:
        text = (f"{self._called} for {self._client}: when does it go live? All days are counted from it.",)

        def given(said: str | None) -> None:
            day = parse_day(said, self._today) if said else None
            if day is not None:
                session, playbook, client = self._session, self._playbook, self._client
                self._host.load("proposal", lambda: proposing.proposal(session, playbook, client, day), self._show)

        ask = AskLine("New initiative: go-live", text, a_day(self._today), example="+3m, 2 dec, 2027-01-15")
        self._host.app.push_screen(ask, given)

    def _show(self, proposal: Proposal) -> None:
        answers = (Answer("y", "make it"), Answer("c", "other code"), Answer("t", "other title"))
        page = Preview(f"Make {proposal.code}?", lambda width: proposal_lines(proposal, self._today, width), answers)

        def answered(key: str | None) -> None:
            if key == "y":
                self._make(proposal)
            elif key == "c":
                self._ask_code(proposal)
            elif key == "t":
                self._ask_title(proposal)

        self._host.app.push_screen(page, answered)

    def _ask_code(self, proposal: Proposal) -> None:
        def judge(text: str) -> Judged:
            code = text.strip()
            if not code:
                return Judged(False, "short and unique, such as MFA")
            if len(code) > NAME_LENGTH:
                return Judged(False, f"the code has {len(code)} characters; {NAME_LENGTH} are allowed")
            taken = proposing.code_is_taken(self._session, code)
            return Judged(not taken, f"the code {code} is taken" if taken else "")

        def given(code: str | None) -> None:
            self._show(replace(proposal, code=code) if code else proposal)

        self._host.app.push_screen(AskLine("Its code", (), judge, start=proposal.code), given)

    def _ask_title(self, proposal: Proposal) -> None:
        def given(title: str | None) -> None:
            self._show(replace(proposal, title=title) if title else proposal)

        self._host.app.push_screen(
            AskLine("Its title", (), some_line("The title is empty."), start=proposal.title), given
        )

    def _make(self, p: Proposal) -> None:
        session = self._session

        def made(new: Made) -> None:
            self._host.go("initiative", new.initiative_id)

        self._host.load(
            "make",
            lambda: playbooks.new_from_playbook(session, p.playbook, p.client, p.go_live, code=p.code, title=p.title),
            made,
        )


def playbook_choice(playbook: PlaybookSummary) -> Choice:
    """A playbook in the list to choose from, found by its title and by the name that its file and `new --playbook` have."""
    name = f"{playbook.title or playbook.name}{' (own)' if playbook.own else ''}"
    before, after = counted(playbook.days_before, "day"), counted(playbook.days_after, "day")
    refused = f"It cannot be used: {playbook.problem}" if playbook.problem else ""
    texts = (
        ("", "", "", "") if playbook.problem else (before, after, str(playbook.activities), ", ".join(playbook.tags))
    )
    # Its tags have a column on wide terminals alone.
    tags = f" Tags: {', '.join(playbook.tags)}." if playbook.tags else ""
    return Choice(playbook.name, (name, *texts), f"{closed(f'{playbook.name}: {playbook.summary}')}{tags}", refused)


def client_choice(client: Client) -> Choice:
    """A client in the list to choose from."""
    hours = f"business hours {client.business_hours}" if client.business_hours else ""
    return Choice(client.code, (client.code, client.name or "", zone_said(client.timezone)), hours)


def proposal_lines(proposal: Proposal, today: date, width: int) -> Lines:
    """The initiative as it would be: what it is, its phases on their days, and what should be said about it."""
    lines: list[Sequence[Span]] = [
        (ink(proposal.title, bold=True), ink(f"  {proposal.code}, for {proposal.client}", "explain")),
        (ink("go-live ", "explain"), ink(day_said(proposal.go_live, today))),
        *sentences(proposal.said[:1], width),
        *sentences(proposal.said[1:], width, "◆", "risk"),
        (),
    ]
    for phase in proposal.phases:
        days = f"{short_day(phase.begins, today)} to {short_day(phase.ends, today)}"
        count = counted(phase.activities, "activity", "activities")
        lines.append(
            (
                ink(f"{phase.lane:<{LANE}}", phase.lane),
                ink(f"{phase.phase:<{PHASE}}"),
                Span(f"{days:<{DAYS}}{count}", Look("explain")),
            )
        )
    return lines
