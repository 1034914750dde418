"""Who owns it, and when a decision may lock."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from working_builders import a_decision

from changedesk.domain.decisions import refuse_ack, refuse_lock, sides_missing
from changedesk.domain.labour import QUESTIONS, who_owns

LOCKED = datetime(2026, 9, 1, tzinfo=UTC)
NAMES = st.sampled_from([None, "pat", "chris"])


@pytest.mark.requirement("R67")
@pytest.mark.requirement("R68")
@pytest.mark.requirement("R70")
@pytest.mark.parametrize(
    ("touches", "owner"),
    [
        ((True, False, False), "project owner"),
        ((False, True, False), "change owner"),
        ((False, False, True), "both"),
        ((True, True, False), "both"),
        ((False, False, False), "nobody yet"),
    ],
)
def test_it_is_owned_by_the_kind_of_risk_that_is_controlled(touches, owner):
    found = who_owns(**dict(zip(("delivery", "behaviour", "timing_and_adoption"), touches, strict=True)))
    assert found.owner == owner
    assert found.rule.endswith(".")
    assert len(QUESTIONS) == 3


@pytest.mark.requirement("R69")
@given(st.booleans(), st.booleans(), NAMES, NAMES)
def test_a_decision_locks_exactly_when_every_side_it_touches_knows_it(timing, adoption, delivery, people):
    decision = a_decision(timing, adoption, delivery_ack=delivery, people_ack=people)
    known = (delivery or not timing) and (people or not adoption)
    two_people = not (timing and adoption) or delivery != people
    assert (refuse_lock(decision) is None) == bool(known and two_people)


@pytest.mark.requirement("R69")
def test_a_refused_lock_says_whose_acknowledgement_is_missing():
    assert refuse_lock(a_decision()) == (
        "Wave 2 first touches timing and adoption: it locks after the project owner's and the change owner's acknowledgement"
    )
    assert "after the change owner's acknowledgement" in refuse_lock(a_decision(delivery_ack="pat"))
    assert refuse_lock(a_decision(delivery_ack="pat", people_ack="pat")).startswith("pat acknowledged")
    assert refuse_lock(a_decision(locked_at=LOCKED)) == "Wave 2 first is locked already"


def test_a_decision_that_touches_neither_side_waits_for_nobody():
    assert sides_missing(a_decision(False, False)) == ()
    assert refuse_lock(a_decision(False, False)) is None


@pytest.mark.requirement("R57")
@pytest.mark.parametrize(
    ("decision", "side", "who", "owners", "refused"),
    [
        (a_decision(), "delivery", "pat", ("pat", "chris"), None),
        (a_decision(), "people", "chris", ("pat", "chris"), None),
        (a_decision(), "people", "pat", ("pat", "chris"), "by the change owner chris, not by pat"),
        (a_decision(), "people", "pat", ("pat", None), "no change owner"),
        (a_decision(False, True), "delivery", "pat", ("pat", "chris"), "does not touch timing"),
        (a_decision(True, False), "people", "chris", ("pat", "chris"), "does not touch adoption"),
        (a_decision(locked_at=LOCKED), "people", "chris", ("pat", "chris"), "is locked"),
        (a_decision(people_ack="chris"), "people", "chris", ("pat", "chris"), "already"),
        (a_decision(delivery_ack="pat"), "people", "pat", ("pat", "pat"), "two people"),
        (a_decision(people_ack="pat"), "delivery", "pat", ("pat", "pat"), "two people"),
        (a_decision(people_ack="chris"), "delivery", "pat", ("pat", "chris"), None),
    ],
)
def test_each_side_is_acknowledged_once_by_its_own_owner(decision, side, who, owners, refused):
    found = refuse_ack(decision, side, who, *owners)
    assert found is None if refused is None else refused in found
