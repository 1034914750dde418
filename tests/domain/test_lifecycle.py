"""The lifecycle as data, and the days its checkpoints fall on (R42, R45, R60)."""

import tomllib

import pytest
from domain_builders import an_activity, day
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.lifecycle import due, lifecycle_from, parse_lifecycle
from changedesk.domain.words import CHECKPOINTS, PHASES
from changedesk.resources import data_text

TEXT = data_text("lifecycles", "standard.toml")
STANDARD = parse_lifecycle(TEXT)


@pytest.mark.requirement("R60")
def test_the_standard_lifecycle_speaks_the_words_of_the_files():
    assert {lane.name: tuple(p.name for p in lane.phases) for lane in STANDARD.lanes} == PHASES
    assert tuple(c.name for c in STANDARD.checkpoints) == CHECKPOINTS
    assert all(c.items("delivery") and c.items("people") for c in STANDARD.checkpoints)


def test_lanes_phases_and_checkpoints_are_found_by_name():
    assert "Train" in {phase.short for phase in STANDARD.lane("people").phases}
    assert STANDARD.checkpoint("execution").title == "Execution"
    with pytest.raises(KeyError):
        STANDARD.lane("finance")


def test_a_checkpoint_falls_on_the_last_baseline_end_of_its_phase():
    work = [
        an_activity("a", planned_end=day(90), baseline_end=day(20)),
        an_activity("b", planned_end=day(25)),
        an_activity("c", planned_end=day(80), phase="hypercare"),
        an_activity("d", planned_end=day(80), lane="people", phase="training"),
    ]
    assert due(STANDARD.checkpoint("execution"), work, None) == day(25)


def test_work_without_a_baseline_counts_by_its_plan():
    assert due(STANDARD.checkpoint("execution"), [an_activity(baseline_end=None)], None) == day(10)


def test_monitoring_and_control_does_not_move_the_execution_checkpoint():
    work = [an_activity("a"), an_activity("b", phase="monitoring_and_control", planned_end=day(30))]
    assert due(STANDARD.checkpoint("execution"), work, None) == due(STANDARD.checkpoint("execution"), work[:1], None)


@given(st.lists(st.integers(0, 300), min_size=1), st.integers(0, 300))
def test_no_checkpoint_before_go_live_falls_after_it(ends, go_live):
    work = [an_activity(str(n), planned_end=day(end)) for n, end in enumerate(ends)]
    assert due(STANDARD.checkpoint("execution"), work, day(go_live)) == day(min(max(ends), go_live))


def test_the_later_checkpoints_count_their_days_from_go_live():
    names = ("go_live", "sustain_30", "sustain_90")
    assert [due(STANDARD.checkpoint(n), [], day(5)) for n in names] == [day(5), day(35), day(95)]


def test_a_checkpoint_without_its_work_or_go_live_has_no_day_yet():
    assert due(STANDARD.checkpoint("planning"), [an_activity()], day(50)) is None
    assert due(STANDARD.checkpoint("sustain_30"), [an_activity()], None) is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "delivery"', 'name = "project"', 'no lane named "delivery"'),
        ('after_phase = "planning"', 'after_phase = "plan"', 'Checkpoint planning follows "plan"'),
        ('after_phase = "planning"', "", "needs either after_phase or days_after_go_live"),
        ("days_after_go_live = 30", "days_after_go_live = -1", "Checkpoint sustain_30 needs a whole number"),
        ("days_after_go_live = 30", "days_after_go_live = true", "Checkpoint sustain_30 needs a whole number"),
        ('name = "sustain_30"', 'name = "sustain_90"', 'two entries "sustain_90"'),
        ('name = "service"', 'name = "delivery"', 'two entries "delivery"; a lane needs'),
        ('name = "initiation"', 'name = "planning"', 'two entries "planning"; a phase of lane delivery needs'),
        ("days_after_go_live = 30", "days_after_go_live = 30.5", "Checkpoint sustain_30 needs a whole number"),
        ('key = "major_risks"', 'key = "charter"', "two delivery items with the same key"),
        ('short = "Plan"', "short = 7", "Phase 2 of lane delivery needs a text as short"),
        ('question = "Can it be run for years?"', 'question = " "', "Lane 3 needs a text as question"),
        ("[[lanes]]", "[[lines]]", "needs a list of tables named lanes"),
        ("[[lanes]]", "[[lanes", "not valid TOML"),
    ],
)
def test_a_broken_lifecycle_is_refused_in_a_sentence(old, new, says):
    assert old in TEXT
    with pytest.raises(ValueError, match=says):
        parse_lifecycle(TEXT.replace(old, new))


@pytest.mark.parametrize("lanes", [3, [], [3], [{"name": "delivery"}, 3], {"name": "delivery"}])
def test_lanes_are_a_list_of_tables(lanes):
    with pytest.raises(ValueError, match="The lifecycle needs a list of tables named lanes"):
        lifecycle_from(tomllib.loads(TEXT) | {"lanes": lanes})


def test_a_parsed_document_gives_the_same_lifecycle_as_its_text():
    assert lifecycle_from(tomllib.loads(TEXT)) == STANDARD
