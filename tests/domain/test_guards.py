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
from changedesk.domain.control.approval import ASSESS
from changedesk.domain.control.guards import EARLY, GoLiveLight, Situation, missing, settled
from changedesk.domain.control.template import Template
from changedesk.domain.words import CHANGE_STATES

HOUR = timedelta(hours=1)
STANDARD = replace(CONTENT, path="standard")
EMERGENCY = replace(CONTENT, path="emergency", incident="INC-1", backout_plan="b", risk="low")


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
        (CONTENT.planned_start - EARLY, None),
        (CONTENT.planned_start - EARLY - timedelta(seconds=1), "it is too early, the window begins"),
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
