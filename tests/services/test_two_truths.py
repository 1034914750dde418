"""Delivered is not adopted: the two columns answer two questions, from different data, on the same day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import NOW
from changedesk.domain.control.lights import Light, change_light
from changedesk.domain.control.serving import Serving
from changedesk.services.control.lights import Lights
from changedesk.services.door import Door, open_door
from changedesk.services.initiative.facts import FactColumn
from changedesk.services.initiative.page import InitiativeView, initiative
from changedesk.services.initiative.scorecard_change import with_changes

_NOW = {"CHANGEDESK_NOW": "2026-11-26T14:02:00Z"}


@pytest.fixture(scope="module")
def door(demo_file: Path) -> Iterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHANGEDESK_NOW", _NOW["CHANGEDESK_NOW"])
        opened = open_door(demo_file, zone="UTC")
    yield opened
    opened.close()


def view_of(door: Door, code: str) -> InitiativeView:
    return initiative(door.session, code)


@pytest.mark.requirement("R23")
@pytest.mark.requirement("R27")
@pytest.mark.requirement("R53")
def test_what_was_closed_and_green_is_answered_yes_on_one_side_and_no_on_the_other(door):
    delivery, people = view_of(door, "MAIL").columns
    assert (delivery.question, delivery.answer) == ("Was it delivered correctly?", "yes")
    assert (people.question, people.answer) == ("Are people using it well?", "no")


@pytest.mark.requirement("R40")
@pytest.mark.requirement("R24")
def test_completion_is_measured_on_one_side_and_sustained_use_on_the_other(door):
    delivery, people = view_of(door, "PWD").columns
    assert {fact.kind for fact in delivery.facts} <= {"output", ""}
    assert next(fact for fact in people.facts if fact.name == "In use").kind == "outcome"
    assert people.answer == "yes"


@pytest.mark.requirement("R47")
@pytest.mark.requirement("R105")
def test_training_held_answers_nothing_about_use(door):
    people = view_of(door, "MFA").columns[1]
    assert next(fact for fact in people.facts if fact.name == "Training").kind == "output"
    assert people.answer == "not yet"


@pytest.mark.requirement("R38")
def test_what_each_side_is_watched_by_is_of_the_same_moment(door):
    view = view_of(door, "PSA")
    delivery, people = ({fact.name for fact in column.facts} for column in view.columns)
    assert view.today.isoformat() == "2026-11-26"
    assert {"Milestones", "Risks", "Budget", "Schedule"} <= delivery
    assert {"In use", "Proficiency"} <= people


@pytest.mark.requirement("R43")
def test_overdue_work_and_missed_milestones_are_named(door):
    names = {fact.name for fact in view_of(door, "MFA").columns[0].facts}
    assert {"Schedule", "Milestones"} <= names


@pytest.mark.requirement("R26")
def test_the_two_lanes_close_on_days_of_their_own(door):
    closed = {lane.lane: lane.closed_on for lane in view_of(door, "PWD").lanes}
    assert closed["delivery"] is not None
    assert closed["people"] is not None
    assert closed["delivery"] < closed["people"]


@pytest.mark.requirement("R139")
@pytest.mark.requirement("R137")
def test_scope_time_and_budget_are_three_lines_of_one_column(door):
    facts = {fact.name: fact.value for fact in view_of(door, "MFA").columns[0].facts}
    assert (facts["Scope"], facts["Schedule"], facts["Budget"]) == ("44 of 50", "SPI(t) 0.97", "CPI 1.02")


@pytest.mark.requirement("R149")
@pytest.mark.requirement("R29")
def test_each_side_has_its_owner_its_gates_and_its_money(door):
    delivery, people = view_of(door, "MFA").columns
    assert {"Owner", "Gates", "Budget"} <= {fact.name for fact in delivery.facts}
    assert {"Owner", "Gates"} <= {fact.name for fact in people.facts}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((), "no change asks for this go-live yet"),
        ((False,), "1 change, none tied to the go-live; CHG-0: CAB open"),
        ((False, False), "2 changes, none tied to the go-live"),
        ((True, False, False), "CHG-0: CAB open; 2 more changes"),
    ],
)
def test_the_changes_of_an_initiative_are_counted_once(changes: tuple[bool, ...], said: str):
    serving = [
        Serving(
            f"c{n}", f"CHG-{n}", "Patch", "normal", "authorizing", False, None, is_go_live, "pending", None, "CAB", None,
            NOW, "CAB open", "at_risk",
        )
        for n, is_go_live in enumerate(changes)
    ]  # fmt: skip
    empty = FactColumn("delivery", "", "", "", ()), FactColumn("people", "", "", "", ())
    lights = Lights(change_light(serving, None, NOW.date()), Light(None, "unknown", ""))
    fact = with_changes(empty, serving, lights, went_live=False)[0].facts[0]
    assert fact.note == said
    assert all(len(short) < len(said) for short in fact.shorter)
    assert fact.value == ("◆ not authorised" if any(changes) else "○ unknown")
