"""How early resistance came to light, and whether old ways are gone when they should be."""

import pytest
from domain_builders import day
from working_builders import a_resistance

from changedesk.domain.people.habits import lead_times, people_on_old_ways, retirement
from changedesk.domain.working import Workaround


def an_old_way(**other):
    values = {
        "id": "w", "rev": 1, "audience": None, "title": "Paper", "count": 3, "first_seen": day(50), "owner": None,
        "retire_by": day(110), "closed_on": None,
    } | other  # fmt: skip
    return Workaround(**values)


@pytest.mark.requirement("R33")
def test_lead_time_runs_from_the_first_sign_to_go_live():
    assert a_resistance(first_seen=day(80)).lead_days(day(200)) == 120
    assert a_resistance(first_seen=day(210)).lead_days(day(200)) == -10
    assert a_resistance().lead_days(None) is None


@pytest.mark.requirement("R33")
def test_the_middle_of_all_lead_times_and_how_many_were_early_is_said():
    entries = [a_resistance(first_seen=day(n)) for n in (100, 180, 190)]
    found = lead_times(entries, day(200))
    assert (found.median, found.early, found.entries) == (20, 1, 3)
    assert found.sentence == "half noted 20 days before go-live or earlier; 1 of 3 early"
    assert lead_times(entries[:2], day(200)).median == 60
    assert lead_times([], day(200)).sentence == "no resistance is noted"
    assert lead_times(entries, None).median is None


@pytest.mark.requirement("R33")
@pytest.mark.parametrize(
    ("leads", "median", "early", "said"),
    [
        ((30,), 30, 1, "noted 30 days before go-live; 1 of 1 early"),
        ((29,), 29, 0, "noted 29 days before go-live; 0 of 1 early"),
        ((0,), 0, 0, "noted 0 days before go-live; 0 of 1 early"),
        ((-3,), -3, 0, "noted 3 days after go-live; 0 of 1 early"),
        ((5, 90, 1, 40, 8), 8, 2, "half noted 8 days before go-live or earlier; 2 of 5 early"),
        ((5, 90, 1, 40), 22.5, 2, "half noted 22 days before go-live or earlier; 2 of 4 early"),
    ],
)
def test_early_is_thirty_days_before_go_live_and_the_middle_is_of_all_entries(leads, median, early, said):
    found = lead_times([a_resistance(first_seen=day(200 - lead)) for lead in leads], day(200))
    assert (found.median, found.early, found.entries, found.sentence) == (median, early, len(leads), said)


@pytest.mark.parametrize("go_live", [None, day(200)])
def test_without_a_lead_time_there_is_none_and_the_reason_is_said(go_live):
    found = lead_times([] if go_live else [a_resistance()], go_live)
    assert (found.median, found.early, found.entries) == (None, 0, 0)
    assert found.sentence == ("no resistance is noted" if go_live else "there is no go-live to count from")


@pytest.mark.requirement("R9")
@pytest.mark.parametrize(
    ("other", "state", "said"),
    [
        ({}, "due", "to be gone in 10 d"),
        ({"retire_by": day(99)}, "overdue", "was to be gone yesterday"),
        ({"retire_by": None}, "undated", "no day to retire it"),
        ({"closed_on": day(98)}, "gone", "gone 2 d ago"),
    ],
)
def test_an_old_way_is_due_overdue_undated_or_gone(other, state, said):
    found = retirement(an_old_way(**other), day(100))
    assert (found.state, found.sentence) == (state, said)


def test_only_open_and_counted_old_ways_are_counted():
    assert people_on_old_ways([an_old_way(), an_old_way(count=None), an_old_way(count=9, closed_on=day(90))]) == 3
    assert people_on_old_ways([an_old_way(count=None)]) is None
