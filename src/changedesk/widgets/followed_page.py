"""A page that what stands around it follows in the same frame, beside a list that keeps the keys."""

from __future__ import annotations

from collections.abc import Callable

from changedesk.widgets.page import Lines, Page


class FollowedPage(Page):
    """Text that calls ``seen`` as soon as other lines of it are seen, and once lines that were made anew are."""

    def __init__(self, make: Callable[[int], Lines], seen: Callable[[], None], *, id: str | None = None) -> None:
        super().__init__(make, id=id)
        self._seen = seen
        self.can_focus = False

    def action_scroll(self, lines: int) -> None:
        """Move, and tell."""
        super().action_scroll(lines)
        self._seen()

    def refresh_lines(self) -> None:
        """Make the lines again, and tell once they are seen."""
        super().refresh_lines()
        self.call_after_refresh(self._seen)
