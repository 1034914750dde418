"""Milestones missed, and dependencies that no longer hold."""

import pytest
from domain_builders import an_activity, day
from hypothesis import given
from hypothesis import strategies as st
from working_builders import TODAY, a_link

from changedesk.domain.measures.milestones import milestones_missed
from changedesk.domain.planning.broken_links import broken_links


def milestone(baseline, planned=None, actual=None):
    return an_activity(
        milestone=True, baseline_end=day(baseline), planned_end=day(baseline if planned is None else planned),
        actual_end=None if actual is None else day(actual),
    )  # fmt: skip


@pytest.mark.requirement("R132")
@pytest.mark.parametrize(
    ("one", "missed", "due", "coming"),
    [
        (milestone(50, actual=50), 0, 1, 0),
        (milestone(50, actual=51), 1, 1, 0),
        (milestone(99), 1, 1, 0),
        (milestone(100), 0, 1, 0),
        (milestone(100, planned=110), 1, 1, 0),
        (milestone(120), 0, 0, 0),
        (milestone(120, planned=130), 0, 0, 1),
        (milestone(120, actual=90), 0, 1, 0),
    ],
)
def test_a_milestone_is_missed_when_its_end_is_later_than_its_baseline(one, missed, due, coming):
    found = milestones_missed([one, an_activity(planned_end=day(1))], TODAY)
    assert (len(found.missed), found.due, len(found.coming)) == (missed, due, coming)
    assert found.percent == (100 * missed if due else None)


def test_the_share_is_of_those_that_are_due_and_a_day_is_late():
    late, kept = milestone(50, actual=51), milestone(50, actual=50)
    assert milestones_missed([late, kept, kept, kept, milestone(120, planned=130)], TODAY).percent == 25


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200), st.none() | st.integers(0, 100))))
def test_nothing_is_missed_that_was_not_due(many):
    found = milestones_missed([milestone(*one) for one in many], TODAY)
    assert len(found.missed) <= found.due <= len(many)


@pytest.mark.requirement("R49")
@pytest.mark.parametrize(
    ("link", "days"),
    [
        (a_link("a", "b"), 5),
        (a_link("a", "b", lag=2), 7),
        (a_link("a", "b", lag=-5), None),
        (a_link("a", "b", "SS"), None),
        (a_link("a", "b", "SS", lag=8), 3),
        (a_link("a", "b", "FF"), None),
        (a_link("a", "b", "FF", lag=11), 1),
        (a_link("a", "b", "SF", lag=21), 1),
        (a_link("a", "elsewhere"), None),
    ],
)
def test_a_link_is_broken_when_the_plan_is_earlier_than_it_allows(link, days):
    work = [
        an_activity("a", planned_start=day(110), planned_end=day(120)),
        an_activity("b", planned_start=day(115), planned_end=day(130)),
    ]
    assert [one.days for one in broken_links([link], work, TODAY)] == ([] if days is None else [days])


def test_an_overdue_activity_holds_up_what_was_to_follow_it():
    work = [an_activity("a", planned_end=day(90)), an_activity("b", planned_start=day(91), planned_end=day(120))]
    (found,) = broken_links([a_link("a", "b")], work, TODAY)
    assert found.sentence == "“b” is planned 9 days before “a” allows it"


def test_what_is_done_or_has_begun_breaks_nothing_any_more():
    before = an_activity("a", planned_end=day(120))
    for after in ({"actual_end": day(80)}, {"actual_start": day(80)}):
        work = [before, an_activity("b", planned_start=day(80), planned_end=day(110), **after)]
        assert broken_links([a_link("a", "b")], work, TODAY) == ()


def test_what_has_begun_may_still_end_too_early_and_the_worst_comes_first():
    work = [
        an_activity("a", planned_end=day(120)),
        an_activity("b", actual_start=day(80), planned_end=day(118)),
        an_activity("c", planned_start=day(110), planned_end=day(130)),
    ]
    found = broken_links([a_link("a", "b", "FF"), a_link("a", "c")], work, TODAY)
    assert [(one.successor, one.days) for one in found] == [("c", 10), ("b", 2)]
