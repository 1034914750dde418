"""What a screen may do with changes: look at them, ask for them, vote, do them, review them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from changedesk.services.session import Session

if TYPE_CHECKING:
    from changedesk.domain.control.request import ChangeRequest
    from changedesk.services.control.reading import ChangeView, Waiting
    from changedesk.services.control.voting import Outcome


@dataclass(frozen=True, slots=True)
class ControlDoor:
    """The part of the door that leads to change control; each use case is imported when it is first asked for."""

    session: Session

    # --- looking

    def change(self, number: str) -> ChangeView:
        """One change with all that decides about it."""
        from changedesk.services.control import reading

        return reading.change_view(self.session, number)

    def changes(self, state: str | None = None, client: str | None = None) -> tuple[ChangeRequest, ...]:
        """The changes in view, the latest window first."""
        from changedesk.services.control import reading

        return reading.listed(self.session, state=state, client=client)

    def waits_for_me(self) -> tuple[Waiting, ...]:
        """What waits for the actor's vote, by deadline."""
        from changedesk.services.control import reading

        return reading.waits_for_me(self.session)

    def due_for_anybody(self) -> tuple[Waiting, ...]:
        """Every open vote and every review that is owed, by deadline."""
        from changedesk.services.control import reading

        return reading.due_for_anybody(self.session)

    # --- deciding

    def vote(self, number: str, decision: str, revision: int, comment: str | None, seat: str | None) -> str:
        """Vote on the revision that was shown; gives the state that the change is in then."""
        from changedesk.services.control import voting

        return voting.vote(self.session, number, decision, revision=revision, comment=comment, seat=seat)

    def vote_on_several(
        self, ballots: Sequence[tuple[str, int, str | None]], decision: str, comment: str | None
    ) -> tuple[Outcome, ...]:
        """Vote on several changes, each looked at anew by itself."""
        from changedesk.services.control import voting

        return voting.vote_on_several(self.session, ballots, decision, comment)

    def acknowledge(self, number: str, reason: str, keys: Sequence[str] = ()) -> int:
        """Accept conflicts of a change."""
        from changedesk.services.control import voting

        return voting.acknowledge(self.session, number, reason, keys)

    # --- asking

    def submit(self, number: str, incident: str | None = None) -> str:
        """Hand a draft in; gives its state."""
        from changedesk.services.control import asking

        return asking.submit(self.session, number, incident)

    def edit(self, number: str, texts: Mapping[str, str], revision: int) -> int:
        """Edit the revision that was read; gives the new one."""
        from changedesk.services.control import asking

        return asking.edit(self.session, number, texts, revision)

    def assess(self, number: str, risk: str, comment: str | None) -> int:
        """Record the risk."""
        from changedesk.services.control import asking

        return asking.assess(self.session, number, risk, comment)

    def stop(self, verb: str, number: str, reason: str) -> None:
        """Cancel, hold or release a change."""
        from changedesk.services.control import asking

        {"cancel": asking.cancel, "hold": asking.hold, "release": asking.release}[verb](self.session, number, reason)
