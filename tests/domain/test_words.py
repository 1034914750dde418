"""The vocabularies of the field hang together."""

from __future__ import annotations

from datetime import date

import pytest

from changedesk.domain.field_entry import entered
from changedesk.domain.kinds.kind import Word
from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.words import (
    ACTIVITY_KINDS,
    INITIATIVE_STATES,
    LANES,
    OUTCOME_METRICS,
    OUTPUT_METRICS,
    PHASES,
    ROLES,
    SERVICE_STATES,
    WINDOW_KINDS,
    plain,
)


@pytest.mark.requirement("R25")
@pytest.mark.requirement("R37")
def test_each_kind_of_activity_belongs_to_exactly_one_lane():
    kinds = [kind for lane in LANES for kind in ACTIVITY_KINDS[lane]]
    assert len(kinds) == len(set(kinds))
    assert {"build", "test", "migration"} <= set(ACTIVITY_KINDS["delivery"])
    assert {"communication", "support_readiness", "reinforcement"} <= set(ACTIVITY_KINDS["people"])


@pytest.mark.requirement("R153")
@pytest.mark.requirement("R176")
@pytest.mark.requirement("R42")
@pytest.mark.requirement("R45")
@pytest.mark.requirement("R117")
def test_each_lane_has_phases_of_its_own():
    phases = [phase for lane in LANES for phase in PHASES[lane]]
    assert len(phases) == len(set(phases))
    assert PHASES["people"][0] == "impact"
    assert PHASES["people"][-1] == "reinforcement"
    assert PHASES["service"][-1] == "continual_improvement"


@pytest.mark.requirement("R39")
def test_both_sides_of_an_initiative_have_their_roles():
    assert {"project_owner", "implementer", "change_owner", "people_manager", "trainer", "sponsor"} <= set(ROLES)


@pytest.mark.requirement("R156")
@pytest.mark.requirement("R47")
def test_no_metric_is_an_output_and_an_outcome():
    assert not set(OUTPUT_METRICS) & set(OUTCOME_METRICS)


@pytest.mark.requirement("R152")
@pytest.mark.requirement("R128")
def test_an_activity_without_an_end_is_no_plan():
    required = {column.name for column in KINDS["activities"].columns if column.required}
    assert required == {"initiative", "lane", "phase", "title", "planned_end"}


@pytest.mark.requirement("R151")
@pytest.mark.requirement("R177")
def test_a_service_has_states_until_it_is_retired_and_an_initiative_ends():
    assert SERVICE_STATES[-1] == "retired"
    assert {"closed", "cancelled"} <= set(INITIATIVE_STATES)
    assert not {"closed", "cancelled"} & set(SERVICE_STATES)


def test_a_freeze_is_called_the_same_in_a_form_as_on_the_calendar():
    assert [plain(kind) for kind in WINDOW_KINDS] == ["hard freeze", "soft freeze", "maintenance", "holiday"]
    for typed in ("hard freeze", "Hard Freeze", "freeze_hard", "freeze hard", "hard"):
        assert entered(Word(WINDOW_KINDS), typed, date(2026, 11, 26)).value == "freeze_hard"


@pytest.mark.parametrize(
    ("word", "said"),
    [("cab", "CAB"), ("ecab", "ECAB"), ("cab_meeting", "CAB meeting"), ("service_owner", "service owner")],
)
def test_initials_are_written_as_initials_and_taken_however_they_are_typed(word: str, said: str):
    assert plain(word) == said
    if word in ROLES:
        for typed in (word, said, word.title()):
            assert entered(Word(ROLES), typed, date(2026, 11, 26)).value == word
