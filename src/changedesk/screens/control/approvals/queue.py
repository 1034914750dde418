"""Approvals: what waits for a decision, and what is it given on?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC
from functools import partial
from typing import Final

from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.domain.control.windows import Conflict
from changedesk.domain.words import VOTES
from changedesk.screens.context import Context
from changedesk.screens.control.approvals.card_talk import ask_to_acknowledge, show_since
from changedesk.screens.control.approvals.decision_card import DecisionCard
from changedesk.screens.control.approvals.queue_parts import (
    COLUMNS,
    NOTHING_WAITS,
    chosen_counts,
    expired_said,
    foot_lines,
    nothing_waits,
    queue_rows,
    queue_title,
)
from changedesk.screens.control.approvals.queue_talk import ask_to_delegate, choose_eyes
from changedesk.screens.control.approvals.voting import Votes
from changedesk.screens.control.ask_for_change import ask_for_change
from changedesk.screens.control.learned_screen import LeadsToLearned
from changedesk.screens.listed import ListScreen
from changedesk.screens.loading import NOT_READ
from changedesk.screens.read_on import ReadOnScreen
from changedesk.services.control.approvals.card import card, since
from changedesk.services.control.approvals.expiry import Expired, settle_expired
from changedesk.services.control.approvals.queue import Queue, QueueItem, queue
from changedesk.services.control.approvals.reminding import Reminded, remind
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.later import Later
from changedesk.widgets.page import Page

EMPTY: Final = "Nothing waits."
NEEDS_ITEM: Final = (*VOTES, "choose", "since", "acknowledge", "open", "remind", "read_on", "read_back")


class ApprovalsScreen(LeadsToLearned, ReadOnScreen, ListScreen):
    """The queue beside the card of the selected change. A vote key works when all of the card has been shown (R88)."""

    scope = "approvals"
    enter = "open"
    reads_subject = True
    shows_forecasts = False
    CSS_PATH = "queue.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-broad"), (150, "-wide")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._whom: str | None = None
        self._queue: Queue | None = None
        self._shown_for = ""
        self._wanted = ""
        self._asked_for = ""
        self._from = ""
        self._foot = Drawing(id="foot")
        self._queue_box = Box("Waits", id="queue")
        self._card = DecisionCard(self._reader, context.clock, self._key("read_on"), self.refresh_keys)
        self._card_reader = Later(self)
        self._votes = Votes(self, self._card, self._key("read_on"), self.read_again)

    def content(self) -> Iterable[Widget]:
        """The queue, and the card beside it."""
        with Horizontal(id="both"):
            with self._queue_box:
                yield self._table
                yield self._foot
            yield from self._card.widgets()

    def reload(self) -> None:
        """Read what waits now."""
        session, whom, asked_for = self.context.session, self._whom, self._asked_for
        self.load("queue", lambda: queue(session, whom, asked_for), self._show)

    def minute_passed(self) -> None:
        """A deadline may have passed, a window may have opened."""
        self.reload()

    @property
    def page(self) -> Page:
        """The card."""
        return self._card.page

    @property
    def subject(self) -> str:
        """The initiative that the selected change serves."""
        card = self._card.card
        return card.served.initiative_id if card and card.served else ""

    def after_load(self) -> None:
        """Keys wait for the queue: what deadlines mean is settled beside it, and may be known before there is a list."""
        if self._queue is not None:
            super().after_load()

    def refresh_keys(self) -> None:
        """Look again which commands are refused now; while a card comes, once it is seen, and not twice."""
        if not self._card.coming:
            super().refresh_keys()

    def open_subject(self, subject: str) -> None:
        """Select a change, to whose page one goes back: ``change ID``, behind it where that page leads back to.

        What other screens are about selects nothing here.
        """
        kind, _, page = subject.partition(" ")
        self._from = page if kind == "change" else ""
        self._asked_for = self._from.partition(" ")[0]
        if kind == "change":
            self._wanted = self._asked_for
            if self.is_attached:
                self.reload()

    def blocked_reason(self, name: str) -> str | None:
        """What cannot be decided yet, and what there is nothing of."""
        item = self._item
        if name in NEEDS_ITEM and item is None:
            return NOTHING_WAITS
        if name in ("since", "acknowledge") and self._card.card is None:
            return NOT_READ
        if name == "acknowledge" and not any(conflict.open for conflict in self._conflicts):
            return "No conflict of this change waits to be acknowledged."
        if name == "whom" and not (self._queue and self._queue.acts_for_others):
            return "On a shared desk everybody decides for themselves."
        return self._votes.refused(name) or super().blocked_reason(name)

    # --- commands

    def do_approve(self) -> None:
        """Approve."""
        self._vote("approve")

    def do_reject(self) -> None:
        """Reject."""
        self._vote("reject")

    def do_request_changes(self) -> None:
        """Ask for changes."""
        self._vote("request_changes")

    def do_abstain(self) -> None:
        """Abstain."""
        self._vote("abstain")

    def do_choose(self) -> None:
        """Choose the selected change, or no longer, and go to the next."""
        if self._item is not None:
            self._votes.choose(self._item)
            self._fill()
            self._table.action_move(1)

    def do_since(self) -> None:
        """Show what changed since the revision that was voted on, or seen, or the one before."""
        item, revision, session = self._item, self._card.since, self.context.session
        if item is not None:
            self.read_to_ask(
                "since", lambda: since(session, item.name, revision), lambda found: show_since(self, found, item.number)
            )

    def do_acknowledge(self) -> None:
        """Accept the conflicts."""
        if self._item is not None:
            ask_to_acknowledge(self, self._item.name, self._item.number, self.read_again)

    def do_open(self) -> None:
        """Open the selected change."""
        if self._item is not None:
            self.go("change", self._item.change_id)

    def do_whom(self) -> None:
        """Choose with whose eyes to look."""
        if self._queue is not None:
            choose_eyes(self, self._queue, self._look_as)

    def do_delegate(self) -> None:
        """Let somebody stand in."""
        if self._queue is not None:
            ask_to_delegate(self, self._queue, self.read_again)

    def do_remind(self) -> None:
        """Remind those for whom it waits."""
        item, session = self._item, self.context.session
        if item is not None:
            self.load("remind", lambda: remind(session, item.name), self._reminded)

    def do_changes(self) -> None:
        """List all changes."""
        self.go("changes", "all")

    def do_new(self) -> None:
        """Ask for a change."""
        ask_for_change(self)

    def do_policies(self) -> None:
        """Show the policy of the change's client."""
        self.go("policies", self._item.client if self._item else "")

    def leave(self) -> None:
        """Choose nothing any more, look for everybody again, or go back to the change that led here, else to the Portfolio."""
        if self._votes.chosen:
            self._votes.choose_none()
            self._fill()
        elif self._whom is not None:
            self._look_as(None)
        elif self._from:
            # Once only: where the change itself leads back here, esc would go round in a circle.
            page, self._from = self._from, ""
            self.go("change", page)
        else:
            super().leave()

    # --- what happens

    def failed(self, error: BaseException) -> None:
        """A vote that could not be written is not on its way any more."""
        self._votes.failed()
        super().failed(error)

    def on_mount(self) -> None:
        """What deadlines mean is settled while the queue is read."""
        self._settle()

    def on_screen_resume(self) -> None:
        """Deadlines may have passed while other screens were looked at."""
        if self._queue is not None:
            self._settle()

    # --- how it works

    @property
    def _item(self) -> QueueItem | None:
        return self._queue.item(self._table.selected_key) if self._queue else None

    @property
    def _conflicts(self) -> Sequence[Conflict]:
        card = self._card.card
        return card.view.s.conflicts if card else ()

    def _reader(self) -> str:
        return self._queue.reader if self._queue else ""

    def _key(self, name: str) -> str:
        return self.context.config.keymap.shown(f"approvals.{name}")

    def _show(self, queue: Queue) -> None:
        self._queue, self._shown_for = queue, ""
        self._votes.queue_came(queue)
        self._fill()
        if self._wanted:
            if not self._table.select(self._wanted):
                self.say("No vote waits on this change.", "at_risk")
            self._wanted = ""
        self._follow()

    def _fill(self) -> None:
        queue = self._queue
        if queue is None:
            return
        reader = self.context.clock().tzinfo or UTC
        self._table.show(queue_rows(queue, self._votes.chosen, reader), empty=EMPTY)
        self._queue_box.set_title(queue_title(queue), str(len(queue.items)) if queue.items else "", "key")
        chosen = [item.number for item in queue.items if item.change_id in self._votes.chosen]
        self._card.say_votes_elsewhere(chosen_counts(chosen, " ".join(filter(None, map(self._key, VOTES)))))
        self._foot_changed()

    def _foot_changed(self) -> None:
        queue, item, chosen = self._queue, self._item, len(self._votes.chosen)
        if queue is not None:
            self._foot.show(lambda width, height: foot_lines(queue, item, chosen, width)[:height])

    def _follow(self) -> None:
        """Read the card of the selected change."""
        item = self._item
        self._queue_box.set_note(self._table.position_text)
        self._foot_changed()
        if item is None:
            keymap = self.context.config.keymap
            self._card.expect(None, nothing_waits(self._queue, keymap) if self._queue is not None else ())
        elif item.change_id != self._shown_for:
            self._shown_for = item.change_id
            self._card.expect(item)
            self._card_reader.at_once_or_rested(partial(self._read_card, item))

    def _read_card(self, item: QueueItem) -> None:
        session, voters = self.context.session, tuple(seat.holder for seat in item.seats)
        self.load("card", lambda: card(session, item.name, voters), self._card.show)

    def _vote(self, decision: str) -> None:
        self._votes.cast(decision, self._queue, self._item)

    def _look_as(self, whom: str | None) -> None:
        self._whom = whom
        self._votes.choose_none()
        self.reload()

    def _settle(self) -> None:
        if not self.context.read_only:
            self.load("expiry", lambda: settle_expired(self.context.session), self._settled)

    def _settled(self, expired: Sequence[Expired]) -> None:
        if not expired:
            return
        self.read_again()
        self.say(f"Deadlines have passed: {expired_said(expired)}.", "at_risk", passing=False)

    def _reminded(self, reminded: Reminded) -> None:
        self.read_again()
        self.say(f"Reminded of {reminded.number}: {', '.join(reminded.who)}.", "fine")
