"""Decisions that touch timing and adoption: each side's owner acknowledges them, then they lock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_desk, a_person, an_initiative, as_person, found, record, staffed
from changedesk.errors import BadInput, Denied, RuleRefused
from changedesk.services.initiative.decisions import DecisionRow, acknowledge, decisions_view, lock
from changedesk.services.records import records
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check


def a_decision(desk: Desk, initiative: str, title: str = "Move go-live", *, timing: int = 1, adoption: int = 1) -> str:
    return record(
        desk,
        "decision",
        initiative_id=initiative,
        title=title,
        touches_timing=timing,
        touches_adoption=adoption,
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as desk:
        yield desk


@pytest.fixture
def initiative(desk: Desk) -> str:
    return an_initiative().on(desk)


@pytest.fixture
def me(desk: Desk) -> Session:
    """The owner of the desk."""
    return open_session(desk)


def row(session: Session, initiative: str) -> DecisionRow:
    return decisions_view(session, initiative).rows[0]


@pytest.mark.requirement("R57")
@pytest.mark.requirement("R69")
def test_what_touches_timing_and_adoption_locks_after_both_acknowledgements(
    desk: Desk, me: Session, initiative: str
) -> None:
    decision = a_decision(desk, initiative)
    for side, owner in (("delivery", "pat"), ("people", "chris")):
        with pytest.raises(RuleRefused, match="it locks after the"):
            lock(me, decision)
        assert acknowledge(me, decision, side) == owner
    lock(me, decision)
    assert row(me, initiative).decision.locked_at is not None
    assert (row(me, initiative).decision.delivery_ack, row(me, initiative).decision.people_ack) == ("pat", "chris")
    assert check.check(desk, None).problems == ()


@pytest.mark.requirement("R69")
def test_each_step_is_told_once_in_the_audit_with_people_by_id(desk: Desk, me: Session, initiative: str) -> None:
    decision = a_decision(desk, initiative)
    acknowledge(as_person(desk, "pat"), decision, "delivery")
    acknowledge(as_person(desk, "chris"), decision, "people")
    lock(me, decision)
    told = found(
        desk,
        "SELECT a.kind, ifnull(p.login, 'me') FROM audit a LEFT JOIN person p ON p.id = a.actor"
        " WHERE a.subject = ? AND a.kind LIKE 'decision.%' ORDER BY a.seq",
        decision,
    )
    assert told == [("decision.acknowledged", "pat"), ("decision.acknowledged", "chris"), ("decision.locked", "me")]
    bodies = "".join(body for (body,) in found(desk, "SELECT body FROM audit WHERE kind LIKE 'decision.%'"))
    assert "pat" not in bodies
    assert "chris" not in bodies


@pytest.mark.requirement("R69")
def test_nobody_acknowledges_for_the_other_side(desk: Desk, initiative: str) -> None:
    decision = a_decision(desk, initiative)
    with pytest.raises(RuleRefused, match="acknowledged by the change owner chris, not by pat"):
        acknowledge(as_person(desk, "pat"), decision, "people")
    with pytest.raises(Denied):
        lock(as_person(desk, a_login(desk)), decision)


def a_login(desk: Desk) -> str:
    a_person(desk, "tara", "trainer", client="alder")
    return "tara"


def test_a_side_acknowledges_once_and_never_after_the_lock(desk: Desk, me: Session, initiative: str) -> None:
    decision = a_decision(desk, initiative, adoption=0)
    acknowledge(me, decision, "delivery")
    with pytest.raises(RuleRefused, match="the delivery side has acknowledged Move go-live already, pat for it"):
        acknowledge(me, decision, "delivery")
    lock(me, decision)
    for again in (lambda: lock(me, decision), lambda: acknowledge(me, decision, "people")):
        with pytest.raises(RuleRefused, match="locked"):
            again()


def test_a_decision_out_of_view_is_unknown(desk: Desk, me: Session) -> None:
    elsewhere = an_initiative().named("FAR").of("birch").on(desk)
    decision = a_decision(desk, elsewhere)
    with pytest.raises(BadInput, match="no longer in view"):
        acknowledge(as_person(desk, "pat"), decision, "delivery")
    with pytest.raises(BadInput, match="no longer in view"):
        lock(me, "nothing")
    with pytest.raises(BadInput, match="there is no side"):
        acknowledge(me, decision, "service")


@pytest.mark.requirement("R57")
@settings(max_examples=25)
@given(steps=st.lists(st.sampled_from(["pat", "chris", "lock"]), max_size=5), touches=st.sampled_from([0, 1, 2, 3]))
def test_whatever_is_tried_nothing_locks_that_a_side_does_not_know(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], touches: int
) -> None:
    with staffed(a_desk(tmp_path_factory.mktemp("desk"))) as desk:
        initiative = an_initiative().on(desk)
        decision = a_decision(desk, initiative, timing=touches & 1, adoption=touches >> 1)
        for step in steps:
            try:
                if step == "lock":
                    lock(open_session(desk), decision)
                else:
                    acknowledge(as_person(desk, step), decision, "delivery" if step == "pat" else "people")
            except RuleRefused:
                continue
        now = row(open_session(desk), initiative).decision
        if now.locked_at is not None:
            assert now.delivery_ack or not touches & 1
            assert now.people_ack or not touches >> 1


@pytest.mark.requirement("R69")
@pytest.mark.parametrize("locked", [True, False])
def test_what_was_acknowledged_or_locked_keeps_its_words_and_the_sides_that_it_touches(
    desk: Desk, me: Session, initiative: str, locked: bool
) -> None:
    decision = a_decision(desk, initiative, timing=int(not locked), adoption=0)
    opened = records.fetch(me, "decisions", decision)
    reworded = records.save(me, "decisions", opened, opened.values | {"title": "Put go-live off"})
    if locked:
        lock(me, decision)
    else:
        acknowledge(me, decision, "delivery")
    now = records.fetch(me, "decisions", decision)
    assert records.save(me, "decisions", now, now.values).values["title"] == reworded.values["title"]
    for change in ({"touches_adoption": "yes"}, {"title": "Bring go-live forward"}):
        with pytest.raises(RuleRefused, match="acknowledged or locked as it is"):
            records.save(me, "decisions", now, now.values | change)
    assert records.fetch(me, "decisions", decision).values["touches_adoption"] == "no"
