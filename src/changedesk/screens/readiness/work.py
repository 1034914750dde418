"""What is done from the ranking of gaps: close one, give it an owner, waive it, put it off, bring it back, look behind it."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from changedesk.commands import key_to
from changedesk.screens.filtered import FilteredScreen
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.readiness.acts import ask_for_evidence, ask_for_owner, ask_for_waiver, ask_to_put_off
from changedesk.services.people import triage_acts
from changedesk.services.people.triage import SetAside, TriageRow

NO_GAP: Final = "There is no gap to choose here."
SET_ASIDE: Final = (
    f"This one is set aside: {key_to('readiness.reopen')} brings it back, {key_to('readiness.aside')} shows the gaps "
    "again."
)
NOT_ASIDE: Final = (
    f"Nothing that is set aside is selected: {key_to('readiness.aside')} shows what was waived or put off."
)
COUNTED: Final = "Whether people use it is counted, never said: record an observation, or waive it."
ON_A_GAP: Final = ("done", "assign", "waive", "snooze", "edit")


class ReadinessWork(FilteredScreen):
    """The commands that work on the selected gap; the screen itself says what is selected."""

    @property
    @abstractmethod
    def gap(self) -> TriageRow | None:
        """The selected gap; None while something else is listed."""

    @property
    @abstractmethod
    def set_aside(self) -> SetAside | None:
        """What is selected of what was waived or put off."""

    @property
    @abstractmethod
    def about(self) -> str:
        """The id of the initiative of what is selected; empty without one."""

    def work_blocked(self, name: str) -> str | None:
        """Why one of these commands cannot be given now."""
        if name in ON_A_GAP:
            if self.set_aside is not None:
                return SET_ASIDE
            if self.gap is None:
                return NO_GAP
        match name:
            case "done":
                return self.gap.refused_done if self.gap is not None else None
            case "edit":
                return COUNTED if self.gap is not None and self.gap.gap.kind in ("adoption", "relapse") else None
            case "reopen":
                return None if self.set_aside is not None else NOT_ASIDE
            case "open" | "hit":
                return None if self.about else NO_GAP
        return None

    # --- commands

    def do_done(self) -> None:
        """Say that the selected item is ready."""
        if self.gap is not None:
            ask_for_evidence(self, self.gap, self._done)

    def do_assign(self) -> None:
        """Choose who takes care of the selected gap."""
        if self.gap is not None:
            ask_for_owner(self, self.gap, self._done)

    def do_waive(self) -> None:
        """Waive the selected gap."""
        if self.gap is not None:
            ask_for_waiver(self, self.gap, self.context.clock().date(), self._done)

    def do_snooze(self) -> None:
        """Put the selected gap off."""
        if self.gap is not None:
            ask_to_put_off(self, self.gap, self.context.clock().date(), self._done)

    def do_reopen(self) -> None:
        """Bring back what is selected."""
        aside, session = self.set_aside, self.context.session
        if aside is not None:
            self.load(
                "act",
                lambda: triage_acts.reopen(session, aside.gap.initiative_id, aside.gap.key),
                lambda _: self._done(f"It is a gap again: {aside.gap.name}."),
            )

    def do_edit(self) -> None:
        """Open the record that closes the selected gap."""
        if self.gap is None:
            return
        gap = self.gap.gap
        if gap.item_id is not None:
            request = FormRequest("readiness_items", gap.item_id, gap.code, done=self._done)
        elif gap.kind == "training":
            start = {"lane": "people", "phase": "training", "kind": "training"}
            request = FormRequest("activities", "", gap.code, done=self._done, start=start)
        else:
            start = {"about": "audience", "audience": gap.audience or ""}
            request = FormRequest("readiness_items", "", gap.code, done=self._done, start=start)
        open_form(self, request)

    def do_open(self) -> None:
        """Show how ready the initiative of what is selected is."""
        self.go("ready", f"{self.about}/{self.scope}")

    def do_hit(self) -> None:
        """Show who is hit by it."""
        self.go("hit", f"{self.about}/{self.scope}")

    def do_saturation(self) -> None:
        """Show how much each group bears."""
        self.go("saturation", f"/{self.scope}")
