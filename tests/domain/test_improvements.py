"""The improvement loop: what is systemic, who may do what when, and where a service stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.service import improvements as loop
from changedesk.domain.service.running import Improvement, Service, Signal
from changedesk.domain.words import IMPROVEMENT_STATES, SIGNAL_KINDS

TODAY = date(2026, 11, 26)


def signals(*days_ago: int, kind: str = "monitoring") -> tuple[Signal, ...]:
    return tuple(Signal(kind, TODAY - timedelta(days=days), "it fell over") for days in days_ago)


def an_improvement(state: str = "proposed", *days_ago: int, **more: object) -> Improvement:
    made = Improvement("i", 1, "s", "Faster sign-in", "platform", state, *[None] * 8, signals=signals(*days_ago))
    return replace(made, **more)  # type: ignore[arg-type]


A_SERVICE = Service("s", 1, "alder", "Mail", "ben", "operation", None, None, None, None, None)

SIGNALS = st.lists(
    st.builds(Signal, st.sampled_from(SIGNAL_KINDS), st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.just("x")),
    max_size=12,
)


@pytest.mark.requirement("R169")
@given(SIGNALS, SIGNALS)
def test_more_signals_never_make_a_limitation_less_systemic(some: list[Signal], more: list[Signal]) -> None:
    before, after = loop.recurrence(some, TODAY), loop.recurrence([*some, *more], TODAY)
    assert after.count >= before.count
    assert after.systemic or not before.systemic
    days = {one.seen_on for one in some if timedelta(0) <= TODAY - one.seen_on <= timedelta(days=180)}
    assert before.systemic == (before.count >= 3 and len(days) >= 2)


@pytest.mark.requirement("R168")
def test_one_bad_day_is_an_incident_however_many_saw_it() -> None:
    assert loop.recurrence(signals(4, 4, 4, 4), TODAY).sentence == (
        "incidental: 4 signals on 1 day within 180 days (monitoring)"
    )
    assert loop.recurrence(signals(4, 4, 9), TODAY).systemic
    assert not loop.recurrence(signals(4, 5, 181), TODAY).systemic
    assert loop.recurrence(signals(0, 5, 180), TODAY).systemic, "today counts, and so does the last of the days"
    assert not loop.recurrence((*signals(4, 5), Signal("feedback", TODAY + timedelta(days=1), "x")), TODAY).systemic


@pytest.mark.requirement("R169")
def test_only_what_is_systemic_becomes_a_project_unless_somebody_says_why() -> None:
    often, seldom = an_improvement("approved", 4, 9, 30), an_improvement("approved", 4)
    assert loop.refuse_initiation(often, TODAY, None) is None
    assert loop.refuse_initiation(seldom, TODAY, " ") == (
        "Faster sign-in is incidental: 1 signal on 1 day within 180 days (monitoring); a project for it takes a reason"
    )
    assert loop.refuse_initiation(seldom, TODAY, "the vendor ends support") is None
    assert "only what is approved" in (loop.refuse_initiation(replace(often, state="proposed"), TODAY, "x") or "")


def test_every_step_is_taken_from_where_it_can_be() -> None:
    possible = {
        "approve": lambda one: loop.refuse_approval(one) is None,
        "initiate": lambda one: loop.refuse_initiation(one, TODAY, "because") is None,
        "implement": lambda one: loop.refuse_implementation(one, "seen") is None,
        "reject": lambda one: loop.refuse_rejection(one, "no money") is None,
    }
    can = {
        state: {step for step, asks in possible.items() if asks(an_improvement(state, 1))}
        for state in IMPROVEMENT_STATES
    }
    assert can == {
        "proposed": {"approve", "reject"},
        "approved": {"initiate", "implement", "reject"},
        "initiated": {"implement"},
        "implemented": set(),
        "rejected": set(),
    }
    assert "record the signal" in (loop.refuse_approval(an_improvement()) or "")
    assert "say what shows" in (loop.refuse_implementation(an_improvement("approved", 1), " ") or "")
    assert "say what shows" in (loop.refuse_implementation(an_improvement("approved", 1), None) or "")
    assert "say why" in (loop.refuse_rejection(an_improvement("approved", 1), None) or "")


@pytest.mark.requirement("R116")
def test_planned_improvements_are_counted_against_implemented_ones() -> None:
    found = loop.register(map(an_improvement, ("proposed", "approved", "implemented", "rejected")))
    assert (found.planned, found.implemented) == (2, 1)
    assert found.share == 0.5
    assert loop.register([]).share is None


@pytest.mark.requirement("R157")
@pytest.mark.requirement("R171")
def test_a_service_stands_at_the_furthest_station_of_the_loop() -> None:
    def stands(*found: Improvement, service: Service = A_SERVICE, running: tuple[str, ...] = ()) -> str:
        return loop.loop_position(service, found, running, TODAY).station

    assert stands() == "operation"
    assert stands(an_improvement("rejected")) == "operation"
    assert stands(an_improvement("proposed", 1, 2, 3)) == "signals"
    assert stands(an_improvement("proposed"), an_improvement("approved", 1)) == "improvement"
    assert stands(an_improvement("approved", 1), an_improvement("initiated", initiative="MAIL2")) == "project"
    assert stands(running=("MAIL2",)) == "project"
    assert stands(service=replace(A_SERVICE, state="transition")) == "transition"
    assert stands(service=replace(A_SERVICE, state="design")) == "project"
    assert stands(service=replace(A_SERVICE, state="retired"), running=("X",)) == "retired"
    done = an_improvement("implemented", implemented_on=TODAY)
    assert loop.loop_position(A_SERVICE, [done], (), TODAY).sentence == "watched again after Faster sign-in"
    before = an_improvement("implemented", title="Old one", implemented_on=TODAY - timedelta(days=1))
    undated = an_improvement("implemented", title="Undated")
    for order in ([before, done, undated], [undated, done, before]):
        assert loop.loop_position(A_SERVICE, order, (), TODAY).sentence == "watched again after Faster sign-in"
    begun = [an_improvement("initiated", initiative="MAIL2"), an_improvement("initiated")]
    assert loop.loop_position(A_SERVICE, begun, (), TODAY).sentence == "changed by MAIL2, Faster sign-in"
    assert loop.loop_position(A_SERVICE, begun, ("MAIL3",), TODAY).sentence == "changed by MAIL3"
    said = loop.loop_position(A_SERVICE, [an_improvement("proposed", 1, 2, 3)], (), TODAY).sentence
    assert said == "1 improvement to be decided, 1 systemic"
