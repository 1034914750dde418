"""Clients and policies: read, compared, edited step by step and kept as versions that are never retroactive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from control_screens import dashboard, flat, notice, region, show, write
from dashboards import press
from shells import seen

from builders import a_client, as_person, found
from changedesk.domain.control.policy import Policy, Route
from changedesk.screens.control.changes.listing import ChangesScreen
from changedesk.services.control import reading
from changedesk.services.control.approvals import voting
from changedesk.services.control.rules import policies
from changedesk.services.control.rules.profiles import profile
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from control_desks import ASSESS, CAB, ROUTES, STRICT, a_control_desk, at_the_board

SIZES = [(80, 24), (120, 36), (160, 48)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        a_client(desk, "birch")
        policies.set_policy(open_session(desk), "birch", STRICT)
        yield desk


@pytest.mark.parametrize("size", SIZES)
async def test_the_policy_of_a_client_is_a_page_to_read(desk: Desk, size: tuple[int, int]):
    async with dashboard(desk).run_test(size=size) as pilot:
        await show(pilot, "policies", "alder")
        parts = []
        for _ in range(3):
            parts.append(region(pilot, "#profile"))
            await press(pilot, "right")
        text = " ".join(parts)
        for words in (
            "not said, so UTC",
            "24 h for the votes on what was begun",
            "version 1, Thu 26 Nov, by desk.owner",
            "no minimum",
            "a change manager may write down, with evidence",
            "Normal changes",
            "assesses: any one of the change managers; within 48 h, else the change managers are told",
            "authorizes: at least 2 of the CAB; within 72 h, else the change managers are told",
            "2 in a hard freeze",
            "ben, nora and sam",
        ):
            assert words in text, words
        assert "…" not in text


async def test_steps_in_which_nobody_votes_are_seen_first_and_marked_in_the_list(desk: Desk):
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "policies", "birch")
        first = flat(pilot).partition("Time zone")[0]
        assert "nobody votes in Assessment, CAB and ECAB; P on the portfolio gives people their roles" in (
            " ".join(region(pilot, "#profile").split())
        )
        assert "nobody votes" in " ".join(first.split())
        assert "◆ birch" in flat(pilot)
        assert "◆ alder" not in flat(pilot)


@pytest.mark.requirement("R79")
async def test_two_clients_stand_side_by_side_and_what_differs_is_marked(desk: Desk):
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "policies", "alder")
        await press(pilot, "c", "enter")
        text = flat(pilot)
        assert "alder and birch" in text
        marked = re.search(r"≠ (\d+) differ", text)
        assert marked is not None
        assert text.count("≠") == int(marked[1]) + 1
        assert "Votes of others a change manager may write down, ≠ nobody may write down with evidence" in text
        assert "Went well what ended successful what ended successful" in text


async def test_a_step_that_only_the_other_client_has_stands_in_its_own_route(desk: Desk):
    office = replace(CAB, name="Office")
    policies.set_policy(open_session(desk), "birch", Policy((Route("normal", (ASSESS, office)), *ROUTES[1:])))
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "policies", "alder")
        await press(pilot, "c", "enter")
        text = flat(pilot)
        assert text.index("Office no such step") < text.index("Emergency changes")


async def test_a_step_is_changed_in_a_form_and_kept_as_the_next_version(desk: Desk):
    waiting = at_the_board(desk)
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "policies", "alder")
        await press(pilot, "enter", *["down"] * 6)
        assert "authorizes: at least 2 of the CAB" in seen(pilot.app)
        await press(pilot, "enter")
        form = pilot.app.screen
        form.body.go_to(form.body.entry("number"))
        form.body.current.line.select_all()
        await write(pilot, "3", "ctrl+s")
        assert "changed, ctrl+s keeps version 2" in seen(pilot.app)
        await press(pilot, "ctrl+s")
        text = flat(pilot)
        assert "- Normal changes, CAB authorizes: at least 2 of the CAB" in text
        assert "+ Normal changes, CAB authorizes: at least 3 of the CAB" in text
        await press(pilot, "y")
        assert notice(pilot) == "Version 2 of alder holds for changes that are handed in from now on."
        await press(pilot, "escape", "v")
        assert "2 Thu 26 Nov desk.owner" in flat(pilot)
    # What was handed in keeps the policy that it was handed in under (invariant 6).
    for who in ("nora", "sam"):
        voting.vote(as_person(desk, who), waiting, "approve")
    assert reading.change_view(open_session(desk), waiting).change.state == "scheduled"
    assert profile(open_session(desk), "alder").version == 2
    assert check.check(desk, None).problems == ()


async def test_what_is_wrong_with_a_step_is_said_at_its_field(desk: Desk):
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "policy", "alder")
        await press(pilot, *["down"] * 6, "n")
        await write(pilot, "Board", "tab")
        await write(pilot, "auth", "tab")
        await write(pilot, "perc", "tab")
        await write(pilot, "200", "tab")
        await write(pilot, "role:cab", "tab")
        await write(pilot, "nora", "tab")
        await press(pilot, "ctrl+s")
        text = flat(pilot)
        assert "needs a percentage from 1 to 100" in text
        assert "The step Board has no seat for nora, who has to approve it." in text


async def test_routes_and_steps_are_added_moved_and_removed(desk: Desk):
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "policy", "alder")
        await press(pilot, *["down"] * 4, "N", "enter")
        await write(pilot, "high", "enter")
        await write(pilot, "mail; web", "enter")
        assert "Normal changes, high risk, of mail, web" in seen(pilot.app)
        assert "▲ a route of normal changes has no step that assesses" in seen(pilot.app)
        await press(pilot, "ctrl+s")
        assert notice(pilot).startswith("Not kept: a route of normal changes has no step")
        await press(pilot, "right_square_bracket")
        text = seen(pilot.app)
        assert text.index("Normal changes  ") < text.index("Normal changes, high risk")
        await press(pilot, "x")
        assert "high risk" not in region(pilot, "#policy")
        await press(pilot, "home", "x")
        assert notice(pilot) == "A rule of the client stays; enter changes it."


async def test_what_is_chosen_for_a_policy_stands_under_a_title(desk: Desk):
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "policy", "alder")
        await press(pilot, "down", "down", "enter")
        assert "type to find one Outcome ▌ successful counts now" in flat(pilot)
        await press(pilot, "escape", "down", "down", "N")
        assert "type to find one Path ▌ normal voted on before it is done" in flat(pilot)
        await press(pilot, "enter")
        assert "type to find one Risk ▌ any risk also one that is not known yet" in flat(pilot)


async def test_the_rules_of_a_client_are_changed_by_a_key(desk: Desk):
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "policy", "alder")
        await press(pilot, "enter", "backspace")
        await write(pilot, "48", "enter")
        assert "48 h between submitting and the window" in seen(pilot.app)
        await press(pilot, "down", "enter")
        assert "nobody may write down" in seen(pilot.app)
        await press(pilot, "down", "enter")
        await press(pilot, "space", "down", "space", "enter")
        assert "successful or with issues" in seen(pilot.app)
        await press(pilot, "ctrl+s", "y")
    newest = profile(open_session(desk), "alder")
    policy = newest.policy
    assert (newest.version, policy.lead_hours, policy.records_votes) == (2, 48, False)
    assert policy.success == ("successful", "with_issues")


async def test_a_draft_is_left_only_knowingly_and_a_newer_version_is_not_overwritten(desk: Desk):
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "policy", "alder")
        await press(pilot, "down", "enter", "escape")
        assert "The draft was changed and is not kept as a version." in flat(pilot)
        await press(pilot, "escape")
        policies.set_policy(open_session(desk), "alder", STRICT)
        await press(pilot, "ctrl+s", "y")
        assert "the policy of alder is version 2 by now" in notice(pilot)
        await press(pilot, "escape", "escape", "x")
        assert "Clients" in seen(pilot.app)
    assert profile(open_session(desk), "alder").version == 2


async def test_who_may_not_edit_policies_is_refused_by_the_rule(desk: Desk):
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "policy", "alder")
        for key in ("enter", "n", "ctrl+s"):
            await press(pilot, "down", key)
            assert "nora may not edit approval policies" in notice(pilot)


async def test_a_client_without_a_policy_of_its_own_says_so(desk: Desk):
    a_client(desk, "cedar")
    async with dashboard(desk).run_test(size=(80, 24)) as pilot:
        await show(pilot, "policies", "cedar")
        assert "none of its own, so the default one" in flat(pilot)
        await press(pilot, "v")
        assert notice(pilot) == "There is no version yet: cedar has no policy of its own."
        await press(pilot, "l")
        assert isinstance(pilot.app.screen, ChangesScreen)
    assert found(desk, "SELECT count(*) FROM policy") == [(2,)]


async def test_the_clients_are_filtered_by_words(desk: Desk):
    async with dashboard(desk).run_test(size=(120, 36)) as pilot:
        await show(pilot, "policies")
        await press(pilot, "slash", *"bir")
        assert "“bir”: 1 of 2, esc shows all" in flat(pilot)
        assert "alder" not in region(pilot, "#clients")
        await write(pilot, "x")
        assert "No client is like that; esc shows all of them." in flat(pilot)
        await press(pilot, "escape")
        assert "alder" in region(pilot, "#clients")
        assert "esc shows all" not in flat(pilot)
