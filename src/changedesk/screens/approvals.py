"""Approvals: what waits for a decision, and what is it given on?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.domain.control.windows import Conflict
from changedesk.screens.approvals_parts import COLUMNS, counts_on, foot_lines, queue_rows, queue_title
from changedesk.screens.approvals_talk import (
    ask_to_acknowledge,
    ask_to_delegate,
    ask_to_vote,
    choose_eyes,
    show_since,
)
from changedesk.screens.base import DeskScreen
from changedesk.screens.card_parts import card_lines
from changedesk.screens.context import Context
from changedesk.screens.form_request import FormRequest, open_form
from changedesk.services.control.card import Card
from changedesk.services.control.expiry import Expired
from changedesk.services.control.queue import Queue, QueueItem
from changedesk.services.control.reminding import Reminded
from changedesk.services.control.voting import Outcome
from changedesk.services.records import Record
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line, wrap
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.followed_table import FollowedTable
from changedesk.widgets.page import Lines, Page
from changedesk.widgets.paint import ink

NOTHING_WAITS: Final = "Nothing waits for a decision."
NOT_HERE: Final = "The card is not here yet."
VOTES: Final = ("approve", "reject", "request_changes", "abstain")
NEEDS_ITEM: Final = (*VOTES, "choose", "since", "acknowledge", "open", "remind")
SEATS_ROOM: Final = 24


class CardPage(Page):
    """The card; it tells when other lines of it are seen."""

    def __init__(self, host: ApprovalsScreen) -> None:
        super().__init__(host.card_lines)
        self._host = host
        self.can_focus = False

    def action_scroll(self, lines: int) -> None:
        """Move, and look whether the end is seen now."""
        super().action_scroll(lines)
        self._host.card_was_seen()


class ApprovalsScreen(DeskScreen):
    """The queue beside the card of the selected change. A vote key works when all of the card has been shown (R88)."""

    scope = "approvals"
    CSS_PATH = "approvals.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-broad"), (150, "-wide")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._whom: str | None = None
        self._queue: Queue | None = None
        self._card: Card | None = None
        self._shown_for = ""
        self._wanted = ""
        self._read: set[tuple[str, int]] = set()
        self._last_seen: dict[str, int] = {}
        self._chosen: dict[str, int] = {}
        self._table = FollowedTable(COLUMNS, self._follow, empty="Loading ...")
        self._foot = Drawing(id="foot")
        self._queue_box = Box("Waits", id="queue")
        self._page = CardPage(self)
        self._counts_on = Drawing(id="counts")
        self._card_box = Box("", id="card")

    def content(self) -> Iterable[Widget]:
        """The queue, and the card beside it."""
        with Horizontal(id="both"):
            with self._queue_box:
                yield self._table
                yield self._foot
            with self._card_box:
                yield self._page
                yield self._counts_on

    def reload(self) -> None:
        """Read what waits now."""
        door, whom = self.context.services.approvals, self._whom
        self.load("queue", lambda: door.queue(whom), self._show)

    @property
    def subject(self) -> str:
        """The initiative that the selected change serves."""
        served = self._card.served if self._card else None
        return served.initiative_id if served else ""

    def open_subject(self, subject: str) -> None:
        """Select a change: ``change ID``. What other screens are about selects nothing here."""
        kind, _, change_id = subject.partition(" ")
        if kind == "change":
            self._wanted = change_id
            if self.is_attached:
                self.reload()

    def blocked_reason(self, command_id: str) -> str | None:
        """What cannot be decided yet, and what there is nothing of."""
        scope, _, name = command_id.partition(".")
        if scope != self.scope:
            return None
        item = self._item
        if name in NEEDS_ITEM and item is None:
            return NOTHING_WAITS
        if name in VOTES and self._chosen:
            return None
        if name in (*VOTES, "choose", "since", "acknowledge") and self._card_of(item) is None:
            return NOT_HERE
        if name in (*VOTES, "choose") and not self._is_read:
            return f"Read the card to its end first: {self._key('read_on')} shows the rest."
        if name == "acknowledge" and not any(conflict.open for conflict in self._conflicts):
            return "No conflict of this change waits to be acknowledged."
        if name == "whom" and not (self._queue and self._queue.acts_for_others):
            return "On a shared desk everybody decides for themselves."
        if name == "read_on" and self._page.at_end:
            return "That is all of it."
        return None

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
        item, card = self._item, self._card
        if item is None or card is None:
            return
        if item.change_id in self._chosen:
            del self._chosen[item.change_id]
        else:
            self._chosen[item.change_id] = card.revision
        self._fill()
        self._table.action_move(1)

    def do_read_on(self) -> None:
        """Show the next part of the card."""
        self._page.action_page(1)

    def do_read_back(self) -> None:
        """Show the part before."""
        self._page.action_page(-1)

    def do_since(self) -> None:
        """Show what changed since the revision that was voted on, or seen, or the one before."""
        item, card, door = self._item, self._card, self.context.services.approvals
        if item is None or card is None:
            return
        seen = self._last_seen.get(item.change_id)
        since = card.voted_on or (seen if seen and seen < card.revision else None)
        self.load("since", lambda: door.since(item.name, since), lambda found: show_since(self, found, item.number))

    def do_acknowledge(self) -> None:
        """Accept the conflicts."""
        if self._item is not None:
            ask_to_acknowledge(self, self._item.name, self._item.number, self.on_desk_changed)

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
            ask_to_delegate(self, self._queue, self.on_desk_changed)

    def do_remind(self) -> None:
        """Remind those for whom it waits."""
        item, door = self._item, self.context.services.approvals
        if item is not None:
            self.load("remind", lambda: door.remind(item.name), self._reminded)

    def do_changes(self) -> None:
        """List all changes."""
        self.go("changes")

    def do_new(self) -> None:
        """Ask for a change."""
        open_form(self, FormRequest("change", saved=self._made))

    def do_policies(self) -> None:
        """Show the policy of the change's client."""
        self.go("policies", self._item.client if self._item else "")

    def do_back(self) -> None:
        """Choose nothing any more, look for everybody again, or go back to the first main screen."""
        if self._chosen and not self.notice:
            self._chosen.clear()
            self._fill()
        elif self._whom is not None and not self.notice:
            self._look_as(None)
        else:
            super().do_back()

    # --- what happens

    def on_mount(self) -> None:
        """The keys go to the queue; what deadlines mean is settled meanwhile."""
        super().on_mount()
        self._table.focus()
        self._settle()

    def on_screen_resume(self) -> None:
        """Deadlines may have passed while other screens were looked at."""
        super().on_screen_resume()
        if self._queue is not None:
            self._settle()

    def on_resize(self, _event: events.Resize) -> None:
        """Another size shows other parts of the card."""
        self._page.refresh_lines()
        self._foot_changed()
        self.call_after_refresh(self.card_was_seen)

    def on_virtual_table_row_opened(self, event: FollowedTable.RowOpened) -> None:
        """Enter opens the change."""
        event.stop()
        self.perform("approvals.open")

    def card_lines(self, width: int) -> Lines:
        """The card as lines, or what stands where there is none."""
        card = self._card_of(self._item)
        if card is not None:
            return card_lines(card, self._queue.reader if self._queue else "", self.context.clock(), width)
        if self._item is not None or self._queue is None:
            return [(ink("Loading ...", "explain"),)]
        keys = f"{self._key('changes')} lists all changes, {self._key('new')} asks for one."
        return [(ink(line, "explain"),) for text in (NOTHING_WAITS, keys) for line in wrap(text, width)]

    def card_was_seen(self) -> None:
        """Remember that the end of the card has been seen, and say what a vote counts on."""
        card = self._card_of(self._item)
        if card is not None and self._page.at_end:
            self._read.add((card.view.change.id, card.revision))
        item, key = self._item, self._key("read_on")
        line: Line = counts_on(item, card.revision if card else None, self._is_read, key)
        self._counts_on.show(lambda _width, _height: (line,))
        self._card_box.set_note(self._page.position_text)
        self.refresh_keys()

    # --- how it works

    @property
    def _item(self) -> QueueItem | None:
        return self._queue.item(self._table.selected_key) if self._queue else None

    @property
    def _is_read(self) -> bool:
        card = self._card_of(self._item)
        return card is not None and (card.view.change.id, card.revision) in self._read

    @property
    def _conflicts(self) -> Sequence[Conflict]:
        return self._card.view.s.conflicts if self._card else ()

    def _card_of(self, item: QueueItem | None) -> Card | None:
        """The card, when it is that of this item."""
        card = self._card
        return card if card is not None and item is not None and card.view.change.id == item.change_id else None

    def _key(self, name: str) -> str:
        return self.context.config.keymap.shown(f"approvals.{name}")

    def _show(self, queue: Queue) -> None:
        self._queue, self._shown_for = queue, ""
        self._chosen = {key: revision for key, revision in self._chosen.items() if queue.item(key)}
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
        self._table.show(queue_rows(queue, self._chosen), empty=NOTHING_WAITS)
        self._queue_box.set_title(queue_title(queue), str(len(queue.items)) if queue.items else "", "key")
        self._foot_changed()

    def _foot_changed(self) -> None:
        queue = self._queue
        if queue is not None:
            lines = foot_lines(queue, self._item, len(self._chosen), max(10, self._foot.size.width - 2))
            self._foot.show(lambda _width, height: lines[:height])

    def _follow(self) -> None:
        """Read the card of the selected change."""
        item = self._item
        self._queue_box.set_note(self._table.position_text)
        self._foot_changed()
        if item is None:
            self._card = None
            self._card_box.set_title("")
            self._page.to_top()
            self.card_was_seen()
        elif item.change_id != self._shown_for:
            self._shown_for = item.change_id
            voters = tuple(seat.holder for seat in item.seats)
            door = self.context.services.approvals
            self._card_box.set_title(
                item.number, item.path if item.kind == "vote" else "emergency, votes owed", "explain"
            )
            self.load("card", lambda: door.card(item.name, voters), self._show_card)

    def _show_card(self, card: Card) -> None:
        change = card.view.change
        before = self._card
        same = before is not None and (before.view.change.id, before.revision) == (change.id, card.revision)
        if before is not None and before.view.change.id != change.id:
            self._last_seen[before.view.change.id] = before.revision
        self._card = card
        if same:
            self._page.refresh_lines()
        else:
            self._page.to_top()
        self.call_after_refresh(self.card_was_seen)

    def _vote(self, decision: str) -> None:
        queue, card = self._queue, self._card
        if queue is None:
            return
        if self._chosen:
            items = [(item, self._chosen[item.change_id]) for item in queue.items if item.change_id in self._chosen]
        else:
            items = [(self._item, card.revision)] if self._item is not None and card is not None else []
        if items:
            ask_to_vote(self, decision, items, self._voted)

    def _voted(self, outcomes: Sequence[Outcome]) -> None:
        self._chosen.clear()
        del outcomes
        self.on_desk_changed()

    def _look_as(self, whom: str | None) -> None:
        self._whom = whom
        self._chosen.clear()
        self.reload()

    def _settle(self) -> None:
        if not self.context.read_only:
            self.load("expiry", self.context.services.approvals.settle_expired, self._settled)

    def _settled(self, expired: Sequence[Expired]) -> None:
        if not expired:
            return
        rejected = [one.number for one in expired if one.became == "rejected"]
        told = [one.number for one in expired if one.became == "escalated"]
        parts = [f"{', '.join(rejected)} rejected" if rejected else "", f"{', '.join(told)} passed on" if told else ""]
        self.on_desk_changed()
        self.say(f"Deadlines have passed: {'; '.join(part for part in parts if part)}.", "at_risk", passing=False)

    def _reminded(self, reminded: Reminded) -> None:
        self.on_desk_changed()
        self.say(f"Reminded of {reminded.number}: {', '.join(reminded.who)}.", "fine")

    def _made(self, record: Record) -> None:
        self.go("change", str(record.id))
