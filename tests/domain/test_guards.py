"""What stands before each step of a change, at its edges (DOMAIN 2.2): leave, its time, and whose word was taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from control_builders import CONTENT, a_request, a_step, a_vote
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW
from changedesk.domain.control.approval import ASSESS, AUTHORIZE, Step
from changedesk.domain.control.guards import missing, settled
from changedesk.domain.control.review import Review, is_sampled
from changedesk.domain.control.situation import GoLiveLight, Situation
from changedesk.domain.control.template import Template
from changedesk.domain.control.windows import Conflict, Span
from changedesk.domain.words import CHANGE_PATHS, CHANGE_STATES

HOUR = timedelta(hours=1)
STANDARD = replace(CONTENT, path="standard")
EMERGENCY = replace(CONTENT, path="emergency", incident="INC-1", backout_plan="b", risk="low")
FREEZE = Span("w", "freeze_hard", "alder", None, "Year end", CONTENT.planned_start, CONTENT.planned_end)


def a_template(state: str = "approved") -> Template:
    return Template("t", 1, "alder", "Restart", 1, state, {}, (), "low", 0.95, None, "rita", "nora", "two failed")


def begun_on_a_word(**fields: Any) -> Any:
    usual = {"state": "review", "content": EMERGENCY, "authorisers": ("nora",), "actual_start": NOW - 3 * HOUR}
    return a_request(**{**usual, "retro_due": NOW - HOUR, **fields})


# --- leave


@pytest.mark.parametrize(
    ("state", "path", "template", "imported", "withdrawn"),
    [
        ("scheduled", "standard", "suspended", False, True),
        ("scheduled", "standard", "retired", False, True),
        ("scheduled", "standard", "approved", False, False),
        ("scheduled", "standard", None, False, False),
        ("scheduled", "standard", "suspended", True, False),
        ("scheduled", "normal", "suspended", False, False),
        ("implementing", "standard", "suspended", False, False),
    ],
)
def test_a_template_takes_its_word_back_from_a_use_that_has_not_begun(state, path, template, imported, withdrawn):
    change = a_request(state=state, content=replace(CONTENT, path=path), imported=imported)
    found = Situation(change, CONTENT.planned_start, template=a_template(template) if template else None)
    assert (found.withdrawn is not None) == withdrawn
    if withdrawn:
        assert found.approval == "pending"
        assert missing(found) == [found.withdrawn]


@pytest.mark.parametrize("state", CHANGE_STATES)
def test_a_template_gives_its_word_from_being_scheduled_on_and_none_to_what_a_file_brought(state: str):
    use = a_request(state=state, content=STANDARD)
    given_ = state not in ("draft", "rejected", "cancelled")
    assert Situation(use, CONTENT.planned_start, template=a_template()).approval == (
        "approved" if given_ else "pending"
    )
    brought = replace(use, imported=True)
    assert Situation(brought, CONTENT.planned_start, template=a_template()).approval == "pending"


@pytest.mark.parametrize(("round_", "approval"), [(1, "rejected"), (0, "pending")])
def test_a_deadline_rejects_where_nobody_did_and_a_file_does_not(round_: int, approval: str):
    assert Situation(a_request(state="rejected", round=round_), NOW, (a_step(),)).approval == approval


@pytest.mark.parametrize("state", CHANGE_STATES)
def test_votes_are_wanted_while_they_decide_something(state: str):
    steps = (a_step(1, ASSESS), a_step(2))
    wanted = {"assessing": 1, "authorizing": 2, "scheduled": 1}
    waiting = Situation(a_request(state=state, round=1), NOW, steps).waiting_step
    assert (waiting.order if waiting else None) == wanted.get(state)
    afterwards = Situation(begun_on_a_word(state=state), NOW, steps).waiting_step
    wanted |= {"implementing": 1, "review": 1}
    assert (afterwards.order if afterwards else None) == wanted.get(state)
    given_ = Situation(begun_on_a_word(state=state), NOW, steps, (a_vote(step=1), a_vote(step=2))).waiting_step
    assert given_ is None


# --- its time


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (CONTENT.planned_start - HOUR / 4, None),
        (CONTENT.planned_start - HOUR / 4 - timedelta(seconds=1), "it is too early, the window begins"),
        (CONTENT.planned_end, None),
        (CONTENT.planned_end + timedelta(seconds=1), "the window ended"),
    ],
)
def test_it_starts_in_its_window_or_a_quarter_of_an_hour_before(now, said):
    found = missing(Situation(a_request(state="scheduled"), now, (a_step(),), (a_vote(),)))
    assert [sentence[: len(said or "")] for sentence in found] == ([said] if said else [])


@pytest.mark.requirement("R106")
@given(st.booleans(), st.booleans())
def test_a_go_live_starts_with_both_sides_of_its_checkpoint_signed(delivery: bool, people: bool):
    light = GoLiveLight("MFA", delivery, people)
    found = missing(
        Situation(a_request(state="scheduled"), CONTENT.planned_start, (a_step(),), (a_vote(),), light=light)
    )
    unsigned = [side for side, signed in (("delivery", delivery), ("people", people)) if not signed]
    assert found == [f"the go-live gate of MFA has no signature of the {side} side" for side in unsigned]


# --- begun on somebody's word


@pytest.mark.parametrize(
    ("fields", "votes", "authorised"),
    [
        ({"actual_start": None}, (), None),
        ({"imported": True, "held_here": False}, (), None),
        ({"imported": True}, (), False),
        ({"authorisers": ()}, (), True),
        ({}, (a_vote("reject"),), False),
        ({}, (a_vote(hours=-1),), True),
        ({}, (a_vote(hours=-0.9),), False),
        ({}, (), False),
        ({"retro_due": NOW}, (), None),
        ({"retro_due": None, "state": "closed"}, (), False),
        ({"retro_due": None}, (), None),
    ],
)
def test_it_was_allowed_when_the_votes_came_in_time(fields, votes, authorised):
    assert Situation(begun_on_a_word(**fields), NOW, (a_step(),), votes).authorised is authorised


@pytest.mark.parametrize(
    ("fields", "votes", "overdue"),
    [
        ({}, (), True),
        ({"retro_due": NOW}, (), False),
        ({"retro_due": None}, (), False),
        ({"authorisers": ()}, (), False),
        ({"state": "closed"}, (), False),
        ({}, (a_vote(),), False),
    ],
)
def test_votes_that_were_to_follow_are_overdue_until_they_have_come(fields, votes, overdue):
    assert Situation(begun_on_a_word(**fields), NOW, (a_step(),), votes).retro_overdue is overdue


# --- where the votes lead


@pytest.mark.parametrize(
    ("state", "votes", "leads_to"),
    [
        ("assessing", (), "assessing"),
        ("assessing", (a_vote("reject"),), "rejected"),
        ("assessing", (a_vote(), a_vote("reject", step=2)), "authorizing"),
        ("assessing", (a_vote(),), "authorizing"),
        ("authorizing", (a_vote(),), "authorizing"),
        ("authorizing", (a_vote(), a_vote("reject", step=2)), "rejected"),
        ("authorizing", (a_vote("reject"), a_vote(step=2)), "rejected"),
        ("authorizing", (a_vote(), a_vote(step=2)), "scheduled"),
        ("review", (a_vote("reject"),), "review"),
    ],
)
def test_a_change_goes_where_its_votes_lead(state, votes, leads_to):
    content = replace(CONTENT, backout_plan="b", risk="low")
    steps = (a_step(1, ASSESS), a_step(2))
    assert settled(Situation(a_request(state=state, content=content), NOW, steps, votes)) == leads_to


@pytest.mark.parametrize("state", ["assessing", "authorizing"])
def test_one_refusal_is_enough_where_several_steps_stand_beside_each_other(state: str):
    phase = {"assessing": ASSESS, "authorizing": AUTHORIZE}[state]
    steps = (a_step(1, phase), a_step(2, phase))
    votes = (a_vote(), a_vote("reject", step=2))
    assert settled(Situation(a_request(state=state), NOW, steps, votes)) == "rejected"


def test_the_votes_alone_schedule_nothing_in_a_hard_freeze_and_no_votes_schedule_nothing_at_all():
    voted = Situation(a_request(state="authorizing"), NOW, (a_step(),), (a_vote(),))
    assert settled(voted) == "scheduled"
    assert settled(replace(voted, freezes=(FREEZE,))) == "authorizing"
    assert settled(replace(voted, steps=(), votes=())) == "authorizing"


# --- on the way in


USE = replace(STANDARD, template="t", template_version=1, risk="low")


def to_submit(content: Any, **fields: Any) -> list[str]:
    usual = {"now": NOW, "steps": (a_step(1, ASSESS), a_step(2)), **fields}
    return missing(Situation(a_request(content=content), **usual))


def test_a_standard_change_goes_by_a_template_that_may_be_used_and_in_no_freeze():
    usable = a_template()
    assert to_submit(USE, template=usable) == []
    assert to_submit(USE) == ["a standard change needs an approved template of its client"]
    (why,) = to_submit(USE, template=a_template("retired"))
    assert why.endswith("is retired, not approved")
    (why,) = to_submit(USE, template=usable, freezes=(FREEZE,))
    assert why.startswith("the hard freeze Year end until ")


def test_an_emergency_names_what_is_behind_it_and_every_path_but_the_standard_one_needs_steps():
    assert to_submit(EMERGENCY) == to_submit(CONTENT) == []
    assert to_submit(replace(EMERGENCY, incident=None)) == ["an emergency needs the incident or threat behind it"]
    for content in (CONTENT, EMERGENCY):
        assert to_submit(content, steps=()) == [f"the client's policy has no steps for {content.path} changes"]
    assert to_submit(replace(CONTENT, requester="nora"), steps=(a_step(),)) == [
        "the step step 1 needs 1 vote, but only 0 of its seats neither ask for this change nor do it"
    ]


@pytest.mark.parametrize("path", CHANGE_PATHS)
@given(hours=st.integers(0, 48))
def test_a_normal_change_is_submitted_as_long_before_its_window_as_the_client_asks_for(path: str, hours: int):
    found = to_submit(replace(USE, path=path, incident="INC-1"), template=a_template(), lead_hours=hours)
    too_late = path == "normal" and CONTENT.planned_start - NOW < hours * HOUR
    said = f"the client's policy asks for {hours} hours between submitting and the window"
    assert found == ([said] if too_late else [])


def test_before_the_board_votes_the_risk_the_way_back_and_every_conflict_have_been_looked_at():
    ready = replace(CONTENT, risk="low", backout_plan="b")
    in_the_way = Conflict("service", "k", "CHG-2 changes mail at the same time", NOW, NOW)
    seen = replace(in_the_way, acknowledged_by="mona")

    def found(content: Any, *conflicts: Conflict) -> list[str]:
        return missing(Situation(a_request(state="assessing", content=content), NOW, conflicts=conflicts))

    assert found(ready, seen) == []
    assert found(replace(ready, risk=None)) == ["the risk is not assessed"]
    assert found(replace(ready, backout_plan="")) == ["the back-out plan is missing"]
    assert found(ready, seen, in_the_way) == ["CHG-2 changes mail at the same time: not acknowledged"]


def test_a_change_without_leave_says_whose_votes_it_waits_for_and_one_from_a_file_that_nobody_voted_here():
    scheduled = a_request(state="scheduled", imported=True)
    at = CONTENT.planned_start
    assert missing(Situation(scheduled, at, (a_step(),), (a_vote(),))) == []
    assert missing(Situation(scheduled, at, (a_step(),))) == ["1 vote of the step step 1 (nora)"]
    assert missing(Situation(scheduled, at)) == [
        "the client's policy has no steps for normal changes, so nobody votes on it"
    ]


def test_a_standard_change_from_a_file_has_no_leave_until_it_is_submitted_here_by_a_template():
    content, at = replace(CONTENT, path="standard"), CONTENT.planned_start
    brought = a_request(state="scheduled", imported=True, content=content)
    assert missing(Situation(brought, at)) == [
        "its state came from a file, and no leave of this desk stands behind it:"
        " edit it to name an approved template, then submit it"
    ]
    assert missing(Situation(replace(brought, round=1), at)) == []


@pytest.mark.parametrize("state", CHANGE_STATES)
def test_what_is_on_hold_says_so_first_until_it_is_over(state: str):
    held = missing(Situation(a_request(state=state, hold="the vendor is on strike"), NOW, (a_step(),)))
    free = missing(Situation(a_request(state=state), NOW, (a_step(),)))
    over = state in ("closed", "cancelled")
    assert held == ([] if over else ["it is on hold: the vendor is on strike"]) + free
    assert not (over and free)


@pytest.mark.parametrize(
    ("step", "votes", "said"),
    [
        (("any", None, "ann bea", "", 0), (), ["1 vote of the step CAB (one of ann, bea)"]),
        (("all", None, "ann bea", "", 0), (), ["2 votes of the step CAB (ann, bea)"]),
        (("all", None, "ann bea", "", 0), ("ann approve",), ["1 vote of the step CAB (bea)"]),
        (("all", None, "ann bea", "", 0), ("ann reject",), ["the step CAB was rejected"]),
        (("any", None, "", "", 0), (), ["nobody holds a seat of the step CAB"]),
        (("any", None, "ann bea", "", 0), ("bea approve",), []),
        (
            ("any", None, "ann bea", "ann", 0),
            (),
            ["1 vote of the step CAB (one of ann, bea)", "the vote of ann, who has to approve the step CAB"],
        ),
        (("any", None, "ann bea", "ann", 0), ("bea approve",), ["the vote of ann, who has to approve the step CAB"]),
        (("all", None, "ann bea", "ann", 0), ("bea approve",), ["1 vote of the step CAB (ann)"]),
        (
            ("any", None, "ann bea cal", "", 3),
            ("ann approve",),
            ["2 more who approve or abstain in the step CAB, for its quorum (bea, cal)"],
        ),
        (
            ("any", None, "ann bea cal", "", 2),
            ("ann approve", "bea reject"),
            ["1 more who approves or abstains in the step CAB, for its quorum (cal)"],
        ),
        (
            ("at_least", 2, "ann bea cal", "", 3),
            ("ann approve",),
            [
                "1 vote of the step CAB (one of bea, cal)",
                "2 more who approve or abstain in the step CAB, for its quorum (bea, cal)",
            ],
        ),
        (
            ("at_least", 1, "ann bea cal", "", 2),
            ("ann abstain",),
            ["1 vote of the step CAB (one of bea, cal)"],
        ),
        (
            ("any", None, "ann bea cal dan", "", 2),
            ("ann approve",),
            ["1 more who approves or abstains in the step CAB, for its quorum (one of bea, cal, dan)"],
        ),
        (("at_least", 2, "ann bea cal", "", 0), ("ann approve", "bea abstain"), ["1 vote of the step CAB (cal)"]),
        (("at_least", 2, "ann bea", "ann", 0), ("ann approve",), ["1 vote of the step CAB (bea)"]),
        (
            ("any", None, "ann bea cal", "cal", 2),
            ("ann approve", "bea abstain"),
            ["the vote of cal, who has to approve the step CAB"],
        ),
    ],
)
def test_what_a_step_still_needs_is_said_with_the_people_it_needs_it_from(step, votes, said):
    rule, number, seats, mandatory, quorum = step
    board = Step(1, "CAB", "authorize", rule, number, tuple(seats.split()), tuple(mandatory.split()), quorum)
    cast = tuple(a_vote(decision, voter=who) for who, decision in (vote.split() for vote in votes))
    assert missing(Situation(a_request(state="authorizing"), NOW, (board,), cast)) == said


@pytest.mark.parametrize("path", CHANGE_PATHS)
def test_only_an_emergency_goes_through_a_hard_freeze_and_a_freeze_is_said_once(path: str):
    change = a_request(state="scheduled", content=replace(CONTENT, path=path))
    found = missing(
        Situation(change, CONTENT.planned_start, (a_step(),), (a_vote(),), freezes=(FREEZE,), freezes_now=(FREEZE,))
    )
    assert [sentence.partition(" until ")[0] for sentence in found] == (
        [] if path == "emergency" else ["the hard freeze Year end"]
    )
    began_since = Situation(change, CONTENT.planned_start, (a_step(),), (a_vote(),), freezes_now=(FREEZE,))
    assert len(missing(began_since)) == len(found)


def test_a_freeze_that_runs_now_is_in_the_way_of_starting_and_not_of_being_scheduled():
    to_schedule = Situation(a_request(state="authorizing"), NOW, (a_step(),), (a_vote(),), freezes_now=(FREEZE,))
    assert missing(to_schedule) == []
    (said,) = missing(replace(to_schedule, freezes_now=(), freezes=(FREEZE,)))
    assert said.startswith("the hard freeze Year end until ")


# --- on the way out


DONE = replace(CONTENT, risk="low")
REVIEWED = Review("rita", NOW, "as planned")


def to_close(content: Any = DONE, outcome: str | None = "successful", evidence: int = 1, **fields: Any) -> list[str]:
    change = a_request(state="review", content=content, outcome=outcome, number=fields.pop("number", "CHG-1"))
    return missing(Situation(change, NOW, (a_step(),), (a_vote(),), evidence=evidence, **fields))


def test_a_change_closes_with_its_outcome_and_what_shows_it():
    assert to_close() == []
    assert to_close(outcome=None) == ["the outcome is missing"]
    assert to_close(evidence=0) == ["there is no evidence of what was done"]


@pytest.mark.parametrize(
    ("content", "outcome", "why"),
    [
        (DONE, "successful", None),
        (replace(DONE, risk="medium"), "successful", "medium risk"),
        (replace(DONE, risk="high"), "successful", "high risk"),
        (replace(DONE, risk=None), "successful", None),
        (DONE, "backed_out", "it was backed out"),
        (DONE, "with_issues", "it ended with issues"),
        (EMERGENCY, "successful", "an emergency"),
        (replace(STANDARD, risk="high"), "successful", None),
        (STANDARD, "failed", "it failed"),
    ],
)
def test_a_change_that_could_have_gone_wrong_or_did_is_reviewed_before_it_closes(content, outcome, why):
    assert to_close(content, outcome, review_sample=0) == ([f"the review is missing: {why}"] if why else [])
    assert to_close(content, outcome, review_sample=0, review=REVIEWED) == []


@given(st.integers(1, 500), st.integers(1, 20))
def test_one_standard_change_in_so_many_is_reviewed_although_it_went_well(number: int, one_in: int):
    looked_at = is_sampled(f"alder/CHG-{number}", one_in)
    assert to_close(STANDARD, number=f"CHG-{number}", review_sample=one_in) == (
        [f"the review is missing: one standard change in {one_in} is looked at"] if looked_at else []
    )
    assert looked_at or one_in > 1


def test_about_one_in_ten_is_looked_at():
    assert 70 <= sum(is_sampled(f"alder/CHG-{number}", 10) for number in range(1000)) <= 130
    assert not any(is_sampled(f"alder/CHG-{number}", 0) for number in range(100))


def test_which_change_is_looked_at_does_not_alter_with_the_program():
    looked_at = [number for number in range(1, 61) if is_sampled(f"alder/CHG-{number:04}", 10)]
    assert looked_at == [2, 13, 18, 31, 34, 53, 55]


def test_only_standard_changes_are_looked_at_by_sample():
    assert to_close(review_sample=1) == []
    assert to_close(STANDARD, review_sample=1) == ["the review is missing: one standard change in 1 is looked at"]


def test_what_was_begun_on_a_word_does_not_close_before_the_votes_have_come():
    def found(votes: Any, **fields: Any) -> list[str]:
        change = begun_on_a_word(outcome="successful", **fields)
        return missing(Situation(change, NOW, (a_step(),), votes, evidence=1, review=REVIEWED))

    waits = "1 vote of the step step 1 (nora), for what was begun on somebody's word"
    (said,) = found(())
    assert said.startswith(f"{waits} (due ")
    assert found((), retro_due=None) == [waits]
    assert found((a_vote(),)) == found((a_vote("reject"),)) == found((), authorisers=()) == []
