"""Handing over: nobody takes over from himself, nothing without evidence, and what looks like a formality is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from domain_builders import a_gate, a_standing
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.service import handover as rules
from changedesk.domain.service.handover import Handover, HandoverItem, HandoverStanding
from changedesk.domain.standing import GateStanding
from changedesk.resources import data_text

TODAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TASKS = rules.tasks_in(data_text("lifecycles", "handover.toml"))


def items(minutes: int = 60, evidence: str | None = "wiki/1") -> tuple[HandoverItem, ...]:
    return tuple(
        HandoverItem(task.key, task.text, NOON + timedelta(minutes=n * minutes), "pat", evidence)
        for n, task in enumerate(TASKS)
    )


READY = Handover(
    "i", "Mail", "ben", "pat", date(2026, 11, 1), date(2026, 11, 10), 20, 26, date(2026, 11, 5), None, None, items()
)


@pytest.mark.requirement("R161")
@pytest.mark.requirement("R162")
@pytest.mark.requirement("R163")
@pytest.mark.requirement("R164")
@pytest.mark.requirement("R165")
def test_the_checklist_asks_for_the_five_and_more() -> None:
    keys = [task.key for task in TASKS]
    assert keys[:5] == ["documentation", "support_trained", "knowledge_base", "agreements", "ownership"]
    assert {"runbooks", "monitoring", "known_issues"} <= {*keys}
    with pytest.raises(ValueError, match="key of its own"):
        rules.tasks_in('[[items]]\nkey = "a"\ntext = "x"\n[[items]]\nkey = "a"\ntext = "y"\n')
    with pytest.raises(ValueError, match="needs items"):
        rules.tasks_in("items = []")
    with pytest.raises(ValueError, match="cannot be read"):
        rules.tasks_in("items = 3")


@pytest.mark.requirement("R160")
@given(
    st.sampled_from(["ben", "pat", "sam"]), st.sampled_from(["ben", "pat", None]), st.sampled_from(["ben", "pat", None])
)
def test_only_the_service_owner_accepts_and_never_the_project_owner(
    actor: str, service_owner: str | None, project_owner: str | None
) -> None:
    handover = replace(READY, service_owner=service_owner, project_owner=project_owner)
    accepted = rules.refuse_acceptance(handover, actor) is None
    assert accepted == (actor == service_owner and actor != project_owner)


@given(st.sets(st.integers(0, len(TASKS) - 1)), st.sets(st.integers(0, len(TASKS) - 1)))
def test_every_item_is_done_with_evidence_before_it_is_accepted(undone: set[int], bare: set[int]) -> None:
    made = tuple(
        replace(item, done_at=None if n in undone else item.done_at, evidence=" " if n in bare else item.evidence)
        for n, item in enumerate(READY.items)
    )
    refused = rules.refuse_acceptance(replace(READY, items=made), "ben")
    assert (refused is None) == (not undone and not bare)


def test_what_was_sent_back_or_taken_over_is_said() -> None:
    sent_back = replace(READY.items[0], rejected_at=NOON, rejected_by="ben", reason="old version")
    assert sent_back.state == "rejected"
    refused = rules.refuse_acceptance(replace(READY, items=(sent_back, *READY.items[1:])), "ben")
    assert refused == "1 item is not done: Documentation is complete and where operations look for it"
    two = tuple(replace(item, done_at=None) for item in READY.items[:2])
    assert (rules.refuse_acceptance(replace(READY, items=two), "ben") or "").startswith("2 items are not done: ")
    bare = replace(READY.items[0], text="Runbooks", evidence=None)
    assert rules.refuse_acceptance(replace(READY, items=(bare,)), "ben") == "evidence is missing: Runbooks"
    done = replace(READY, accepted_at=NOON, accepted_by="ben")
    assert rules.refuse_acceptance(done, "ben") == "Mail was taken over already, by ben"
    unnamed = replace(done, service=None)
    assert rules.refuse_acceptance(unnamed, "ben") == "the service was taken over already, by ben"
    assert "which service" in (rules.refuse_acceptance(replace(READY, service=None), "ben") or "")
    assert "has no owner" in (rules.refuse_acceptance(replace(READY, service_owner=None), "ben") or "")
    assert READY.done == len(TASKS)


@pytest.mark.requirement("R166")
def test_ticks_in_one_go_or_without_evidence_look_like_a_formality() -> None:
    assert rules.formality(items()) is None
    assert rules.formality(items(minutes=0)) == "all 9 items were ticked within one minute: a formality?"
    said = rules.formality(items(minutes=0, evidence="ok"))
    assert said == "all 9 items were ticked within one minute and without evidence: a formality?"
    assert "without evidence" in (rules.formality(items(evidence=None)) or "")
    assert rules.formality((*items(minutes=0)[:-1], HandoverItem("x", "X"))) is None
    assert rules.formality(items(minutes=0)[:2]) is None
    assert rules.formality(items(minutes=0)[:3]) == "all 3 items were ticked within one minute: a formality?"


@pytest.mark.requirement("R166")
@pytest.mark.parametrize(("seconds", "said"), [(30, True), (31, False)])
def test_ticks_a_minute_apart_are_in_one_go_and_those_further_apart_are_not(seconds: int, said: bool) -> None:
    three = [replace(one, done_at=NOON + timedelta(seconds=n * seconds)) for n, one in enumerate(items()[:3])]
    assert (rules.formality(three) is not None) == said


@pytest.mark.requirement("R166")
@pytest.mark.parametrize(("evidence", "said"), [(None, True), (" ok ", True), ("p.4", False)])
def test_one_item_that_something_shows_is_enough_against_a_formality(evidence: str | None, said: bool) -> None:
    shown = (replace(items()[0], evidence=evidence), *items(evidence=None)[1:])
    assert (rules.formality(shown) is not None) == said


@pytest.mark.requirement("R166")
def test_effort_and_duration_stand_beside_their_plan() -> None:
    assert rules.duration(READY, TODAY).sentence == "22 days so far, 10 days planned"
    done = replace(READY, accepted_at=NOON)
    assert rules.duration(done, TODAY) == rules.Beside(10, 16, "16 days, 10 days planned")
    assert rules.effort(done).sentence == "26 hours, 20 hours planned"
    assert rules.effort(replace(done, spent_hours=26.4)).sentence == "26 hours, 20 hours planned"
    assert rules.duration(replace(done, started_on=NOON.date()), TODAY).sentence == "1 day, 10 days planned"
    assert rules.duration(replace(done, planned_end=None), TODAY).sentence == "16 days, not planned"
    none = replace(READY, planned_start=None, planned_hours=None, spent_hours=None, started_on=None, items=())
    assert rules.duration(none, TODAY).sentence == "neither planned nor recorded"
    first = replace(none, items=items())
    assert rules.duration(first, TODAY).sentence == "7 days so far, not planned", "it began with its first item"
    assert rules.effort(replace(READY, spent_hours=None)).sentence == "20 hours planned, none recorded yet"
    assert rules.effort(replace(READY, planned_hours=None)).sentence == "26 hours so far, not planned"


@pytest.mark.requirement("R140")
@pytest.mark.requirement("R173")
def test_success_is_looked_at_again_90_days_after_the_closing() -> None:
    assert rules.look_again(date(2026, 9, 1), date(2026, 6, 1)) == date(2026, 11, 30)
    assert rules.look_again(None, date(2026, 6, 1)) == date(2026, 8, 30)
    assert rules.look_again(None, None) is None


def test_an_acceptance_is_bound_to_the_items_as_they_stood() -> None:
    before = rules.digest("i", READY.items)
    assert before == rules.digest("i", READY.items)
    assert before != rules.digest("j", READY.items)
    first, *others = READY.items
    later = NOON + timedelta(days=1)
    changes: tuple[dict[str, object], ...] = (
        {"evidence": "other"},
        {"done_at": later},
        {"done_at": None},
        {"key": "other"},
    )
    for changed in changes:
        assert before != rules.digest("i", (replace(first, **changed), *others))


def test_what_was_accepted_with_an_earlier_version_is_proven_by_this_one() -> None:
    item = HandoverItem("runbooks", "Runbooks", NOON, "pat", "wiki/1")
    assert rules.digest("i", [item]) == "118886d7b6b4937fcc4039e5c550b943e2d066b9fa9ddaf81d95ab9f957b7828"


def test_an_owner_whom_the_desk_knows_is_said_and_not_counted_as_shown() -> None:
    bare = replace(READY, items=tuple(HandoverItem(task.key, task.text) for task in TASKS))
    known = {item.key: rules.known_anyway(bare, item) for item in bare.items}
    assert {key: said for key, said in known.items() if said} == {"ownership": "ben, not confirmed"}
    assert bare.done == 0
    assert not any(rules.known_anyway(replace(bare, service_owner=None), item) for item in bare.items)
    assert not any(rules.known_anyway(READY, item) for item in READY.items)


@pytest.mark.requirement("R160")
@given(st.booleans(), st.booleans())
def test_nothing_is_taken_over_of_what_is_cancelled_or_by_what_is_retired(cancelled: bool, retired: bool) -> None:
    refused = rules.refuse_acceptance(replace(READY, cancelled=cancelled, retired=retired), "ben")
    assert (refused is None) == (not cancelled and not retired)
    assert refused is None or ("is cancelled" if cancelled else "Mail is retired") in refused


@pytest.mark.parametrize(
    ("go_live", "when"),
    [
        (None, ""),
        (TODAY + timedelta(days=6), ", go-live Wed 2 Dec"),
        (TODAY - timedelta(days=3), ", go-live planned Mon 23 Nov"),
    ],
)
def test_taking_over_before_the_go_live_is_said(go_live: date | None, when: str) -> None:
    assert rules.before_use("MFA", go_live, TODAY) == f"MFA has not gone live{when}: nobody uses yet what is taken over"


GATES = (a_gate("planning", due=None), a_gate("execution", due=None), a_gate("go_live", due=None))
NOTHING_YET = HandoverStanding("i", 0, 0, None, None, accepted_at=None)


def near(due: date | None, **other: bool) -> tuple[GateStanding, ...]:
    return (GATES[0], a_gate("execution", due=due, **other), GATES[2])


@pytest.mark.requirement("R159")
@pytest.mark.parametrize(
    ("gates", "live", "said"),
    [
        (GATES, False, ""),
        (near(TODAY + timedelta(days=1)), False, ""),
        (near(TODAY), False, "handover 0/9"),
        (near(None, delivery_signed=True, people_signed=True), False, "handover 0/9"),
        (near(None, delivery_signed=True), False, ""),
        (GATES, True, "handover 0/9"),
        ((), False, ""),
    ],
)
def test_how_far_a_handover_is_is_said_from_the_gate_before_the_go_live_on(
    gates: tuple[GateStanding, ...], live: bool, said: str
) -> None:
    assert NOTHING_YET.said(9, a_standing(gates=gates, went_live=live), TODAY) == said


@pytest.mark.requirement("R159")
def test_a_handover_is_near_where_a_file_says_that_it_is_live_and_names_no_day() -> None:
    assert NOTHING_YET.said(9, a_standing(gates=GATES, went_live=False, state="live"), TODAY) == "handover 0/9"


@pytest.mark.requirement("R159")
@pytest.mark.parametrize(
    ("begun", "said"),
    [
        ({"there": 4}, "handover 4/9"),
        ({"there": 4, "sent_back": 1, "planned_end": TODAY - timedelta(days=3)}, "handover 4/9, 1 sent back"),
        ({"there": 9, "planned_end": TODAY - timedelta(days=3)}, "handover 9/9, due 3 d ago"),
        ({"there": 9, "planned_end": TODAY}, "handover 9/9"),
        ({"planned_start": TODAY}, "handover 0/9"),
        ({"planned_start": TODAY + timedelta(days=1)}, ""),
        ({"there": 9, "accepted_at": NOON}, "handed over"),
    ],
)
def test_a_handover_that_has_begun_is_said_whenever_that_was(begun: dict[str, Any], said: str) -> None:
    handover = replace(NOTHING_YET, **begun)
    assert handover.said(9, a_standing(gates=GATES), TODAY) == said
    for state in ("closed", "cancelled"):
        assert handover.said(9, a_standing(gates=GATES, state=state), TODAY) == ""
