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
    has_expired,
    refuse_approval,
    why_not_usable,
    why_suspended,
    why_withdrawn,
)
from changedesk.domain.words import OUTCOMES, RISK_LEVELS

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


@given(st.lists(USE, min_size=LAST_USES + 1, max_size=35).map(tuple), SHARES)
def test_older_uses_than_the_last_twenty_say_nothing(uses, share):
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


BEGIN = datetime(2026, 11, 26, 22, tzinfo=UTC)
RESTART = Template(
    "t", 1, "alder", "restart", 3, "approved", {"title": "Restart", "plan": "p"}, ("plan",), "medium", 0.95, BEGIN,
    "rita", "nora", "two failed", retired_why="the server is gone",
)  # fmt: skip
USE_OF_IT = Content(
    "standard", "Restart", BEGIN, BEGIN + timedelta(hours=1), plan="q", risk="low", template="t", template_version=3
)
BEFORE = BEGIN - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("template", "use", "at", "why"),
    [
        (RESTART, USE_OF_IT, BEFORE, None),
        (replace(RESTART, approved_until=None), USE_OF_IT, BEGIN, None),
        (RESTART, USE_OF_IT, BEGIN, "the approval of the template restart ended on 2026-11-26"),
        (
            replace(RESTART, state="suspended"),
            USE_OF_IT,
            BEFORE,
            "the template restart is suspended: two failed; take the normal path",
        ),
        (
            replace(RESTART, state="suspended", suspended_why=None),
            USE_OF_IT,
            BEFORE,
            "the template restart is suspended; take the normal path",
        ),
        (replace(RESTART, state="proposed"), USE_OF_IT, BEFORE, "the template restart is proposed, not approved"),
        (
            RESTART,
            replace(USE_OF_IT, template_version=2),
            BEFORE,
            "the template restart has a newer version than the one that this change was made from",
        ),
        (RESTART, replace(USE_OF_IT, risk="medium"), BEFORE, None),
        (
            RESTART,
            replace(USE_OF_IT, risk="high"),
            BEFORE,
            "the template restart is for a risk up to medium, and this change has the risk high",
        ),
        (
            RESTART,
            replace(USE_OF_IT, risk=None),
            BEFORE,
            "the template restart is for a risk up to medium, and this change has the risk unknown",
        ),
        (
            RESTART,
            replace(USE_OF_IT, title="Reboot"),
            BEFORE,
            "title differs from the template restart, which leaves open only plan",
        ),
        (
            replace(RESTART, allowed=()),
            replace(USE_OF_IT, title="Reboot"),
            BEFORE,
            "title, plan differ from the template restart, which leaves open only the window",
        ),
    ],
)
def test_a_change_goes_by_a_template_that_is_approved_now_and_within_what_it_leaves_open(template, use, at, why):
    assert why_not_usable(template, use, at) == why


@pytest.mark.parametrize("most", RISK_LEVELS)
@pytest.mark.parametrize("risk", RISK_LEVELS)
def test_a_template_is_for_every_risk_up_to_its_own_and_for_none_above(most: str, risk: str):
    within = RISK_LEVELS.index(risk) <= RISK_LEVELS.index(most)
    use = why_not_usable(replace(RESTART, max_risk=most), replace(USE_OF_IT, risk=risk), BEFORE)
    assert (use is None) == within
    assert (draft_faults(replace(GOOD, body={**GOOD.body, "risk": risk}, max_risk=most)) == []) == within


def test_what_is_scheduled_loses_the_word_of_a_template_that_is_no_longer_trusted_and_of_no_other():
    retired, suspended = replace(RESTART, state="retired"), replace(RESTART, state="suspended")
    assert why_withdrawn(retired) == (
        "its template restart was retired since: the server is gone; take the normal path"
    )
    assert why_withdrawn(replace(retired, retired_why=None)) == (
        "its template restart was retired since; take the normal path"
    )
    assert why_withdrawn(suspended) == (
        "its template restart was suspended since: two failed; it waits until that is approved again"
    )
    assert why_withdrawn(replace(suspended, suspended_why=None)) == (
        "its template restart was suspended since; it waits until that is approved again"
    )
    for state in ("draft", "proposed", "approved"):
        assert why_withdrawn(replace(RESTART, state=state, version=4)) is None


@pytest.mark.parametrize("state", ["draft", "proposed", "approved", "suspended", "retired"])
@pytest.mark.parametrize("at", [BEFORE, BEGIN])
def test_a_template_is_approved_while_it_waits_for_that_and_never_by_its_proposer(state, at):
    template = replace(RESTART, state=state)
    expired = state == "approved" and at == BEGIN
    assert has_expired(template, at) == expired
    refused = refuse_approval(template, "nora", at)
    assert (refused is None) == (expired or state in ("proposed", "suspended"))
    if refused is None:
        assert refuse_approval(template, "rita", at) == "whoever proposed a template does not approve it"
    else:
        assert refused == (
            f"the template restart is {state}; only one that is proposed, suspended or expired is approved"
        )
    assert not has_expired(replace(template, approved_until=None), at)


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
        (replace(GOOD, min_success=-0.1), "lies between 0 and 1"),
        (replace(GOOD, min_success=0), None),
        (replace(GOOD, min_success=1), None),
    ],
)
def test_a_template_that_cannot_be_proposed_says_why(draft, said):
    faults = draft_faults(draft)
    assert (faults == []) if said is None else any(said in fault for fault in faults)
