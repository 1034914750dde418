"""People: who is hit and how hard, who stands behind it, what resists, which old ways are left; each with its forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press
from form_desks import type_in
from people_desks import SIZES, PeopleDesk, a_people_desk, flat, in_days, lines_with, show
from shells import seen

from builders import a_desk
from changedesk.screens.forms.form import FormScreen
from changedesk.screens.people.hit import HitScreen
from changedesk.services.door import Door

PARTS = ("Impact", "Stakeholders", "Sponsors", "Resistance", "Workarounds", "Confidence")


@pytest.fixture
def people(tmp_path: Path) -> Iterator[PeopleDesk]:
    """One initiative with something in every part."""
    with a_people_desk(tmp_path) as desk:
        desk.initiative("MFA", "alder", 40, nurses=300, office=100)
        desk.add(
            "impacts",
            audience="nurses",
            aspect="tools",
            degree=5,
            yesterday="One sign-in a shift",
            tomorrow="A badge each",
        )
        desk.add("impacts", audience="nurses", aspect="location", degree=0)
        desk.add("impacts", audience="office", aspect="mindset", degree=2)
        desk.add("stakeholders", stakeholder="Dr Foley", power=5, interest=2, stance_now=-1, stance_wanted=1)
        desk.add("stakeholders", stakeholder="Dr Maher", power=4, interest=5, stance_now=2, stance_wanted=2, coalition="yes",
                 audiences="nurses", last_act="Opened the meeting", last_act_on=in_days(-10))  # fmt: skip
        desk.add("resistance", title="Not on my phone", audience="nurses", first_seen=in_days(-20), severity=4,
                 cause="Fear of being watched", action="design", issue="Two of three are not trained")  # fmt: skip
        desk.add(
            "expected_resistance", title="Yet another thing", audience="office", cause="Tired", action="communication"
        )
        desk.add("workarounds", title="Codes by phone", audience="office", first_seen=in_days(-9), count=5, tolerated="yes",
                 retire_by=in_days(-1), kind="shadow_process")  # fmt: skip
        desk.add("confidence", whose="sponsor", date=in_days(-30), score=4)
        desk.add("confidence", whose="sponsor", date=in_days(-2), score=2, comment="Not convinced")
        yield desk


async def part(pilot, people: PeopleDesk, name: str) -> None:
    """Show a part of the initiative's page."""
    await show(pilot, "hit", f"{people.ids['MFA']}/people/{name.casefold()}")


# choosing an initiative


@pytest.mark.parametrize("size", SIZES)
async def test_how_much_of_what_has_to_be_ready_is_open_stands_under_its_heading(people: PeopleDesk, size):
    for item, status in (("Knows why", "partial"), ("Knows how", "unknown"), ("Has a badge", "ready")):
        people.add("readiness_items", about="audience", audience="nurses", item=item, status=status)
    async with people.app().run_test(size=size) as pilot:
        await show(pilot, "people")
        lines = seen(pilot.app).splitlines()
        heading = next(line for line in lines if "Initiative" in line and "People" in line and "Hit" in line)
        row = lines[lines.index(heading) + 1]
        assert heading.split()[-3:-1] == ["Ready", "Open"]
        assert row[: heading.index("Open") + len("Open")].split()[-1] == "2", "under the end of its heading"
        assert "2 items of readiness open" in flat(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_initiatives_stand_by_their_go_live_and_enter_opens_one(people: PeopleDesk, size):
    people.initiative("PSA", "birch", 3, engineers=50)
    async with people.app().run_test(size=size) as pilot:
        await show(pilot, "people")
        rows = seen(pilot.app).splitlines()
        assert "PSA for all" in rows[3]
        assert "1 of 1" in rows[3]
        assert "█5" in rows[4]
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, HitScreen)
        assert "MFA for all" in rows[4]
        await press(pilot, "escape")
        assert "Who is hit, and who stands behind it?" in flat(pilot)


async def test_the_key_6_selects_the_initiative_that_one_looks_at(people: PeopleDesk):
    people.initiative("PSA", "birch", 3, engineers=50)
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "initiative", people.ids["MFA"])
        await press(pilot, "6")
        assert "▌ MFA for all" in seen(pilot.app)
        await press(pilot, "/")
        await type_in(pilot, "psa")
        await press(pilot, "enter", "t")
        assert "PSA for all" in seen(pilot.app).splitlines()[1]
        await press(pilot, "escape", "escape", "y")
        assert "Who is not ready?" in flat(pilot)


# impact


@pytest.mark.parametrize("size", SIZES)
async def test_the_heat_map_has_glyph_figure_and_what_it_comes_to(people: PeopleDesk, size):
    async with people.app().run_test(size=size) as pilot:
        await part(pilot, people, "Impact")
        (nurses,) = [line for line in seen(pilot.app).splitlines() if "▌ nurses" in line]
        assert "▸█5" in nurses
        assert "·0" in nurses
        text = flat(pilot)
        assert "Yesterday One sign-in a shift" in text
        assert "Tomorrow A badge each" in text
        assert "Highest of all" in text
        assert "Mean by people" in text
        assert "2 of 2" in text, "what stands over all groups is no third one"
        await press(pilot, "right")
        assert "job roles" in flat(pilot)
        await press(pilot, "end")
        assert "The mean over all people that were rated" in flat(pilot)


async def test_n_on_a_rated_cell_makes_another_rating_of_the_group_and_enter_changes_this_one(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Impact")
        await press(pilot, "n")
        text = flat(pilot)
        assert "New impact" in text
        assert "Audience * nurses" in text
        assert "One sign-in a shift" not in text, "what was said of another aspect"
        await press(pilot, "escape", "enter")
        assert "One sign-in a shift" in flat(pilot)


async def test_a_cell_is_rated_and_changed_from_the_map(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Impact")
        await press(pilot, "right", "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        text = flat(pilot)
        assert "Audience * nurses" in text
        assert "Aspect * job roles" in text
        await type_in(pilot, "4")
        await press(pilot, "ctrl+s")
        assert ("nurses", "job_roles", "4") in [
            (v["audience"], v["aspect"], v["degree"]) for v in people.values("impacts")
        ]
        assert "▸▆4" in lines_with(pilot, "▌ nurses")[0]


# who stands behind it


@pytest.mark.parametrize("size", SIZES)
async def test_stakeholders_stand_on_a_grid_the_farthest_from_their_stance_first(people: PeopleDesk, size):
    async with people.app().run_test(size=size) as pilot:
        await part(pilot, people, "Stakeholders")
        text = flat(pilot)
        assert "1 short of the stance that is wanted" in text
        assert "Dr Foley" in lines_with(pilot, "▌")[0]
        assert "doubts it; wanted: for it" in text
        assert "[1▲]" in text
        assert "power" in text


async def test_a_long_role_is_read_in_full_under_the_name(people: PeopleDesk):
    people.add("stakeholders", stakeholder="Dr Long", role="Medical director of home care and of every ward", stance_now=-2,
               stance_wanted=2, power=5, interest=5)  # fmt: skip
    async with people.app().run_test(size=(80, 24)) as pilot:
        await part(pilot, people, "Stakeholders")
        text = flat(pilot)
        assert "Medical director of home care" in text
        assert "every ward" in text, "it goes on in the next line instead of ending in …"


async def test_a_group_without_a_sponsor_gets_one_from_its_row(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Sponsors")
        assert "1 of 2 groups hear it, 1 of 1 seen in 30 days" in flat(pilot)
        assert "hears it from no sponsor" in lines_with(pilot, "✗ office")[0]
        await press(pilot, "down")
        assert "Hears it from no sponsor at the right level: enter names one." in flat(pilot)
        await press(pilot, "enter")
        text = flat(pilot)
        assert "Speaks to office" in text
        assert "In the coalition yes" in text


async def test_confidence_over_time_says_when_it_fell(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Confidence")
        text = flat(pilot)
        assert "it fell with the sponsor" in text
        assert "-2" in lines_with(pilot, "▌ sponsor")[0]
        await press(pilot, "n")
        assert "Whose * sponsor" in flat(pilot)


async def test_where_nobody_was_asked_there_is_no_figure_of_confidence(people: PeopleDesk):
    people.initiative("PSA", "birch", 3, engineers=50)
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "hit", people.ids["PSA"])
        tabs = lines_with(pilot, "Stakeholders")[0]
        assert tabs.rstrip().endswith("Confidence")


# what resists


@pytest.mark.requirement("R33")
@pytest.mark.requirement("R34")
async def test_resistance_says_how_early_it_came_and_what_came_of_it(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Resistance")
        text = flat(pilot)
        assert "60 d before" in lines_with(pilot, "▌ ▲ Not on my phone")[0]
        assert "noted 60 days before go-live; 1 of 1 early" in text
        assert "Cause Fear of being watched" in text
        assert "Came to Not on my phone → Two of three are not trained" in text


async def test_what_is_expected_becomes_an_entry_with_its_words(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Resistance")
        await press(pilot, "down")
        assert "Not met yet: enter notes it as met, with these words." in flat(pilot)
        await press(pilot, "enter", "ctrl+s")
        met = next(v for v in people.values("resistance") if v["title"] == "Yet another thing")
        assert (met["audience"], met["cause"], met["action"], met["first_seen"]) == (
            "office", "Tired", "communication", in_days(0).isoformat(),
        )  # fmt: skip
        assert "To be expected" not in flat(pilot)
        await press(pilot, "home", "c", "y")
        assert pilot.app.screen.notice == "Closed: entry Not on my phone."
        assert [v["closed_on"] for v in people.values("resistance") if v["title"] == "Not on my phone"] == [
            in_days(0).isoformat()
        ]


@pytest.mark.requirement("R8")
async def test_an_old_way_is_noted_in_three_keys(people: PeopleDesk):
    async with people.app().run_test(size=(80, 24)) as pilot:
        await part(pilot, people, "Workarounds")
        await press(pilot, "w")
        await type_in(pilot, "Paper list")
        await press(pilot, "enter")
        assert "Paper list" in {v["title"] for v in people.values("workarounds")}
        assert lines_with(pilot, "Paper list")


@pytest.mark.requirement("R9")
@pytest.mark.requirement("R82")
async def test_the_register_says_who_keeps_what_alive_and_what_should_be_gone(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await part(pilot, people, "Workarounds")
        text = flat(pilot)
        assert "1 should be gone, 5 counted on old ways" in text
        assert "was to be gone yesterday" in lines_with(pilot, "▌ ▲ Codes by phone")[0]
        assert "shadow process" in text
        assert "Tolerated a manager lets it pass" in text
        await press(pilot, "c", "y")
        assert "gone today" in flat(pilot)
        await press(pilot, "c")
        assert "Only resistance and old ways that are open are closed." in pilot.app.screen.notice


# first states, data that bites, the whole of it


@pytest.mark.parametrize("size", SIZES)
async def test_every_part_of_the_demo_fits_its_screen(demo: Door, size):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await show(pilot, "people")
        await press(pilot, "enter")
        for name in PARTS:
            text = seen(pilot.app)
            assert name in text
            assert all(len(line) <= size[0] for line in text.splitlines())
            await press(pilot, "tab")
        assert "Ward staff" in flat(pilot)


async def test_an_initiative_without_anything_says_what_would_stand_here(tmp_path: Path):
    with a_people_desk(tmp_path) as desk:
        desk.initiative("MFA", "alder", 40)
        async with desk.app().run_test(size=(80, 24)) as pilot:
            await show(pilot, "hit", desk.ids["MFA"])
            for words in (
                "No group yet", "No stakeholder yet", "Nobody stands for it yet", "No resistance yet",
                "No old way is known", "Nobody was asked yet",
            ):  # fmt: skip
                assert words in flat(pilot)
                await press(pilot, "enter")
                assert isinstance(pilot.app.screen, HitScreen)
                await press(pilot, "tab")


async def test_a_desk_without_initiatives_says_where_one_is_made(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await show(pilot, "people")
            assert "No initiative yet: N on the portfolio makes one." in flat(pilot)
            await press(pilot, "t")
            assert pilot.app.screen.notice == "There is no initiative to open."


HOSTILE = "[/] [red]x \x1b]52;c;aGk=\x07 \u202eevil {0}"


async def test_text_that_looks_like_markup_or_commands_is_only_text(tmp_path: Path):
    with a_people_desk(tmp_path) as desk:
        group = "[/] [b]x {1}"
        desk.initiative("MFA", "alder", 40, **{group: 30})
        desk.add("impacts", audience=group, aspect="processes", degree=5, yesterday=HOSTILE, tomorrow=HOSTILE)
        desk.add("stakeholders", stakeholder=HOSTILE, role=HOSTILE, power=5, interest=5, coalition="yes", audiences=group,
                 last_act=HOSTILE, last_act_on=in_days(-1), stance_now=0, stance_wanted=1)  # fmt: skip
        desk.add("resistance", title=HOSTILE, cause=HOSTILE, issue=HOSTILE, outcome=HOSTILE, first_seen=in_days(-1))
        desk.add("expected_resistance", title=f"{HOSTILE} 2", cause=HOSTILE, answer=HOSTILE)
        desk.add("workarounds", title=HOSTILE, first_seen=in_days(-1))
        desk.add("confidence", whose="sponsor", date=in_days(-2), score=2, comment=HOSTILE)
        desk.add("contact_reasons", reason=HOSTILE, script=HOSTILE, article=HOSTILE, escalation=HOSTILE)
        desk.add("behaviours", behaviour=HOSTILE, standard=HOSTILE)
        for size in SIZES[:1]:
            async with desk.app().run_test(size=size) as pilot:
                for screen, parts in (("hit", 6), ("ready", 4), ("change_plan", 4)):
                    await show(pilot, screen, desk.ids["MFA"])
                    for _ in range(parts):
                        await press(pilot, "down", "space", "home")
                        text = seen(pilot.app)
                        assert "\x1b" not in text
                        assert "\u202e" not in text
                        await press(pilot, "tab")
                await show(pilot, "hit", f"{desk.ids['MFA']}//workarounds")
                assert "[/] [red]x" in flat(pilot)
                await press(pilot, "c")
                assert "[/] [red]x" in flat(pilot)
                await press(pilot, "escape")


async def test_what_was_looked_at_before_changes_nothing_in_how_a_page_looks(people: PeopleDesk):
    """All looks are read into one sheet: a rule of one screen once shrank a part of another."""
    pages = []
    for before in ((), ("ready", "people"), ("people", "saturation", "portfolio")):
        async with people.app().run_test(size=(80, 24)) as pilot:
            for name in before:
                await show(pilot, name, f"{people.ids['MFA']}/people" if name == "ready" else "")
            await part(pilot, people, "Impact")
            pages.append(seen(pilot.app))
    assert pages[0] == pages[1] == pages[2]


async def test_the_menu_of_records_begins_with_what_the_part_is_made_of(people: PeopleDesk):
    async with dashboard_on(people.door).run_test(size=(80, 24)) as pilot:
        await part(pilot, people, "Resistance")
        await press(pilot, "r", "enter")
        assert "Not on my phone" in flat(pilot)
        assert "Resistance" in seen(pilot.app).splitlines()[1]
