"""What the screens of change control have in common: the way to the board and to each other, and back to the changes."""

from __future__ import annotations

from changedesk.screens.base import DeskScreen
from changedesk.screens.listed import ListScreen


class LeadsToLearned(DeskScreen):
    """A screen from which one comes to the board, and to what changes teach."""

    def do_meetings(self) -> None:
        """Run a meeting of the board."""
        self.go("cab")

    def do_reviews(self) -> None:
        """Show what is owed after changes."""
        self.go("reviews")

    def do_kpis(self) -> None:
        """Show the figures."""
        self.go("change_kpis")

    def do_catalogue(self) -> None:
        """Show the standard changes."""
        self.go("catalogue")


class LearnedScreen(LeadsToLearned, ListScreen):
    """A screen about changes that are over."""

    def leave(self) -> None:
        """Go back to the list of changes."""
        self.go("changes")
