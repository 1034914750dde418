"""Which gap first: the product of what presses, explained factor by factor, and never upside down."""

from dataclasses import replace
from math import prod, sqrt

import pytest
from domain_builders import day
from hypothesis import given
from hypothesis import strategies as st
from people_builders import a_gap, a_group, a_people_standing, an_open_item

from changedesk.domain.people.gaps import gaps_of
from changedesk.domain.people.people_side import GapMark
from changedesk.domain.people.triage import (
    UNPLANNED_DAYS,
    factors,
    is_open,
    most_people,
    ranked,
    reason,
    said_shortfall,
    score_of,
)

TODAY = day(100)

GAPS = st.builds(
    a_gap,
    key=st.uuids().map(str),
    code=st.sampled_from(["ERP", "MFA", "PSA"]),
    audience=st.sampled_from([None, "Nurses", "Office"]),
    name=st.sampled_from(["Knows why", "Tried", "Trained"]),
    degree=st.one_of(st.none(), st.integers(1, 5)),
    headcount=st.one_of(st.none(), st.integers(1, 2000)),
    shortfall=st.sampled_from([0.1, 0.5, 1.0]),
    unknown=st.booleans(),
    by=st.one_of(st.none(), st.integers(60, 300).map(day)),
    locked=st.booleans(),
    due=st.one_of(st.none(), st.integers(60, 300).map(day)),
)
LISTS = st.lists(GAPS, min_size=2, max_size=8, unique_by=lambda gap: gap.key)


def rank_of(gaps, key):
    return next(one.rank for one in ranked(gaps, TODAY) if one.gap.key == key)


def test_the_score_is_the_product_of_its_factors():
    gap = a_gap(degree=4, headcount=260, shortfall=0.5, unknown=True, by=day(106), locked=True)
    assert score_of(gap, TODAY) == pytest.approx(0.8 * 260 * 0.5 * 1.25 * 1 / sqrt(7) * 1.5, abs=1e-4)


@given(GAPS)
def test_the_factors_that_are_shown_multiply_to_the_score_that_ranks(gap):
    found = factors(gap, TODAY, 2000)
    assert [f.name for f in found] == ["severity", "people", "shortfall", "unknown", "urgency", "irreversibility"]
    assert score_of(gap, TODAY) == pytest.approx(prod(factor.counted for factor in found), abs=1e-4)
    assert all(0 <= factor.bar <= 1 and factor.sentence for factor in found)


def test_each_factor_is_a_sentence_and_the_reason_is_made_of_them():
    gap = a_gap(degree=4, headcount=1260, by=day(106), locked=True, unknown=True, status="unknown")
    assert [factor.sentence for factor in factors(gap, TODAY, 2000)] == [
        "hit 4 of 5",
        "1,260 people",
        "nobody knows whether it is ready",
        "nobody knows: counts a quarter more",
        "go-live in 6 d",
        "the order of the work is locked: counts half more",
    ]
    assert reason(gap, TODAY) == (
        "nobody knows whether it is ready; 1,260 people; hit 4 of 5; go-live in 6 d; the order of the work is locked"
    )


def test_what_is_unknown_is_shown_as_unknown_and_said_to_count():
    gap = a_gap(degree=None, headcount=None, by=None, unknown=False, locked=False)
    found = {factor.name: factor for factor in factors(gap, TODAY, 10)}
    assert (found["severity"].value, found["people"].value, found["urgency"].value) == (None, None, None)
    assert (found["severity"].counted, found["people"].counted) == (1.0, 1)
    assert found["urgency"].counted == pytest.approx(1 / sqrt(UNPLANNED_DAYS + 1))
    assert "counts as 5 of 5" in found["severity"].sentence
    assert "counts as 1" in found["people"].sentence
    assert "counts as 90 days away" in found["urgency"].sentence
    assert (found["severity"].bar, found["unknown"].bar, found["irreversibility"].bar) == (1.0, 0.0, 0.0)
    assert found["unknown"].sentence == "it is known"
    assert found["irreversibility"].sentence == "the order of the work can change"


# metamorphic: whatever presses more never ranks lower


@pytest.mark.requirement("R50")
@given(LISTS, st.data())
def test_more_people_never_rank_lower(gaps, data):
    n = data.draw(st.integers(0, len(gaps) - 1))
    more = replace(gaps[n], headcount=(gaps[n].headcount or 1) + data.draw(st.integers(0, 3000)))
    assert rank_of([*gaps[:n], more, *gaps[n + 1 :]], more.key) <= rank_of(gaps, more.key)


@pytest.mark.requirement("R50")
@given(LISTS.filter(lambda gaps: any(gap.by for gap in gaps)), st.data())
def test_fewer_days_never_rank_lower(gaps, data):
    n = data.draw(st.sampled_from([n for n, gap in enumerate(gaps) if gap.by]))
    days = (gaps[n].by - day(0)).days
    sooner = replace(gaps[n], by=day(data.draw(st.integers(60, days))))
    assert rank_of([*gaps[:n], sooner, *gaps[n + 1 :]], sooner.key) <= rank_of(gaps, sooner.key)


@pytest.mark.requirement("R50")
@given(LISTS, st.data())
def test_a_larger_gap_never_ranks_lower(gaps, data):
    n = data.draw(st.integers(0, len(gaps) - 1))
    wider = replace(gaps[n], shortfall=data.draw(st.floats(gaps[n].shortfall, 1.0)))
    assert rank_of([*gaps[:n], wider, *gaps[n + 1 :]], wider.key) <= rank_of(gaps, wider.key)


@given(LISTS, st.data())
def test_a_harder_hit_an_unknown_state_and_a_locked_order_never_rank_lower(gaps, data):
    n = data.draw(st.integers(0, len(gaps) - 1))
    old = gaps[n]
    degree = data.draw(st.sampled_from([None, *range(old.degree or 5, 6)]))
    worse = replace(old, degree=degree, unknown=True, locked=True)
    assert rank_of([*gaps[:n], worse, *gaps[n + 1 :]], old.key) <= rank_of(gaps, old.key)


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_the_records_never_decides(gaps, random):
    shuffled = list(gaps)
    random.shuffle(shuffled)
    named = [(one.rank, one.score, one.gap.code, one.gap.audience, one.gap.name) for one in ranked(gaps, TODAY)]
    again = [(one.rank, one.score, one.gap.code, one.gap.audience, one.gap.name) for one in ranked(shuffled, TODAY)]
    assert named == again


@given(LISTS)
def test_ranks_count_from_one_and_scores_fall(gaps):
    found = ranked(gaps, TODAY)
    assert [one.rank for one in found] == list(range(1, len(found) + 1))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert most_people(found) == max(gap.headcount or 1 for gap in gaps)


def test_equal_scores_go_by_due_date_then_by_natural_key():
    late, soon, none = (a_gap(key=str(n), due=due) for n, due in enumerate((day(120), day(110), None)))
    assert [one.gap for one in ranked([late, none, soon], TODAY)] == [soon, late, none]
    keys = [("ERP", "Z", "x"), ("MFA", None, "x"), ("MFA", "A", "b"), ("MFA", "A", "c")]
    gaps = [a_gap(key=str(n), code=c, audience=a, name=g) for n, (c, a, g) in enumerate(keys)]
    assert [one.gap for one in ranked(reversed(gaps), TODAY)] == gaps


@given(GAPS)
def test_what_is_known_counts_as_what_it_is(gap):
    assert all(
        factor.value in (None, factor.counted) for factor in factors(gap, TODAY, 2000) if factor.name != "people"
    )
    assert score_of(gap, TODAY) == round(score_of(gap, TODAY), 4)


def test_go_live_presses_as_much_after_its_day_as_on_it():
    assert score_of(a_gap(by=day(40)), TODAY) == score_of(a_gap(by=TODAY), TODAY)
    assert score_of(a_gap(by=day(101)), TODAY) < score_of(a_gap(by=TODAY), TODAY)


# waived and put off


def a_mark(**other):
    values = dict.fromkeys(("owner", "waiver", "waived_by", "waived_at", "waived_until", "snoozed_by", "snoozed_until"))
    return GapMark(gap="item/x", **values | other)


@pytest.mark.parametrize("field", ["waived_until", "snoozed_until"])
def test_a_waiver_and_a_delay_hold_until_their_day_and_not_on_it(field):
    gap = a_gap(mark=a_mark(**{field: day(101)}))
    assert not is_open(gap, TODAY)
    assert is_open(gap, day(101))
    assert ranked([gap], TODAY) == ()


def test_a_group_that_is_not_hit_at_all_is_no_gap():
    assert ranked([a_gap(degree=0)], TODAY) == ()


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (a_gap(), "not ready"),
        (a_gap(status="partial"), "partly ready"),
        (a_gap(kind="relapse", percent=41.2, best=78.0), "41 % use it, 78 % did"),
        (a_gap(kind="adoption", percent=41.2, planned=60.0), "41 % use it, 60 % were planned by now"),
        (a_gap(kind="adoption", percent=41.2), "41 % use it"),
        (a_gap(kind="adoption", percent=None), "nobody has counted who uses it"),
        (a_gap(status=None), "unknown"),
        (a_gap(unknown=True), "nobody knows whether it is ready"),
        (a_gap(kind="unassessed"), "nobody has said what they need to be ready"),
        (a_gap(kind="training"), "there is training, but none that is made for a role that is hit"),
    ],
)
def test_what_is_missing_is_said_as_far_as_it_is_known(gap, said):
    assert said_shortfall(gap) == said


def test_what_is_due_after_the_go_live_is_said_by_its_day_and_not_as_a_go_live():
    def said(**other):
        return reason(a_gap(by=day(110), **other), TODAY).rpartition("; ")[2]

    assert said(live=False) == "go-live in 10 d"
    assert said(live=True) == "due in 10 d"
    assert said(live=True, kind="adoption", percent=41.0) == "went live in 10 d"


def test_a_day_that_is_the_groups_own_is_said_to_be_a_wave_and_no_go_live_of_its_initiative():
    standing = a_people_standing(
        go_live=day(90), went_live=True,
        groups=(a_group(go_live=day(90)), a_group("Wards", go_live=day(110))),
        items=(an_open_item(audience="Wards"),),
    )  # fmt: skip
    said = {gap.audience: reason(gap, TODAY) for gap in gaps_of(standing, TODAY)}
    assert "their own wave goes live in 10 d" in said["Wards"]
    relapsed = a_gap(kind="relapse", live=True, wave=True, by=day(90), percent=20.0, best=80.0)
    assert reason(relapsed, TODAY).endswith("their own wave went live 10 d ago")


def test_of_a_planned_day_that_has_passed_nobody_is_told_that_it_came():
    def said(**other):
        return reason(a_gap(by=day(90), live=False, **other), TODAY).rpartition("; ")[2]

    assert said() == "go-live planned 10 d ago"
    assert said(wave=True) == "their own wave was to go live 10 d ago"
