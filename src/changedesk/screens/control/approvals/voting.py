"""Votes by one key: on the selected change, or on all that are chosen, each on the revision that was shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from changedesk.domain.words import VOTES
from changedesk.screens.base import DeskScreen
from changedesk.screens.control.approvals.decision_card import DecisionCard
from changedesk.screens.control.approvals.voting_talk import ask_to_vote
from changedesk.screens.loading import NOT_READ
from changedesk.services.control.approvals.queue import Queue, QueueItem

VOTING: Final = "The vote before is being written down."


class Votes:
    """What is chosen to be voted on, and whether a vote is on its way. ``voted`` is called when it is written down."""

    def __init__(self, host: DeskScreen, card: DecisionCard, more: str, voted: Callable[[], None]) -> None:
        self._host = host
        self._card = card
        self._more = more
        self._voted = voted
        self._chosen: dict[str, int] = {}
        self._on_its_way = False

    @property
    def chosen(self) -> Collection[str]:
        """The ids of the changes that the next vote is on; empty where it is on the selected one."""
        return self._chosen.keys()

    def queue_came(self, queue: Queue) -> None:
        """The queue has come anew: what no longer waits is not chosen any more, and the next key means what it shows."""
        self._on_its_way = False
        self._chosen = {key: revision for key, revision in self._chosen.items() if queue.item(key)}

    def failed(self) -> None:
        """A vote that could not be written is not on its way any more."""
        self._on_its_way = False

    def choose_none(self) -> None:
        """Nothing is chosen any more."""
        self._chosen.clear()

    def choose(self, item: QueueItem) -> None:
        """Choose the change that the card shows, or no longer."""
        card = self._card.card
        if card is None:
            return
        if item.change_id in self._chosen:
            del self._chosen[item.change_id]
        else:
            self._chosen[item.change_id] = card.revision

    def refused(self, name: str) -> str | None:
        """Why one cannot vote so, or choose, now: a vote is given on a card that was read to its end (R88)."""
        if name not in (*VOTES, "choose"):
            return None
        if self._on_its_way:
            return VOTING
        if name in VOTES and self._chosen:
            return None
        if self._card.card is None:
            return NOT_READ
        return None if self._card.is_read else f"Read the card to its end first: {self._more} shows the rest."

    def cast(self, decision: str, queue: Queue | None, selected: QueueItem | None) -> None:
        """Vote so on all that are chosen, else on the selected change."""
        card = self._card.card
        if queue is None:
            return
        if self._chosen:
            items = [(item, self._chosen[item.change_id]) for item in queue.items if item.change_id in self._chosen]
        else:
            items = [(selected, card.revision)] if selected is not None and card is not None else []
        if items:
            ask_to_vote(self._host, decision, queue.names, items, self._begun, self._written)

    def _begun(self) -> None:
        # Until the queue has come anew, the next key would still mean the change that is being decided.
        self._on_its_way = True

    def _written(self) -> None:
        self._chosen.clear()
        self._voted()
