"""Putting an initiative's standing together from its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from changedesk.domain.adoption import AudienceAdoption, adoption_of, groups_of
from changedesk.domain.flags import charter_day, ends_at_go_live, first_people_day, late_start, only_comms_and_training
from changedesk.domain.lifecycle import Lifecycle, due
from changedesk.domain.people.people_side import ReadinessItem
from changedesk.domain.people.readiness import readiness_standing
from changedesk.domain.progress import lane_standing
from changedesk.domain.records import Activity, Audience, Initiative, Target
from changedesk.domain.standing import GateStanding, Standing
from changedesk.domain.usage.calibration import KeptForecast
from changedesk.domain.usage.chance import chance_kept


def standing_of(
    lifecycle: Lifecycle,
    initiative: Initiative,
    activities: Sequence[Activity],
    audiences: Sequence[Audience],
    targets: Sequence[Target],
    adoptions: Sequence[AudienceAdoption],
    gates: tuple[GateStanding, ...],
    readiness: Sequence[ReadinessItem],
    kept: KeptForecast | None = None,
) -> Standing:
    """Everything that is shown of an initiative in a list, from its records; ``kept`` is its newest kept forecast."""
    by_lane = {lane: [a for a in activities if a.lane == lane] for lane in ("delivery", "people", "service")}
    charter = charter_day(by_lane["delivery"])
    adoption = adoption_of(adoptions, targets, groups_of(initiative, audiences, adoptions))
    # Kept forecasts are of everybody, and so is what they say of a target.
    chance, chance_on = chance_kept(kept if adoption.target_of is None else None, adoption.target, adoption.by)
    planning_due = due(lifecycle.checkpoint("planning"), activities, initiative.go_live)
    return Standing(
        initiative_id=initiative.id,
        client=initiative.client,
        code=initiative.code,
        title=initiative.title,
        state=initiative.effective_state,
        project_owner=initiative.project_owner,
        change_owner=initiative.change_owner,
        sponsor=initiative.sponsor,
        go_live=initiative.go_live,
        went_live=initiative.go_live_actual is not None,
        delivery=lane_standing(by_lane["delivery"]),
        people=lane_standing(by_lane["people"]),
        service=lane_standing(by_lane["service"]) if by_lane["service"] else None,
        gates=gates,
        adoption=replace(adoption, chance=chance, chance_on=chance_on),
        charter_on=charter,
        people_begin=first_people_day(by_lane["people"]),
        late_start=late_start(by_lane["people"], charter, planning_due),
        ends_at_go_live=ends_at_go_live(by_lane["people"], initiative.go_live),
        only_comms_and_training=only_comms_and_training(by_lane["people"]),
        headcount=sum(a.headcount for a in audiences),
        readiness=readiness_standing(audiences, readiness, initiative.go_live),
    )
