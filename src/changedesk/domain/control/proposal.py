"""What a review proposes to change in a template or in a policy: somebody accepts it or declines it (R93)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from changedesk.domain.kinds.kind import TEXT_LENGTH
from changedesk.values import dataclass

ABOUT: Final = ("policy", "template")
STATES: Final = ("open", "accepted", "declined")


@dataclass(frozen=True, slots=True)
class LearnedProposal:
    """A proposal that came from the review of a change of a client.

    ``template`` is the name of the template that it is about, None when it is about the client's policy.
    """

    id: str
    rev: int
    client: str
    number: str
    about: str
    template: str | None
    text: str
    state: str
    made_by: str
    made_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None

    @property
    def change(self) -> str:
        """The change whose review made it, as it is named among those of all clients."""
        return f"{self.client}/{self.number}"

    @property
    def target(self) -> str:
        """What it would change, in words."""
        return f"the template {self.template}" if self.template else f"the policy of {self.client}"

    @property
    def action(self) -> str:
        """What has to be done once it is accepted; of a long text the beginning, the whole stands with the proposal."""
        said = f"Change {self.target}: {self.text}"
        return said if len(said) <= TEXT_LENGTH else f"{said[: TEXT_LENGTH - 4].rstrip()} ..."


def refuse_decision(proposal: LearnedProposal) -> str | None:
    """Why it cannot be decided any more; None when it can."""
    if proposal.state == "open":
        return None
    return f"this proposal was {proposal.state} by {proposal.decided_by} already"
