"""Taking back one's own last change, after it has been shown."""

from __future__ import annotations

from datetime import UTC

from changedesk.commands import MAIN_SCREENS
from changedesk.domain.saying import day_time
from changedesk.errors import RuleRefused
from changedesk.screens.base import DeskScreen
from changedesk.screens.question import ask_first
from changedesk.services.records import undoing
from changedesk.services.records.undoing import LastChange


def ask_to_undo(screen: DeskScreen) -> None:
    """Show what would be taken back, or say why nothing can be; only ``y`` does it."""
    session = screen.context.session

    def look() -> LastChange | str:
        # That there is nothing to take back is no fault: it is said like the reason against any other key.
        try:
            return undoing.last_change(session)
        except RuleRefused as refused:
            return refused.sentence

    def ask(change: LastChange | str) -> None:
        if isinstance(change, str):
            screen.say(change, "at_risk")
            return

        def ended(said: str) -> None:
            first = MAIN_SCREENS[0].name
            if change.removes and change.record_id == screen.subject and screen.scope != first:
                # What the screen is about is gone.
                screen.go(first, said=said)
            else:
                screen.say(said, "fine")
                screen.read_again()

        now = screen.context.clock()
        when = day_time(change.at, now.tzinfo or UTC, now)

        ask_first(
            screen,
            "Take this back?",
            f"{_stays(change)}Your last change, of {when}: {change.sentence}.",
            "yes, take it back",
            lambda: screen.load("undo", lambda: undoing.undo(session, change.seq), ended),
            leave="leave it",
        )

    screen.read_to_ask("undo", look, ask)


def _stays(change: LastChange) -> str:
    """Whoever has just signed or voted would take the question for one about that."""
    if not change.stays:
        return ""
    return f"What you did since stays on record: {change.stays}. This is about what was before it. "
