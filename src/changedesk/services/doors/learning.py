"""What a screen may learn from changes: how risky one is, how those like it ended, what is owed after them, how it all goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from changedesk.services.session import Session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.domain.control.base_rate import BaseRate
    from changedesk.domain.control.lessons import Lesson, Match
    from changedesk.domain.control.looking_back import LookingBack
    from changedesk.services.control.changes.assessing import RiskView
    from changedesk.services.control.learning.kpis import KpiView
    from changedesk.services.control.learning.reviews import ReviewsView
    from changedesk.services.control.rules.catalogue import Entry


@dataclass(frozen=True, slots=True)
class LearningDoor:
    """The part of the door that leads to what changes teach; each use case is imported when it is first asked for.

    A change is named by its number, or by ``client/number``.
    """

    session: Session

    # --- before a change

    def risk(self, number: str) -> RiskView:
        """The risk of a change: the questions, the answers, what they make of it."""
        from changedesk.services.control.changes import assessing

        return assessing.risk_view(self.session, number)

    def answer(self, number: str, answers: Mapping[str, str], risk: str | None, revision: int) -> tuple[str, int]:
        """Keep answers about the revision that was shown; ``risk`` is a higher level by hand. Gives level and revision."""
        from changedesk.services.control.changes import assessing

        return assessing.answer(self.session, number, answers, risk=risk, revision=revision)

    def like_draft(
        self, client: str, path: str, services: tuple[str, ...], risk: str | None
    ) -> tuple[BaseRate | None, tuple[Match, ...]]:
        """How changes like one that is being drafted have ended, and the lessons that matter for it.

        Nothing while its client is none in view, or its path is not said yet.
        """
        from changedesk.services.control.changes import base_rate
        from changedesk.services.control.learning import learned

        rate = base_rate.of_draft(self.session, client, path, services, risk) if path else None
        return rate, learned.matching_lessons(self.session, client, services, path or None)

    # --- after changes

    def reviews(self) -> ReviewsView:
        """What is owed after changes."""
        from changedesk.services.control.learning import reviews

        return reviews.reviews_view(self.session)

    def lessons(self) -> tuple[Lesson, ...]:
        """Every lesson in view, the newest first."""
        from changedesk.services.control.learning import learned

        return learned.lessons(self.session)

    def looking_back(self, number: str) -> LookingBack:
        """A change as it was planned beside how it went."""
        from changedesk.services.control.learning import looking_back

        return looking_back.looking_back(self.session, number)

    def finish_action(self, number: str, action_id: str) -> None:
        """An action of a review is done."""
        from changedesk.services.control.learning import reviewing

        reviewing.finish_action(self.session, number, action_id)

    def accept(self, proposal_id: str) -> str:
        """Accept a proposal; gives the id of the action that it becomes."""
        from changedesk.services.control.learning import learned

        return learned.accept(self.session, proposal_id)

    def decline(self, proposal_id: str, reason: str) -> None:
        """Decline a proposal."""
        from changedesk.services.control.learning import learned

        learned.decline(self.session, proposal_id, reason)

    # --- all of them

    def kpis(self, client: str | None, days: int | None) -> KpiView:
        """The figures of change control; ``days`` None is as far back as the desk knows."""
        from changedesk.services.control.learning import kpis

        return kpis.kpi_view(self.session, client, days)

    def catalogue(self, *, retired: bool) -> tuple[Entry, ...]:
        """The standard changes, what needs somebody first."""
        from changedesk.services.control.rules import catalogue

        return catalogue.catalogue(self.session, retired=retired)

    def approve_template(self, client: str, name: str, until: date | None, reason: str | None) -> None:
        """Approve a standard change until the start of a day by its client's clock."""
        from changedesk.services.control.rules import template_form

        template_form.approve_until(self.session, client, name, until, reason)

    def retire_template(self, client: str, name: str, reason: str) -> None:
        """Take a standard change out of the catalogue."""
        from changedesk.services.control.rules import templates

        templates.retire(self.session, client, name, reason)
