"""What a screen may do with an initiative beyond its records: gates, lanes, decisions, the plan, new initiatives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from changedesk.services.session import Session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.domain.planning.schedule import MoveReport
    from changedesk.domain.records import Client
    from changedesk.services.initiative.decisions import DecisionsView
    from changedesk.services.initiative.gate_page import ClosingView, GatePage
    from changedesk.services.initiative.playbooks import Made, PlaybookSummary
    from changedesk.services.initiative.proposing import BaselineChange, CloneProposal, Proposal


@dataclass(frozen=True, slots=True)
class WorkDoor:
    """The part of the door through which work is done; each use case is imported when it is first asked for."""

    session: Session

    # --- gates and lanes

    def gate_page(self, initiative_id: str, number: int | None = None) -> GatePage:
        """A checkpoint by its number from 1; None is the current one."""
        from changedesk.services.initiative import gate_page
        from changedesk.services.lookup import initiative_in_view

        return gate_page.gate_page(self.session, initiative_in_view(self.session, initiative_id).code, number)

    def tick(self, code: str, checkpoint: str, lane: str, item: str, evidence: str) -> None:
        """Mark an item done, with what shows it."""
        from changedesk.services.initiative import gates

        gates.tick(self.session, code, checkpoint, lane, item, evidence)

    def sign(self, code: str, checkpoint: str, lane: str, waiver: str | None) -> str:
        """Sign for a lane; returns who signed."""
        from changedesk.services.initiative import signing

        return signing.sign_for(self.session, code, checkpoint, lane, waiver)

    def closing(self, code: str, lane: str) -> ClosingView:
        """What stands before the closing of a lane."""
        from changedesk.services.initiative import gate_page

        return gate_page.closing_view(self.session, code, lane)

    def close_lane(self, code: str, lane: str, waiver: str | None) -> str:
        """Close a lane; returns who closed it."""
        from changedesk.services.initiative import signing

        return signing.close_for(self.session, code, lane, waiver)

    # --- decisions

    def decisions(self, initiative_id: str) -> DecisionsView:
        """The decisions of an initiative."""
        from changedesk.services.initiative import decisions

        return decisions.decisions_view(self.session, initiative_id)

    def acknowledge(self, decision_id: str, side: str) -> str:
        """Acknowledge a decision for a side; returns who acknowledged."""
        from changedesk.services.initiative import decisions

        return decisions.acknowledge(self.session, decision_id, side)

    def lock(self, decision_id: str) -> None:
        """Lock a decision."""
        from changedesk.services.initiative import decisions

        decisions.lock(self.session, decision_id)

    # --- the plan

    def preview_move(self, code: str, activity_id: str, new_end: date) -> MoveReport:
        """What would move with an activity, and what that breaks."""
        from changedesk.services.initiative import plans

        return plans.preview_move(self.session, code, activity_id, new_end)

    def move(self, code: str, activity_id: str, new_end: date, expected: MoveReport) -> MoveReport:
        """Move an activity as it was shown."""
        from changedesk.services.initiative import plans

        return plans.move(self.session, code, activity_id, new_end, expected=expected)

    def tie(self, code: str, activity_id: str, milestone_id: str | None) -> None:
        """Let people work move with a milestone, or with none."""
        from changedesk.services.initiative import plans

        plans.tie(self.session, code, activity_id, milestone_id)

    def baseline_changes(self, code: str) -> tuple[BaselineChange, ...]:
        """What a new baseline would change."""
        from changedesk.services.initiative import proposing

        return proposing.baseline_changes(self.session, code)

    def rebaseline(self, code: str, reason: str) -> int:
        """Take the plan as the new baseline; returns how many activities changed."""
        from changedesk.services.initiative import plans

        return plans.rebaseline(self.session, code, reason)

    # --- new initiatives

    def playbooks(self) -> tuple[PlaybookSummary, ...]:
        """Every playbook."""
        from changedesk.services.initiative import playbooks

        return playbooks.playbooks(self.session)

    def clients(self) -> tuple[Client, ...]:
        """The clients in view, by code."""
        from changedesk.store import initiatives

        return initiatives.clients(self.session.desk.reader(), self.session.scope)

    def proposal(self, playbook: str, client: str, go_live: date) -> Proposal:
        """What a playbook would become."""
        from changedesk.services.initiative import proposing

        return proposing.proposal(self.session, playbook, client, go_live)

    def code_is_taken(self, code: str) -> bool:
        """Whether an initiative has that code."""
        from changedesk.services.initiative import proposing

        return proposing.code_is_taken(self.session, code)

    def new_from_playbook(self, playbook: str, client: str, go_live: date, code: str, title: str) -> Made:
        """Make an initiative from a playbook."""
        from changedesk.services.initiative import playbooks

        return playbooks.new_from_playbook(self.session, playbook, client, go_live, code=code, title=title)

    def clone_proposal(self, code: str, clients: Sequence[str], go_live: date | None) -> CloneProposal:
        """What the clients of a clone ask for."""
        from changedesk.services.initiative import proposing

        return proposing.clone_proposal(self.session, code, clients, go_live)

    def clone(self, code: str, clients: Sequence[str], go_live: date | None) -> tuple[Made, ...]:
        """Make the same initiative for other clients."""
        from changedesk.services.initiative import cloning

        return cloning.clone(self.session, code, clients, go_live)
