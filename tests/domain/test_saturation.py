"""How much change a group bears at once, and where initiatives meet in the same people."""

from datetime import timedelta
from typing import Any

import pytest
from domain_builders import day
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.people.saturation import (
    Strain,
    Work,
    collisions,
    intensity,
    level_of,
    load_word,
    loads,
    weight_of,
)
from changedesk.domain.weeks import monday_of

FIRST = monday_of(day(100))
WEEK = timedelta(days=7)


def a_strain(code: str = "MFA", **other: Any) -> Strain:
    """A heavy change for 40 people of one site, going live in the third week."""
    values: dict[str, Any] = {
        "initiative_id": code, "code": code, "title": code, "client": "alder", "audience": "Nurses", "site": "Wards",
        "headcount": 40, "capacity": None, "degree": 4, "go_live": FIRST + 2 * WEEK, "work": (),
    } | other  # fmt: skip
    return Strain(**values)


def shares(strains, capacities=None, weeks=8):
    (group,) = loads(strains, capacities or {}, FIRST, weeks)
    return [round(week.share, 3) for week in group.weeks]


def test_one_heavy_change_is_all_that_a_group_can_bear_at_its_go_live_and_settles_after():
    assert shares([a_strain()]) == [0, 0, 1, 1, 1, 0.5, 0.5, 0]


@pytest.mark.parametrize(("degree", "weight"), [(0, 0), (1, 1), (2, 1), (3, 5), (4, 10), (5, 10), (None, 5)])
def test_impacts_weigh_light_middling_or_heavy_and_an_unrated_one_middling(degree, weight):
    assert weight_of(degree) == weight


def test_work_that_takes_time_weighs_more_than_work_beside():
    training = Work(FIRST + timedelta(days=2), FIRST + timedelta(days=3), "training", "Guides")
    review = Work(FIRST + WEEK, FIRST + WEEK, "design_review", "Review")
    strain = a_strain(go_live=None, work=(training, review))
    assert [intensity(strain, FIRST + n * WEEK) for n in range(3)] == [(0.5, "Guides"), (0.25, "Review"), (0.0, "")]


def test_the_same_people_are_those_of_one_client_name_and_site():
    strains = [a_strain(), a_strain("PSA", site="Home"), a_strain("ERP", client="birch")]
    assert len(loads(strains, {}, FIRST, 4)) == 3
    called = [group.called for group in loads([*strains[:2], a_strain("VOIP", site=None)], {}, FIRST, 4)]
    assert sorted(called) == ["Nurses", "Nurses, Home", "Nurses, Wards"]
    assert shares([a_strain(), a_strain("PSA", degree=3)])[2] == 1.5


def test_a_change_for_a_part_of_a_group_weighs_as_much_as_that_part():
    assert shares([a_strain(), a_strain("PSA", headcount=10)])[2] == 1.25
    assert shares([a_strain(), a_strain("PSA", headcount=0)])[2] == 2


def test_what_a_group_can_bear_is_its_own_else_its_clients_else_ten():
    assert shares([a_strain()], {"alder": 20.0})[2] == 0.5
    assert shares([a_strain(capacity=5.0), a_strain("PSA", capacity=8.0, degree=0)], {"alder": 20.0})[2] == 2


def test_a_week_says_where_its_load_comes_from_the_largest_first():
    (group,) = loads([a_strain("A", degree=3), a_strain("B", degree=None), a_strain("C")], {}, FIRST, 4)
    week = group.weeks[2]
    assert [(s.code, s.load, s.why, s.rated) for s in week.sources] == [
        ("C", 10, "go-live", True),
        ("A", 5, "go-live", True),
        ("B", 5, "go-live", False),
    ]
    assert (week.level, group.peak, group.codes) == ("late", week, ("A", "B", "C"))
    assert week.iso_week == week.monday.isocalendar()[:2]


def test_groups_of_which_nothing_is_asked_are_left_out():
    assert loads([a_strain(go_live=FIRST - 9 * WEEK), a_strain("B", degree=0)], {}, FIRST, 8) == ()
    assert len(loads([a_strain(go_live=FIRST - 3 * WEEK)], {}, FIRST, 8)) == 1


def test_initiatives_collide_where_they_meet_in_nearly_full_weeks_in_a_row():
    groups = loads([a_strain("A", degree=3), a_strain("B", degree=3)], {}, FIRST, 10)
    (found,) = collisions(groups)
    assert (found.codes, found.first, found.last) == (
        ("A", "B"),
        FIRST + 2 * WEEK,
        FIRST + 4 * WEEK + timedelta(days=6),
    )
    assert found.sentence == "A and B meet in Nurses: up to 100 % of what the group can bear"


def test_one_change_alone_collides_with_nothing_and_a_light_meeting_is_none():
    assert collisions(loads([a_strain()], {}, FIRST, 8)) == ()
    assert collisions(loads([a_strain(degree=1), a_strain("B", degree=1)], {}, FIRST, 8)) == ()


STRAINS = st.lists(
    st.builds(
        a_strain,
        st.sampled_from(["A", "B", "C", "D"]),
        degree=st.one_of(st.none(), st.integers(0, 5)),
        headcount=st.integers(0, 100),
        go_live=st.one_of(st.none(), st.integers(60, 170).map(day)),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda strain: strain.code,
)


@given(STRAINS, st.integers(1, 14))
def test_a_weeks_load_is_the_sum_of_its_sources_and_never_below_nothing(strains, weeks):
    for group in loads(strains, {}, FIRST, weeks):
        assert len(group.weeks) == weeks
        for week in group.weeks:
            assert week.load == pytest.approx(sum(source.load for source in week.sources))
            assert week.share == pytest.approx(week.load / group.capacity)
            assert all(source.load > 0 for source in week.sources)


@given(STRAINS.filter(lambda strains: len(strains) > 1))
def test_another_initiative_never_lightens_a_group(strains):
    def total(some):
        return sum(week.load for group in loads(some, {}, FIRST, 12) for week in group.weeks)

    same_size = [a_strain(s.code, degree=s.degree, go_live=s.go_live) for s in strains]
    assert total(same_size) >= total(same_size[1:]) - 1e-9


def test_each_week_of_a_change_says_why_it_weighs():
    whys = [intensity(a_strain(), FIRST + n * WEEK)[1] for n in range(8)]
    assert whys == ["", "", "go-live", "just live", "just live", "settling in", "settling in", ""]


def test_work_weighs_in_each_week_that_it_touches_with_a_single_day():
    sunday_to_monday = Work(FIRST + timedelta(days=6), FIRST + WEEK, "training", "Guides")
    strain = a_strain(go_live=None, work=(sunday_to_monday,))
    assert [intensity(strain, FIRST + n * WEEK)[0] for n in (-1, 0, 1, 2)] == [0, 0.5, 0.5, 0]
    monday = a_strain(go_live=None, work=(Work(FIRST, FIRST, "training", "Guides"),))
    assert [intensity(monday, FIRST + n * WEEK)[0] for n in (-1, 0, 1)] == [0, 0.5, 0]


@pytest.mark.parametrize(
    ("share", "level", "word"),
    [
        (0.79, "fine", "bearable"),
        (0.796, "at_risk", "nearly full"),
        (0.8, "at_risk", "nearly full"),
        (0.99, "at_risk", "nearly full"),
        (0.999, "late", "full"),
        (1.0, "late", "full"),
        (1.001, "late", "full"),
        (1.01, "late", "overloaded"),
    ],
)
def test_a_week_is_coloured_and_named_by_the_percent_that_is_shown_of_it(share, level, word):
    assert (level_of(share), load_word(share)) == (level, word)


def test_groups_stand_by_client_and_then_by_their_heaviest_week():
    strains = [
        a_strain("A", client="birch"),
        a_strain("B", audience="Doctors", degree=3),
        a_strain("C", audience="Porters", degree=3, site=None),
        a_strain("D", audience="Porters", degree=3),
        a_strain("E"),
    ]
    named = [(group.client, group.audience, group.site) for group in loads(strains, {}, FIRST, 4)]
    assert named == [
        ("alder", "Nurses", "Wards"),
        ("alder", "Doctors", "Wards"),
        ("alder", "Porters", None),
        ("alder", "Porters", "Wards"),
        ("birch", "Nurses", "Wards"),
    ]


def test_weeks_between_which_a_group_gets_air_are_two_collisions_and_one_may_last_to_the_end():
    first, again = ({"go_live": FIRST + n * WEEK} for n in (0, 8))
    strains = [a_strain("A", **first), a_strain("B", **first), a_strain("C", **again), a_strain("D", **again)]
    found = collisions(loads(strains, {}, FIRST, 10))
    assert [(one.codes, (one.first - FIRST).days // 7, (one.last - FIRST).days // 7) for one in found] == [
        (("A", "B"), 0, 4),
        (("C", "D"), 8, 9),
    ]
    assert [round(one.peak, 2) for one in found] == [2, 2]


WORK = st.builds(
    lambda start, days, kind: Work(day(start), day(start + days), kind, kind),
    st.integers(80, 150),
    st.integers(0, 20),
    st.sampled_from(["training", "design_review"]),
)


@given(
    st.one_of(st.none(), st.integers(0, 5)),
    st.one_of(st.none(), st.integers(60, 150).map(day)),
    st.lists(WORK, max_size=2),
    st.integers(1, 5),
)
def test_a_group_is_shown_exactly_when_something_is_asked_of_it_in_one_of_the_weeks(degree, go_live, work, weeks):
    strain = a_strain(degree=degree, go_live=go_live, work=tuple(work))
    asked = any(intensity(strain, FIRST + n * WEEK)[0] > 0 for n in range(weeks)) and weight_of(degree) > 0
    assert bool(loads([strain], {}, FIRST + timedelta(days=3), weeks)) == asked
