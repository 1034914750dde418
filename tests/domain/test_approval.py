"""Steps, seats and votes: invariants 2, 4, 5, 7 and 8 of DOMAIN.md, over everything that can be voted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import permutations
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW
from changedesk.domain.control.approval import (
    Step,
    Vote,
    approval,
    deadline,
    needed,
    open_step,
    said,
    satisfied_at,
    step_result,
    valid_votes,
    why_unsatisfiable,
    written_down,
)
from changedesk.domain.words import STEP_RULES, VOTES

PEOPLE = ("ann", "bea", "cal", "dot", "eve", "fay")


@st.composite
def steps(draw: st.DrawFn, order: int = 1) -> Step:
    seats = tuple(draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=6, unique=True)))
    rule = draw(st.sampled_from(STEP_RULES))
    number = draw(st.integers(1, 100)) if rule == "percent" else draw(st.integers(1, 6))
    mandatory = tuple(draw(st.lists(st.sampled_from(seats), max_size=2, unique=True)))
    return Step(order, "CAB", "authorize", rule, number, seats, mandatory, draw(st.integers(0, 3)))


MOSTLY_FOR = st.sampled_from(("approve",) * 2 * len(VOTES) + VOTES)
"""Where half of all votes are against, hardly any step is approved, and what holds of an approved one is not tried."""


@st.composite
def ballots(draw: st.DrawFn, order: int = 1) -> list[Vote]:
    cast = []
    for place, voter in enumerate(draw(st.lists(st.sampled_from(PEOPLE), max_size=10))):
        behalf = draw(st.sampled_from((None, None, None, *PEOPLE)))
        counts = draw(st.sampled_from((True, True, True, False)))
        cast.append(a_vote(voter, draw(MOSTLY_FOR), behalf=behalf, order=order, minute=place, counts=counts))
    return cast


def a_vote(
    voter: str,
    decision: str = "approve",
    *,
    behalf: str | None = None,
    order: int = 1,
    minute: int = 0,
    counts: bool = True,
) -> Vote:
    at = NOW + timedelta(minutes=minute)
    return Vote("", 1, 1, "d", order, voter, behalf, decision, None, at, None, None, counts)


def satisfied(step: Step, decisions: Mapping[str, str]) -> bool:
    approving = {seat for seat, decision in decisions.items() if decision == "approve"}
    present = [seat for seat, decision in decisions.items() if decision != "reject"]
    return len(approving) >= needed(step) and {*step.mandatory} <= approving and len(present) >= step.quorum


@pytest.mark.requirement("R94")
@given(steps(), ballots())
def test_a_step_is_refused_exactly_when_all_who_have_not_voted_could_no_longer_approve_it(
    step: Step, votes: list[Vote]
) -> None:
    cast = {vote.seat: vote.decision for vote in valid_votes(step, votes)}
    at_best = {seat: cast.get(seat, "approve") for seat in step.seats}
    left = "pending" if satisfied(step, at_best) else "rejected"
    assert step_result(step, votes) == ("approved" if satisfied(step, cast) else left)


def test_a_mandatory_seat_that_does_not_approve_refuses_the_step_at_once() -> None:
    step = Step(1, "CAB", "authorize", "any", None, ("ann", "bea", "cal"), ("ann",))
    assert step_result(step, [a_vote("bea")]) == "pending"
    for decision in ("reject", "abstain", "request_changes"):
        assert step_result(step, [a_vote("bea"), a_vote("ann", decision)]) == "rejected"


@given(steps(), ballots(), st.sampled_from(PEOPLE))
def test_a_rejection_more_never_moves_a_step_towards_approval(step: Step, votes: list[Vote], who: str) -> None:
    before = step_result(step, votes)
    after = step_result(step, [*votes, a_vote(who, "reject", minute=99)])
    assert after != "approved" or before == "approved"


@given(steps(), ballots(), st.sampled_from(PEOPLE))
def test_abstaining_never_makes_a_consensus(step: Step, votes: list[Vote], who: str) -> None:
    # A quorum counts whoever votes at all, so it is left aside here.
    step = replace(step, quorum=0)
    before = step_result(step, votes)
    after = step_result(step, [*votes, a_vote(who, "abstain", minute=99)])
    assert after != "approved" or before == "approved"


@given(steps(), ballots())
def test_an_approved_step_has_the_approvals_that_its_rule_asks_for_from_different_people(
    step: Step, votes: list[Vote]
) -> None:
    if step_result(step, votes) != "approved":
        return
    approving = [vote for vote in valid_votes(step, votes) if vote.decision == "approve"]
    assert len({vote.voter for vote in approving}) == len({vote.seat for vote in approving}) == len(approving)
    assert len(approving) >= needed(step) >= 1
    assert set(step.mandatory) <= {vote.seat for vote in approving}


@given(steps(), ballots())
def test_votes_that_were_cast_on_something_else_do_not_count(step: Step, votes: list[Vote]) -> None:
    void = [replace(vote, counts=False) for vote in votes]
    assert valid_votes(step, void) == ()
    assert step_result(step, [*votes, *void]) == step_result(step, votes)


@given(steps(), ballots())
def test_a_decided_step_stays_decided_when_more_votes_come(step: Step, votes: list[Vote]) -> None:
    for place in range(len(votes)):
        earlier = step_result(step, votes[:place])
        if earlier == "approved":
            assert step_result(step, votes) != "pending"
        if earlier == "rejected":
            assert step_result(step, votes) == "rejected"


@given(st.integers(1, 100), st.integers(1, 40))
def test_a_percentage_is_rounded_up(percent: int, seats: int) -> None:
    step = Step(1, "CAB", "authorize", "percent", percent, tuple(f"p{n}" for n in range(seats)))
    assert needed(step) == ceil(Fraction(percent * seats, 100))


@given(ballots(), st.sampled_from(STEP_RULES))
def test_a_step_without_seats_never_approves_and_never_rejects(votes: list[Vote], rule: str) -> None:
    step = Step(1, "CAB", "authorize", rule, 1, ())
    assert (step_result(step, votes), needed(step)) == ("pending", 1), "of no seats none is ever enough"


@given(steps(1), steps(2), ballots(1), ballots(2))
def test_everything_is_approved_only_when_each_step_is(
    first: Step, second: Step, one: list[Vote], two: list[Vote]
) -> None:
    both = (first, second)
    results = [step_result(step, [*one, *two]) for step in both]
    assert (approval(both, [*one, *two]) == "approved") == (results == ["approved", "approved"])
    assert (approval(both, [*one, *two]) == "rejected") == ("rejected" in results)
    waiting = open_step(both, [*one, *two])
    assert (waiting is None) == (results == ["approved", "approved"])


def test_leave_is_given_at_the_moment_of_the_vote_that_satisfied() -> None:
    step = Step(1, "CAB", "authorize", "at_least", 2, PEOPLE)
    votes = [
        a_vote("ann", minute=1),
        a_vote("bea", "reject", minute=2),
        a_vote("cal", minute=3),
        a_vote("dot", minute=4),
    ]
    for kept in permutations(votes):
        assert satisfied_at((step,), kept) == NOW + timedelta(minutes=3), "in whatever order they are kept"


@given(steps(), st.sets(st.sampled_from(PEOPLE), max_size=2))
def test_a_step_that_can_be_satisfied_is_satisfied_when_all_who_may_approve(step: Step, barred: set[str]) -> None:
    why = why_unsatisfiable(step, frozenset(barred))
    everybody = [a_vote(seat) for seat in step.seats if seat not in barred]
    assert (why is None) == (step_result(step, everybody) == "approved")


@pytest.mark.parametrize(
    ("rule", "number", "seats", "votes", "words"),
    [
        ("any", None, 1, 1, "1 vote"),
        ("any", None, 3, 1, "any one of 3"),
        ("at_least", 1, 3, 1, "at least 1 of 3"),
        ("at_least", 2, 3, 2, "at least 2 of 3"),
        ("at_least", None, 3, 1, "at least 1 of 3"),
        ("majority", None, 4, 3, "majority, 3 of 4"),
        ("majority", None, 5, 3, "majority, 3 of 5"),
        ("percent", 50, 4, 2, "50 %, 2 of 4"),
        ("all", None, 1, 1, "all 1"),
        ("all", None, 3, 3, "all 3"),
    ],
)
def test_a_rule_asks_for_as_many_votes_as_its_words_say(
    rule: str, number: int | None, seats: int, votes: int, words: str
) -> None:
    step = Step(1, "CAB", "authorize", rule, number, PEOPLE[:seats])
    assert (needed(step), said(step)) == (votes, words)


def test_a_vote_is_said_with_whom_it_was_cast_for() -> None:
    assert (a_vote("ann").who, a_vote("ann").seat) == ("ann", "ann")
    assert (a_vote("ann", behalf="bea").who, a_vote("ann", behalf="bea").seat) == ("ann for bea", "bea")


def test_a_step_that_too_few_may_vote_in_says_how_many_it_takes() -> None:
    step = Step(1, "CAB", "authorize", "any", None, ("ann", "bea", "cal"), (), 3)
    assert why_unsatisfiable(step, frozenset({"ann"})) == (
        "the step CAB needs 3 votes, but only 2 of its seats neither ask for this change nor do it"
    )
    assert why_unsatisfiable(step, frozenset()) is None


def test_who_wrote_a_vote_down_is_said_with_what_shows_it() -> None:
    own = a_vote("ann")
    assert written_down(own) == ""
    assert written_down(replace(own, recorded_by="max")) == "written down by max"
    noted = replace(own, recorded_by="max", evidence="mail of 2 Dec")
    assert written_down(noted) == "written down by max (mail of 2 Dec)"


def test_no_leave_is_given_while_a_step_waits() -> None:
    steps_ = (Step(1, "CAB", "authorize", "any", None, ("ann",)), Step(2, "CAB", "authorize", "any", None, ("bea",)))
    assert satisfied_at(steps_, [a_vote("ann")]) is None
    assert satisfied_at((), [a_vote("ann")]) is None


def test_a_person_votes_once_a_step_and_a_seat_keeps_its_first_vote() -> None:
    step = Step(1, "CAB", "authorize", "at_least", 2, ("ann", "bea", "cal"))
    for_both = [a_vote("bea"), a_vote("bea", behalf="ann", minute=1)]
    assert (valid_votes(step, for_both), step_result(step, for_both)) == ((for_both[0],), "pending")
    thought_again = [a_vote("ann", "reject"), a_vote("ann", minute=1)]
    assert valid_votes(step, thought_again) == (thought_again[0],)
    for_whom_voted = [a_vote("ann", "reject"), a_vote("cal", behalf="ann", minute=1), a_vote("cal", minute=2)]
    assert valid_votes(step, for_whom_voted) == (for_whom_voted[0], for_whom_voted[2])


@pytest.mark.requirement("R94")
@given(steps(), ballots())
def test_no_seat_and_no_person_counts_twice_in_a_step(step: Step, votes: list[Vote]) -> None:
    counted = valid_votes(step, votes)
    assert len({vote.seat for vote in counted}) == len({vote.voter for vote in counted}) == len(counted)


def test_the_step_that_waits_is_the_first_of_its_phase_that_is_not_approved() -> None:
    both = tuple(
        Step(order, f"step {order}", phase, "any", None, ("ann", "bea"))
        for order, phase in enumerate(("assess", "authorize", "authorize"), 1)
    )
    ballot = [a_vote("ann", order=order) for order in (1, 2, 3)]
    for cast, waiting in enumerate((1, 2, 3, None)):
        found = open_step(both, ballot[:cast])
        assert (found.order if found else None) == waiting
    assert open_step(both, ballot[:1], "assess") is None
    assert open_step(both, [], "authorize") == both[1]


@pytest.mark.parametrize(
    ("rule", "number", "quorum", "against"), [("at_least", 2, 0, 2), ("any", None, 3, 1), ("all", None, 0, 1)]
)
def test_a_step_that_can_no_longer_be_satisfied_is_rejected(
    rule: str, number: int | None, quorum: int, against: int
) -> None:
    step = Step(1, "CAB", "authorize", rule, number, PEOPLE[:3], (), quorum)
    votes = [a_vote(who, "reject") for who in PEOPLE[:against]]
    assert step_result(step, votes) == "rejected"
    assert step_result(step, votes[1:]) == "pending"


@pytest.mark.parametrize(("quorum", "words"), [(0, ""), (2, ""), (3, ", quorum 3")])
def test_a_quorum_that_asks_for_more_people_than_the_rule_stands_beside_it(quorum: int, words: str) -> None:
    step = Step(1, "CAB", "authorize", "at_least", 2, PEOPLE[:3], (), quorum)
    assert said(step) == f"at least 2 of 3{words}"


def test_without_a_number_a_percentage_is_of_all() -> None:
    assert said(Step(1, "CAB", "authorize", "percent", None, PEOPLE)).startswith("100 %, ")
    assert needed(Step(1, "CAB", "authorize", "percent", None, PEOPLE)) == len(PEOPLE)


def test_a_step_is_due_only_when_it_was_opened_and_has_a_deadline() -> None:
    endless = Step(1, "CAB", "authorize", "any", None, ("ann",))
    assert deadline(endless, NOW) is None
    assert deadline(replace(endless, deadline_hours=4), NOW) == NOW + timedelta(hours=4)
    assert deadline(replace(endless, deadline_hours=4), None) is None


def test_a_first_vote_can_give_leave() -> None:
    assert satisfied_at((Step(1, "CAB", "authorize", "any", None, PEOPLE),), [a_vote("ann", minute=7)]) == (
        NOW + timedelta(minutes=7)
    )
