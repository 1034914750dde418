"""The figures of change control (DOMAIN 1.4): what they are shares of, and what stays out of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.kpis import GROUPS, RATES, ChangeFact, Window, grouped, kpis, months, said_counted, trend
from changedesk.domain.control.lead_time import Waited
from changedesk.domain.proportion import Proportion
from changedesk.domain.words import CHANGE_PATHS, CHANGE_STATES, OUTCOMES

NOW = datetime(2026, 11, 26, 14, 2, tzinfo=UTC)
YEAR = Window(NOW - timedelta(days=365), NOW)
DONE = ChangeFact(
    "alder", "normal", "ina", "closed", "successful", True, NOW - timedelta(days=9), NOW - timedelta(days=9)
)


@st.composite
def facts(draw):
    """Any change that the state machine can lead to."""
    state = draw(st.sampled_from(CHANGE_STATES))
    planned = NOW - timedelta(days=draw(st.integers(-30, 500)))
    done = state in ("review", "closed")
    outcome = draw(st.sampled_from(OUTCOMES)) if done else None
    return ChangeFact(
        client=draw(st.sampled_from(("alder", "birch"))),
        path=draw(st.sampled_from(CHANGE_PATHS)),
        team=draw(st.sampled_from(("ina", "ben", None))),
        state=state,
        outcome=outcome,
        good=outcome == "successful",
        planned_start=planned,
        ended=planned + timedelta(hours=1) if done else None,
        submitted=None if state == "draft" else planned - timedelta(days=3),
        lead=None if state == "draft" else Waited(draw(st.integers(0, 80)), state not in ("assessing", "authorizing")),
        authorised=draw(st.sampled_from((True, True, False, None))) if done else None,
        outside=draw(st.sampled_from((True, False, None))),
        incident=done and draw(st.booleans()),
        downtime=draw(st.sampled_from((None, 0, 30))) if done else None,
    )


MANY = st.lists(facts(), max_size=25)


@given(MANY)
def test_success_issues_and_failures_are_parts_of_one_whole(known):
    found = kpis(known, YEAR)
    assert found.success.whole == found.with_issues.whole == found.failed.whole
    assert found.success.part + found.with_issues.part + found.failed.part <= found.success.whole


@given(MANY)
def test_what_was_cancelled_or_rejected_is_in_no_share_of_what_was_done(known):
    left = [fact for fact in known if fact.state not in ("cancelled", "rejected")]
    before, after = kpis(known, YEAR), kpis(left, YEAR)
    for name in ("success", "with_issues", "failed", "incident", "emergency", "unauthorised", "outside"):
        assert getattr(before, name) == getattr(after, name)
    assert (after.cancelled, after.rejected) == (0, 0)


@given(MANY)
def test_what_was_begun_without_leave_is_never_a_success_and_never_left_out(known):
    """Unauthorised stays counted; it can never be turned into a success (DOMAIN 2.2)."""
    forbidden = [replace(fact, authorised=False) if fact.outcome else fact for fact in known]
    before, after = kpis(known, YEAR), kpis(forbidden, YEAR)
    assert after.success == Proportion(0, before.success.whole)
    assert after.unauthorised.part == after.unauthorised.whole >= before.unauthorised.part
    assert after.failed == before.failed


def added(shares: Iterable[Proportion]) -> Proportion:
    parts, wholes = zip(*((share.part, share.whole) for share in (Proportion(0, 0), *shares)), strict=True)
    return Proportion(sum(parts), sum(wholes))


@given(MANY, st.sampled_from(tuple(GROUPS)))
def test_the_groups_together_are_everything(known, by):
    whole, parts = kpis(known, YEAR), grouped(known, by, YEAR)
    for name in RATES:
        assert added(getattr(part, name) for part in parts.values()) == getattr(whole, name)
    assert sum(part.lead.n for part in parts.values()) == whole.lead.n


@given(MANY)
def test_the_months_together_are_the_year_that_they_make(known):
    windows = list(months(NOW, 12))
    year = kpis(known, Window(windows[0].since, windows[-1].until))
    assert added(month.success for month in trend(known, windows)) == year.success


@given(MANY)
def test_each_month_of_a_trend_has_the_figures_of_that_month(known):
    windows = list(months(NOW, 12))
    assert trend(known, windows) == tuple(kpis(known, window) for window in windows)


def test_a_month_begins_at_midnight_of_its_first_day_whenever_in_it_it_is_looked_at():
    late = NOW.replace(hour=23, minute=59, second=58, microsecond=7)
    assert [window.since for window in months(late, 2)] == [datetime(2026, month, 1, tzinfo=UTC) for month in (10, 11)]


@pytest.mark.parametrize(
    ("success", "said"),
    [
        ({}, "“successful”"),
        ({"alder": ("successful", "with_issues")}, "“successful” or “with issues”"),
        ({"alder": ("successful",), "birch": ("successful",)}, "“successful”"),
        (
            {"alder": ("successful",), "birch": ("with_issues",), "cedar": ("successful",)},
            "“successful” at alder and cedar; “with issues” at birch",
        ),
    ],
)
def test_what_counts_as_a_success_is_said_once_where_clients_agree_and_by_name_where_they_do_not(success, said):
    assert said_counted(success) == f"What counts as a success: {said}."


def test_months_follow_each_other_without_a_gap():
    windows = list(months(NOW, 14))
    assert windows[0].since == datetime(2025, 10, 1, tzinfo=UTC)
    assert windows[-1].until == datetime(2026, 12, 1, tzinfo=UTC)
    assert all(one.until == two.since for one, two in pairwise(windows))


def test_what_is_undefined_is_unknown_and_not_nothing():
    found = kpis([], YEAR)
    assert [getattr(found, name).value for name in RATES] == [None] * len(RATES)
    assert (found.lead.p50, found.lead.p80, found.downtime) == (None, None, None)


@pytest.mark.requirement("R125")
@pytest.mark.requirement("R172")
def test_the_emergency_ratio_is_of_closed_changes():
    emergency = replace(DONE, path="emergency")
    waiting = replace(emergency, state="review")
    assert kpis([DONE, DONE, DONE, emergency, waiting], YEAR).emergency == Proportion(1, 4)


@pytest.mark.requirement("R122")
def test_downtime_is_the_sum_of_what_was_said():
    found = kpis([replace(DONE, downtime=40), replace(DONE, downtime=0), DONE], YEAR)
    assert (found.downtime, found.downtime_known) == (40, 2)


def test_only_what_was_done_in_the_window_counts():
    old = replace(DONE, ended=YEAR.since - timedelta(seconds=1))
    assert kpis([DONE, old], YEAR).success == Proportion(1, 1)
    assert kpis([DONE, old], Window(None, NOW)).success == Proportion(2, 2)


def test_a_change_that_waits_is_counted_into_the_lead_time():
    decided = replace(DONE, submitted=NOW - timedelta(days=9), lead=Waited(6.0))
    waiting = replace(
        DONE, state="authorizing", outcome=None, submitted=NOW - timedelta(days=2), lead=Waited(9.0, False)
    )
    found = kpis([decided, waiting], YEAR).lead
    assert (found.p50, found.p80, found.longest, found.n, found.undecided) == (6.0, None, 9.0, 2, 1)


def test_a_window_holds_its_first_moment_and_not_its_last_nor_one_that_nobody_knows():
    assert YEAR.holds(YEAR.since)
    assert YEAR.holds(YEAR.until - timedelta(microseconds=1))
    assert not YEAR.holds(YEAR.until)
    assert not YEAR.holds(YEAR.since - timedelta(microseconds=1))
    assert not YEAR.holds(None)
    assert Window(None, NOW).holds(datetime(1970, 1, 1, tzinfo=UTC))


@pytest.mark.requirement("R122")
def test_each_share_is_of_those_that_it_can_be_said_of():
    fine = replace(DONE, authorised=True, outside=False)
    marred = replace(DONE, outcome="with_issues", good=False, authorised=True, outside=True, incident=True)
    taken_back = replace(DONE, outcome="backed_out", good=False, outside=None)
    without_leave = replace(DONE, authorised=False, outside=False)
    in_review = replace(marred, state="review", outcome="failed")
    to_come = replace(DONE, state="scheduled", outcome=None, ended=None, outside=True)
    asked_for = replace(to_come, state="draft")
    nobody_could_say = replace(DONE, incident=None)
    found = kpis([fine, marred, taken_back, without_leave, in_review, to_come, asked_for, nobody_could_say], YEAR)
    assert {name: getattr(found, name) for name in RATES} == {
        "success": Proportion(2, 5),
        "with_issues": Proportion(1, 5),
        "failed": Proportion(1, 5),
        "incident": Proportion(2, 5),
        "emergency": Proportion(0, 5),
        "unauthorised": Proportion(1, 4),
        "outside": Proportion(3, 5),
    }


def test_what_was_cancelled_or_rejected_is_counted_where_it_was_planned():
    cancelled = replace(DONE, state="cancelled", outcome=None, ended=None)
    rejected = replace(cancelled, state="rejected")
    before = YEAR.since - timedelta(seconds=1)
    known = [cancelled, cancelled, rejected, *(replace(one, planned_start=before) for one in (cancelled, rejected))]
    found = kpis([*known, DONE], YEAR)
    assert (found.cancelled, found.rejected) == (2, 1)


def test_groups_are_named_after_what_they_share_and_who_does_it_may_be_unknown():
    known = [DONE, replace(DONE, client="birch", path="emergency", team=None)]
    assert [[*grouped(known, by, YEAR)] for by in GROUPS] == [
        ["alder", "birch"],
        ["emergency", "normal"],
        ["ina", "nobody named"],
    ]
