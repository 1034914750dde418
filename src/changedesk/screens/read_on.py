"""A page beside a list is read on by two keys, and the list keeps its own."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from changedesk.screens.base import DeskScreen
from changedesk.widgets.box import Box
from changedesk.widgets.page import Page

AT_END: Final = "That is all of it."
AT_START: Final = "This is its beginning."


class ReadOnScreen(DeskScreen):
    """A screen with such a page; its commands are ``SCOPE.read_on`` and ``SCOPE.read_back``."""

    @property
    @abstractmethod
    def page(self) -> Page:
        """The page that is read on."""

    def blocked_reason(self, name: str) -> str | None:
        """There is no more to be read at either end."""
        if name == "read_on" and self.page.at_end:
            return AT_END
        if name == "read_back" and self.page.at_start:
            return AT_START
        return super().blocked_reason(name)

    def do_read_on(self) -> None:
        """Show the next part of the page."""
        self.page.action_page(1)

    def do_read_back(self) -> None:
        """Show the part before."""
        self.page.action_page(-1)

    def say_how_far(self, box: Box) -> None:
        """Say at the edge of the page's box how far one sees, and which key reads on where there is more than that."""
        position = self.page.position_text
        box.set_note(position)
        box.set_keys(self.keys_of(("read_on", "read on")) if position else ())
        self.refresh_keys()
