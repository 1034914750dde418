"""The three flags of a people lane planned as an afterthought."""

import pytest
from domain_builders import an_activity, day

from changedesk.domain.flags import (
    charter_day,
    ends_at_go_live,
    first_people_day,
    late_start,
    late_start_said,
    only_comms_and_training,
)


def people(begins: int, ends: int = 60, **other):
    return an_activity(lane="people", phase="impact", planned_start=day(begins), planned_end=day(ends), **other)


@pytest.mark.requirement("R6")
@pytest.mark.parametrize(
    ("begins", "charter", "planning", "late"),
    [(10, 0, 20, False), (11, 0, 20, True), (5, 0, 4, True), (5, 0, 5, False), (50, None, None, False)],
)
def test_people_work_starts_late_after_planning_or_ten_days_after_the_charter(begins, charter, planning, late):
    days = [None if n is None else day(n) for n in (charter, planning)]
    assert late_start([people(begins)], *days) is late


def test_no_people_work_is_no_late_start():
    assert late_start([], day(0), day(1)) is False


def test_what_really_began_counts_before_what_was_planned():
    assert first_people_day([people(3, actual_start=day(30)), people(40)]) == day(30)
    assert first_people_day([]) is None


def test_without_a_start_nobody_knows_when_people_work_began():
    endless = an_activity(lane="people", phase="impact", planned_start=None, planned_end=day(40))
    assert first_people_day([endless]) is None
    assert first_people_day([endless, people(41)]) is None, "something ended before, and began on an unknown day"
    assert first_people_day([endless, people(40)]) == day(40)
    assert first_people_day([endless, people(50, actual_start=day(12))]) == day(12)
    kick_off = an_activity(lane="people", phase="impact", planned_start=None, planned_end=day(7), milestone=True)
    assert first_people_day([kick_off, people(41)]) == day(7), "a milestone begins on its day"


@pytest.mark.requirement("R6")
def test_people_work_without_a_planned_start_is_never_called_late():
    endless = an_activity(lane="people", phase="impact", planned_start=None, planned_end=day(90))
    assert late_start([endless], day(0), day(20)) is False
    assert late_start([endless, people(30)], day(0), day(20)) is True


def test_the_charter_is_the_first_baseline_start_of_delivery():
    moved = an_activity(planned_start=day(0), baseline_start=day(3))
    assert charter_day([moved, an_activity(baseline_end=None, planned_start=day(1))]) == day(3)
    assert charter_day([an_activity(planned_end=day(9)), an_activity(planned_end=day(8))]) == day(8)
    assert charter_day([an_activity(baseline_end=None, planned_start=day(2))]) == day(2)
    assert charter_day([]) is None


@pytest.mark.requirement("R22")
@pytest.mark.parametrize(("ends", "flag"), [(59, True), (60, True), (61, False)])
def test_a_people_lane_without_anything_after_go_live_ends_at_go_live(ends, flag):
    assert ends_at_go_live([people(0, 30), people(0, ends)], day(60)) is flag


def test_a_lane_without_work_or_without_go_live_does_not_end_at_it():
    assert not ends_at_go_live([], day(60))
    assert not ends_at_go_live([people(0)], None)


@pytest.mark.requirement("R65")
def test_communication_and_training_alone_are_not_the_whole_discipline():
    talk, train = people(0, kind="communication"), an_activity(lane="people", phase="training")
    assert only_comms_and_training([talk, train])
    assert not only_comms_and_training([talk, train, people(0, kind="design_review")])
    assert not only_comms_and_training([an_activity(lane="people", phase="training", kind="support_readiness")])
    assert not only_comms_and_training([])


def test_a_late_start_on_a_day_that_nobody_wrote_down_is_said_without_one():
    assert late_start_said(day(0), None, day(50)) == "people work began after planning"


def test_a_start_within_ten_days_of_the_charter_is_late_because_planning_was_over():
    assert late_start_said(day(0), day(10), day(50)) == "people work began after planning"
    assert late_start_said(day(0), day(11), day(50)) == "people began 11 d after charter"
