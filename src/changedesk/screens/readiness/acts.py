"""What is asked before something is done about a gap: what shows it, who takes care, why it is waived, until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from changedesk.commands import key_to
from changedesk.domain.day_entry import day_written, parse_day
from changedesk.domain.people.gap_rules import refuse_snooze, refuse_waiver
from changedesk.domain.saying import day_month
from changedesk.screens.ask_line import AskLine, a_day, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.readiness.rows import gap_said, whose
from changedesk.services.lookup import people_in_view
from changedesk.services.people import triage_acts
from changedesk.widgets.lists.rows import Column

if TYPE_CHECKING:
    from changedesk.services.people.triage import TriageRow

WAIVED_FOR: Final = timedelta(weeks=4)
PUT_OFF_FOR: Final = timedelta(weeks=1)
"""How long a waiver and a delay hold unless another day is said."""
NOBODY: Final = "-"

Ended = Callable[[str], None]


def ask_for_evidence(screen: DeskScreen, row: TriageRow, ended: Ended) -> None:
    """Ask what shows that an item is ready, and say so."""
    session = screen.context.session

    def done(evidence: str | None) -> None:
        if evidence:
            screen.load(
                "act",
                lambda: triage_acts.done(session, row.gap.initiative_id, row.gap.key, evidence),
                lambda _: ended(f"Ready: {row.gap.name}. {key_to('app.undo')} takes it back."),
            )

    ask_what_shows_it(screen, _said(row), done)


def ask_what_shows_it(screen: DeskScreen, about: str, answered: Callable[[str | None], None]) -> None:
    """Ask for the evidence of an item of readiness."""
    text = (about, "A document, a count, a name: what shows it?")
    judge = some_line("ready is what can be shown, not what is ticked")
    screen.app.push_screen(AskLine("Is it ready?", text, judge, word="it is ready"), answered)


def ask_for_owner(screen: DeskScreen, row: TriageRow, ended: Ended) -> None:
    """Choose who takes care of a gap: oneself with Enter, anybody else by a few letters."""
    session = screen.context.session
    me = session.actor.login

    def read() -> Sequence[Choice]:
        mine = Choice(me, (me, "you"), f"You take care of it: {row.gap.action}")
        others = (Choice(login, (login, name)) for login, name in people_in_view(session) if login != me)
        return mine, *others, Choice(NOBODY, ("nobody", "take the name away"))

    def ask(choices: Sequence[Choice]) -> None:
        columns = (Column("Who", 18), Column("Name", 24, share=1))
        choose_one(screen, "Who takes care of it?", columns, choices, chosen)

    def chosen(key: str) -> None:
        owner = "" if key == NOBODY else key
        said = (
            f"{owner} takes care of it: {row.gap.name}." if owner else f"Nobody takes care of it now: {row.gap.name}."
        )
        screen.load(
            "act", lambda: triage_acts.assign(session, row.gap.initiative_id, row.gap.key, owner), lambda _: ended(said)
        )

    screen.read_to_ask("people", read, ask)


def ask_for_waiver(screen: DeskScreen, row: TriageRow, today: date, ended: Ended) -> None:
    """Ask why a gap is waived, then until when; the waiver stands in the actor's name."""
    session = screen.context.session

    def reasoned(reason: str | None) -> None:
        if reason:
            start = day_written(today + WAIVED_FOR)
            judge = a_day(today, refuse=lambda day: refuse_waiver(reason, day, today))
            text = ("Then it is a gap again, and somebody decides anew.",)
            screen.app.push_screen(
                AskLine("Until when is it waived?", text, judge, start=start, word="waive"),
                lambda day: until(reason, day),
            )

    def until(reason: str, text: str | None) -> None:
        day = parse_day(text, today) if text else None
        if day is not None:
            screen.load(
                "act",
                lambda: triage_acts.waive(session, row.gap.initiative_id, row.gap.key, reason, day),
                lambda _: ended(
                    f"Waived until {day_month(day, today)}: {row.gap.name}. {key_to('readiness.reopen')} brings it back."
                ),
            )

    text = (_said(row), "The reason is kept with your name.")
    screen.app.push_screen(AskLine("Why is it waived?", text, some_line("a waiver says why"), word="go on"), reasoned)


def ask_to_put_off(screen: DeskScreen, row: TriageRow, today: date, ended: Ended) -> None:
    """Ask until when a gap is put off: a week unless its go-live is nearer."""
    session = screen.context.session

    def until(text: str | None) -> None:
        day = parse_day(text, today) if text else None
        if day is not None:
            screen.load(
                "act",
                lambda: triage_acts.snooze(session, row.gap.initiative_id, row.gap.key, day),
                lambda _: ended(
                    f"Put off until {day_month(day, today)}: {row.gap.name}. {key_to('readiness.reopen')} brings it back."
                ),
            )

    start = today + PUT_OFF_FOR
    if row.gap.by is not None and not row.gap.live and today < row.gap.by < start:
        start = row.gap.by
    judge = a_day(today, refuse=lambda day: refuse_snooze(row.gap, day, today))
    text = (_said(row), "It still stands before a signature.")
    screen.app.push_screen(
        AskLine("Put it off until when?", text, judge, start=day_written(start), word="put off"), until
    )


def _said(row: TriageRow) -> str:
    """Whose a gap is and what it is, as the list says it."""
    return f"{row.gap.code}, {whose(row)}: {gap_said(row)}"
