"""What goes back to how it was made: of something else that is shown there next, nothing of the former may stay."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.widget import Widget


@runtime_checkable
class Forgets(Protocol):
    """A widget that shows something, and can let go of it."""

    def forget(self) -> None:
        """Show nothing of it any more."""


def forget_in(parent: Widget) -> None:
    """Let everything in there forget what it shows; what forgets by itself sees to its own children."""
    for child in parent.children:
        if isinstance(child, Forgets):
            child.forget()
        else:
            forget_in(child)
