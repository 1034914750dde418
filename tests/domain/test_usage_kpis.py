"""How fast, how lasting, how able: and what is said while it cannot be known."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from usage_builders import LIVE, TODAY, on, weekly

from changedesk.domain.usage.kpis import Speed, competency_times, levelled_at, speed_of, sustained_use
from changedesk.domain.usage.objectives import KeyResult, objectives_of
from changedesk.domain.usage.old_ways import old_ways
from changedesk.domain.usage.survival import Duration, median_time
from changedesk.domain.usage.value import (
    LOOKS,
    benefit_view,
    chain_of,
    looks_back,
    not_adopted,
    planned_way,
)
from changedesk.domain.working import Benefit, BenefitObservation, Workaround


@pytest.mark.requirement("R21")
def test_speed_is_from_the_groups_own_go_live_to_the_first_of_two_counts_that_are_enough():
    found = speed_of(weekly([10, 70, 30, 65, 66]), LIVE, 80, on(50), TODAY)
    assert found is not None
    assert (found.days, found.reached, found.planned, found.said) == (25, True, 50, "25 d")
    assert found.ratio == 0.5


@pytest.mark.requirement("R21")
def test_what_has_not_happened_is_longer_than_so_far_and_no_number():
    found = speed_of(weekly([10, 20, 30]), LIVE, 80, None, TODAY)
    assert found is not None
    assert (found.said, found.ratio) == ("> 18 d", None)
    assert speed_of((), LIVE, 80, None, TODAY) is None
    assert speed_of((), TODAY + timedelta(days=1), 80, None, TODAY) is None


@pytest.mark.requirement("R21")
def test_on_the_day_of_go_live_nothing_can_have_been_missed_yet():
    assert speed_of(weekly([10], first=0), LIVE, 80, None, TODAY) is None
    assert speed_of(weekly([10], first=-3), LIVE, 80, None, TODAY) is None, "what a pilot counted before says nothing"
    found = speed_of(weekly([10], first=1), LIVE, 80, None, TODAY)
    assert found is not None
    assert found.said == "> 1 d"


@pytest.mark.requirement("R21")
def test_one_count_alone_is_not_held_and_neither_is_the_last_one():
    held = speed_of(weekly([10, 70]), LIVE, 80, None, TODAY)
    assert held is not None
    assert (held.days, held.reached) == (11, False)
    assert held.duration == Duration(11.0, ended=False)
    just = speed_of(weekly([40, 40]), LIVE, 50, None, TODAY)
    assert just is not None
    assert just.reached, "four fifths of the target are enough"


@pytest.mark.requirement("R21")
@given(st.lists(st.integers(0, 100), min_size=1, max_size=12), st.integers(1, 100))
def test_a_group_is_there_from_its_first_of_two_counts_in_a_row_with_four_fifths_of_its_target(levels, target):
    enough = [level >= 0.8 * target for level in levels]
    first = next((n for n, pair in enumerate(pairwise(enough)) if all(pair)), None)
    found = speed_of(weekly(levels, of=100), LIVE, target, None, TODAY)
    assert found is not None
    assert (found.days, found.reached) == (4 + 7 * (len(levels) - 1 if first is None else first), first is not None)


@pytest.mark.requirement("R21")
def test_without_a_go_live_of_its_own_there_is_no_speed_and_before_it_no_days():
    counts = weekly([70, 70])
    assert speed_of(counts, None, 80, None, TODAY) is None
    assert speed_of(counts, TODAY + timedelta(days=1), 80, None, TODAY) is None
    early = speed_of(weekly([70, 70], first=-3), LIVE, 80, None, TODAY)
    assert early is not None
    assert (early.days, early.reached) == (0, True)
    assert speed_of(counts, TODAY, 80, None, TODAY) is not None, "the day of go-live itself counts"


@pytest.mark.requirement("R21")
@pytest.mark.parametrize(("by", "planned"), [(on(0), None), (on(-1), None), (on(1), 1), (None, None)])
def test_a_plan_is_a_day_after_go_live(by, planned):
    found = speed_of(weekly([70, 70]), LIVE, 80, by, TODAY)
    assert found is not None
    assert found.planned == planned
    assert found.ratio == (None if planned is None else 4.0)
    waiting = speed_of(weekly([10, 10]), LIVE, 80, on(5), TODAY)
    assert waiting is not None
    assert (waiting.planned, waiting.ratio) == (5, None)


@pytest.mark.requirement("R97")
@pytest.mark.requirement("R123")
def test_sustained_use_is_the_last_30_days_against_the_best_30_from_day_60_on():
    levels = [80] * 6 + [40] * 6
    found = sustained_use(weekly(levels), LIVE, on(83))
    assert found is not None
    assert (round(found.now), round(found.peak), round(found.share)) == (40, 80, 50)
    assert sustained_use(weekly(levels), LIVE, on(59)) is None
    assert sustained_use(weekly(levels), LIVE, on(300)) is None
    at_its_best = sustained_use(weekly([80] * 12), LIVE, on(83))
    assert at_its_best is not None
    assert at_its_best.share == pytest.approx(100)


@pytest.mark.requirement("R97")
def test_sustained_use_begins_on_day_60_and_looks_30_days_back():
    counts = weekly([50], first=40)
    assert sustained_use(counts, LIVE, on(60)) is not None
    assert sustained_use(counts, LIVE, on(69)) is not None, "a count of 29 days ago is one of the last 30 days"
    assert sustained_use(counts, LIVE, on(70)) is None
    assert sustained_use(weekly([50], first=60), LIVE, on(60)) is not None, "and so is one of today"
    assert sustained_use(weekly([50], first=61), LIVE, on(60)) is None, "what is counted later is not known yet"
    assert sustained_use(counts, None, on(60)) is None
    assert sustained_use(weekly([0], first=40), LIVE, on(60)) is None, (
        "where nobody ever used it there is nothing to last"
    )


@pytest.mark.requirement("R97")
def test_a_count_of_30_days_ago_is_no_part_of_30_days():
    counts = [weekly([percent], first=days)[0] for days, percent in ((0, 0), (20, 100), (50, 80))]
    found = sustained_use(counts, LIVE, on(70))
    assert found is not None
    assert (found.now, found.peak) == (80, 80)


@pytest.mark.requirement("R97")
@given(st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_the_best_30_days_end_at_a_count_and_are_no_longer(levels):
    """Counts stand a week apart, so 30 days hold five of them; the last 30 days may hold fewer."""
    counts, today = weekly(levels, of=100), on(max(60, 4 + 7 * len(levels)))
    lately = [level for use, level in zip(counts, levels, strict=True) if 0 <= (today - use.day).days < 30]
    windows = [levels[max(0, n - 4) : n + 1] for n in range(len(levels))]
    found = sustained_use(counts, LIVE, today)
    assert (found is None) == (not lately)
    if found is not None:
        now = sum(lately) / len(lately)
        assert found.now == pytest.approx(now)
        assert found.peak == pytest.approx(max(now, *(sum(one) / len(one) for one in windows)))


@given(st.lists(st.integers(0, 100), min_size=9, max_size=30))
def test_sustained_use_is_never_above_its_best(levels):
    found = sustained_use(weekly(levels), LIVE, on(4 + 7 * len(levels)))
    assert found is None or 0 <= found.share <= 100


def test_ultimate_use_is_said_only_once_it_has_levelled_off():
    assert levelled_at(weekly([10, 20, 30, 40, 50, 60, 70, 80])) is None
    assert levelled_at(weekly([10, 40, 70, *[72, 71, 73, 72, 72, 71, 72, 72]])) == pytest.approx(71.9, abs=0.3)
    assert levelled_at(weekly([70, 70])) is None
    assert levelled_at(()) is None
    assert levelled_at(weekly([10, *[70] * 8])) == 70, "what was before the last eight weeks is over"
    assert levelled_at(weekly([50, 50.5, 51, 51.5, 52, 52.5, 53, 53.5])) is None, "half a point a week is movement"


@pytest.mark.parametrize(
    ("weeks", "known"), [((0, 2, 4, 6), True), ((0, 3, 6), False), ((0, 1, 2, 5), False), ((2, 4, 6, 8), True)]
)
def test_it_takes_four_counts_over_six_weeks_to_say_that_use_has_levelled_off(weeks, known):
    counts = weekly([60] * 9)
    assert levelled_at([counts[week] for week in weeks]) == (60 if known else None)


@pytest.mark.requirement("R97")
def test_time_to_competency_counts_those_who_are_not_there_yet():
    tests = weekly([30, 60, 70], of=10, first=7)
    times = competency_times(tests, LIVE)
    assert sorted((one.length, one.ended) for one in times) == [(7, True)] * 3 + [(14, True)] * 3 + [
        (21, False)
    ] * 3 + [(21, True)]
    assert median_time(times).value == 14
    assert competency_times(tests, None) == ()
    assert median_time(competency_times(weekly([10], of=10), LIVE)).value is None
    assert competency_times(tests, on(30)) == (), "nobody was tested since the training began"
    assert competency_times((), LIVE) == ()
    assert Duration(0.0) in competency_times(tests, on(7)), "a test on the first day counts"
    grown = [*weekly([50], of=10, first=7), *weekly([50], of=20, first=14)]
    assert len(competency_times(grown, LIVE)) == 20, "as many as the last test looked at"


@pytest.mark.requirement("R97")
@given(st.lists(st.integers(0, 10), min_size=1, max_size=8))
def test_whoever_could_do_it_once_is_not_counted_again(passed):
    """Ten people are tested each week; who fails later has learned it all the same."""
    times = competency_times(weekly([10 * one for one in passed], of=10, first=7), LIVE)
    assert len(times) == 10
    assert sum(one.ended for one in times) == max(passed)
    assert {one.length for one in times if not one.ended} <= {7.0 * len(passed)}


def benefit(**changed: object) -> Benefit:
    values = {"baseline": 46.0, "target": 20.0, "due": on(100), "owner": "ann", "dependent_share": 0.9} | changed
    return Benefit("b", 1, "First answer", "minutes", **values)  # type: ignore[arg-type]


@pytest.mark.requirement("R3")
@pytest.mark.requirement("R96")
def test_what_is_to_be_expected_is_the_product_of_three_bars():
    speed = speed_of(weekly([10, 20, 70, 70]), LIVE, 80, on(9), TODAY)
    chain = chain_of(speed, weekly([50])[0], weekly([80], 20)[0])
    assert [round(one.share or 0, 2) for one in chain.factors] == [0.5, 0.5, 0.8]
    assert chain.product == pytest.approx(0.2)
    assert chain.weakest is not None
    assert not_adopted(benefit(), chain) == pytest.approx(26 * 0.9 * 0.8)


@pytest.mark.requirement("R96")
def test_an_unknown_factor_leaves_the_product_unknown():
    chain = chain_of(None, weekly([50])[0], None)
    assert chain.product is None
    assert not_adopted(benefit(), chain) is None
    assert [one.share for one in chain.factors] == [None, 0.5, None]


@pytest.mark.requirement("R96")
def test_each_bar_says_what_it_is_made_of_and_what_is_missing():
    def notes(*made: object) -> list[tuple[str, str]]:
        return [(one.name, one.note) for one in chain_of(*made).factors]  # type: ignore[arg-type]

    speed = Speed(days=30, reached=True, planned=None)
    assert notes(speed, weekly([50], 2400)[0], weekly([40], 20)[0]) == [
        ("Speed", "unknown without a target and its day"),
        ("Use", "1,200 of 2,400 use it"),
        ("Proficiency", "8 of 20 do it well"),
    ]
    assert notes(None, None, None) == [
        ("Speed", "unknown until counted after go-live"),
        ("Use", "unknown until it is counted"),
        ("Proficiency", "unknown until it is counted"),
    ]


@given(st.integers(0, 100), st.integers(0, 20), st.floats(0, 1))
def test_what_waits_for_people_lies_between_nothing_and_all_that_depends_on_them(use, able, share):
    chain = chain_of(
        speed_of(weekly([90, 90]), LIVE, 80, on(30), TODAY), weekly([use], 100)[0], weekly([5 * able], 20)[0]
    )
    waiting = not_adopted(benefit(dependent_share=share), chain)
    assert waiting is not None
    assert -1e-9 <= waiting <= 26 * share + 1e-9


@pytest.mark.requirement("R3")
@pytest.mark.requirement("R146")
def test_a_benefit_is_held_against_its_planned_way_and_later_values_are_not_known_yet():
    seen = [BenefitObservation("First answer", on(50), 33), BenefitObservation("First answer", on(500), 20)]
    view = benefit_view(benefit(), seen, LIVE, chain_of(None, None, None), TODAY)
    assert (view.value, view.way, view.way_planned) == (33, 50, 50)
    assert view.expected == ((LIVE, 46), (on(100), 20))
    assert benefit_view(benefit(due=None), seen, LIVE, chain_of(None, None, None), TODAY).expected == ()


@pytest.mark.requirement("R173")
def test_one_looks_back_after_30_90_180_and_365_days():
    seen = [BenefitObservation("First answer", on(20), 40), BenefitObservation("First answer", on(85), 33)]
    looks = looks_back(LIVE, weekly([10, 20, 30, 40]), [benefit()], seen, on(95))
    assert [look.days for look in looks] == list(LOOKS)
    assert [look.past for look in looks] == [True, True, False, False]
    assert looks[0].percent == 40
    assert looks[1].percent is None, "nobody counted within three weeks of it"
    assert [round(way) for _, way in looks[1].ways] == [50]
    assert looks_back(None, (), [], [], TODAY) == ()


@pytest.mark.requirement("R184")
def test_a_key_result_is_shown_by_a_figure_of_the_desk():
    results = [
        KeyResult("1", 1, "Faster help", "Half the wait", None, "First answer", "ann"),
        KeyResult("2", 1, "Faster help", "All use it", "utilization", None, None),
        KeyResult("3", 1, "Faster help", "Somebody says so", None, None, None),
    ]
    (objective,) = objectives_of(results, {"utilization": 102.0}, {"First answer": None})
    assert [(one.figure, one.way) for one in objective.results] == [
        ("First answer", None),
        ("utilization", 102),
        ("", None),
    ]
    assert objective.reached == 1


def old_way(seen: int, closed: int | None = None, retire: int | None = None) -> Workaround:
    return Workaround(
        f"{seen}", 1, None, "Private list", 3, on(seen), None, None if retire is None else on(retire),
        None if closed is None else on(closed),
    )  # fmt: skip


@pytest.mark.requirement("R1")
@pytest.mark.requirement("R2")
def test_old_ways_that_pile_up_are_counted_on_two_days():
    found = old_ways([old_way(0), old_way(10, closed=70), old_way(70, retire=80), old_way(75)], on(87))
    assert (found.now, found.before, found.arrow, found.overdue) == (3, 2, "↑", 1)
    assert found.sentence == "↑ 3 old ways in use, 2 a month ago, 1 overdue"
    assert old_ways([], TODAY).sentence == "No old way or exception was ever noted"
    assert old_ways([old_way(0, closed=80)], on(87)).arrow == "↓"


@pytest.mark.requirement("R1")
@pytest.mark.requirement("R2")
@pytest.mark.parametrize(
    ("one", "now", "before", "overdue"),
    [
        (old_way(87), 1, 0, 0),
        (old_way(57), 1, 1, 0),
        (old_way(58), 1, 0, 0),
        (old_way(0, closed=87), 0, 1, 0),
        (old_way(0, closed=88), 1, 1, 0),
        (old_way(0, closed=57), 0, 0, 0),
        (old_way(0, retire=87), 1, 1, 0),
        (old_way(0, retire=86), 1, 1, 1),
        (old_way(0, closed=87, retire=80), 0, 1, 0),
    ],
)
def test_an_old_way_is_in_use_from_the_day_it_was_seen_to_the_day_before_it_is_gone(one, now, before, overdue):
    found = old_ways([one], on(87))
    assert (found.now, found.before, found.overdue, found.known) == (now, before, overdue, True)


def test_an_old_way_that_is_noted_for_a_day_to_come_is_not_known_yet():
    assert old_ways([old_way(88)], on(87)) == old_ways([], on(87))
    assert old_ways([old_way(0)], on(87)).sentence == "→ 1 old way in use, 1 a month ago"


@pytest.mark.requirement("R173")
@pytest.mark.parametrize(
    ("counted_on", "percent"),
    [(9, 40), (8, None), (30, 40), (31, None)],
    ids=["21 days", "22 days", "its day", "later"],
)
def test_a_count_of_the_three_weeks_before_speaks_for_a_look_back(counted_on, percent):
    assert looks_back(LIVE, weekly([40], first=counted_on), [], [], on(95))[0].percent == percent


@pytest.mark.requirement("R173")
def test_a_look_back_begins_on_its_day_and_takes_the_newest_value_since_go_live():
    assert [looks_back(LIVE, (), [], [], on(day))[0].past for day in (29, 30)] == [False, True]

    def way(*values: tuple[int, float]) -> tuple[float, ...]:
        seen = [BenefitObservation("First answer", on(day), value) for day, value in values]
        return tuple(way for _, way in looks_back(LIVE, (), [benefit()], seen, on(95))[0].ways)

    assert way((0, 33)) == (50,)
    assert way((30, 33)) == (50,)
    assert way((-1, 33)) == way((31, 33)) == ()
    assert way((20, 33), (10, 20)) == (50,)


@pytest.mark.requirement("R146")
@pytest.mark.parametrize(("day", "way"), [(-5, 0), (0, 0), (50, 50), (100, 100), (150, 100)])
def test_a_benefit_is_to_come_evenly_from_go_live_to_its_day(day, way):
    assert planned_way(benefit(), LIVE, on(day)) == way


@pytest.mark.requirement("R146")
def test_a_benefit_that_is_due_at_go_live_is_to_be_there_from_that_day_on():
    at_once = benefit(due=LIVE)
    assert [planned_way(at_once, LIVE, on(day)) for day in (-1, 0, 1)] == [0, 100, 100]
    assert benefit_view(at_once, [], LIVE, chain_of(None, None, None), TODAY).expected == ()
    for unknown in (planned_way(benefit(), None, TODAY), planned_way(benefit(target=46.0), LIVE, TODAY)):
        assert unknown is None


@pytest.mark.requirement("R3")
def test_the_value_of_today_is_known_and_that_of_another_benefit_is_not_its_own():
    seen = [BenefitObservation("First answer", TODAY, 33), BenefitObservation("Another", TODAY, 20)]
    view = benefit_view(benefit(), seen, LIVE, chain_of(None, None, None), TODAY)
    assert (view.value, view.as_of) == (33, TODAY)


@pytest.mark.requirement("R96")
def test_the_weakest_bar_is_the_lowest_that_is_known():
    chain = chain_of(None, weekly([50])[0], weekly([40], 20)[0])
    assert chain.weakest is not None
    assert chain.weakest.name == "Proficiency"
    assert chain_of(None, None, None).weakest is None


@pytest.mark.requirement("R96")
def test_a_group_that_is_there_on_its_first_day_is_as_fast_as_can_be_and_none_is_faster_than_planned():
    at_once = speed_of(weekly([70, 70], first=0), LIVE, 80, on(9), TODAY)
    early = speed_of(weekly([70, 70]), LIVE, 80, on(9), TODAY)
    assert [chain_of(speed, None, None).factors[0].share for speed in (at_once, early)] == [1, 1]
    waiting = speed_of(weekly([10, 10]), LIVE, 80, on(9), TODAY)
    assert chain_of(waiting, None, None).factors[0].note == "11 d of 9 planned, not there yet"


@pytest.mark.requirement("R184")
def test_a_key_result_is_reached_at_all_of_its_way_and_not_before():
    (objective,) = objectives_of(
        [KeyResult(str(n), 1, "All use it", name, name, None, None) for n, name in enumerate(("a", "b"))],
        {"a": 100.0, "b": 99.9},
        {},
    )
    assert objective.reached == 1


def test_the_newest_of_several_values_is_the_value_and_without_a_go_live_nothing_is_to_be_expected():
    seen = [BenefitObservation("First answer", on(day), value) for day, value in ((50, 33), (20, 40))]
    view = benefit_view(benefit(), seen, None, chain_of(None, None, None), TODAY)
    assert (view.value, view.as_of, view.expected, view.way_planned) == (33, on(50), (), None)
    nothing = benefit_view(benefit(), [], LIVE, chain_of(None, None, None), TODAY)
    assert (nothing.value, nothing.as_of, nothing.way) == (None, None, None)


def test_one_looks_back_after_a_month_a_quarter_half_a_year_and_a_year():
    found = looks_back(LIVE, (), [benefit()], [BenefitObservation("Another", on(20), 20)], TODAY)
    assert [(look.days, look.due) for look in found] == [(days, on(days)) for days in (30, 90, 180, 365)]
    assert found[0].ways == (), "another benefit says nothing of this one"


def test_how_fast_it_came_is_told_with_what_was_planned_and_whether_it_has_come():
    def speed(**values: object) -> tuple[float | None, str]:
        factor = chain_of(Speed(**values), None, None).factors[0]  # type: ignore[arg-type]
        return factor.share, factor.note

    assert speed(days=50, reached=True, planned=40) == (0.8, "50 d of 40 planned")
    assert speed(days=50, reached=False, planned=40) == (0.8, "50 d of 40 planned, not there yet")
    assert speed(days=20, reached=True, planned=40) == (1.0, "20 d of 40 planned")
    assert speed(days=50, reached=True, planned=None) == (None, "unknown without a target and its day")


def test_the_weakest_factor_is_the_one_that_takes_most_away_of_those_that_are_known():
    chain = chain_of(Speed(50, True, 40), weekly([0])[0], None)
    assert chain.weakest is not None
    assert chain.weakest.name == "Use"
    assert chain_of(None, None, None).weakest is None
