"""What each checkpoint asks of both sides, as the shipped lifecycle says it."""

from __future__ import annotations

import pytest

from changedesk.domain.lifecycle import parse_lifecycle
from changedesk.resources import data_text

LIFECYCLE = parse_lifecycle(data_text("lifecycles", "standard.toml"))


def asked(checkpoint: str, lane: str) -> set[str]:
    return {item.key for item in LIFECYCLE.checkpoint(checkpoint).items(lane)}


@pytest.mark.requirement("R35")
@pytest.mark.requirement("R61")
@pytest.mark.requirement("R134")
@pytest.mark.requirement("R36")
def test_initiation_asks_the_project_for_its_charter_and_the_people_side_who_is_hit():
    assert asked("initiation", "delivery") >= {"charter", "major_risks", "governance"}
    assert asked("initiation", "people") >= {"who_is_affected", "behaviours", "resistance", "sponsors"}


@pytest.mark.requirement("R58")
@pytest.mark.requirement("R62")
@pytest.mark.requirement("R135")
def test_planning_asks_both_sides_for_a_plan_on_the_same_milestones():
    assert asked("planning", "delivery") >= {"plan", "test_strategy"}
    assert asked("planning", "people") >= {"communication_plan", "training_plan", "support_preparation", "manager_plan"}


@pytest.mark.requirement("R63")
@pytest.mark.requirement("R136")
def test_execution_asks_for_what_was_built_and_for_who_was_prepared():
    assert asked("execution", "delivery") >= {"built", "tested"}
    assert asked("execution", "people") >= {"awareness", "understanding", "managers_briefed", "support_ready"}


@pytest.mark.requirement("R64")
@pytest.mark.requirement("R41")
@pytest.mark.requirement("R138")
def test_after_go_live_one_side_hands_over_and_the_other_goes_on():
    assert asked("sustain_30", "delivery") >= {"stabilised", "handover"}
    assert asked("sustain_30", "people") >= {"adopting", "old_habits"}
    assert asked("sustain_90", "delivery") == {"closed_out"}
    assert asked("sustain_90", "people") >= {"targets_met", "reinforcement_owner"}
