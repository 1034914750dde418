"""Everything that is known about one initiative, in one place, for the rules that look at all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.people.people_side import Behaviour, ContactReason, Impact, ReadinessItem, Stakeholder
from changedesk.domain.people.standing import PeopleStanding
from changedesk.domain.records import Activity, Audience, Gate, Initiative, Observation, Person, Target
from changedesk.domain.running_side import RunningSide
from changedesk.domain.standing import Standing
from changedesk.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds
from changedesk.domain.working import (
    Benefit,
    BenefitObservation,
    Decision,
    Dependency,
    Resistance,
    RiskCount,
    Snapshot,
    Workaround,
)
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Material:
    """The records of one initiative as they stand on ``today``.

    ``latest`` holds the newest observation of every audience, metric and method. ``snapshots`` and
    ``benefit_observations`` are all there are, in any order. ``BenefitObservation.benefit`` is the benefit's name, as
    ``Observation.audience`` and ``Target.audience`` are the audience's. ``people`` are those with a role
    at its client or in the desk's own organisation.
    ``people_standing`` is what the ranking of gaps is made of. ``running`` is left out where nobody asks how it runs.
    ``thresholds`` are those of whoever looks.
    """

    today: date
    initiative: Initiative
    standing: Standing
    activities: Sequence[Activity] = ()
    audiences: Sequence[Audience] = ()
    targets: Sequence[Target] = ()
    latest: Sequence[Observation] = ()
    gates: Sequence[Gate] = ()
    snapshots: Sequence[Snapshot] = ()
    benefits: Sequence[Benefit] = ()
    benefit_observations: Sequence[BenefitObservation] = ()
    risks: Sequence[RiskCount] = ()
    decisions: Sequence[Decision] = ()
    resistances: Sequence[Resistance] = ()
    workarounds: Sequence[Workaround] = ()
    dependencies: Sequence[Dependency] = ()
    impacts: Sequence[Impact] = ()
    readiness: Sequence[ReadinessItem] = ()
    contact_reasons: Sequence[ContactReason] = ()
    stakeholders: Sequence[Stakeholder] = ()
    behaviours: Sequence[Behaviour] = ()
    people_standing: PeopleStanding | None = None
    people: Sequence[Person] = ()
    running: RunningSide | None = None
    thresholds: Thresholds = DEFAULT_THRESHOLDS

    def lane(self, name: str) -> tuple[Activity, ...]:
        """The activities of one lane."""
        return tuple(activity for activity in self.activities if activity.lane == name)

    def open_work(self, lane: str | None = None) -> tuple[Activity, ...]:
        """What is still to be done, in one lane or in all; of what is cancelled nothing."""
        if self.standing.cancelled:
            return ()
        return tuple(one for one in self.activities if one.actual_end is None and lane in (None, one.lane))

    def overdue(self, lane: str) -> tuple[Activity, ...]:
        """What of a lane should be done by now and is not."""
        return tuple(one for one in self.open_work(lane) if one.state(self.today, cancelled=False) == "late")

    def went_live(self, audience: Audience) -> date | None:
        """The day an audience went live; None when it has not, or when nobody knows.

        An audience with a wave of its own goes live on that day, once the initiative has gone live at all.
        """
        if not self.standing.went_live:
            return None
        day = audience.go_live or self.initiative.go_live
        return day if day is not None and day <= self.today else None
