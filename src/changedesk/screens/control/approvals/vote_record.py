"""Writing a vote down that was given elsewhere: whose it is, what it was, why, and what shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from changedesk.domain.words import plain
from changedesk.screens.ask_line import AskLine, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.control.approvals.voting_talk import ASKED
from changedesk.screens.question import Answer, Question
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes.change_page import ChangePage
from changedesk.widgets.lists.rows import Column

WHO: Final = (Column("Login", 16, share=1),)
DECISIONS: Final = (
    Answer("a", "approve"),
    Answer("r", "reject", "Takes the reason."),
    Answer("c", "ask for changes", "Takes what has to change; the change is a draft again."),
    Answer("b", "abstain"),
)
DECISION_WORDS: Final = {"a": "approve", "r": "reject", "c": "request_changes", "b": "abstain"}
EVIDENCE: Final = "What shows it? A mail with its date, minutes, a ticket: it stands beside the vote, with your name."


def write_vote_down(host: DeskScreen, page: ChangePage, done: Callable[[str], None]) -> None:
    """Ask for everything that such a vote takes, and write it; ``done`` is told in a sentence what came of it."""
    number, session = page.change.number, host.context.session

    def whose(who: str) -> None:
        title = f"How did {who} vote on {number}?"
        question = Question(title, f"On revision {page.change.revision}.", DECISIONS, leave="leave")
        host.app.push_screen(question, lambda key: how(who, key))

    def how(who: str, key: str | None) -> None:
        if key is None:
            return
        decision = DECISION_WORDS[key]
        if decision not in ASKED:
            shown(who, decision, None)
            return
        word, _, wanted = ASKED[decision]
        asked = AskLine(f"{word}: {number}", (f"Say why, as {who} said it.",), some_line(wanted), word="go on")
        host.app.push_screen(asked, lambda why: shown(who, decision, why) if why else None)

    def shown(who: str, decision: str, why: str | None) -> None:
        judge = some_line("a vote is written down with what shows it")
        asked = AskLine(f"{who}: {plain(decision)}", (EVIDENCE,), judge, word="write down")
        host.app.push_screen(asked, lambda evidence: write(who, decision, why, evidence) if evidence else None)

    def write(who: str, decision: str, why: str | None, evidence: str) -> None:
        host.load(
            "act",
            lambda: voting.vote(
                session, page.name, decision, comment=why, revision=page.change.revision, seat=who, evidence=evidence
            ),
            lambda state: done(f"Written down: {who} {plain(decision)}, {number} is {state} now."),
        )

    choices = [Choice(who, (who,), f"It is kept as the vote of {who}, recorded by you.") for who in page.recordable]
    choose_one(host, "Whose vote?", WHO, choices, whose)
