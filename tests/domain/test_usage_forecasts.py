"""A forecast in days and words: what is asked, what is answered, how likely, and how often it was right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st
from usage_builders import LIVE, TODAY, audience, ground, on, rising, target, weekly

from changedesk.domain.forecast.model import forecast
from changedesk.domain.saying import day_month
from changedesk.domain.standing import AdoptionStanding
from changedesk.domain.usage.calibration import NOTHING_JUDGED, KeptForecast, Score, judged
from changedesk.domain.usage.chance import chance_kept, chance_now, said_chance, said_in_lists
from changedesk.domain.usage.forecast_words import (
    said_basis,
    said_ceiling,
    said_level,
    said_likely,
    said_middle,
    said_outlook,
    said_range,
    short_day,
)
from changedesk.domain.usage.ground import History, metric_views
from changedesk.domain.usage.outlook import Expected, FanDay, Outlook, Spread, asked, outlook
from effort import with_effort


def s_curve(weeks: int, ceiling: float = 60) -> list[float]:
    return [ceiling / (1 + exp(-(n - 4) * 0.7)) for n in range(weeks)]


def an_outlook(**changed: object) -> Outlook:
    one = Outlook(
        "data", (), Spread(58, 64, 81), 80, date(2027, 1, 31), 0.34,
        Expected(date(2027, 3, 2), date(2027, 3, 18), None), 12, 0,
        Expected(date(2026, 12, 1), date(2027, 1, 4), None),
    )  # fmt: skip
    return replace(one, **changed)  # type: ignore[arg-type]


@pytest.mark.requirement("R64")
def test_the_sentence_of_a_forecast():
    assert said_outlook(an_outlook(), TODAY) == "80 % by 31 Jan: 34 % likely, expected 18 Mar (8 of 10: 2 Mar - never)"


def test_never_reached_and_past_due_are_said():
    never = an_outlook(expected=Expected(None, None, None), chance=0.0)
    assert said_outlook(never, TODAY) == "80 % by 31 Jan: < 1 % likely, not expected"
    past = an_outlook(by=date(2026, 11, 1))
    assert said_outlook(past, TODAY).startswith("80 % was due 1 Nov: expected")
    there = Expected(*[date(2026, 11, 9)] * 3)
    assert said_outlook(an_outlook(expected=there, by=date(2026, 11, 1)), TODAY) == "80 % reached on 9 Nov, 8 d late"
    assert said_outlook(an_outlook(expected=there), TODAY, sustained=False).endswith("no longer held")


def test_without_a_target_it_is_said_when_half_of_it_has_come():
    untold = an_outlook(target=None, expected=None)
    assert said_outlook(untold, TODAY) == (
        "Levels off at 64 % (8 of 10: 58 - 81 %), half of it by 4 Jan (8 of 10: 1 Dec - never); no target is set"
    )
    come = replace(untold, halfway=Expected(*[date(2026, 10, 9)] * 3))
    assert (
        said_outlook(come, TODAY) == "Levels off at 64 % (8 of 10: 58 - 81 %), half of it since 9 Oct; no target is set"
    )
    never = replace(untold, halfway=Expected(None, None, None))
    assert said_outlook(never, TODAY) == "Levels off at 64 % (8 of 10: 58 - 81 %); no target is set"
    assert said_outlook(never, TODAY, by_group=True).endswith("; only groups have a target")
    assert said_ceiling(an_outlook()) == "64 % (58 - 81 %)"


@pytest.mark.parametrize(
    ("chance", "said"),
    [(None, "?"), (0.0, "< 1 %"), (0.004, "< 1 %"), (0.34, "34 %"), (0.005, "1 %"), (0.994, "99 %"), (1.0, "> 99 %")],
)
def test_a_forecast_is_never_certain(chance, said):
    assert said_chance(chance) == said


def test_a_far_day_has_its_year():
    assert short_day(date(2026, 12, 5), TODAY) == "5 Dec"
    assert short_day(date(2027, 10, 31), TODAY) == "Oct 2027"
    assert short_day(None, TODAY) == "never"


def test_the_same_question_has_the_same_answer_and_is_quick():
    question = asked(weekly(s_curve(60)), LIVE, target=80, by=on(500))
    first = outlook(question)
    again, work = with_effort(lambda: outlook(question))
    assert again == first
    assert work < 20


def test_the_fan_lies_in_its_order_and_after_the_last_count():
    found = outlook(asked(weekly(s_curve(9)), LIVE, target=80, by=on(300)))
    assert found.basis == "data"
    for day in found.fan:
        assert 0 <= day.low <= day.lower <= day.middle <= day.upper <= day.high <= 100
        assert day.day > on(4 + 7 * 8)
    assert on(300) in {day.day for day in found.fan}


def test_fewer_than_four_counts_are_labelled():
    found = outlook(asked(weekly([5, 9]), LIVE, target=80, by=on(100)))
    assert (
        said_basis(found) == "From what roll-outs usually do: 2 of 4 counts so far, so no list of initiatives shows it"
    )


def test_finished_roll_outs_are_known_and_a_group_is_no_sibling_of_itself():
    curve = tuple((7 * n, level) for n, level in enumerate(s_curve(30, 70)))
    history = History((("", curve), ("", curve), ("a", curve), ("", curve)), ())
    use = metric_views(ground([audience("a")], rising("a", s_curve(6)), [target(80, on(200))], history=history))[0]
    question = use.of("a").question
    assert question is not None
    assert len(question.history) == 3
    assert use.everybody.question is not None
    assert use.everybody.question.history == ()
    assert said_basis(outlook(question)) == "Knows 3 finished roll-outs of this client"


def test_waves_still_to_come_are_part_of_the_question():
    later = audience("later", 100, TODAY + timedelta(days=30))
    use = metric_views(ground([audience("a"), later], rising("a", s_curve(9)), [target(80, on(300))]))[0]
    assert use.everybody.question is not None
    assert [people for _, people in use.everybody.question.waves] == [200, 100]
    assert use.everybody.to_come == ("later",)
    over = metric_views(ground([audience("a"), audience("b", 100, on(7))], rising("a", s_curve(9))))[0]
    assert over.everybody.question is not None
    assert over.everybody.question.waves == ()


def kept(made: int, days: list[tuple[int, float, float]], basis: str = "data") -> KeptForecast:
    fan = tuple(FanDay(on(made + ahead), low, low, (low + high) / 2, high, high) for ahead, low, high in days)
    return KeptForecast(
        None, "utilization", on(made), on(made), "0" * 64, basis, 80, on(200), 0.5, None, None, None, (1, 2, 3), fan
    )


@pytest.mark.requirement("R66")
def test_how_often_intervals_held_is_counted_against_what_came_later():
    series = weekly([10, 20, 30, 40, 50])
    forecasts = [kept(4, [(7, 15, 25), (14, 0, 10), (400, 0, 100)]), kept(11, [(7, 25, 35)])]
    score = judged(forecasts, series)
    assert (score.held, score.judged) == (2, 3)
    assert score.sentence == "Earlier ranges held 2 of 3 times, too few to say more"
    assert judged([kept(4, [(7, 0, 100)], basis="prior")], series).judged == 0
    assert judged([], series).sentence == "No range of an earlier forecast can be judged yet"


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=15), st.integers(0, 60), st.lists(st.integers(1, 90), max_size=6)
)
def test_an_interval_of_everything_always_holds_and_what_was_known_judges_nothing(percents, made, ahead):
    series = weekly(percents)
    score = judged([kept(made, [(days, 0, 100) for days in ahead])], series)
    assert score.held == score.judged <= len(ahead)
    if series[-1].day <= on(made):
        assert score.judged == 0


def standing(**changed: object) -> AdoptionStanding:
    one = AdoptionStanding("rising", 52.0, TODAY, (), None, None, 80.0, date(2027, 1, 31), None, 0.34, TODAY)
    return replace(one, **changed)  # type: ignore[arg-type]


def test_a_kept_chance_speaks_only_for_its_own_target_and_for_some_weeks():
    one = kept(4, [])
    assert chance_kept(one, 80, on(200)) == (0.5, on(4))
    assert chance_kept(one, 85, on(200)) == (None, None)
    assert chance_kept(None, 80, on(200)) == (None, None)
    assert chance_now(standing(), TODAY) == 0.34
    assert chance_now(standing(chance_on=TODAY - timedelta(days=22)), TODAY) is None
    assert chance_now(standing(state="relapsed"), TODAY) is None
    assert chance_now(standing(by=TODAY - timedelta(days=1)), TODAY) is None


def test_where_lists_show_an_older_forecast_than_the_page_the_page_says_so():
    now = an_outlook(by=on(200))
    one = kept(4, [])
    assert said_in_lists(one, now, on(6)) == f"Lists say 50 %: the forecast that was kept on {day_month(on(4), on(6))}"
    assert said_in_lists(one, replace(now, chance=0.504), on(6)) == "", "both are said as 50 %"
    assert said_in_lists(None, now, on(6)) == "", "lists say nothing either"
    assert said_in_lists(one, replace(now, target=85.0), on(6)) == "", "lists show no forecast of another target"
    assert said_in_lists(one, now, on(4 + 21)) != ""
    assert said_in_lists(one, now, on(4 + 22)) == "", "lists show no forecast that is so old"


@pytest.mark.parametrize(("after", "speaks"), [(0, True), (1, False)])
def test_lists_and_the_page_agree_on_the_last_day_that_a_kept_chance_is_shown(after: int, speaks: bool):
    by = on(10)
    one, today = replace(kept(4, []), by=by), by + timedelta(days=after)
    assert bool(said_in_lists(one, an_outlook(by=by), today)) is speaks
    assert (chance_now(standing(chance_on=one.made_on, by=by), today) is not None) is speaks


def test_what_stands_in_a_row_is_the_same_on_the_screen_and_on_the_command_line():
    soon = an_outlook(expected=Expected(date(2026, 11, 1), date(2027, 3, 18), None))
    assert (said_likely(soon, TODAY), said_range(soon, TODAY), said_level(None, soon)) == (
        "34 %", "now - never", "~ 64 % (58 - 81 %)",
    )  # fmt: skip
    there = an_outlook(expected=Expected(*[date(2026, 11, 9)] * 3))
    assert (said_likely(there, TODAY), said_range(there, TODAY), said_level(62.0, there)) == ("there", "", "62 %")
    assert said_likely(an_outlook(by=date(2026, 11, 1)), TODAY) == "past"
    overdue = an_outlook(expected=Expected(date(2026, 9, 1), date(2026, 11, 2), date(2027, 3, 18)))
    assert said_middle(overdue, TODAY) == "by now"
    assert said_outlook(overdue, TODAY) == (
        "80 % by 31 Jan: 34 % likely, expected by now, but not counted (2 Nov; 8 of 10: now - 18 Mar)"
    )
    guess = an_outlook(basis="prior", target=None, expected=None)
    assert (said_likely(guess, TODAY), said_range(guess, TODAY), said_level(None, guess)) == ("", "", "")


def test_a_kept_chance_speaks_for_three_weeks_and_up_to_the_day_itself():
    assert chance_now(standing(chance_on=TODAY - timedelta(days=21)), TODAY) == 0.34
    assert chance_now(standing(chance_on=TODAY + timedelta(days=1)), TODAY) is None, "a clock was wrong"
    assert chance_now(standing(by=TODAY), TODAY) == 0.34
    for unknown in ({"chance": None}, {"chance_on": None}, {"by": None}):
        assert chance_now(standing(**unknown), TODAY) is None


def test_a_forecast_that_was_kept_without_its_own_counts_or_for_another_day_gives_no_chance():
    one = kept(4, [])
    assert chance_kept(kept(4, [], basis="prior"), 80, on(200)) == (None, None)
    assert chance_kept(replace(one, chance=None), 80, on(200)) == (None, None)
    assert chance_kept(one, 80, on(201)) == (None, None)


def test_what_is_reached_or_due_on_the_day_itself_is_in_time():
    there = Expected(*[date(2026, 11, 9)] * 3)
    for by in (date(2026, 11, 9), None):
        assert said_outlook(an_outlook(expected=there, by=by), TODAY) == "80 % reached on 9 Nov"
    assert said_outlook(an_outlook(by=TODAY), TODAY).startswith("80 % by 26 Nov: 34 % likely, ")
    assert said_likely(an_outlook(by=TODAY), TODAY) == "34 %"
    assert said_outlook(an_outlook(by=None), TODAY) == "80 %: expected 18 Mar (8 of 10: 2 Mar - never)"


def test_what_was_to_be_expected_by_today_is_no_longer_said_as_to_come():
    today = Expected(TODAY, TODAY, None)
    assert said_outlook(an_outlook(expected=today), TODAY).endswith(
        "expected by now, but not counted (26 Nov; 8 of 10: now - never)"
    )
    assert (said_middle(an_outlook(expected=today), TODAY), said_range(an_outlook(expected=today), TODAY)) == (
        "by now", "now - never",
    )  # fmt: skip
    unlikely = an_outlook(expected=Expected(date(2027, 3, 2), None, None))
    assert said_outlook(unlikely, TODAY).endswith("not expected (8 of 10: 2 Mar - never)")
    half = an_outlook(target=None, expected=None, halfway=Expected(TODAY, TODAY, None))
    assert "half of it since 26 Nov" in said_outlook(half, TODAY)


@pytest.mark.parametrize(("ahead", "short", "long"), [(300, "22 Sep", "22 Sep"), (301, "Sep 2027", "23 Sep 2027")])
def test_a_day_more_than_300_days_off_has_its_year(ahead, short, long):
    day = TODAY + timedelta(days=ahead)
    assert short_day(day, TODAY) == short
    assert said_outlook(an_outlook(by=day), TODAY).startswith(f"80 % by {long}: ")


@pytest.mark.requirement("R66")
@pytest.mark.parametrize(
    ("ahead", "counted_on", "judges"),
    [
        (10, 14, 1),
        (10, 15, 0),
        (10, 6, 1),
        (10, 5, 0),
        (92, 92, 1),
        (93, 93, 0),
        (3, 0, 0),
        (3, 1, 1),
        (1, 2, 1),
        (0, 2, 0),
    ],
)
def test_a_count_within_four_days_judges_a_forecast_of_up_to_92_days(ahead, counted_on, judges):
    assert judged([kept(0, [(ahead, 0, 100)])], weekly([50], first=counted_on)).judged == judges


@pytest.mark.requirement("R66")
def test_the_nearest_count_judges_and_of_two_as_near_the_earlier_one():
    def held(low: float, high: float, *days: tuple[int, float]) -> int:
        series = [use for day, percent in days for use in weekly([percent], first=day)]
        return judged([kept(0, [(10, low, high)])], series).held

    assert held(85, 95, (7, 10), (11, 90)) == 1
    assert held(5, 15, (7, 10), (11, 90)) == 0
    assert held(85, 95, (8, 90), (12, 10)) == 1
    assert (held(40, 50, (10, 50)), held(50, 60, (10, 50))) == (1, 1), "the ends of an interval belong to it"


@pytest.mark.requirement("R66")
def test_a_forecast_is_held_against_what_came_after_the_last_count_that_it_knew():
    late = replace(kept(10, [(4, 0, 100)]), through=on(7))
    assert judged([late], weekly([50], first=10)).judged == 1, "counted before it was made, and not known to it"
    assert judged([replace(late, through=None)], weekly([50], first=10)).judged == 0


@pytest.mark.requirement("R66")
def test_from_ten_judged_days_on_the_share_that_held_is_said_without_a_doubt():
    nine, one = Score(8, 9), Score(1, 1)
    assert nine.sentence.endswith("held 8 of 9 times, too few to say more")
    assert nine.plus(one).sentence == "Earlier ranges held 9 of 10 times, and 8 of 10 should"
    assert NOTHING_JUDGED.plus(nine) == nine
    assert (nine.plus(one).share, NOTHING_JUDGED.share) == (0.9, None)


def test_what_is_still_to_come_stands_in_a_row_with_its_days_and_what_is_unknown_stays_empty():
    soon, never = an_outlook(), an_outlook(expected=Expected(None, None, None))
    there = an_outlook(expected=Expected(*[date(2026, 11, 9)] * 3))
    assert [said_middle(one, TODAY) for one in (soon, never, there)] == ["18 Mar", "never", "9 Nov"]
    assert [said_range(one, TODAY) for one in (soon, never)] == ["2 Mar - never", "never - never"]
    assert said_middle(an_outlook(target=None, expected=None), TODAY) == ""
    assert said_level(None, None) == ""


def test_a_forecast_says_what_it_rests_on_besides_its_counts():
    waits = "no count yet, so no list of initiatives shows it"
    assert said_basis(an_outlook(basis="prior", counts=0)) == f"From what roll-outs usually do: {waits}"
    assert said_basis(an_outlook(basis="prior", counts=0, siblings=2)).startswith("From what roll-outs usually do")
    known = f"From 3 finished roll-outs of this client: {waits}"
    assert said_basis(an_outlook(basis="prior", counts=0, siblings=3)) == known
    alone = said_basis(an_outlook(basis="prior", counts=2), in_lists=False)
    assert alone == "From what roll-outs usually do: 2 of 4 counts so far", "no list shows single groups"
    assert [said_basis(an_outlook(siblings=known)) for known in (2, 3)] == [
        "", "Knows 3 finished roll-outs of this client",
    ]  # fmt: skip


@pytest.mark.requirement("R64")
def test_an_outlook_is_the_forecast_with_weeks_as_days_of_the_calendar():
    series, history, waves = weekly(s_curve(9)), (((0, 0.0), (28, 30.0), (70, 55.0)),), ((0, 200.0), (84, 100.0))
    found = outlook(asked(series, LIVE, target=60, by=on(100), waves=[(on(d), n) for d, n in waves], history=history))
    last = 4 + 7 * 8
    days = sorted([last + 7 * weeks for weeks in (1, 2, 3, 4, 6, 8, 10, 13, 17, 21, 26)] + [100])
    said = forecast(
        [(4 + 7 * n) / 7 for n in range(9)],
        [use.percent for use in series],
        [day / 7 for day in [*days, 100]],
        target=60,
        history=[([0, 4, 10], [0, 30, 55])],
        waves=[(0, 200), (12, 100)],
        counts=[(use.using, use.of) for use in series],
    )
    assert [one.day for one in found.fan] == [on(day) for day in days]
    assert [one.middle for one in found.fan] == said["quantiles"][0.5][: len(days)]
    assert all(one.low <= one.lower <= one.middle <= one.upper <= one.high for one in found.fan)
    assert said["chance"] is not None
    assert found.chance == said["chance"][-1]
    assert found.chance < said["chance"][-2], "the chance is of the day that was asked for, not of the end of the fan"
    assert (found.counts, found.siblings) == (9, 1)
    assert found.expected is not None
    assert said["crossing"] is not None
    assert found.expected.middle == on(round(7 * said["crossing"][0.5]))


def test_without_a_day_there_is_no_chance_and_without_a_target_nothing_is_expected():
    aim = outlook(asked(weekly(s_curve(9)), LIVE, target=50))
    assert aim.chance is None
    assert aim.expected is not None
    free = outlook(asked(weekly(s_curve(9)), LIVE, by=on(100)))
    assert (free.chance, free.expected) == (None, None)
    past = outlook(asked(weekly(s_curve(9)), LIVE, target=50, by=on(60)))
    assert [one.day for one in past.fan][:2] == [on(67), on(74)], "a day gone by is no day of the fan"


def test_before_the_first_count_the_fan_begins_at_go_live_and_ends_with_the_calendar():
    assert outlook(asked((), LIVE, target=50, by=on(100))).fan[0].day == on(7)
    never = outlook(asked(weekly(s_curve(9)), LIVE, target=99, by=on(100)))
    assert never.expected is not None
    assert never.expected.late is None
