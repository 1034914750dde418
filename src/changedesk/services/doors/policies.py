"""What a screen may do with the approval policies of clients: read them, compare them, keep new versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from changedesk.services.session import Session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.domain.control.policy import Policy, StepRule
    from changedesk.services.control.rules.profiles import ClientLine, Profile


@dataclass(frozen=True, slots=True)
class PoliciesDoor:
    """The part of the door that leads to policies; each use case is imported when it is first asked for."""

    session: Session

    def clients(self) -> tuple[ClientLine, ...]:
        """The clients in view."""
        from changedesk.services.control.rules import profiles

        return profiles.client_lines(self.session)

    def profile(self, client: str) -> Profile:
        """One client and its policy."""
        from changedesk.services.control.rules import profiles

        return profiles.profile(self.session, client)

    def step(self, values: Mapping[str, str]) -> StepRule:
        """The step that was written in a form."""
        from changedesk.services.control.rules import step_form

        return step_form.step_of(self.session, values)

    def keep(self, client: str, policy: Policy, read: int) -> int:
        """Keep a new version, made from the version ``read``; gives its number."""
        from changedesk.services.control.rules import policies

        return policies.set_policy(self.session, client, policy, read=read)
