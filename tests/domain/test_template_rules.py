"""When a standard change suspends itself, and what a template may hold (DOMAIN 2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.request import Content
from changedesk.domain.control.template import (
    FAILURES,
    LAST_USES,
    Template,
    TemplateDraft,
    Use,
    deviations,
    draft_faults,
    why_suspended,
)
from changedesk.domain.words import OUTCOMES

USE = st.builds(Use, st.integers(1, 99).map(lambda n: f"STD-{n}"), st.sampled_from(OUTCOMES), st.booleans())
USES = st.lists(USE, max_size=35).map(tuple)
SHARES = st.sampled_from([0.0, 0.5, 0.8, 0.95, 1.0])
WELL = Use("STD-1", "successful", False)


def failed(use: Use) -> bool:
    return use.outcome in FAILURES


@given(USES, SHARES)
def test_one_failure_with_a_p1_among_the_last_twenty_is_enough(uses, share):
    if any(failed(use) and use.caused_p1 for use in uses[:LAST_USES]):
        assert "caused a P1" in why_suspended(uses, share)


@given(USES, SHARES)
def test_under_twenty_uses_two_failures_are_enough_and_one_without_a_p1_is_not(uses, share):
    few = tuple(Use(use.number, use.outcome, False) for use in uses[: LAST_USES - 1])
    assert (why_suspended(few, share) is not None) == (sum(map(failed, few)) >= 2)


@given(st.lists(USE, min_size=LAST_USES, max_size=35).map(tuple), SHARES)
def test_from_twenty_uses_on_the_last_twenty_are_judged_by_what_is_asked_for(uses, share):
    uses = tuple(Use(use.number, use.outcome, False) for use in uses)
    good = sum(use.outcome == "successful" for use in uses[:LAST_USES])
    assert (why_suspended(uses, share) is not None) == (good < share * LAST_USES)


@given(USES, SHARES)
def test_what_went_well_never_suspends_and_what_failed_never_mends(uses, share):
    before = why_suspended(uses, share)
    if len(uses) != LAST_USES - 1:
        # The twentieth use is the one that changes the rule.
        assert before is not None or why_suspended((WELL, *uses), share) is None
        for outcome in sorted(FAILURES):
            assert before is None or why_suspended((Use("STD-9", outcome, False), *uses), share) is not None


@given(USES, SHARES, st.data())
def test_making_one_outcome_worse_never_lifts_a_suspension(uses, share, data):
    if not uses or why_suspended(uses, share) is None:
        return
    place = data.draw(st.integers(0, len(uses) - 1))
    worse = (*uses[:place], Use(uses[place].number, "failed", True), *uses[place + 1 :])
    assert why_suspended(worse, share) is not None


@given(USES, SHARES)
def test_older_uses_than_the_last_twenty_say_nothing(uses, share):
    if len(uses) >= LAST_USES:
        assert why_suspended(uses, share) == why_suspended(uses[:LAST_USES], share)


@given(st.lists(st.just(WELL), max_size=40).map(tuple), SHARES)
def test_with_nothing_but_successes_it_goes_on(uses, share):
    assert why_suspended(uses, share) is None


def test_what_ended_with_issues_counts_as_the_client_says():
    uses = (Use("STD-1", "with_issues", False),) * 2 + (WELL,) * 18
    assert why_suspended(uses, 0.95) == "18 of the last 20 uses went well, 95 % are asked for"
    assert why_suspended(uses, 0.95, ("successful", "with_issues")) is None


def test_the_reason_names_the_uses():
    failures = (Use("STD-7", "backed_out", False), WELL, Use("STD-5", "failed", False))
    assert why_suspended(failures, 0.95) == "2 of 3 uses failed: STD-7 and STD-5"
    assert why_suspended((Use("STD-7", "failed", True),), 0.95) == "STD-7 failed and caused a P1"


def test_a_use_that_writes_its_services_another_way_does_not_differ():
    body = {"title": "Restart", "services": ("Mail", "ERP")}
    of = Template("t", 1, "alder", "restart", 1, "approved", body, (), "low", 0.95, None, None, None, None)
    begin = datetime(2026, 11, 26, 22, tzinfo=UTC)
    use = Content("standard", "Restart", begin, begin + timedelta(hours=1), services=("erp", "mail"))
    assert deviations(of, use) == ()
    assert deviations(of, replace(use, services=("mail",))) == ("services",)


GOOD = TemplateDraft(
    "alder", "restart", {"title": "Restart", "backout_plan": "Start the old one", "risk": "low"}, ("services",)
)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (GOOD, None),
        (TemplateDraft("alder", "x", {**GOOD.body, "state": "closed"}), "state is no field"),
        (TemplateDraft("alder", "x", GOOD.body, ("requester",)), "requester is no field"),
        (TemplateDraft("alder", "x", {**GOOD.body, "risk": "high"}, (), "medium"), "its own risk is high"),
        (TemplateDraft("alder", "x", {**GOOD.body, "risk": "huge"}), "huge is no risk"),
        (TemplateDraft("alder", "x", GOOD.body, (), "huge"), "huge is no risk"),
        (TemplateDraft("alder", "x", {"title": "Restart"}), "says how the change is taken back"),
        (TemplateDraft("alder", "x", {"backout_plan": "b"}), "it has no title"),
        (TemplateDraft("alder", "x", GOOD.body, (), "low", 1.5), "lies between 0 and 1"),
    ],
)
def test_a_template_that_cannot_be_proposed_says_why(draft, said):
    faults = draft_faults(draft)
    assert (faults == []) if said is None else any(said in fault for fault in faults)
