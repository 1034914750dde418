"""Handover: can operations run it? A checklist with evidence, taken over by whoever will own the service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual.widget import Widget

from changedesk.commands import Command
from changedesk.domain.saying import as_sentence
from changedesk.domain.service.handover import HandoverItem
from changedesk.screens.ask_line import AskLine, some_line
from changedesk.screens.context import Context
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.going_on import go_on
from changedesk.screens.one_of_all import OneOfAll
from changedesk.screens.question import ask_first
from changedesk.screens.service.handover_parts import (
    ITEM_COLUMNS,
    NONE,
    ROW_COLUMNS,
    answer,
    facts,
    handover_rows,
    item_detail,
    item_rows,
    title,
)
from changedesk.services.records.listing import RecordSource, record_source
from changedesk.services.service import handing_over
from changedesk.services.service.handing_over import HandoverRow, HandoverView
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import ListSource

NONE_SHOWN: Final = "There is no handover to show."
LIST_OPEN: Final = "The list is open: enter shows the selected handover."
TAKEN: Final = "It is taken over: what that rests on stays as it was."


class HandoverScreen(OneOfAll[HandoverRow, HandoverView]):
    """The handover of one initiative; ``l`` lists all of them."""

    scope = "handover"
    home = "golive"
    enter = "tick"
    CSS_PATH = "handover.tcss"
    AUTO_FOCUS = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._listed = False
        self._shown = ""
        self._title = Drawing(id="title")
        self._items = FollowedTable(ITEM_COLUMNS, self._follow)
        self._detail = Drawing(id="item-detail")
        keys = self.keys_of(("tick", "done"), ("list", "list"))
        self._box = Box("Can operations run it?", token="service", keys=keys, id="checklist")
        self._facts = Drawing()
        self._facts_box = Box("How does it go?", token="service", id="facts")
        self._rows = FollowedTable(ROW_COLUMNS, self._follow)
        self._rows_box = Box("What is handed over?", token="service", id="handovers")

    def content(self) -> Iterable[Widget]:
        """The checklist with its facts, or the list of all handovers."""
        yield self._title
        with self._box:
            yield self._items
            yield self._detail
        with self._facts_box:
            yield self._facts
        with self._rows_box:
            yield self._rows

    def read_all(self) -> Sequence[HandoverRow]:
        """All handovers, those that are not taken over first."""
        return handing_over.handovers(self.context.session)

    def read_one(self, initiative: str) -> HandoverView | None:
        """The handover of an initiative."""
        return handing_over.handover_view(self.context.session, initiative)

    def open_subject(self, subject: str) -> None:
        """Show the handover of this initiative."""
        self._listed = False
        if subject != self._subject:
            self._subject = subject
            self._view = None
            self.begin_anew()
        if self.is_attached:
            self._arrange()

    def blocked_reason(self, name: str) -> str | None:
        """What the rules say against it."""
        if name in ("list", "service"):
            return None
        if self._listed:
            return None if name == "tick" and self._rows.selected_key else LIST_OPEN
        view = self._view
        if view is None:
            return self.lacks(self.scope, NONE_SHOWN)
        if name in ("next", "previous"):
            return None if len(self._all) > 1 else "This is the only handover."
        if name in ("tick", "send_back", "take_over") and view.handover.accepted_at is not None:
            return TAKEN
        if name == "send_back" and (self._item is None or self._item.state != "done"):
            return "Only an item that is done can be sent back."
        if name == "send_back" and view.barred is not None:
            return view.barred
        if name == "take_over" and view.refused is not None:
            if view.share == 1:
                return view.refused
            # Which ones they are stands under “Not yet” already.
            said, named, _ = view.refused.partition(": ")
            return f"{said}; “Not yet” names them" if named else said
        return None

    def word_now(self, command: Command) -> str:
        """While all are listed, enter opens one, and the key of the list goes back."""
        if not self._listed or command.name == "service":
            return command.word
        return {"tick": "open", "list": "back"}.get(command.name, "")

    # --- commands

    def do_tick(self) -> None:
        """Say what shows that the selected item is there; in the list, show the selected handover."""
        if self._listed:
            self.open_subject(self._rows.selected_key)
            return
        view, item, session = self._view, self._item, self.context.session
        if view is None or item is None:
            return

        def answered(evidence: str | None) -> None:
            if evidence:
                self.keys_wait_for(
                    lambda: self.load(
                        "act",
                        lambda: handing_over.tick(session, view.code, item.key, evidence),
                        lambda _: self._ticked(item),
                    )
                )

        asked = AskLine(
            "What shows it?",
            (item.text, f"It was sent back: {item.reason}" if item.state == "rejected" else ""),
            some_line("every item of a handover takes evidence"),
            start=item.evidence or "",
            word="done",
        )
        self.app.push_screen(asked, answered)

    def do_send_back(self) -> None:
        """Send the selected item back."""
        view, item, session = self._view, self._item, self.context.session
        if view is None or item is None:
            return

        def answered(reason: str | None) -> None:
            if reason:
                self.load(
                    "act",
                    lambda: handing_over.send_back(session, view.code, item.key, reason),
                    lambda who: self._done(f"Sent back by {who}: {item.text}"),
                )

        text = (
            f"{item.text}: {item.evidence}",
            f"It is sent back by the service owner, {view.handover.service_owner}.",
        )
        self.app.push_screen(
            AskLine("Why is it sent back?", text, some_line("the reason is what makes it better"), word="send back"),
            answered,
        )

    def do_take_over(self) -> None:
        """Take the service over, after a question."""
        view, session = self._view, self.context.session
        if view is None:
            return

        def take_over() -> None:
            self.load(
                "act",
                lambda: handing_over.accept(session, view.code),
                lambda who: self._done(f"Taken over by {who}: {view.handover.service}"),
            )

        found = view.handover
        flag = "".join(f" {as_sentence(said)}" for said in (view.early, view.formality) if said)
        text = f"{found.service_owner} operates it from now on; its {len(found.items)} items stay as they are.{flag}"
        ask_first(self, f"Take {found.service} over?", text, "take it over", take_over)

    def do_list(self) -> None:
        """List every handover, or go back to this one."""
        self._listed = not self._listed
        self._arrange()

    def do_plan(self) -> None:
        """Plan the handover, or change its plan."""
        view, session = self._view, self.context.session
        if view is None:
            return

        def found(plans: RecordSource) -> None:
            known = next((record.id or "" for record in plans.rows(0, 1)), "")
            if plans.made_no_more and not known:
                self.say(plans.made_no_more, "at_risk")
                return
            open_form(self, FormRequest("handovers", known, view.code, done=self._done))

        self.read_to_ask("plan", lambda: record_source(session, "handovers", view.code), found)

    def do_service(self) -> None:
        """Show the services."""
        self.go("services")

    def do_back(self) -> None:
        """Close the list, or go back."""
        if self._listed:
            self.do_list()
        else:
            super().do_back()

    def leave(self) -> None:
        """Go back to the go-live."""
        self.go("golive", self._subject)

    # --- how it works

    @property
    def _item(self) -> HandoverItem | None:
        items = self._view.handover.items if self._view else ()
        return next((item for item in items if item.key == self._items.selected_key), None)

    def _ticked(self, item: HandoverItem) -> None:
        """The next item that is not there is the next to show."""
        if self._view is not None:
            rows = [(one.key, one.state != "done") for one in self._view.handover.items]
            go_on(self._items, rows, item.key)
        self._done(f"Done: {item.text}")

    def _show(self) -> None:
        view = self._view
        today = self.context.clock().date()
        self._rows.show(handover_rows(self._all, today), empty=NONE)
        self._facts.show(facts(view))
        if view is None:
            self._items.show(ListSource(), empty=NONE)
        else:
            another = view.initiative_id != self._shown
            self._subject = self._shown = view.initiative_id
            said, token = answer(view)
            self._title.show(title(view))
            self._box.set_title("Can operations run it?", said, token)
            self._items.show(item_rows(view))
            if another:
                items = view.handover.items
                self._items.select(next((one for one in items if one.state != "done"), items[0]).key)
        self._arrange()

    def _arrange(self) -> None:
        self._title.display = self._box.display = self._facts_box.display = not self._listed
        self._rows_box.display = self._listed
        self.give_keys(self._rows if self._listed else self._items)
        self._follow()

    def _follow(self) -> None:
        view, key = self._view, self._items.selected_key
        self._detail.show(lambda width, height: item_detail(view, key, width)[:height])
        self._box.set_note(self._items.position_text)
        self._rows_box.set_note(self._rows.position_text)
        self.refresh_keys()
