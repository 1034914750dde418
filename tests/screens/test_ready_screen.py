"""The readiness of one initiative: groups and pockets, the checklist, training by role, answers at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dashboards import dashboard_on, press, settled
from form_desks import type_in
from people_desks import SIZES, PeopleDesk, a_people_desk, flat, in_days, lines_with, show
from shells import seen

from changedesk.services.door import Door


@pytest.fixture
def people(tmp_path: Path) -> Iterator[PeopleDesk]:
    """Nurses who are a pocket, an office that is ready, guests of whom nobody has said anything."""
    with a_people_desk(tmp_path) as desk:
        desk.initiative("FWALL", "alder", 20, nurses=300, office=100, guests=10)
        desk.add("impacts", "FWALL", audience="nurses", aspect="tools", degree=4)
        desk.item("Knows the new approval path", "FWALL", status="not_ready")
        desk.item("Tried it once", "FWALL", status="ready", evidence="list of 12 May")
        desk.item("Knows the new approval path", "FWALL", audience="office", status="ready")
        desk.add("readiness_items", "FWALL", about="support", item="Scripts for five calls", status="unknown")
        desk.add("contact_reasons", "FWALL", reason="Locked out", expected=80, script="KB 12")
        desk.add("activities", "FWALL", lane="people", phase="training", kind="training", title="Own training",
                 audience="office", planned_start=in_days(2), planned_end=in_days(4))  # fmt: skip
        desk.answers("nurses", 20, "FWALL", day=in_days(-30), desire=4, awareness=1)
        desk.answers("nurses", 30, "FWALL")
        desk.answers("office", 4, "FWALL")
        yield desk


async def part(pilot, people: PeopleDesk, name: str) -> None:
    """Show a part of the page."""
    await show(pilot, "ready", f"{people.ids['FWALL']}/readiness/{name.casefold()}")


@pytest.mark.requirement("R63")
@pytest.mark.parametrize("size", SIZES)
async def test_pockets_come_first_with_their_barrier_and_hidden_answers_stay_hidden(people: PeopleDesk, size):
    async with people.app().run_test(size=size) as pilot:
        await part(pilot, people, "Groups")
        text = seen(pilot.app)
        assert (
            text.index("Pockets: below 70 %") < text.index("nurses") < text.index("Ready enough") < text.index("office")
        )
        assert "desire" in lines_with(pilot, "◆ nurses")[0]
        assert "hidden" in lines_with(pilot, "● office")[0]
        assert "○ guests" in text
        await press(pilot, "down", "down") if "▌ ○ guests" in text else await press(pilot, "down")
        assert "30 of 30" not in flat(pilot)


async def test_a_group_shows_what_is_left_its_survey_and_the_rounds_before(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Groups")
        if "▌ ◆ nurses" not in seen(pilot.app):
            await press(pilot, "down")
        text = flat(pilot)
        assert "Not ready Knows the new approval path" in text
        assert "desire holds up 30 of 30; 30 answers, 10 % of the group" in text
        assert "awareness holds up 20 of 20" in text


async def test_an_answer_is_entered_for_the_selected_group(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Groups")
        while "▌ ◆ nurses" not in seen(pilot.app):
            await press(pilot, "down")
        await press(pilot, "s")
        text = flat(pilot)
        assert "Audience * nurses" in text
        assert "Round * 26 Nov 2026" in text


async def test_nothing_of_another_initiative_stays_while_one_is_read(people: PeopleDesk):
    people.initiative("PSA", "birch", 3, engineers=50)
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Groups")
        pilot.app.screen.open_subject(people.ids["PSA"])  # type: ignore[attr-defined]
        await pilot.press("e")
        assert "nurses" not in seen(pilot.app)
        await settled(pilot)
        assert "engineers" in seen(pilot.app)


@pytest.mark.requirement("R30")
async def test_the_checklist_asks_each_unit_for_the_approval_path_and_is_done_with_evidence(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Checklist")
        assert len(lines_with(pilot, "Knows the new approval path")) >= 2
        assert "✗" in lines_with(pilot, "Knows the new approval path")[0]
        while "Status not ready" not in flat(pilot):
            await press(pilot, "down")
        await press(pilot, "d", "enter")
        await type_in(pilot, "asked all wards")
        await press(pilot, "enter")
        assert pilot.app.screen.notice == "Ready: Knows the new approval path; U takes it back."
        done = [v for v in people.values("readiness_items", "FWALL") if v["evidence"] == "asked all wards"]
        assert [(v["audience"], v["status"]) for v in done] == [("nurses", "ready")]
        await press(pilot, "d")
        assert "ready already" in flat(pilot)


@pytest.mark.requirement("R10")
async def test_training_is_counted_by_role_and_a_role_without_one_gets_it(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Training")
        text = flat(pilot)
        assert "1 of 3 roles have a training of their own" in text
        assert "none" in lines_with(pilot, "✗ nurses")[0]
        assert "planned" in lines_with(pilot, "◐ office")[0]
        while "▌ ✗ nurses" not in seen(pilot.app):
            await press(pilot, "down")
        await press(pilot, "enter")
        text = flat(pilot)
        assert "Audience nurses" in text
        assert "Kind training" in text


@pytest.mark.requirement("R65")
async def test_the_desk_is_asked_for_script_article_and_escalation_of_each_reason(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Service desk")
        row = lines_with(pilot, "▌ Locked out")[0]
        assert "✓ KB 12" in row
        assert row.count("✗ none") == 2
        await press(pilot, "enter")
        assert "Contact reason" in flat(pilot)


@pytest.mark.requirement("R74")
async def test_the_demo_asks_for_backup_methods_prompts_and_new_phones(demo: Door):
    async with dashboard_on(demo).run_test(size=(160, 48)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "enter", "tab")
        text = flat(pilot)
        for words in ("Backup method tried abroad", "Reports a prompt that was not asked for", "lost phone"):
            assert words in text, words


@pytest.mark.parametrize("size", SIZES)
async def test_every_part_of_the_demo_fits_its_screen(demo: Door, size):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "enter")
        for _ in range(4):
            assert all(len(line) <= size[0] for line in seen(pilot.app).splitlines())
            await press(pilot, "]")
        await press(pilot, "h")
        assert "Who is hit, and how hard?" in flat(pilot)
        await press(pilot, "t")
        assert "Who hears, learns and does what?" in flat(pilot)
        await press(pilot, "escape")
        assert "Which gap first?" in flat(pilot)


async def test_the_gate_and_the_initiative_lead_here_and_back(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "initiative", people.ids["FWALL"])
        for key, words in (("p", "Who is hit"), ("y", "people ready"), ("t", "Who hears")):
            await press(pilot, key)
            assert words in flat(pilot), words
            await press(pilot, "escape")
            assert "Two lanes, one initiative" in flat(pilot)
        await press(pilot, "enter", "y")
        assert "people ready" in flat(pilot)
        await press(pilot, "escape")
        assert "Gate" in seen(pilot.app).splitlines()[2]


async def test_nothing_recorded_is_said_as_such(tmp_path: Path):
    with a_people_desk(tmp_path) as desk:
        desk.initiative("MFA", "alder", 40)
        async with desk.app().run_test(size=(80, 24)) as pilot:
            await show(pilot, "ready", desk.ids["MFA"])
            for words in ("No group yet", "No item yet", "Nobody is known to be hit", "No reason to call"):
                assert words in flat(pilot), words
                await press(pilot, "tab")
