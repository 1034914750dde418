"""Taking back one's own last change, after it has been shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changedesk.screens.base import DeskScreen
from changedesk.screens.question import Answer, Question

if TYPE_CHECKING:
    from changedesk.services.undoing import LastChange


def ask_to_undo(screen: DeskScreen) -> None:
    """Show what would be taken back; only ``y`` does it."""
    services = screen.context.services

    def ended(sentence: str) -> None:
        screen.say(sentence, "fine")
        screen.on_desk_changed()

    def ask(change: LastChange) -> None:
        def answered(key: str | None) -> None:
            if key == "y":
                screen.load("undo", lambda: services.undo(change.seq), ended)

        screen.app.push_screen(
            Question(
                "Take this back?",
                f"Your last change: {change.sentence}.",
                (Answer("y", "yes, take it back"),),
                "leave it",
            ),
            answered,
        )

    screen.load("undo", services.last_change, ask)
