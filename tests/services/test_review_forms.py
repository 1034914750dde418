"""What is written into the forms of a review and of an action it asks for, before either is kept."""

from __future__ import annotations

import pytest

from builders import found
from change_desks import ChangeDesk
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.learning import action_form, review_form
from changedesk.services.control.situation import find


def the_id(board: ChangeDesk, number: str) -> str:
    return find(board.owner, number).id


@pytest.mark.requirement("R78")
@pytest.mark.parametrize(
    ("written", "problems", "warnings"),
    [
        ({}, {}, {}),
        ({"action_owner": "ivo"}, {"action": "say what has to be done"}, {}),
        ({"action_due": "2026-12-04"}, {"action": "say what has to be done"}, {}),
        ({"action": "Write a test", "action_owner": "ivo", "action_due": "2026-12-04"}, {}, {}),
        ({"about": "policy"}, {"proposal": "say what is proposed"}, {}),
        ({"about": "policy", "proposal": "Two of the CAB"}, {}, {}),
        ({"result": "backed_out"}, {}, {"informed": "it was taken back: did the business hear of it?"}),
        ({"result": "backed_out", "informed": "no"}, {}, {}),
        ({"caused_p1": "yes"}, {}, {"incidents": "which one had priority 1?"}),
        ({"caused_p1": "yes", "incidents": "INC-1"}, {}, {}),
        ({"caused_p1": "no"}, {}, {}),
    ],
)
def test_what_half_an_answer_lacks_is_said_at_its_field(board: ChangeDesk, written, problems, warnings):
    record = review_form.fetch(board.be("max"), the_id(board, board.done()))
    checked = review_form.check(
        board.be("max"), record.values | {"findings": "Fine.", "result": "met_objectives"} | written
    )
    assert (dict(checked.problems), dict(checked.warnings)) == (problems, warnings)


def test_a_change_that_was_taken_back_is_reviewed_as_such(board: ChangeDesk):
    for outcome, result in (("backed_out", "backed_out"), ("failed", "")):
        record = review_form.fetch(board.be("max"), the_id(board, board.done(outcome)))
        assert record.values["result"] == result


def test_whoever_did_it_is_given_no_review_to_write(board: ChangeDesk):
    change = the_id(board, board.done())
    with pytest.raises(RuleRefused, match="the implementer does not review"):
        review_form.fetch(board.be("ivo"), change)


def test_neither_is_begun_without_a_change(board: ChangeDesk):
    with pytest.raises(BadInput, match="opened from the change that it looks at"):
        review_form.blank(board.owner)
    with pytest.raises(BadInput, match="added from the change whose review asks for it"):
        action_form.blank(board.owner)


@pytest.mark.parametrize(
    ("owner", "due", "kept"), [("ivo", "2026-12-04", ("ivo", "2026-12-04T00:00:00.000Z")), ("", "", (None, None))]
)
def test_an_action_is_kept_with_its_owner_and_its_day_or_without(board: ChangeDesk, owner, due, kept):
    number = board.done("with_issues")
    max_ = board.be("max")
    record = action_form.fetch(max_, the_id(board, number))
    assert record.values["change"] == f"alder/{number}"
    assert action_form.check(max_, record.values).problems
    values = record.values | {"text": "Buy a cable", "owner": owner, "due": due}
    assert dict(action_form.check(max_, values).problems) == {}
    assert action_form.save(max_, record, values).values == values
    assert found(board.desk, "SELECT text, owner, due FROM review_action") == [("Buy a cable", *kept)]


def test_the_owner_of_an_action_is_one_of_the_people_in_view(board: ChangeDesk):
    for form in (review_form, action_form):
        names = list(form.suggestions(board.be("max"), "people", {}))
        assert {"ivo", "max"} <= set(names)
        assert names == sorted(set(names))
