"""What a screen may do with change requests: list them, look at one, move it on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from changedesk.services.session import Session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.services.control.changes.change_page import ChangePage
    from changedesk.services.control.changes.elsewhere import Elsewhere
    from changedesk.services.control.changes.listing import ChangeSource, Wanted
    from changedesk.services.control.reading import ChangeView


@dataclass(frozen=True, slots=True)
class ChangesDoor:
    """The part of the door that leads to single changes; each use case is imported when it is first asked for."""

    session: Session

    # --- looking

    def listed(self, wanted: Wanted) -> ChangeSource:
        """The changes that are wanted, as a source of pages."""
        from changedesk.services.control.changes import listing

        return listing.change_source(self.session, wanted)

    def change(self, number: str) -> ChangeView:
        """One change with all that decides about it."""
        from changedesk.services.control import reading

        return reading.change_view(self.session, number)

    def page(self, change_id: str) -> ChangePage:
        """Everything about one change."""
        from changedesk.services.control.changes import change_page

        return change_page.change_page(self.session, change_id)

    def elsewhere(self, number: str, client: str) -> Elsewhere:
        """What another client would require of a change."""
        from changedesk.services.control.changes import elsewhere

        return elsewhere.elsewhere(self.session, number, client)

    # --- moving on

    def submit(self, number: str) -> str:
        """Hand a draft in; gives its state."""
        from changedesk.services.control.changes import asking

        return asking.submit(self.session, number)

    def stop(self, verb: str, number: str, reason: str) -> None:
        """Cancel, hold or release a change."""
        from changedesk.services.control.changes import asking

        {"cancel": asking.cancel, "hold": asking.hold, "release": asking.release}[verb](self.session, number, reason)

    def record_vote(
        self, number: str, revision: int, who: str, decision: str, comment: str | None, evidence: str
    ) -> str:
        """Write down how somebody voted elsewhere, and what shows it; gives the state of the change then."""
        from changedesk.services.control.approvals import voting

        return voting.vote(
            self.session, number, decision, comment=comment, revision=revision, seat=who, evidence=evidence
        )

    def start(self, number: str) -> None:
        """Start a change in its window."""
        from changedesk.services.control.changes import running

        running.start(self.session, number)

    def act_first(self, number: str, authorisers: Sequence[str], incident: str | None) -> None:
        """Begin an emergency on somebody's word."""
        from changedesk.services.control.changes import running

        running.act_first(self.session, number, authorisers, incident)

    def add_evidence(self, number: str, text: str) -> None:
        """Add what shows what was done."""
        from changedesk.services.control.changes import running

        running.add_evidence(self.session, number, running.Proof(text=text))

    def add_step(self, number: str, text: str) -> int:
        """Plan a step of its implementation; gives its place."""
        from changedesk.services.control.changes import stepping

        return stepping.add_step(self.session, number, text)

    def do_step(self, number: str, position: int, note: str | None) -> None:
        """A step of its implementation is done."""
        from changedesk.services.control.changes import stepping

        stepping.do_step(self.session, number, position, note)

    def close(self, number: str) -> None:
        """Close it for good."""
        from changedesk.services.control.learning import reviewing

        reviewing.close(self.session, number)
