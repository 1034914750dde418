"""What to do first about a gap: each kind of it has an answer, and what is known beforehand goes first."""

from __future__ import annotations

from typing import Any

import pytest
from domain_builders import day
from people_builders import a_group, an_open_item

from changedesk.domain.people.next_action import (
    adoption_action,
    item_action,
    relapse_action,
    training_action,
    unassessed_action,
)
from changedesk.domain.people.standing import NextWork
from changedesk.domain.words import READINESS_ABOUT, READINESS_KINDS

PILOT = NextWork("Pilot", None, day(120))

BY_KIND = {
    "message": "Let their own manager say why it changes, in person",
    "training": "Train them on their own work, and watch one of them do it",
    "practice": "Let them try it where nothing can break",
    "briefing": "Brief the managers, and let them rehearse the first objections",
    "commitment": "Ask for one visible act with a date",
    "script": "Write the script with the desk and try it in ten calls",
    "escalation": "Name who takes over, and call that number once",
    "article": "Write the article from the questions of the pilot",
    "access": "Hand it out and see each of them sign in",
}
BY_ABOUT = {
    "audience": ("Sit with three of them and see what is missing", "their manager"),
    "manager": ("Brief the managers, and let them rehearse the first objections", "the managers"),
    "sponsor": ("Ask for one visible act with a date", "the sponsor"),
    "support": ("Go through it with the desk and name who finishes it", "the service desk"),
    "service": ("Go through it with the service owner and name who finishes it", "the service owner"),
}


@pytest.mark.requirement("R50")
@pytest.mark.parametrize("kind", READINESS_KINDS)
def test_each_kind_of_readiness_has_a_first_step(kind: str) -> None:
    assert item_action(an_open_item("not_ready", None, kind=kind), None) == BY_KIND[kind]


@pytest.mark.requirement("R50")
@pytest.mark.parametrize("about", READINESS_ABOUT)
def test_where_nobody_said_what_it_is_whom_it_is_about_says_what_to_do_and_whom_to_ask(about: str) -> None:
    step, whom = BY_ABOUT[about]
    assert item_action(an_open_item("partial", None, about=about), None) == step
    assert item_action(an_open_item("unknown", None, about=about), None) == f"Ask {whom}, and record what shows it"


@pytest.mark.parametrize(
    ("item", "work", "says"),
    [
        ({"action": "Measure it", "status": "unknown"}, PILOT, "Measure it"),
        ({"status": "unknown", "owner": "kim", "kind": "script"}, PILOT, "kim finds out, and records what shows it"),
        ({"status": "unknown"}, PILOT, "Ask the manager of Warehouse, and record what shows it"),
        ({"kind": "script"}, PILOT, "Finish what is planned for them: Pilot"),
        ({"kind": "script"}, None, BY_KIND["script"]),
        ({"kind": "script", "about": "manager", "audience": None}, PILOT, BY_KIND["script"]),
    ],
)
def test_what_is_said_of_an_item_goes_before_its_owner_the_plan_and_what_helped_elsewhere(
    item: dict[str, Any], work: NextWork | None, says: str
) -> None:
    assert item_action(an_open_item(**item), work) == says


@pytest.mark.parametrize(
    ("group", "says"),
    [
        ({"percent": None, "old_way": "Paper", "next_work": PILOT}, "Count how many of them use it"),
        ({"percent": 0.0, "old_way": "Paper", "next_work": PILOT}, "Retire the old way: Paper"),
        ({"percent": 40.0, "next_work": PILOT}, "Finish what is planned for them: Pilot"),
        ({"percent": 40.0}, "Watch five of them work, and ask what stops them"),
    ],
)
def test_use_that_is_behind_is_counted_first_then_freed_of_its_old_way(group: dict[str, Any], says: str) -> None:
    assert adoption_action(a_group(**group)) == says


def test_a_relapse_is_met_at_the_old_way_or_with_their_manager() -> None:
    assert relapse_action(a_group(old_way="Paper")) == "Take the old way away: Paper"
    pulls = "Find out with their manager what pulls them back, and count again next week"
    assert relapse_action(a_group()) == pulls


def test_a_group_that_nobody_looked_at_and_roles_without_a_training_are_named() -> None:
    asked = "Ask the managers of Wards what has to be true before go-live, and record it"
    assert unassessed_action("Wards") == asked
    assert training_action(1) == "Plan a training on their own work for the role that is hit"
    assert training_action(3) == "Plan a training on their own work for each of 3 roles"
