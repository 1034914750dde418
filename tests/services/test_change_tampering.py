"""What became of a change, and who may decide about one, cannot be rewritten behind the events that tell of it (SAFETY.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from builders import NOW, as_person
from changedesk.domain.control.ran import Ran
from changedesk.domain.control.request import content_document, digest_of
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.approvals import delegating, voting
from changedesk.services.control.changes import asking, running
from changedesk.services.control.changes.running import Proof
from changedesk.services.control.learning import reviewing
from changedesk.services.control.rules import templates
from changedesk.services.control.situation import find
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving.check import check
from control_desks import START, a_change, a_control_desk, at_the_board, clock_at, scheduled
from tampering import problems_after


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def test_a_failed_change_is_not_made_a_successful_one(desk: Desk) -> None:
    number = scheduled(desk)
    clock_at(desk, START)
    running.start(as_person(desk, "ivan"), number)
    running.finish(as_person(desk, "ivan"), number, "failed", [Proof("log")])
    (problem,) = problems_after(desk, "UPDATE change_request SET outcome = 'successful'")
    assert problem.startswith(f"the outcome of the change {number} is not what event")


def _run(desk: Desk) -> str:
    """A change that is being done since its window began."""
    number = scheduled(desk)
    clock_at(desk, START)
    running.start(as_person(desk, "ivan"), number)
    return number


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("actual_start = '2026-12-02T14:00:00Z'", "the begin of the change {} is not what event"),
        ("actual_start = NULL", "the begin of the change {} is not what event"),
        ("actual_end = '2026-12-02T14:20:00Z'", "the end of the change {} is told of by no event"),
    ],
)
def test_when_a_change_began_is_not_rewritten(desk: Desk, field: str, problem: str) -> None:
    number = _run(desk)
    (said,) = problems_after(desk, f"UPDATE change_request SET {field}")
    assert said.startswith(problem.format(number))


@pytest.mark.parametrize("ran", [Ran(), Ran(began=START - timedelta(minutes=9), ended=START + timedelta(minutes=4))])
def test_when_a_change_ended_is_not_rewritten_whenever_it_was_said(desk: Desk, ran: Ran) -> None:
    number = _run(desk)
    clock_at(desk, START + timedelta(minutes=7))
    running.finish(as_person(desk, "ivan"), number, "successful", [Proof("log")], ran=ran)
    (said,) = problems_after(desk, "UPDATE change_request SET actual_end = '2026-12-02T14:05:00Z'")
    assert said.startswith(f"the end of the change {number} is not what event")


def test_a_change_that_nobody_began_has_not_run(desk: Desk) -> None:
    number = scheduled(desk)
    begin, end = problems_after(
        desk, "UPDATE change_request SET actual_start = planned_start, actual_end = planned_end"
    )
    assert begin == f"the begin of the change {number} is told of by no event"
    assert end == f"the end of the change {number} is told of by no event"


def test_the_deadline_of_votes_that_are_owed_is_not_moved(desk: Desk) -> None:
    number = a_change(desk, path="emergency")
    running.act_first(as_person(desk, "ivan"), number, ["nora"], "INC-1")
    (problem,) = problems_after(desk, "UPDATE change_request SET retro_due = '2030-01-01T00:00:00.000Z'")
    assert problem.startswith(f"the day on which its votes are due of the change {number}")


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("outcome = 'successful'", "the outcome of the change {} is not told of by any event"),
        (
            "retro_due = '2030-01-01T00:00:00.000Z'",
            "the day on which its votes are due of the change {} is not told of",
        ),
        ("hold = 'later'", "the hold of the change {} is not told of by any event"),
        ("imported = 1", "the change {} was asked for here, and is marked as imported"),
        ("authorisers = 'nora'", "on whose word the change {} was begun is not what its event says, or has none"),
        ("policy_id = NULL", "the policy of the change {} is not what event"),
        ("panel = json_set(panel, '$.cab', json('[\"rita\"]'))", "who votes on the change {} is not what event"),
        ("panel = '{{}}'", "who votes on the change {} is not what event"),
    ],
)
def test_what_decides_about_a_change_is_not_written_into_it(desk: Desk, field: str, problem: str) -> None:
    number = at_the_board(desk)
    said = problems_after(desk, f"UPDATE change_request SET {field.format()}")
    assert said[0].startswith(problem.format(number))


def test_a_hold_is_not_lifted_behind_its_event(desk: Desk) -> None:
    number = at_the_board(desk)
    asking.hold(as_person(desk, "rita"), number, "the landlord")
    (said,) = problems_after(desk, "UPDATE change_request SET hold = NULL")
    assert said.startswith(f"the hold of the change {number} is not what event")


def test_on_whose_word_an_emergency_was_begun_and_who_votes_on_it_is_not_rewritten(desk: Desk) -> None:
    number = a_change(desk, path="emergency")
    running.act_first(as_person(desk, "ivan"), number, ["nora"], "INC-1")
    word, board = problems_after(desk, "UPDATE change_request SET authorisers = 'ben', panel = '{}'")
    assert word.startswith(f"on whose word the change {number} was begun")
    assert board.startswith(f"who votes on the change {number} is not what event")


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("state = 'approved'", "is approved, and event"),
        ("max_risk = 'high'", "is not what was proposed"),
        ("body = json_set(body, '$.plan', 'Restart all of them')", "is not what was proposed"),
        ("allowed = 'title;plan'", "is not what was proposed"),
    ],
)
def test_a_standard_change_is_neither_approved_nor_altered_behind_its_events(
    desk: Desk, field: str, problem: str
) -> None:
    body = {"title": "Restart", "plan": "Restart it", "test_plan": "Look", "backout_plan": "The other node"}
    templates.propose(as_person(desk, "mona"), "alder", "restart", body)
    (said,) = problems_after(desk, f"UPDATE template SET {field}")
    assert said.startswith(f"the standard change restart, version 1, {problem}")


def test_a_standard_change_that_an_event_has_sealed_away_is_missing_all_the_same(desk: Desk) -> None:
    body = {"title": "Restart", "plan": "Restart it", "test_plan": "Look", "backout_plan": "The other node"}
    templates.propose(as_person(desk, "mona"), "alder", "restart", body)
    with desk.write(open_session(desk).actor.id) as transaction:
        transaction.conn.execute("DELETE FROM template")
        transaction.record("record.removed", "restart", {})
    (problem,) = check(desk, None).problems
    assert problem.startswith("the standard change of event")
    assert problem.endswith("is missing")


def test_a_standard_change_that_was_replaced_and_retired_proves_itself(desk: Desk) -> None:
    body = {"title": "Restart", "plan": "Restart it", "test_plan": "Look", "backout_plan": "The other node"}
    for plan in ("Restart both", "Restart it"):
        templates.propose(as_person(desk, "mona"), "alder", "restart", {**body, "plan": plan})
        templates.approve(as_person(desk, "nora"), "alder", "restart")
    templates.propose(as_person(desk, "mona"), "alder", "restart", body)
    assert check(desk, None).problems == ()
    templates.retire(as_person(desk, "nora"), "alder", "restart", "the service is gone")
    assert check(desk, None).problems == ()
    assert "is missing" in problems_after(desk, "DELETE FROM template WHERE version = 2")[0]


@pytest.mark.parametrize("field", ["at = '2020-01-01T00:00:00.000Z'", "recorded_by = NULL"])
def test_when_a_vote_was_cast_and_who_wrote_it_down_is_not_rewritten(desk: Desk, field: str) -> None:
    at_the_board(desk)
    (said,) = problems_after(desk, f"UPDATE vote SET {field}")
    assert said.startswith("the vote ")
    assert "is not what event" in said


def test_in_whose_name_a_vote_was_cast_is_not_rewritten(desk: Desk) -> None:
    number = at_the_board(desk)
    delegating.give_delegation(as_person(desk, "nora"), "mona", NOW.date(), NOW.date() + timedelta(days=4))
    voting.vote(as_person(desk, "mona"), number, "approve", seat="nora")
    (said,) = problems_after(desk, "UPDATE vote SET on_behalf_of = NULL WHERE on_behalf_of IS NOT NULL")
    assert said.startswith("the vote ")
    assert "is not what event" in said


def test_a_deadline_that_is_no_moment_is_a_finding_and_hides_no_other_one(desk: Desk) -> None:
    number = a_change(desk, path="emergency")
    running.act_first(as_person(desk, "ivan"), number, ["nora"], "INC-1")
    problems = problems_after(
        desk, "UPDATE audit SET body = json_set(body, '$.retro_due', 'soon') WHERE body LIKE '%retro_due%'"
    )
    assert any(one.startswith(f"the day on which its votes are due of the change {number}") for one in problems)
    assert len(problems) > 1, "the chain is broken, too"


def test_a_clock_that_counts_finer_than_the_desk_keeps_it_proves_itself(desk: Desk) -> None:
    clock_at(desk, NOW + timedelta(microseconds=675605))
    running.act_first(as_person(desk, "ivan"), a_change(desk, path="emergency"), ["nora"], "INC-1")
    delegating.give_delegation(as_person(desk, "nora"), "mona", NOW.date(), NOW.date() + timedelta(days=4))
    assert check(desk, None).problems == ()


def test_what_was_voted_on_is_not_rewritten_together_with_its_digest(desk: Desk) -> None:
    number = scheduled(desk)
    voted_on = find(as_person(desk, "mona"), number)
    other = replace(voted_on.content, plan="Something else")
    digest = digest_of(voted_on.client, voted_on.id, voted_on.revision, other)
    text = json.dumps(content_document(other), default=str)
    (said,) = problems_after(desk, f"UPDATE change_revision SET content = '{text}', digest = '{digest}'")
    assert said == f"revision {voted_on.revision} of {number} is not what was voted on"


def test_nobody_stands_in_for_longer_than_was_said(desk: Desk) -> None:
    delegating.give_delegation(as_person(desk, "nora"), "mona", NOW.date(), NOW.date() + timedelta(days=4))
    (problem,) = problems_after(desk, "UPDATE delegation SET ends_at = '2030-01-01T00:00:00.000Z'")
    assert "is not what its event says" in problem


@pytest.mark.parametrize(
    ("table", "said"),
    [("vote", "the vote of event"), ("delegation", "the delegation"), ("change_request", "the change of event")],
)
def test_what_was_decided_does_not_vanish(desk: Desk, table: str, said: str) -> None:
    at_the_board(desk)
    delegating.give_delegation(as_person(desk, "nora"), "mona", NOW.date(), NOW.date() + timedelta(days=4))
    gone = problems_after(desk, f"DELETE FROM {table}")
    assert [one for one in gone if one.startswith(said) and one.endswith("is missing")]


def test_a_role_that_is_none_is_not_delegated(desk: Desk) -> None:
    with pytest.raises(BadInput, match="there is no role king; it is one of administrator"):
        delegating.give_delegation(as_person(desk, "nora"), "mona", NOW.date(), NOW.date() + timedelta(days=4), "king")


def test_a_change_that_waits_says_for_what_when_it_is_to_start(desk: Desk) -> None:
    number = at_the_board(desk)
    with pytest.raises(RuleRefused, match="only a scheduled change starts, and it waits for: 2 votes of the step"):
        running.start(as_person(desk, "ivan"), number)


def _reviewed(desk: Desk) -> str:
    number = scheduled(desk)
    clock_at(desk, START)
    running.start(as_person(desk, "ivan"), number)
    running.finish(as_person(desk, "ivan"), number, "with_issues", [Proof("log")])
    reviewing.review(as_person(desk, "mona"), number, "the switch was slow", cause="technical")
    return number


def test_what_a_review_found_is_not_rewritten(desk: Desk) -> None:
    number = _reviewed(desk)
    found = problems_after(desk, "UPDATE review SET cause = 'adoption'")
    assert found[0].startswith(f"a review of the change {number} is not what its event says")
    assert found[1].endswith("is missing")


def test_a_review_is_not_taken_away(desk: Desk) -> None:
    _reviewed(desk)
    problem, gone = problems_after(desk, "DELETE FROM review")
    assert gone.endswith("is gone, and no event says so")
    assert problem.startswith("the review of event")
    assert problem.endswith("is missing")


@pytest.mark.parametrize("field", ["kind = 'file'", "at = '2020-01-01T00:00:00.000Z'", "by_id = 'somebody'"])
def test_who_handed_in_evidence_and_when_is_not_rewritten(desk: Desk, field: str) -> None:
    _reviewed(desk)
    problems = problems_after(desk, f"UPDATE evidence SET {field}")
    assert problems
    assert all(said.startswith("the evidence ") and " is not what event " in said for said in problems)


def test_evidence_is_not_taken_away(desk: Desk) -> None:
    _reviewed(desk)
    problem, gone = problems_after(desk, "DELETE FROM evidence")
    assert gone.endswith("is gone, and no event says so")
    assert problem.startswith("evidence that event")
    assert problem.endswith("names is missing")
