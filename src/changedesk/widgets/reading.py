"""A box with text that may be longer than it: how far one sees stands at its lower edge."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget

from changedesk.widgets.box import Box
from changedesk.widgets.page import Lines, Page


class Reading(Box):
    """Shows the lines that ``make`` gives for a width; ``18 of 31 lines`` where not all of them are seen.

    What stands ``below`` them does not move.
    """

    def __init__(self, title: str, make: Callable[[int], Lines], *below: Widget) -> None:
        self.page = Page(make)
        super().__init__(title, self.page, *below)

    def on_page_scrolled(self, event: Page.Scrolled) -> None:
        """Say how far one sees."""
        event.stop()
        self.set_note(self.page.position_text)
