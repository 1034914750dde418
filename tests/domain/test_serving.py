"""A change as the initiative that it serves sees it: how far it is, how urgent that is, and until when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from control_builders import a_request, a_step, a_vote

from builders import NOW
from changedesk.domain.control.approval import ASSESS
from changedesk.domain.control.serving import serving_of
from changedesk.domain.control.situation import Situation

SOON, LATER = NOW + timedelta(hours=4), NOW + timedelta(hours=9)
STEP = replace(a_step(), name="CAB", deadline_hours=9)
YES, NO = a_vote(), a_vote("reject")


def serving(state, *votes, step=STEP, **fields):
    change = a_request(state=state, round=1, opened_at=NOW, **fields)
    return serving_of(Situation(change, NOW, steps=(step,), votes=votes), is_go_live=True)


def begun(state, *votes, due=SOON, **fields):
    """An emergency that was begun on somebody's word."""
    return serving(state, *votes, authorisers=("ada",), retro_due=due, actual_start=NOW - timedelta(hours=1), **fields)


@pytest.mark.requirement("R101")
@pytest.mark.parametrize(
    ("found", "words", "level"),
    [
        (serving("draft"), "not submitted", "at_risk"),
        (serving("assessing", step=replace(STEP, name="Risk", phase=ASSESS)), "Risk open", "at_risk"),
        (serving("assessing"), "assessing", "at_risk"),
        (serving("authorizing"), "CAB open", "at_risk"),
        (serving("scheduled", YES), "authorised", "fine"),
        (serving("scheduled"), "not voted on here", "at_risk"),
        (serving("implementing", YES), "being done", "fine"),
        (begun("implementing"), "being done, votes owed", "at_risk"),
        (serving("review", YES), "done, to be reviewed", "fine"),
        (begun("review"), "done, votes owed", "at_risk"),
        (serving("closed", YES, outcome="successful"), "successful", "fine"),
        (serving("closed", YES, outcome="backed_out"), "backed out", "at_risk"),
        (serving("closed", YES), "closed", "at_risk"),
        (serving("rejected", NO), "rejected", "late"),
        (serving("cancelled"), "cancelled", "unknown"),
        (begun("implementing", due=NOW - timedelta(hours=1)), "approval afterwards overdue", "late"),
        (begun("review", NO), "review, unauthorised", "late"),
    ],
)
def test_a_change_says_how_far_it_is_and_how_urgent_that_is(found, words, level):
    assert (found.words, found.level) == (words, level)


def test_a_hold_is_said_of_what_can_still_go_on():
    assert serving("scheduled", YES, hold="no staff").words == "authorised, on hold"
    assert serving("cancelled", hold="no staff").words == "cancelled"
    assert serving("closed", YES, outcome="successful", hold="no staff").words == "successful"


def test_what_waits_for_votes_names_its_step_and_its_deadline():
    assert (serving("authorizing").step, serving("authorizing").due) == ("CAB", LATER)
    assert (serving("scheduled", YES).step, serving("scheduled", YES).due) == (None, None)


def test_what_was_begun_on_a_word_is_due_when_the_word_has_to_be_votes_and_no_more_once_it_is():
    assert begun("implementing").due == SOON
    assert begun("implementing", YES).due is None
