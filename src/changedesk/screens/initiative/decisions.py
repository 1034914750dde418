"""Decisions: what touches timing or adoption is acknowledged by the side concerned, then locked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from textual.widget import Widget

from changedesk.domain.decisions import SIDES, acknowledged_by, sides_touched
from changedesk.domain.saying import day_month
from changedesk.domain.working import Decision
from changedesk.screens.context import Context
from changedesk.screens.initiative.gate_parts import for_whom
from changedesk.screens.labelled import explained
from changedesk.screens.listed import ListScreen
from changedesk.screens.question import ask_first
from changedesk.services.initiative import decisions
from changedesk.services.initiative.decisions import DecisionRow, DecisionsView
from changedesk.widgets.drawing import Draw, Drawing
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell

COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Decision", 24, share=3),
    Column("Touches", 19, from_width=100),
    Column("Delivery knows", 14),
    Column("People know", 14),
    Column("State", 6),
)
EMPTY: Final = "No decision yet: on the initiative, r and then d and n write one down."
TOUCHES: Final = {"delivery": "timing", "people": "adoption"}


class DecisionsScreen(ListScreen):
    """The decisions of one initiative. Its subject is the initiative."""

    scope = "decisions"
    home = "initiative"
    CSS_PATH = "decisions.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._initiative = ""
        self._view: DecisionsView | None = None
        self._detail = Drawing(id="decision")
        self._box = self.boxed("Decisions", self._detail, id="decisions")

    def content(self) -> Iterable[Widget]:
        """The list, and what stands before the lock of the chosen one."""
        yield self._box

    def reload(self) -> None:
        """Read the decisions as they are now."""
        session, initiative = self.context.session, self._initiative
        if initiative:
            self.load("decisions", lambda: decisions.decisions_view(session, initiative), self._show)

    @property
    def subject(self) -> str:
        """The id of the initiative."""
        return self._initiative

    def open_subject(self, subject: str) -> None:
        """Show the decisions of this initiative."""
        self._initiative, self._view = subject, None
        self.begin_anew()

    def blocked_reason(self, name: str) -> str | None:
        """What the rules say against it."""
        row = self._chosen()
        if row is None:
            return "There is no decision to acknowledge or to lock."
        delivery, people = row.refused_acks
        return {"delivery": delivery, "people": people, "lock": row.refused_lock}.get(name)

    # --- commands

    def do_delivery(self) -> None:
        """The delivery side knows of it."""
        self._acknowledge("delivery")

    def do_people(self) -> None:
        """The people side knows of it."""
        self._acknowledge("people")

    def do_lock(self) -> None:
        """Lock the chosen decision."""
        row, session = self._chosen(), self.context.session
        if row is None:
            return
        decision = row.decision

        def lock() -> None:
            self.load(
                "lock", lambda: decisions.lock(session, decision.id), lambda _: self._done(f"Locked: {decision.title}.")
            )

        text = f"{decision.title}. What is locked is no longer acknowledged."
        ask_first(self, "Lock this decision?", text, "lock", lock)

    def leave(self) -> None:
        """Go back to the initiative."""
        self.go("initiative", self._initiative)

    # --- how it works

    def _acknowledge(self, side: str) -> None:
        row, view, session = self._chosen(), self._view, self.context.session
        if row is None or view is None:
            return
        decision, signer = row.decision, view.signers[SIDES.index(side)]

        def acknowledge() -> None:
            self.load(
                "acknowledge",
                lambda: decisions.acknowledge(session, decision.id, side),
                lambda name: self._done(f"Acknowledged by {name} for the {side} side: {decision.title}."),
            )

        text = f"The {side} side knows of it: {decision.title}. Acknowledged {for_whom(signer)}."
        ask_first(self, "Acknowledge this decision?", text, "acknowledge", acknowledge)

    def _chosen(self) -> DecisionRow | None:
        rows = self._view.rows if self._view else ()
        return next((row for row in rows if row.decision.id == self._table.selected_key), None)

    def _show(self, view: DecisionsView) -> None:
        self._view = view
        self._box.set_title(f"Decisions of {view.code}", view.title, "explain")
        self._table.show(ListSource(_row(row.decision) for row in view.rows), empty=EMPTY)
        self._follow()

    def _follow(self) -> None:
        self._detail.show(_detail(self._chosen(), self.context.clock().date()))
        self._box.set_note(self._table.position_text)
        self.refresh_keys()


def _row(decision: Decision) -> Row:
    touched = sides_touched(decision)
    locked = decision.locked_at is not None
    known = [_known(decision, side, side in touched) for side in SIDES]
    return Row(
        decision.id,
        (
            cell("✓" if locked else "○", "fine" if locked else "explain"),
            cell(decision.title),
            cell(" and ".join(TOUCHES[side] for side in touched) or "neither", "explain"),
            *(cell(text, token) for text, token in known),
            cell("locked" if locked else "open", "fine" if locked else "risk"),
        ),
    )


def _known(decision: Decision, side: str, touched: bool) -> tuple[str, str]:
    name = acknowledged_by(decision, side)
    return (name, "ink") if name else ("not yet", "risk") if touched else ("not needed", "faint")


def _detail(row: DecisionRow | None, today: date) -> Draw:
    if row is None:
        return lambda _width, _height: ()
    decision = row.decision
    if decision.locked_at is not None:
        said = f"{decision.title}: locked {day_month(decision.locked_at.date(), today)}"
    else:
        said = f"{row.refused_lock}." if row.refused_lock else f"{decision.title} can be locked."
    return explained(said)
