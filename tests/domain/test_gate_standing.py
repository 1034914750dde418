"""Whose signature counts under a checkpoint, on which checklist, and from when on checkpoints are in use (invariants 15, 16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from changedesk.domain.gates import (
    Signed,
    Tick,
    checklist_digest,
    gate_standing,
    gates_of,
    lane_items,
    not_followed,
    open_items,
    refuse_signature,
)
from changedesk.domain.lifecycle import parse_lifecycle
from changedesk.domain.records import Gate, Initiative
from changedesk.domain.words import CHECKPOINTS
from changedesk.resources import data_text

LIFECYCLE = parse_lifecycle(data_text("lifecycles", "standard.toml"))
PLANNING = LIFECYCLE.checkpoint("planning")
THEN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MFA = Initiative(
    id="i", rev=1, client="alder", code="MFA", title="MFA everywhere", project_owner="pat", change_owner="chris",
    sponsor=None, go_live_planned=None, go_live_actual=None, budget=None, currency=None, state="active", imported=False,
)  # fmt: skip


def ticks(lane: str, evidence: str = "seen", leave: int = 0) -> list[Tick]:
    """Everything of a lane's planning checklist is done, save the last so many items."""
    items = PLANNING.items(lane)
    return [Tick("planning", lane, item.key, THEN, "pat", evidence) for item in items[: len(items) - leave]]


def signed(lane: str, signer: str, on: Sequence[Tick], minutes: int = 0) -> Signed:
    digest = checklist_digest("i", lane_items(PLANNING, lane, on))
    return Signed("planning", lane, signer, THEN + timedelta(minutes=minutes), None, digest)


def planning(done: Sequence[Tick] = (), given: Sequence[Signed] = (), initiative: Initiative = MFA) -> Gate:
    return next(gate for gate in gates_of(LIFECYCLE, initiative, (), done, given) if gate.name == "planning")


def refusal(
    lane: str, who: str, done: Sequence[Tick] = (), given: Sequence[Signed] = (), *, initiative: Initiative = MFA
) -> str | None:
    gates = gates_of(LIFECYCLE, initiative, (), done, given)
    return refuse_signature(initiative, gates, "planning", lane, who)


BOTH = [*ticks("delivery"), *ticks("people")]


def test_an_item_is_done_by_the_tick_of_its_own_checkpoint_and_lane_alone() -> None:
    (last,) = ticks("delivery")[-1:]
    assert [item.evidence for item in planning([last]).items if item.done_at] == ["seen"]
    for other in (replace(last, lane="people"), replace(last, checkpoint="execution"), replace(last, item="another")):
        assert not any(item.done_at or item.done_by or item.evidence for item in planning([other]).items)


def test_a_signature_counts_while_its_own_checklist_stands_as_it_was() -> None:
    given = [signed("delivery", "pat", BOTH)]
    assert planning(BOTH, given).signature("delivery") is not None
    assert planning([*ticks("delivery"), *ticks("people", "looked again")], given).signature("delivery") is not None
    assert planning([*ticks("delivery", "looked again"), *ticks("people")], given).signature("delivery") is None
    assert planning(ticks("people"), given).signature("delivery") is None


def test_a_signature_is_given_on_who_is_meant_and_on_when_each_item_was_done_and_what_shows_it() -> None:
    items = lane_items(PLANNING, "people", BOTH)
    first, *rest = items
    others = [
        items[:-1],
        items[::-1],
        (replace(first, done_at=None), *rest),
        (replace(first, done_at=THEN + timedelta(seconds=1)), *rest),
        (replace(first, evidence=None), *rest),
        (replace(first, key="another"), *rest),
        (replace(first, lane="delivery"), *rest),
        (replace(first, checkpoint="execution"), *rest),
    ]
    digests = {checklist_digest("i", items), checklist_digest("j", items)}
    assert len(digests | {checklist_digest("i", other) for other in others}) == 2 + len(others)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, "not followed on this desk yet"),
        (1, "not followed on this desk yet"),
        (0, "not followed on this desk yet"),
        (-1, "passed before this desk followed it"),
    ],
)
def test_a_gate_that_is_not_followed_here_is_still_to_come_until_its_day_is_over(days: int | None, said: str) -> None:
    today = THEN.date()
    assert not_followed(None if days is None else today + timedelta(days=days), today) == said


def test_the_checkpoint_is_signed_when_both_lanes_are_and_says_what_is_missing() -> None:
    one = [signed("delivery", "pat", BOTH)]
    both = [*one, signed("people", "chris", BOTH)]
    assert [planning(BOTH, given).signed for given in ([], one, both)] == [False, False, True]
    seen = gate_standing(planning([*ticks("delivery", leave=1)], [signed("people", "chris", [])]))
    assert (seen.delivery_signed, seen.people_signed) == (False, True)
    assert (seen.delivery_missing, seen.people_missing) == (1, len(PLANNING.people))


@pytest.mark.parametrize(
    ("lane", "who", "said"),
    [
        ("delivery", "chris", "the delivery side of MFA is signed by its project owner pat, not by chris"),
        ("people", "pat", "the people side of MFA is signed by its change owner chris, not by pat"),
        ("delivery", "pat", None),
        ("people", "chris", None),
    ],
)
def test_each_lane_is_signed_by_its_own_owner(lane: str, who: str, said: str | None) -> None:
    assert refusal(lane, who, BOTH) == said


def test_a_lane_is_signed_once_and_by_somebody_else_than_the_other() -> None:
    given = [signed("delivery", "pat", BOTH)]
    assert refusal("delivery", "pat", BOTH, given) == "the delivery side of planning is signed already"
    assert refusal("people", "chris", BOTH, given) is None
    alone = replace(MFA, change_owner="pat")
    said = "pat signed the delivery side; the two signatures come from two people"
    assert refusal("people", "pat", BOTH, given, initiative=alone) == said


def test_open_items_are_counted_and_named_where_no_list_shows_them() -> None:
    last = PLANNING.items("delivery")[-1].text
    gate = planning(ticks("delivery", leave=1))
    assert open_items(gate, "delivery") == "1 of 3 items is open"
    assert open_items(gate, "delivery", named=True) == f"1 of 3 items is open ({last})"
    assert open_items(planning(BOTH), "delivery") is None


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ({"project_owner": None}, "no project owner"),
        ({"change_owner": None}, "no change owner"),
        ({"project_owner": None, "change_owner": None}, "no project owner and no change owner"),
    ],
)
def test_two_owners_are_named_before_anything_is_signed(missing: dict[str, None], named: str) -> None:
    said = f"MFA has {named}; both are named before any gate is signed"
    assert refusal("people", "chris", BOTH, initiative=replace(MFA, **missing)) == said


def test_what_was_brought_in_is_followed_from_the_first_checkpoint_that_was_worked_on_here() -> None:
    brought_in = replace(MFA, imported=True)

    def followed(initiative: Initiative, done: Sequence[Tick], given: Sequence[Signed] = ()) -> list[str]:
        return [gate.name for gate in gates_of(LIFECYCLE, initiative, (), done, given) if gate.in_use]

    later = [*CHECKPOINTS[CHECKPOINTS.index("planning") :]]
    assert followed(MFA, ()) == [*CHECKPOINTS]
    assert followed(brought_in, ()) == []
    assert followed(brought_in, ticks("people")[:1]) == later
    assert followed(brought_in, (), [signed("people", "chris", ())]) == later
