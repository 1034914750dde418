"""The load of tickets around a go-live: what is expected, what is normal, and when there are lastingly too many."""

import random
from math import exp, inf, isfinite, lgamma, log

import pytest
from chances import can_be
from hypothesis import given, settings
from hypothesis import strategies as st

from changedesk.domain import golive
from changedesk.domain.early_life.load_bands import mixed_band
from changedesk.domain.early_life.ticket_curve import FARTHEST
from changedesk.domain.golive import (
    TICKET_THRESHOLD,
    EarlierGoLive,
    day_band,
    day_one_forecast,
    expected_tickets,
    hour_profile,
    ticket_statistic,
)

WEEK = (1.2, 1.0, 1.0, 0.95, 0.85, 0.2, 0.1)
DAYS = range(-28, 70)
FROM = 14
"""The first day that is judged."""


def a_desk(seed, excess=1.0, since=30, days=DAYS):
    """Daily counts of a desk: a base that the week shapes, a surge at day 0, and more by a factor from a day on."""
    chance = random.Random(seed)
    base, surge, tau = exp(chance.uniform(1.5, 4)), chance.uniform(0.8, 4), chance.uniform(4, 14)
    spread, monday = chance.uniform(0.03, 0.2), chance.randrange(7)
    weekdays = [(day + monday) % 7 for day in days]
    counts = []
    for day, weekday in zip(days, weekdays, strict=True):
        level = base * WEEK[weekday] * (1 + surge * exp(-day / tau) * (day >= 0)) * (excess if day >= since else 1)
        counts.append(a_count(chance, level * chance.gammavariate(1 / spread, spread)))
    return list(days), counts, weekdays


def a_count(chance, mean):
    """A Poisson count; beyond 60 a rounded normal one is as good."""
    if mean > 60:
        return max(0, round(chance.gauss(mean, mean**0.5)))
    count, left = -1, 1.0
    while left > exp(-mean):
        left *= chance.random()
        count += 1
    return count


def judged(days, counts, weekdays):
    """The statistic of the days that are judged."""
    expected, dispersion = expected_tickets(days, counts, weekdays)
    first = next(n for n, day in enumerate(days) if day >= FROM)
    return ticket_statistic(counts[first:], expected[first:], dispersion)


def alarms(desk):
    return max(judged(*desk)) > TICKET_THRESHOLD


def desks():
    """Any days, with gaps, unknown and odd counts."""
    a_day = st.tuples(st.integers(-40, 90), st.none() | st.integers(0, 500))
    return st.lists(a_day, max_size=60, unique_by=lambda day: day[0]).map(sorted)


@given(desks(), st.integers(0, 6), st.integers(0, 60))
@settings(max_examples=60)
def test_no_expectation_depends_on_later_days(desk, monday, cut):
    days, counts = [day for day, _ in desk], [count for _, count in desk]
    weekdays = [(day + monday) % 7 for day in days]
    whole, dispersion = expected_tickets(days, counts, weekdays)
    assert len(whole) == len(days)
    assert all(0 < value < inf for value in whole)
    assert isfinite(dispersion)
    assert dispersion > 0
    assert expected_tickets(days[:cut], counts[:cut], weekdays[:cut])[0] == whole[:cut]


@pytest.mark.parametrize("day", [-20, 0, 5, 13, 14, 20, 28, 29, 40])
def test_a_day_is_expected_from_what_was_learned_with_it_and_later_from_two_weeks_before_it(day):
    """In the first two weeks the surge is learned as it comes; after them an excess cannot excuse itself."""
    days = list(range(-28, 44))
    learned_to = day if day < 14 else max(13, day - 15)

    def expected(*more: int) -> float:
        counts = [20 + (3 * on) % 5 + 2 * (on in more) for on in days]
        return expected_tickets(days, counts, [on % 7 for on in days])[0][days.index(day)]

    assert expected(-28) != expected() != expected(learned_to)
    assert expected(*range(learned_to + 1, 44)) == expected()


@given(st.lists(st.tuples(st.none() | st.integers(0, 90), st.floats(1, 40)), min_size=1, max_size=30))
@settings(max_examples=60)
def test_the_statistic_is_the_greatest_evidence_over_all_starts(pairs):
    """The formula of :func:`ticket_statistic`, written out; counts are cut at ``FARTHEST``."""
    dispersion, fade = 0.1, 0.5 ** (1 / golive.MEMORY)
    scores = []
    for count, mean in pairs:
        if count is not None:
            inflated = 1 + dispersion * mean
            cut = min(count, mean + FARTHEST * (mean * inflated) ** 0.5)
            scores.append(((cut - mean) / inflated, mean / inflated))
    greatest = 0.0
    drift, days = golive.DRIFT_OF_FORECAST, golive.DAYS_OF_FORECAST
    prior = 1 / (len(scores) / (days * sum(i for _, i in scores)) + drift**2) if scores else 0.0
    for start in range(len(scores)):
        before = [(u * fade ** (start - 1 - n), i * fade ** (start - 1 - n)) for n, (u, i) in enumerate(scores[:start])]
        surely = prior + sum(i for _, i in before)
        off = max(sum(u for u, _ in before) / surely, -golive.MOST_EXCUSED)
        u, i = (sum(each) for each in zip(*scores[start:], strict=True))
        evidence = (u - off * i) / (i + i * i / surely) ** 0.5 - golive.PATIENCE / (len(scores) - start)
        greatest = max(greatest, evidence)
    found = ticket_statistic([count for count, _ in pairs], [mean for _, mean in pairs], dispersion)
    assert found[-1] == pytest.approx(greatest, abs=1e-9)


@given(st.lists(st.tuples(st.none() | st.integers(0, 900), st.floats(0, 300)), max_size=50), st.integers(0, 50))
@settings(max_examples=60)
def test_the_statistic_looks_at_nothing_later(pairs, cut):
    counts, expected = [count for count, _ in pairs], [value for _, value in pairs]
    whole = ticket_statistic(counts, expected, 0.1)
    assert len(whole) == len(counts)
    assert all(0 <= value < inf for value in whole)
    assert ticket_statistic(counts[:cut], expected[:cut], 0.1) == whole[:cut]


@given(st.lists(st.floats(0, 300), min_size=1, max_size=50), st.floats(0, 0.5))
def test_as_many_as_expected_or_fewer_never_alarm(expected, dispersion):
    assert max(ticket_statistic([int(value) for value in expected], [max(0.1, e) for e in expected], dispersion)) == 0


@given(st.integers(0, 55), st.integers(0, 100_000), st.floats(1, 200))
def test_one_bad_day_does_not_alarm(when, count, mean):
    counts = [mean] * 56
    counts[when] = count
    assert max(ticket_statistic(counts, [mean] * 56, 0.08)) <= TICKET_THRESHOLD


def test_a_lasting_excess_alarms_and_the_alarm_stays():
    statistic = ticket_statistic([20.0] * 20 + [28.0] * 30, [20.0] * 50, 0.05)
    assert max(statistic[:20]) == 0
    assert statistic[35] > TICKET_THRESHOLD
    assert statistic[-1] > TICKET_THRESHOLD


def test_go_lives_without_an_excess_rarely_alarm():
    found = sum(alarms(a_desk(seed)) for seed in range(60))
    assert can_be(0.05, found, 60)


def test_a_lasting_excess_is_found():
    found = sum(alarms(a_desk(seed, excess=1.6)) for seed in range(500, 540))
    assert can_be(0.25, 40 - found, 40)
    assert found >= 28


def test_the_surge_of_the_go_live_itself_is_no_excess():
    days, counts, weekdays = a_desk(3)
    expected, dispersion = expected_tickets(days, counts, weekdays)
    assert max(ticket_statistic(counts, expected, dispersion)[: days.index(FROM)]) <= TICKET_THRESHOLD
    first_days, later = sum(expected[28:33]), sum(expected[-7:-2])
    assert first_days > 1.3 * later


def test_a_bad_week_before_go_live_does_not_hide_an_excess():
    days, counts, weekdays = a_desk(12, excess=1.8)
    spoilt = [3 * count if -21 <= day < -14 else count for day, count in zip(days, counts, strict=True)]
    assert alarms((days, counts, weekdays))
    assert alarms((days, spoilt, weekdays))
    sound, odd = (sum(expected_tickets(days, each, weekdays)[0][42:]) for each in (counts, spoilt))
    assert odd == pytest.approx(sound, rel=0.15)


def test_the_days_after_a_quiet_week_are_no_excess():
    quiet_week = [20.0] * 14 + [6.0] * 7 + [20.0] * 35
    assert max(ticket_statistic(quiet_week, [20.0] * 56, 0.05)) <= TICKET_THRESHOLD
    lower_for_good = [20.0] * 14 + [12.0] * 21 + [20.0] * 21
    assert max(ticket_statistic(lower_for_good, [20.0] * 56, 0.05)) <= TICKET_THRESHOLD, "back to what is expected"


def test_a_desk_that_is_as_busy_at_weekends_is_soon_known():
    chance = random.Random(4)
    counts = [a_count(chance, 30) for _ in DAYS]
    expected = expected_tickets(list(DAYS), counts, [day % 7 for day in DAYS])[0]
    weekends = [value for day, value in zip(DAYS, expected, strict=True) if day >= 28 and day % 7 > 4]
    assert sum(weekends) / len(weekends) == pytest.approx(30, rel=0.2)


def test_a_desk_whose_days_differ_more_is_known_for_it():
    def scatter(spread: float) -> float:
        found = []
        for seed in range(5):
            chance = random.Random(seed)
            counts = [a_count(chance, 30 * WEEK[day % 7] * chance.gammavariate(1 / spread, spread)) for day in DAYS]
            found.append(expected_tickets(list(DAYS), counts, [day % 7 for day in DAYS])[1])
        return sum(found) / len(found)

    assert 0.01 < scatter(0.01) < 0.05 < scatter(0.1) < 0.2 < scatter(0.4) < 0.5


def test_what_is_expected_weeks_after_a_go_live_is_off_by_no_more_than_its_base_can_be_known():
    off = []
    for seed in range(25):
        chance = random.Random(seed)
        tau, surge = chance.uniform(4, 16), chance.uniform(1, 5)
        level = [20 * WEEK[day % 7] * (1 + surge * exp(-day / tau) * (day >= 0)) for day in DAYS]
        counts = [a_count(chance, mean * chance.gammavariate(20, 0.05)) for mean in level]
        expected = expected_tickets(list(DAYS), counts, [day % 7 for day in DAYS])[0]
        off.append((sum(expected[-42:]) / sum(level[-42:]) - 1) ** 2)
    assert (sum(off) / len(off)) ** 0.5 < 0.11


def test_missing_days_are_not_days_without_tickets():
    days, counts, weekdays = a_desk(5)
    unknown = [None if n % 6 == 1 else count for n, count in enumerate(counts)]
    gaps = [(d, c, w) for d, c, w in zip(days, unknown, weekdays, strict=True) if c is not None]
    with_none = expected_tickets(days, unknown, weekdays)[0]
    without = expected_tickets(*map(list, zip(*gaps, strict=True)))[0]
    assert [e for e, c in zip(with_none, unknown, strict=True) if c is not None] == without
    assert sum(with_none[42:]) == pytest.approx(sum(expected_tickets(days, counts, weekdays)[0][42:]), rel=0.2)


def test_days_to_come_are_foretold_from_those_before():
    days, counts, weekdays = a_desk(8)
    known = [count if day < 20 else None for day, count in zip(days, counts, strict=True)]
    foretold = expected_tickets(days, known, weekdays)[0]
    assert foretold[:48] == expected_tickets(days, counts, weekdays)[0][:48]
    assert foretold[-7:] != expected_tickets(days, counts, weekdays)[0][-7:]


def test_a_desk_without_tickets_and_one_without_days_have_an_expectation_too():
    assert expected_tickets([], [], [])[0] == []
    expected, dispersion = expected_tickets(list(DAYS), [0] * 98, [day % 7 for day in DAYS])
    assert max(expected[42:]) < 1
    assert max(ticket_statistic([0] * 98, expected, dispersion)) == 0
    assert ticket_statistic([], [], 0.1) == []


def test_with_few_days_before_go_live_less_is_certain():
    def scatter(first: int) -> float:
        return sum(expected_tickets(*a_desk(seed, days=range(first, 70)))[1] for seed in range(1, 9))

    uncertain = [scatter(first) for first in (-28, -14, -7)]
    assert uncertain == sorted(uncertain)


def test_ten_times_the_tickets_are_expected_ten_times():
    few = expected_tickets(list(DAYS), [20] * 98, [day % 7 for day in DAYS])[0]
    many = expected_tickets(list(DAYS), [200] * 98, [day % 7 for day in DAYS])[0]
    assert sum(many[42:]) == pytest.approx(10 * sum(few[42:]), rel=0.1)


@given(st.floats(0, 500), st.floats(0, 0.5), st.floats(0.1, 0.99))
def test_a_band_holds_the_share_that_was_asked_for(mean, dispersion, share):
    band, wider = day_band(mean, dispersion, share), day_band(mean, dispersion, (1 + share) / 2)
    assert wider.low <= band.low <= band.middle <= band.high <= wider.high
    assert band.middle <= mean + 1
    assert day_band(mean + 10, dispersion, share).high >= band.high


def test_a_band_holds_eight_of_ten_where_nothing_else_was_asked_for():
    assert day_band(30, 0.1) == day_band(30, 0.1, 0.8) == mixed_band([30, 30], 0.1)


def test_the_band_of_a_known_distribution():
    assert day_band(2, 0, 0.8) == day_band(2, 1e-9, 0.8)
    band = day_band(1, 1, 0.5)
    assert (band.low, band.middle, band.high) == (0, 0, 1), "geometric: 1/2, 1/4, 1/8 ..."
    assert day_band(0, 0.1).high == 0


def a_chance(count, mean, dispersion):
    """That exactly so many come: the negative binomial by its own formula, the Poisson distribution without dispersion."""
    if not dispersion:
        return exp(count * log(mean) - mean - lgamma(count + 1))
    rate = 1 / dispersion
    ways = lgamma(count + rate) - lgamma(rate) - lgamma(count + 1)
    return exp(ways + rate * log(rate / (rate + mean)) + count * log(mean / (rate + mean)))


@given(
    st.lists(st.floats(0.01, 60), min_size=1, max_size=3),
    st.just(0.0) | st.floats(0.01, 1),
    st.floats(0.1, 0.95),
)
@settings(max_examples=30)
def test_a_band_ends_at_the_least_counts_that_reach_its_tails(means, dispersion, share):
    """By adding up: of several loads that are alike likely, so many tickets come with the mean of their chances."""
    reached, least = 0.0, []
    for count in range(5000):
        reached += sum(a_chance(count, mean, dispersion) for mean in means) / len(means)
        for tail in ((1 - share) / 2, 0.5, (1 + share) / 2)[len(least) :]:
            if reached < tail - 1e-12:
                break
            least.append(count)
        if len(least) == 3:
            break
    found = mixed_band(means, dispersion, share)
    assert [found.low, found.middle, found.high] == least


def test_as_many_tickets_as_the_usual_day_counts_weigh_as_much_as_it():
    usual, shifted = hour_profile([0] * 24), hour_profile([20 if hour == 3 else 0 for hour in range(24)])
    assert usual[9] == pytest.approx(0.13, rel=0.001)
    assert usual[6] == usual[18] == pytest.approx(0.001 / 20, rel=0.001), "no hour is quite without tickets"
    assert (shifted[3], shifted[9]) == (pytest.approx(0.5, rel=0.001), pytest.approx(0.065, rel=0.001))


def test_nine_of_ten_counts_lie_in_the_band_of_nine_tenths():
    chance = random.Random(7)
    counts = [a_count(chance, 30 * chance.gammavariate(10, 0.1)) for _ in range(2000)]
    band = day_band(30, 0.1, 0.9)
    assert sum(band.low <= count <= band.high for count in counts) / 2000 == pytest.approx(0.9, abs=0.03)


@given(st.lists(st.integers(0, 5000), min_size=24, max_size=24))
def test_the_hours_of_a_day_add_up(counts):
    profile = hour_profile(counts)
    assert sum(profile) == pytest.approx(1)
    assert min(profile) > 0


def test_a_desk_without_counts_has_a_usual_day():
    profile = hour_profile([0] * 24)
    assert profile[9] > 5 * profile[3]
    night = hour_profile([100] * 6 + [0] * 18)
    assert sum(night[:6]) > 0.9


@pytest.mark.requirement("R51")
def test_day_one_without_earlier_go_lives_is_a_wide_guess_that_says_so():
    found = day_one_forecast(20, 0.08, people=200, readiness=0.5)
    assert 20 < found.band.middle < 60
    assert found.band.high > 3 * found.band.low
    assert found.grounds == "Rests on a wide guess from the people concerned, as no earlier go-live is on record"
    assert "not known" in day_one_forecast(20, 0.08).grounds


@pytest.mark.requirement("R51")
def test_earlier_go_lives_narrow_day_one():
    earlier = [EarlierGoLive(20, 20 + extra, 100, 0.5) for extra in (28, 30, 33, 29, 300)]
    found, guess = (day_one_forecast(20, 0.02, 200, 0.5, those) for those in (earlier, ()))
    assert found.band.middle == pytest.approx(20 + 60, rel=0.2), "the median: one that went wrong does not lead"
    assert found.band.low > guess.band.low
    assert found.grounds == "Rests on 5 earlier go-lives and the people concerned"


@pytest.mark.requirement("R51")
def test_the_readier_people_are_and_the_fewer_the_fewer_call():
    none, half, ready = (day_one_forecast(20, 0.08, 200, readiness).band.middle for readiness in (0, 0.5, 1))
    assert none > half > ready > 20 - 5
    assert day_one_forecast(20, 0.08, 50, 0.5).band.middle < half
    known, unknown = day_one_forecast(20, 0.08, 200, 0.5).band, day_one_forecast(20, 0.08, 200).band
    assert unknown.high >= known.high


def test_where_nobody_counted_people_the_extra_is_told_in_bases():
    found = day_one_forecast(50, 0.05, 200, None, [EarlierGoLive(10, 30), EarlierGoLive(20, 62)])
    assert not found.counted_by_people
    assert found.earlier == 2
    assert found.band.middle > 100
    assert day_one_forecast(50, 0.05, None, 1.0, [EarlierGoLive(0, 5, 40)]).earlier == 0
