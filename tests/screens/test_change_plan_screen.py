"""The change plan and saturation: who hears what when, what is left out, and how much each group bears."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press
from form_desks import type_in
from people_desks import SIZES, PeopleDesk, a_people_desk, flat, in_days, lines_with, show

from builders import TODAY, a_desk
from changedesk.domain.people.saturation import Strain, loads
from changedesk.screens.people.saturation_parts import (
    detail_in,
    detail_lines,
    longest_detail,
    saturation_rows,
    shown_weeks,
)
from changedesk.services.door import Door
from changedesk.services.people.saturation import SaturationView, saturation
from changedesk.services.records.observing import observe
from changedesk.widgets.paint import ink


@pytest.fixture
def people(tmp_path: Path) -> Iterator[PeopleDesk]:
    """A plan of messages and trainings only, and a second initiative that meets the first in the same people."""
    with a_people_desk(tmp_path) as desk:
        desk.initiative("MFA", "alder", 10, nurses=300, guests=5)
        desk.initiative("ERP", "alder", 12, nurses=300)
        for code in ("MFA", "ERP"):
            desk.add("impacts", code, audience="nurses", aspect="tools", degree=4)
        desk.add("activities", lane="people", phase="communication", kind="communication", title="Why it changes",
                 audience="nurses", planned_start=in_days(-5), planned_end=in_days(3), owner="chris")  # fmt: skip
        desk.add("activities", lane="people", phase="training", kind="training", title="Badge training", audience="nurses",
                 planned_start=in_days(-9), planned_end=in_days(-2))  # fmt: skip
        desk.add("behaviours", behaviour="Signs in by badge", audience="nurses", standard="No shared sign-in",
                 metric="utilization")  # fmt: skip
        yield desk


async def plan(pilot, people: PeopleDesk, name: str) -> None:
    """Show a part of the plan."""
    await show(pilot, "change_plan", f"{people.ids['MFA']}/people/{name.casefold()}")


@pytest.mark.parametrize("size", SIZES)
async def test_every_group_has_a_row_and_one_that_hears_nothing_says_so(people: PeopleDesk, size):
    async with people.app().run_test(size=size) as pilot:
        await plan(pilot, people, "Audiences")
        text = flat(pilot)
        assert "1 group told nothing" in text
        assert size[0] >= 120 or "Mgr managers" in text
        assert "nothing" in lines_with(pilot, "guests")[0]
        assert "Why it changes (communication)" in text
        assert "▲ Tue 24 Nov Badge training (training)" in text
        await press(pilot, "down")
        assert "Nothing in the plan tells, teaches or leads this group" in flat(pilot)


async def test_planning_for_a_group_begins_with_the_kind_that_it_lacks(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await plan(pilot, people, "Audiences")
        await press(pilot, "n")
        text = flat(pilot)
        assert "Audience nurses" in text
        assert "Kind manager enablement" in text


async def test_enter_is_named_for_what_it_opens(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        for part, keys in (("Audiences", "enter n new"), ("When", "enter edit n new")):
            await plan(pilot, people, part)
            assert flat(pilot).count(keys) == 2, part


async def test_work_is_closed_when_it_is_done(people: PeopleDesk):
    async with people.app().run_test(size=(80, 24)) as pilot:
        await plan(pilot, people, "When")
        assert "1 late" in flat(pilot)
        assert "no milestone: when delivery moves, it stays where it is" in flat(pilot)
        await press(pilot, "c", "y")
        assert "moves with" not in flat(pilot), "what is done moves no more"
        assert [v["actual_end"] for v in people.values("activities") if v["title"] == "Badge training"] == [
            in_days(0).isoformat()
        ]
        await press(pilot, "c")
        assert "Only an activity that is not done is closed" in pilot.app.screen.notice


@pytest.mark.parametrize(("size", "title"), [((80, 24), "From milestone"), ((120, 36), "From it")])
async def test_days_say_what_they_count_from_where_no_milestone_stands_beside_them(people: PeopleDesk, size, title):
    async with people.app().run_test(size=size) as pilot:
        await plan(pilot, people, "When")
        assert title in flat(pilot)


@pytest.mark.requirement("R65")
async def test_a_plan_of_telling_and_teaching_is_flagged_and_explained_on_the_spot(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await plan(pilot, people, "Flags")
        assert lines_with(pilot, "Communication and training is all")
        while "managers, design and support decide whether they do it" not in flat(pilot):
            await press(pilot, "down")
        assert "To do add design review, manager enablement, support readiness and reinforcement" in flat(pilot)
        await press(pilot, "enter")
        assert "Lane * people" in flat(pilot)


@pytest.mark.requirement("R50")
async def test_behaviours_to_shift_have_their_observation(people: PeopleDesk):
    async with people.app().run_test(size=(80, 24)) as pilot:
        await plan(pilot, people, "Behaviours")
        text = flat(pilot)
        assert "Signs in by badge" in text
        assert "Seen use was not observed yet" in text
    observe(people.door.session, "MFA", "nurses", "utilization", in_days(-1).isoformat(), "120/300")
    async with people.app().run_test(size=(80, 24)) as pilot:
        await plan(pilot, people, "Behaviours")
        assert "use 40 %" in flat(pilot)


# saturation


@pytest.mark.parametrize("size", SIZES)
async def test_where_two_initiatives_meet_the_weeks_and_their_sources_say_so(people: PeopleDesk, size):
    async with people.app().run_test(size=size) as pilot:
        await show(pilot, "saturation", "/people")
        text = flat(pilot)
        assert "1 group full from 30 Nov" in text
        assert "percent of what they can bear · by client, the heaviest first" in text
        assert "nurses" in lines_with(pilot, "▌")[0]
        await press(pilot, "tab")
        text = flat(pilot)
        assert "ERP and MFA meet in nurses: up to 200 %" in text
        assert "overloaded: 20.0 of the 10" in text
        await press(pilot, "right")
        assert "10.0 MFA for all (MFA): " in flat(pilot)
        await press(pilot, "enter")
        assert "hardest" in flat(pilot)
        await press(pilot, "escape", "escape")
        assert "Who is hit, and who stands behind it?" in flat(pilot)


def test_what_has_no_room_under_the_heat_map_is_counted_and_not_cut_off():
    lines = [(ink(f"line {number}"),) for number in range(6)]
    assert detail_in(lines, 6) == tuple(lines)
    assert [line[0].text for line in detail_in(lines, 4)] == ["line 0", "line 1", "line 2", "3 more lines"]
    assert detail_in(lines, 0) == ()


async def test_weeks_end_where_they_end_and_say_so(people: PeopleDesk):
    async with people.app().run_test(size=(80, 24)) as pilot:
        await show(pilot, "saturation")
        await press(pilot, "left")
        assert pilot.app.screen.notice == "This is the first week that is shown."
        await press(pilot, *["right"] * 12)
        assert pilot.app.screen.notice == "This is the last week that is shown."


async def test_the_demo_has_collisions_of_several_clients(demo: Door):
    view = saturation(demo.session, None)
    assert len({one.client for one in view.collisions}) >= 2
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await show(pilot, "saturation")
        text = flat(pilot)
        for client in ("alder", "birch", "cedar"):
            assert client in text
        assert "▌ Field nurses " in text, "no other group of this client has the name, so that its site is not needed"
        groups = len(view.groups)
        await press(pilot, "end")
        assert f"{groups} of {groups}" in flat(pilot)


def test_groups_of_one_name_are_told_apart_by_their_site():
    monday = TODAY - timedelta(days=TODAY.weekday())
    asked = [
        Strain("mfa", "MFA", "MFA", "alder", name, site, 40, None, 4, monday, ())
        for name, site in (("Nurses", "Wards"), ("Nurses", "Home"), ("Doctors", "Wards"))
    ]
    rows = saturation_rows(SaturationView(TODAY, (monday,), loads(asked, {}, monday, 1), ()))
    named = [row.cells[0][0].text for row in rows.rows(0, rows.count())]
    assert sorted(named) == ["Doctors", "Nurses, Home", "Nurses, Wards", "alder"]


def test_a_long_name_that_needs_its_site_is_given_the_room_of_a_week():
    mondays = tuple(TODAY + timedelta(days=7 * week) for week in range(13))
    view = SaturationView(TODAY, mondays, (), ())
    assert len(shown_weeks(view, 120, 0)) == 12
    assert len(shown_weeks(view, 120, len("Księgowość i kadry, Emden"))) == 11
    assert len(shown_weeks(view, 160, 32)) == 13


async def test_nothing_asked_of_anybody_is_said(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await show(pilot, "saturation")
            assert "Nothing is asked of any group in these weeks." in flat(pilot)
            await press(pilot, "right")
            assert "There is no group to choose" in flat(pilot)
            await press(pilot, "tab")
            assert "No two initiatives" in flat(pilot)


# against which milestone


async def test_work_is_tied_to_a_milestone_and_moves_with_it(people: PeopleDesk):
    people.add("activities", lane="delivery", phase="execution", kind="cutover", title="Sign-in switched", milestone="yes",
               planned_start=in_days(10), planned_end=in_days(10))  # fmt: skip
    async with people.app().run_test(size=(120, 36)) as pilot:
        await plan(pilot, people, "When")
        assert "tied to none" in lines_with(pilot, "▌ ▲ Badge training")[0]
        await press(pilot, "m", "enter")
        assert "-12 d" in lines_with(pilot, "▌ ▲ Badge training")[0]
        assert "Moves with Sign-in switched" in flat(pilot)
        assert people.events("plan.tied") == 1
        await press(pilot, "m")
        await type_in(pilot, "none")
        await press(pilot, "enter")
        assert "tied to none" in lines_with(pilot, "▌ ▲ Badge training")[0]


async def test_without_a_milestone_it_says_how_one_is_made(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await plan(pilot, people, "When")
        await press(pilot, "m")
        assert "This initiative has no milestone yet" in flat(pilot)


async def test_the_list_has_the_rows_that_no_groups_week_needs_to_be_told(demo: Door):
    view = saturation(demo.session, None)
    told = [detail_lines(view, group, week, 200) for group in view.groups for week in range(len(view.mondays))]
    assert longest_detail(view) == max(map(len, told))
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await show(pilot, "saturation")
        assert pilot.app.screen.query_one("#detail").size.height == longest_detail(view)
