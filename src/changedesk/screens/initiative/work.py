"""What is done from the Initiative screen: gates, lanes, decisions, moves of the plan, clones."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Final

from changedesk.commands import key_to
from changedesk.domain.forms.registry import FORMS
from changedesk.domain.planning.over import refuse_planning
from changedesk.domain.planning.schedule import refuse_move
from changedesk.screens.base import DeskScreen
from changedesk.screens.control.ask_for_change import ask_for_change
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.services.initiative.lists import ActivityRow, activity_rows
from changedesk.services.initiative.page import InitiativeView
from changedesk.services.lookup import code_in_view
from changedesk.widgets.lists.table import VirtualTable

NO_ACTIVITY = f"Choose an activity first: {key_to('initiative.activities')} lists them."
DAILY: Final = {"activities": "actual_end", "audiences": "headcount"}
"""The field at which the form of a row begins: what is said of it day by day."""
COUNTED_AGAIN = (
    f"What was observed is entered on Adoption, {key_to('adoption.observe')} there; the same group, metric and day "
    "again replaces it."
)
MOVES_ACTIVITIES = f"Only activities and milestones move: {key_to('initiative.activities')} lists them."


class InitiativeWork(DeskScreen):
    """The commands of the Initiative screen that begin a piece of work; the screen itself says what is shown and chosen."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    """Enter is the gate's: nothing takes the keys before a list is open."""

    @property
    @abstractmethod
    def shown(self) -> InitiativeView | None:
        """The initiative that is shown."""

    @property
    @abstractmethod
    def gate_number(self) -> int:
        """The number of the gate that is chosen, from 1."""

    @property
    @abstractmethod
    def open_list(self) -> str:
        """The name of the list that is open; empty when none is."""

    @property
    @abstractmethod
    def selected_key(self) -> str:
        """The id of what is selected in that list."""

    def work_blocked(self, name: str) -> str | None:
        """Why one of these commands cannot be given now."""
        if name in ("move", "baseline") and self.shown is not None and self.shown.cancelled:
            return refuse_planning(self.shown.code, cancelled=True)
        if name == "move":
            if self.open_list != "activities":
                return MOVES_ACTIVITIES if self.open_list else NO_ACTIVITY
            return None if self.selected_key else NO_ACTIVITY
        return None

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        """Enter on a row of a list changes that record: an activity is done, a group has grown."""
        event.stop()
        if self.open_list not in FORMS:
            self.say(COUNTED_AGAIN)
        elif self.shown is not None:
            at = DAILY.get(self.open_list, "")
            open_form(self, FormRequest(self.open_list, event.key, self.shown.code, at=at, done=self._done))

    def do_gate(self) -> None:
        """Open the chosen gate."""
        if self.shown is not None:
            self.go("gate", f"{self.shown.initiative_id}/{self.gate_number}")

    def do_changes(self) -> None:
        """List the changes that serve it."""
        if self.shown is not None:
            self.go("changes", f"initiative {self.shown.code} {self.shown.initiative_id}")

    def do_new_change(self) -> None:
        """Ask for a change that serves it."""
        if self.shown is not None:
            ask_for_change(self, self.shown.code)

    def do_decisions(self) -> None:
        """Show the decisions."""
        if self.shown is not None:
            self.go("decisions", self.shown.initiative_id)

    def do_hit(self) -> None:
        """Show who is hit, and who stands behind it."""
        self._people_side("hit")

    def do_ready(self) -> None:
        """Show how ready its people are."""
        self._people_side("ready")

    def do_plan(self) -> None:
        """Show what is planned for its people."""
        self._people_side("change_plan")

    def do_report(self) -> None:
        """Write the sponsor's report into a file."""
        from changedesk.screens.exporting import ask_for_report

        if self.shown is not None:
            ask_for_report(self, self.shown.code, self.shown.title)

    def do_close_delivery(self) -> None:
        """Close the delivery lane."""
        self._close("delivery")

    def do_close_people(self) -> None:
        """Close the people lane."""
        self._close("people")

    def do_move(self) -> None:
        """Move the selected activity or milestone."""
        view, wanted, session = self.shown, self.selected_key, self.context.session
        if view is None:
            return

        def ask(rows: Sequence[ActivityRow]) -> None:
            from changedesk.screens.initiative.plan_move import ask_to_move

            activity = next((row.activity for row in rows if row.activity.id == wanted), None)
            if activity is None:
                return
            if activity.actual_end is not None:
                self.say(f"{refuse_move(activity, activity.planned_end)}.", "at_risk")
            else:
                ask_to_move(self, view.code, activity, self.reload)

        self.read_to_ask("move", lambda: activity_rows(session, code_in_view(session, view.initiative_id)), ask)

    def do_baseline(self) -> None:
        """Set a new baseline."""
        from changedesk.screens.initiative.plan_move import ask_for_baseline

        if self.shown is not None:
            ask_for_baseline(self, self.shown.code, self.reload)

    def do_clone(self) -> None:
        """Make the same initiative for other clients."""
        from changedesk.screens.initiative.cloning import ask_to_clone

        if self.shown is not None:
            ask_to_clone(self, self.shown.code, self.shown.go_live, self.reload)

    def _people_side(self, name: str) -> None:
        if self.shown is not None:
            self.go(name, f"{self.shown.initiative_id}/initiative")

    def _close(self, lane: str) -> None:
        from changedesk.screens.initiative.lane_talk import ask_to_close

        if self.shown is not None:
            ask_to_close(self, self.shown.code, lane, self.reload)
