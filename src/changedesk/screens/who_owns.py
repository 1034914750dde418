"""Who owns this? Three questions about what it touches; the kind of risk decides, not a definition (R67-R70)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual import events
from textual.widget import Widget

from changedesk.domain.labour import QUESTIONS, who_owns
from changedesk.screens.dialog import Dialog
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Span, wrap
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.page import Lines, Page
from changedesk.widgets.paint import ink

WIDTH: Final = 72
ABOUT: Final = "A piece of work, a risk or a decision: what does it touch?"
OWNER_TOKENS: Final = {"project owner": "delivery", "change owner": "people", "nobody yet": "unknown"}


class WhoOwns(Dialog[None]):
    """The keys 1, 2 and 3 answer yes or no; the owner stands under the questions."""

    DEFAULT_CSS = f"WhoOwns > Box {{ width: {WIDTH}; max-width: 100%; height: auto; padding: 1; margin: 0; }}"
    hints = (KeyHint("1 2 3", "yes or no"),)

    def __init__(self, project_owner: str | None, change_owner: str | None) -> None:
        super().__init__()
        self._names = {"project owner": project_owner, "change owner": change_owner}
        self._yes = [False] * len(QUESTIONS)
        self._page = Page(self._lines)

    def content(self) -> Iterable[Widget]:
        """A small box in the middle."""
        # As high as the longest answer, so that the box stays while one answers.
        self._page.styles.height = 13
        yield Box("Who owns this?", self._page)

    def on_key(self, event: events.Key) -> None:
        """A digit turns the answer to its question round."""
        if event.key in ("1", "2", "3"):
            event.stop()
            number = int(event.key) - 1
            self._yes[number] = not self._yes[number]
            self._page.refresh_lines()

    def _lines(self, width: int) -> Lines:
        lines: list[Sequence[Span]] = [(ink(ABOUT, "explain"),), ()]
        for number, (question, yes) in enumerate(zip(QUESTIONS, self._yes, strict=True), start=1):
            for part, text in enumerate(wrap(question, width - 8)):
                key = ink(f"{number}  " if part == 0 else "   ", "key", bold=True)
                answer = ink(
                    ("yes  " if yes else "no   ") if part == 0 else "     ", "ink" if yes else "faint", bold=yes
                )
                lines.append((key, answer, ink(text)))
        found = who_owns(delivery=self._yes[0], behaviour=self._yes[1], timing_and_adoption=self._yes[2])
        lines.append(())
        lines.append((ink(self._said(found.owner), OWNER_TOKENS.get(found.owner, "ink"), bold=True),))
        lines += [(ink(text, "explain"),) for text in wrap(found.rule, width)]
        return lines

    def _said(self, owner: str) -> str:
        """The owner with the name that the initiative has for it."""
        if owner == "both":
            named = [name for name in self._names.values() if name]
            return f"both owners: {' and '.join(named)}" if len(named) == 2 else "both owners"
        name = self._names.get(owner)
        return (
            f"the {owner}: {name}" if name else f"the {owner}, who is not named yet" if owner in self._names else owner
        )
