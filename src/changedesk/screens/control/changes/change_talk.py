"""Moving a change on in a conversation: each act asks what it needs, and another key than the one that opened it confirms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from changedesk.domain.control.acts import ACTIONS, held_back
from changedesk.domain.words import ending_said
from changedesk.screens.ask_line import AskLine, any_line, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, Chooser
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.question import ask_first
from changedesk.services.control.changes import asking, running, stepping
from changedesk.services.control.changes.change_page import ChangePage
from changedesk.services.control.learning import reviewing
from changedesk.services.lookup import people_of_desk
from changedesk.widgets.lists.rows import Column

Done = Callable[[str], None]
PEOPLE: Final = (Column("Login", 16, share=1), Column("Name", 16, share=2))


class Talk:
    """The conversations about one change over one screen; ``done`` is told in a sentence what came of it."""

    def __init__(self, host: DeskScreen, page: ChangePage, done: Done) -> None:
        self._host = host
        self._page = page
        self._done = done
        self._session = host.context.session

    @property
    def _number(self) -> str:
        return self._page.change.number

    def submit(self) -> None:
        """Hand the draft in."""
        name = self._page.name
        text = f"Votes are given on revision {self._page.change.revision}; an edit after this voids them."
        self._confirm(
            "submit",
            "Hand in",
            text,
            lambda: asking.submit(self._session, name),
            lambda state: f"{self._number} is {state} now.",
        )

    def start(self) -> None:
        """Start it in its window, or begin an emergency on somebody's word."""
        name = self._page.name
        if self._page.change.state == "draft":
            self._host.read_to_ask("people", lambda: people_of_desk(self._host.context.session), self._ask_word)
            return
        text = "It is being done from now on; what it is can no longer be edited."
        self._confirm(
            "go", "Start", text, lambda: running.start(self._session, name), lambda _: f"{self._number} is being done."
        )

    def end(self, outcome: str = "") -> None:
        """Ask in a form how and when it ended, and what shows it; ``outcome`` is what is known of it already."""
        open_form(
            self._host,
            FormRequest(
                "ending",
                self._page.change.id,
                done=self._done,
                said=lambda record: f"{self._number} {ending_said(record.values['outcome'])}",
                start={"outcome": outcome} if outcome else {},
                quick="shown_by" if outcome else "",
                # What was typed of one end is not offered for the other.
                key=f"{self._page.change.id} {outcome}" if outcome else "",
            ),
        )

    def close(self) -> None:
        """Close it for good."""
        name = self._page.name
        text = "It stays as it is; only the actions of its review go on."
        self._confirm(
            "close it",
            "Close",
            text,
            lambda: reviewing.close(self._session, name),
            lambda _: f"{self._number} is closed.",
        )

    def hold(self) -> None:
        """Hold it, or let it go on."""
        if self._page.change.hold:
            self._stop("release", "Let go on", "Say why it goes on.", f"{self._number} goes on.")
        else:
            self._stop(
                "hold",
                "Hold",
                f"Say why it is held; it does not {held_back(self._page.change)} until it is let go.",
                f"{self._number} is on hold.",
            )

    def cancel(self) -> None:
        """Take it back."""
        self._stop("cancel", "Cancel", "Say why it is not done; it is over then.", f"{self._number} is cancelled.")

    def plan_step(self) -> None:
        """Add a step to its implementation."""
        name = self._page.name

        def given(text: str | None) -> None:
            if text:
                self._load(lambda: stepping.add_step(self._session, name, text), lambda place: f"Step {place} planned.")

        self._ask("Plan a step", "What is done in this step?", "say what is done", given)

    def do_step(self) -> None:
        """Say that the next step is done."""
        name, step = self._page.name, self._page.next_step
        if step is None:
            self._host.say("Every step is done." if self._page.steps else "No step is planned.")
            return

        def given(note: str | None) -> None:
            if note is not None:
                self._load(
                    lambda: stepping.do_step(self._session, name, step.position, note or None),
                    lambda _: f"Step {step.position} is done.",
                )

        text = (f"{step.position} {step.text}", "What is there to say about it? Enter without a word: nothing.")
        self._host.app.push_screen(AskLine("Step done", text, any_line(), word="done"), given)

    def evidence(self) -> None:
        """Add what shows what was done."""
        name = self._page.name

        def given(text: str | None) -> None:
            if text:
                self._load(
                    lambda: running.add_evidence(self._session, name, running.Proof(text=text)),
                    lambda _: "Evidence added.",
                )

        self._ask("Add evidence", "What shows what was done?", "say what shows it", given)

    # --- how it works

    def _ask_word(self, people: Sequence[tuple[str, str]]) -> None:
        """Who allowed it, and because of what."""
        barred = self._page.change.people
        why = "asks for it or does it, and cannot allow it"
        seats = {seat for step in self._page.view.steps for seat in step.step.seats}
        # Whoever votes on it afterwards is who is asked before, and a first enter takes nobody else by chance.
        by_seat = sorted(people, key=lambda one: one[0] not in seats)
        choices = [Choice(who, (who, name), "", f"{who} {why}" if who in barred else "") for who, name in by_seat]

        def allowed(keys: tuple[str, ...] | None) -> None:
            if not keys:
                return
            incident = self._page.change.content.incident
            if incident:
                self._begun(keys, None)
                return
            text = ("Which incident or threat is behind it?",)
            self._host.app.push_screen(
                AskLine("Begin at once", text, some_line("an emergency has an incident"), word="begin"),
                lambda given: self._begun(keys, given) if given else None,
            )

        self._host.app.push_screen(Chooser("On whose word? Two in a hard freeze", PEOPLE, choices, many=True), allowed)

    def _begun(self, authorisers: tuple[str, ...], incident: str | None) -> None:
        name = self._page.name
        said = f"{self._number} is being done on the word of {' and '.join(authorisers)}; the votes are owed."
        self._load(lambda: running.act_first(self._session, name, authorisers, incident), lambda _: said)

    def _stop(self, verb: str, title: str, text: str, said: str) -> None:
        name = self._page.name

        def given(reason: str | None) -> None:
            if reason:
                self._load(lambda: asking.STOPS[verb](self._session, name, reason), lambda _: said)

        self._ask(title, text, "a reason is needed", given)

    def _ask(self, title: str, text: str, wanted: str, given: Callable[[str | None], None]) -> None:
        asked = AskLine(f"{title}: {self._number}", (text,), some_line(wanted), word=title.lower())
        self._host.app.push_screen(asked, given)

    def _confirm(self, word: str, title: str, text: str, act: Callable[[], Any], said: Callable[[Any], str]) -> None:
        ask_first(self._host, f"{title} {self._number}?", text, word, lambda: self._load(act, said))

    def _load(self, act: Callable[[], Any], said: Callable[[Any], str]) -> None:
        self._host.load("act", act, lambda result: self._done(said(result)))


def act_of(command: str, page: ChangePage) -> str:
    """The act of the rules that a command stands for, as the change is now; empty when it is none."""
    change = page.change
    if command == "start" and change.state == "draft" and change.content.path == "emergency":
        return "act_first"
    if command == "hold" and change.hold:
        return "release"
    return command if command in ACTIONS else ""
