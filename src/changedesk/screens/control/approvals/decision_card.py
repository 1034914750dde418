"""The card of the selected change with what a vote on it counts on, and whether all of it has been seen (R88)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from textual.widget import Widget

from changedesk.screens.control.approvals.card_parts import card_lines
from changedesk.screens.control.approvals.queue_parts import counts_on
from changedesk.services.control.approvals.card import Card
from changedesk.services.control.approvals.queue import QueueItem
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line, wrap
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.followed_page import FollowedPage
from changedesk.widgets.later import LATE, Later
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import LOADING, ink

OWED: Final = "emergency, votes owed"


class DecisionCard:
    """The widgets that show a card. ``changed`` is called when the end of a card has been seen, or another one is shown."""

    def __init__(
        self, reader: Callable[[], str], clock: Callable[[], datetime], more: str, changed: Callable[[], None]
    ) -> None:
        self._reader = reader
        self._clock = clock
        self._more = more
        self._changed = changed
        self._item: QueueItem | None = None
        self._card: Card | None = None
        self._instead: tuple[str, ...] = ()
        self.coming = False
        """Whether a card is on its way that may change which keys work; it tells once it is seen."""
        self._read: set[tuple[str, int]] = set()
        self._last_seen: dict[str, int] = {}
        self._votes_elsewhere: Line = ()
        self.page = FollowedPage(self._lines, self._was_seen)
        """Its lines, which are read on."""
        self._late = Later(self.page)
        self._counts_on = Drawing(id="counts")
        self._box = Box("", id="card")

    def widgets(self) -> Iterable[Widget]:
        """The box with the card, and the line under it."""
        with self._box:
            yield self.page
            yield self._counts_on

    # --- what is shown

    def expect(self, item: QueueItem | None, instead: tuple[str, ...] = ()) -> None:
        """Another change is selected. The card before stays, under its own name and with what a vote on it counts on, until
        the new one is here.

        Where there is none, these sentences stand there; without them it is still being read.
        """
        before, self._item, self._instead = self._item, item, instead
        if item is not None and before is not None and before.change_id == item.change_id:
            self._name_it()
        elif item is not None and self._card is not None:
            self.coming = True
            self._late.call(LATE, self._let_go)
        else:
            self._let_go()

    def show(self, card: Card) -> None:
        """The card has come; where it is the same revision as before, one reads on where one was."""
        before, change = self._card, card.view.change
        if self._item is None or self._item.change_id != change.id:
            return
        same = before is not None and (before.view.change.id, before.revision) == (change.id, card.revision)
        if before is not None and not same:
            self._last_seen[before.view.change.id] = before.revision
        self._late.forget()
        self._card, self.coming = card, True
        if same:
            self.page.refresh_lines()
        else:
            self._name_it()
            self.page.to_top()
            self._say_what_counts()

    def say_votes_elsewhere(self, line: Line) -> None:
        """The vote keys mean other changes than the one shown, in these words; an empty line: they mean this one."""
        if line != self._votes_elsewhere:
            self._votes_elsewhere = line
            self._say_what_counts()

    # --- what is known of it

    @property
    def card(self) -> Card | None:
        """The card of the selected change, once it is here."""
        card, item = self._card, self._item
        return card if card is not None and item is not None and card.view.change.id == item.change_id else None

    @property
    def is_read(self) -> bool:
        """Whether all of it has been on the screen, as the revision that it is now."""
        card = self.card
        return card is not None and (card.view.change.id, card.revision) in self._read

    @property
    def since(self) -> int | None:
        """The earlier revision that what changed is told from: the one voted on, else seen here; None for the one before."""
        card = self.card
        if card is None:
            return None
        seen = self._last_seen.get(card.view.change.id)
        return card.voted_on or (seen if seen is not None and seen < card.revision else None)

    # --- how it works

    def _name_it(self) -> None:
        item = self._item
        title = "" if item is None else f"{item.client} · {OWED if item.kind == 'retro' else item.path}"
        self._box.set_title(item.number if item else "", title, "explain")

    def _let_go(self) -> None:
        """Show no card, but what stands there instead."""
        self._late.forget()
        self._card = None
        self._name_it()
        self.page.to_top()

    def _was_seen(self) -> None:
        card = self.card
        if card is not None and self.page.at_end:
            self._read.add((card.view.change.id, card.revision))
        self._say_what_counts()
        self._box.set_note(self.page.position_text)
        self.coming = False
        self._changed()

    def _say_what_counts(self) -> None:
        """Whether all of it is seen, or is about to be, when what has just come is drawn."""
        card = self.card
        read = self.is_read or (card is not None and self.page.at_end)
        line = self._votes_elsewhere or counts_on(self._item, card.revision if card else None, read, self._more)
        self._counts_on.show(lambda _width, _height: (line,))

    def _lines(self, width: int) -> Lines:
        card = self._card
        if card is not None:
            return card_lines(card, self._reader(), self._clock(), width)
        said = [(ink(line, "explain"),) for text in self._instead for line in wrap(text, width)]
        return said or ((LOADING,),)
