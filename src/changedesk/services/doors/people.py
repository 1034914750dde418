"""What a screen may ask and do on the people side: readiness, impact, stakeholders, saturation, the plan, the triage."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from changedesk.services.session import Session, authorise
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.services.people.change_plan import ChangePlanPage
    from changedesk.services.people.page import PeoplePage, PeopleRow
    from changedesk.services.people.readiness import PocketRow, ReadinessPage
    from changedesk.services.people.saturation import SaturationView
    from changedesk.services.people.triage import Since, TriageQuery, TriageView


@dataclass(frozen=True, slots=True)
class PeopleDoor:
    """The part of the door that leads to the people side; each use case is imported when it is first asked for."""

    session: Session

    # --- which gap first

    def triage(self, query: TriageQuery | None = None, since: Since | None = None) -> TriageView:
        """The ranking of all gaps in view; changes are counted from the last visit, or from ``since``."""
        from changedesk.services.people import triage

        return triage.triage(self.session, query or triage.EVERY_GAP, since)

    def owned(self) -> int:
        """How many gaps wait for the actor."""
        from changedesk.services.people import triage

        return triage.owned(self.session)

    def end_visit(self, view: TriageView) -> bool:
        """Remember what was seen, so that the next visit begins with what changed."""
        from changedesk.services.people import triage

        return triage.end_visit(self.session, view)

    def people(self) -> tuple[tuple[str, str], ...]:
        """The people in view as login and name, for choosing somebody."""
        from changedesk.store import people

        authorise(self.session, "desk.read")
        return people.choices(self.session.desk.reader(), self.session.scope)

    def assign(self, initiative_id: str, key: str, owner: str) -> None:
        """Name who takes care of a gap; empty takes the name away."""
        from changedesk.services.people import triage_acts

        triage_acts.assign(self.session, initiative_id, key, owner)

    def done(self, initiative_id: str, key: str, evidence: str) -> None:
        """Say that an item is ready, with what shows it."""
        from changedesk.services.people import triage_acts

        triage_acts.done(self.session, initiative_id, key, evidence)

    def waive(self, initiative_id: str, key: str, reason: str, until: date) -> None:
        """Waive a gap until a day, for a reason."""
        from changedesk.services.people import triage_acts

        triage_acts.waive(self.session, initiative_id, key, reason, until)

    def snooze(self, initiative_id: str, key: str, until: date) -> None:
        """Put a gap off until a day."""
        from changedesk.services.people import triage_acts

        triage_acts.snooze(self.session, initiative_id, key, until)

    def reopen(self, initiative_id: str, key: str) -> None:
        """Bring a gap back that was waived or put off."""
        from changedesk.services.people import triage_acts

        triage_acts.reopen(self.session, initiative_id, key)

    # --- readiness

    def readiness(self, initiative_id: str) -> ReadinessPage:
        """How ready an initiative's people are, and what they lean on."""
        from changedesk.services.people import readiness

        return readiness.readiness_page(self.session, initiative_id)

    def pockets(self, client: str | None = None) -> tuple[PocketRow, ...]:
        """The pockets of low readiness over everything in view."""
        from changedesk.services.people import readiness

        return readiness.all_pockets(self.session, client)

    # --- who is hit, and who stands behind it

    def initiatives(self, client: str | None = None) -> tuple[PeopleRow, ...]:
        """The initiatives in view with what their people side comes to."""
        from changedesk.services.people import page as people_page

        return people_page.people_rows(self.session, client)

    def page(self, initiative_id: str) -> PeoplePage:
        """Impacts, stakeholders, confidence, resistance and old ways of an initiative."""
        from changedesk.services.people import page as people_page

        return people_page.people_page(self.session, initiative_id)

    def change_plan(self, initiative_id: str) -> ChangePlanPage:
        """Who hears what when, and what the plan leaves out."""
        from changedesk.services.people import change_plan

        return change_plan.change_plan_page(self.session, initiative_id)

    def saturation(self, client: str | None) -> SaturationView:
        """How much change each group bears in which week."""
        from changedesk.services.people import saturation

        return saturation.saturation(self.session, client)
