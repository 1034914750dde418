"""Gate: both checklists with what shows that they are done, both signatures, and what is missing before each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget

from changedesk.domain.words import CHECKPOINTS
from changedesk.screens.ask_line import AskLine, any_line
from changedesk.screens.context import Context
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.going_on import go_on
from changedesk.screens.initiative.gate_parts import (
    COLUMNS,
    box_title,
    fitted,
    item_lines,
    item_of,
    key_of,
    known_of,
    next_of,
    rows,
    signature_lines,
    title,
)
from changedesk.screens.initiative.lane_talk import ask_to_close, ask_to_sign
from changedesk.screens.listed import ListScreen
from changedesk.screens.loading import NOT_READ
from changedesk.services.initiative import gates
from changedesk.services.initiative.gate_page import GatePage, gate_page
from changedesk.services.lookup import code_in_view
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing

MOST: Final = 9
"""So many rows the signatures take of a screen of 24; a higher one gives them more."""
HIGH: Final = 30
"""From so many rows on, everything is said about both sides at once."""
LEAST: Final = 3
"""And so many the chosen item, however much shows that it is done."""
EVIDENCE: Final = "What shows it? A document, a link, a name. Enter without a word leaves it without evidence."
AGAIN: Final = "It is done already; ticking it again renews who, when and what."
VOIDS: Final = "The signature on this list stops counting."


class GateScreen(ListScreen):
    """One checkpoint of an initiative, where it is worked on and signed. Its subject is the initiative, then its number."""

    scope = "gate"
    home = "initiative"
    enter = "tick"
    CSS_PATH = "gate.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._initiative = ""
        self._number: int | None = None
        self._page: GatePage | None = None
        self._head = Drawing(id="head")
        self._detail = Drawing(id="item")
        self._box = Box("", keys=self.keys_of(("tick", "tick"), ("next", "next gate")), id="checklists")
        self._signatures = Drawing()
        hints = self.keys_of(("owners", "owners"), ("sign", "sign"))
        self._signed = Box("Signatures", keys=hints, id="signatures")

    def content(self) -> Iterable[Widget]:
        """Whose gate it is, the checklists with the chosen item, the signatures."""
        yield self._head
        with self._box:
            yield self._table
            yield self._detail
        with self._signed:
            yield self._signatures

    def reload(self) -> None:
        """Read the checkpoint as it is now."""
        session, initiative, number = self.context.session, self._initiative, self._number
        if initiative:
            self.load("gate", lambda: gate_page(session, code_in_view(session, initiative), number), self._show)

    @property
    def subject(self) -> str:
        """The id of the initiative."""
        return self._initiative

    def open_subject(self, subject: str) -> None:
        """Show a checkpoint: ``initiative/number``; without a number the current one."""
        self._initiative, _, number = subject.partition("/")
        self._number = int(number) if number else None
        self._page = None
        self.begin_anew()

    def blocked_reason(self, name: str) -> str | None:
        """What a checkpoint does not allow now."""
        # Another step goes on from the gate that was asked for, whether it is here already or not.
        steps = name in ("previous", "next") and self._number is not None
        if self._page is None and not steps:
            return NOT_READ
        if name == "previous" and self._number == 1:
            return "This is the first gate."
        if name == "next" and self._number == len(CHECKPOINTS):
            return "This is the last gate."
        return None

    # --- commands

    def do_tick(self) -> None:
        """Ask what shows that the chosen item is done, and tick it."""
        page = self._page
        item = item_of(page, self._table.selected_key) if page else None
        if page is None or item is None:
            return
        notes = [
            *([known] if (known := known_of(page, item)) else []),
            EVIDENCE,
            *([AGAIN] if item.done_at else []),
            *([VOIDS] if page.side(item.lane).signature else []),
        ]

        def tick(evidence: str | None) -> None:
            if evidence is not None:
                session = self.context.session
                self.keys_wait_for(
                    lambda: self.load(
                        "tick",
                        lambda: gates.tick(session, page.code, page.name, item.lane, item.key, evidence),
                        lambda _: self._ticked(key_of(item)),
                    )
                )

        self.app.push_screen(AskLine(item.text, notes, any_line(), start=item.evidence or "", word="tick"), tick)

    def do_sign(self) -> None:
        """Sign for the lane of the chosen item."""
        if self._page is not None:
            ask_to_sign(self, self._page, self._lane, self.reload)

    def do_owners(self) -> None:
        """Change the initiative where its owners stand, or at what is filled in before anybody signs."""
        at = next(iter(self._page.entered.values()), "project_owner") if self._page else "project_owner"
        open_form(self, FormRequest("initiatives", self._initiative, at=at, done=self._done))

    def do_close_lane(self) -> None:
        """Close the lane of the chosen item."""
        if self._page is not None:
            ask_to_close(self, self._page.code, self._lane, self.reload)

    def do_other_side(self) -> None:
        """Go to the first open item of the other side."""
        if self._page is not None:
            other = next(side for side in self._page.sides if side.lane != self._lane)
            item = next((item for item in other.items if item.done_at is None), other.items[0])
            self._table.select(key_of(item))

    def do_previous(self) -> None:
        """Show the gate before this one."""
        self._step(-1)

    def do_next(self) -> None:
        """Show the gate after this one."""
        self._step(1)

    def do_decisions(self) -> None:
        """Show the decisions of the initiative."""
        self.go("decisions", self._initiative)

    def do_ready(self) -> None:
        """Show what is not ready, group by group."""
        self.go("ready", f"{self._initiative}/gate")

    def do_hit(self) -> None:
        """Show who is hit, and who stands behind it."""
        self.go("hit", f"{self._initiative}/gate")

    def leave(self) -> None:
        """Go back to the initiative."""
        self.go("initiative", self._initiative)

    # --- what happens

    def on_resize(self) -> None:
        """Another width wraps the signatures elsewhere."""
        self._follow()

    # --- how it works

    @property
    def _lane(self) -> str:
        return self._table.selected_key.partition("/")[0] or "delivery"

    def _step(self, step: int) -> None:
        if self._number is not None:
            self._number, self._page = self._number + step, None
            self.keys_wait_for(self.begin_anew)

    def _show(self, page: GatePage) -> None:
        changed = self._page is None or (self._page.initiative_id, self._page.number) != (
            page.initiative_id,
            page.number,
        )
        self._page, self._number = page, page.number
        self._head.styles.height = 1 if page.lights is None else 2
        self._head.show(title(page))
        self._box.set_title(*box_title(page))
        self._table.show(rows(page), total=sum(len(side.items) for side in page.sides))
        if changed:
            self._table.select(key_of(next_of(page)))
        self._follow()

    def _ticked(self, key: str) -> None:
        """The next open item of the same side is the next to tick."""
        page, lane = self._page, key.partition("/")[0]
        if page is not None:
            go_on(self._table, [(key_of(one), one.done_at is None) for one in page.side(lane).items], key)
        self.reload()

    def _follow(self) -> None:
        """Say everything about the chosen item and its side."""
        page = self._page
        if page is None:
            return
        width, height = self.size
        item = item_lines(page, item_of(page, self._table.selected_key), width - 6)
        self._detail.styles.height = min(len(item), LEAST + max(0, height - 24))
        self._detail.show(lambda _width, height: item[:height])
        signed = signature_lines(page, self._lane, width - 4, self.context.config.keymap, both=height >= HIGH)
        self._signed.styles.height = min(len(signed) + 2, MOST + max(0, height - 24))
        more = f"more lines; {self.context.config.keymap.shown('gate.sign')} shows all of it before anything is signed"
        self._signatures.show(lambda _width, height: fitted(signed, height, more))
        self._box.set_note(self._table.position_text)
