"""Readiness: the first gap stands first and says why, and every key does its work or says why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press, settled
from form_desks import type_in
from people_desks import SIZES, PeopleDesk, a_people_desk, flat, in_days, lines_with, show
from shells import seen

from builders import a_desk, a_person, as_person, found
from changedesk.domain.people.readiness import Pocket
from changedesk.domain.saying import capital
from changedesk.domain.words import LEANING
from changedesk.screens.forms.form import FormScreen
from changedesk.screens.people.ready import ReadyScreen
from changedesk.screens.readiness.lines import leaning_lines, pocket_lines
from changedesk.services.door import Door
from changedesk.services.imports.importing import import_file
from changedesk.services.people import triage
from changedesk.services.people.readiness import PocketRow, readiness_page
from changedesk.services.people.triage import owned
from changedesk.services.records import records
from changedesk.services.session import open_session


@pytest.fixture
def people(tmp_path: Path) -> Iterator[PeopleDesk]:
    """Two initiatives of two clients; the gap that presses most is the nurses' first one."""
    with a_people_desk(tmp_path) as desk:
        desk.initiative("MFA", "alder", 7, nurses=300, office=40)
        desk.initiative("PSA", "birch", 60, engineers=50)
        desk.add("impacts", audience="nurses", aspect="tools", degree=4)
        desk.item("Can sign in with a badge", owner="chris", action="Try it on one ward")
        desk.item("Knows why", status="unknown", audience="office")
        desk.item("Old board is gone", "PSA", audience="engineers")
        yield desk


# the list, and why


@pytest.mark.requirement("R50")
@pytest.mark.parametrize("size", SIZES)
async def test_the_first_gap_stands_first_with_every_factor_as_a_bar_and_a_sentence(people: PeopleDesk, size):
    people.initiative("PLANT", "birch", 1, wards=4000)
    people.add("impacts", "PLANT", audience="wards", aspect="behaviours", degree=5)
    people.item("A planted gap", "PLANT", audience="wards", action="Do this first")
    async with people.app().run_test(size=size) as pilot:
        await show(pilot, "readiness")
        rows = seen(pilot.app).splitlines()[3:]
        assert "PLANT" in rows[0]
        assert "A planted gap" in rows[0]
        text = flat(pilot)
        for words in (
            "Which gap first?", "Why there?", "1 of 4 · PLANT", "hit 5 of 5", "4,000 people", "go-live tomorrow", "× 4,000",
            "not ready", "it is known", "the order of the work can change", "Next Do this first", "Owner nobody takes care",
        ):  # fmt: skip
            assert words in text, words
        assert all("━" in line for line in (lines_with(pilot, "hit 5 of 5")[-1], lines_with(pilot, "× 4,000")[0]))


async def test_nothing_is_cut_inside_a_word_on_the_demo_at_any_size(demo: Door):
    for size in SIZES:
        async with dashboard_on(demo).run_test(size=size) as pilot:
            await show(pilot, "readiness")
            for line in seen(pilot.app).splitlines():
                assert len(line) <= size[0]
            text = flat(pilot)
            assert "Way up for a lost phone" in text


@pytest.mark.requirement("R63")
async def test_pockets_of_low_readiness_are_listed_over_all_initiatives(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "l")
        text = flat(pilot)
        assert "Where are pockets of low readiness?" in text
        first = seen(pilot.app).splitlines()[3]
        assert "Executives" in first
        assert "Head office" in first
        assert "12 %" in first
        await press(pilot, "l")
        assert "Which gap first?" in flat(pilot)


async def test_the_group_of_the_gap_stands_beside_it_with_its_barrier(people: PeopleDesk):
    people.answers("nurses", 12)
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "readiness")
        text = flat(pilot)
        assert "nurses 300 people" in text
        assert "desire holds up 12 of 12; 12 answers" in text
        assert "barrier" in lines_with(pilot, "◆ desire")[0]


async def test_fewer_than_five_answers_are_never_shown(people: PeopleDesk):
    people.answers("nurses", 4)
    async with people.app().run_test(size=(160, 48)) as pilot:
        await show(pilot, "readiness")
        text = flat(pilot)
        assert "fewer than 5 answers: hidden" in text
        assert "holds up" not in text
        assert "◆ desire" not in text


async def test_on_a_narrow_screen_the_panels_take_turns(people: PeopleDesk):
    async with people.app().run_test(size=(80, 24)) as pilot:
        await show(pilot, "readiness")
        assert "Why there?" in flat(pilot)
        await press(pilot, "tab")
        assert "How does the group stand?" in flat(pilot)
        await press(pilot, "tab")
        assert "This is your first visit." in flat(pilot)
        await press(pilot, "tab")
        assert "Why there?" in flat(pilot)


async def test_every_group_and_part_stands_in_the_panel_or_is_counted_with_the_key_that_shows_it(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "5", "tab")
        text = seen(pilot.app)
        assert "Is everybody ready?" in text
        first = triage.triage(demo.session).rows(0, 1)[0]
        page = readiness_page(demo.session, first.gap.initiative_id)
        names = [group.audience.name for group in page.groups]
        names += [capital(LEANING.get(part.about, part.about)) for part in page.parts]
        assert len(names) == 8
        for name in names:
            assert any(line.startswith(f"│ {name} ") for line in text.splitlines()), name
    for width, said in ((76, "enter shows 5 more lines"), (20, "more lines")):
        lines = leaning_lines(page, width, 6, "enter")
        assert len(lines) == 6
        assert lines[-1][0].text.endswith(said)


# what is done about a gap


async def test_done_takes_what_shows_it_and_is_taken_back(people: PeopleDesk):
    async with people.app().run_test(size=(80, 24)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "d", "enter")
        assert "Ready is what can be shown, not what is ticked." in flat(pilot)
        await type_in(pilot, "tried on ward 3")
        await press(pilot, "enter")
        assert pilot.app.screen.notice == "Ready: Can sign in with a badge. U takes it back."
        (done,) = [v for v in people.values("readiness_items") if v["item"] == "Can sign in with a badge"]
        assert (done["status"], done["evidence"]) == ("ready", "tried on ward 3")
        assert "badge" not in "".join(seen(pilot.app).splitlines()[:-1])
        await press(pilot, "U", "y")
        assert "badge" in "".join(seen(pilot.app).splitlines()[:-1])


async def test_enter_assigns_a_gap_to_oneself_and_letters_to_somebody_else(
    people: PeopleDesk, monkeypatch: pytest.MonkeyPatch
):
    listed = records.listed
    monkeypatch.setattr(records, "listed", lambda at, kind, *more: kind != "people" and listed(at, kind, *more))
    me = people.door.session.actor.login
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "down", "o", "enter")
        assert pilot.app.screen.notice.startswith(f"{me} takes care of it")
        await press(pilot, "home", "o")
        await type_in(pilot, "max")
        await press(pilot, "enter")
        owners = {v["item"]: v["owner"] for v in people.values("readiness_items")}
        assert owners == {"Can sign in with a badge": "max", "Knows why": me}
        assert pilot.app.screen._counts["readiness"] == 1  # type: ignore[attr-defined]
        await press(pilot, "home", "o")
        await type_in(pilot, "nobody")
        await press(pilot, "enter")
        assert "Nobody takes care of it now" in pilot.app.screen.notice


async def test_a_waiver_takes_a_reason_and_an_end_and_is_brought_back(people: PeopleDesk):
    async with people.app().run_test(size=(80, 24)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "w", "enter")
        assert "A waiver says why." in flat(pilot)
        await type_in(pilot, "badges come in January")
        await press(pilot, "enter")
        assert "Until when is it waived?" in flat(pilot)
        await press(pilot, "end", *["backspace"] * 11)
        await type_in(pilot, "+400d")
        assert "ends after 180 days at the latest" in flat(pilot)
        await press(pilot, "enter", *["backspace"] * 5)
        await type_in(pilot, "+20d")
        await press(pilot, "enter")
        assert pilot.app.screen.notice.startswith("Waived until Wed 16 Dec")
        assert people.events("gap.waived") == 1
        assert "badge" not in "".join(seen(pilot.app).splitlines()[2:12])
        await press(pilot, "a")
        text = flat(pilot)
        assert "What is set aside? 1" in text
        assert "on Thu 26 Nov until Wed 16 Dec, in 20 d because badges come in January" in text
        await press(pilot, "d")
        assert pilot.app.screen.notice == "This one is set aside: b brings it back, a shows the gaps again."
        await press(pilot, "b")
        assert pilot.app.screen.notice == "It is a gap again: Can sign in with a badge."
        assert "Nothing is waived or put off" in flat(pilot)


async def test_nothing_is_put_off_beyond_its_go_live(people: PeopleDesk):
    async with people.app().run_test(size=(80, 24)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "z", "end", *["backspace"] * 11)
        await type_in(pilot, "+9d")
        assert "Its go-live is on Thu 3 Dec; waive it with a reason instead." in flat(pilot)
        await press(pilot, "backspace", "backspace")
        await type_in(pilot, "3d")
        await press(pilot, "enter")
        assert pilot.app.screen.notice.startswith("Put off until Sun 29 Nov")
        assert people.events("gap.snoozed") == 1


async def test_what_is_counted_cannot_be_called_done_and_says_so(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "/")
        await type_in(pilot, "back to the old way")
        await press(pilot, "enter", "d")
        assert "closes when use is counted again" in flat(pilot)
        await press(pilot, "e")
        assert "counted, never said" in flat(pilot)
        await press(pilot, "b")
        assert "Nothing that is set aside is selected" in flat(pilot)


async def test_edit_opens_the_item_or_the_record_that_is_missing(people: PeopleDesk):
    people.initiative("NEW", "alder", 30, clerks=20)
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, FormScreen)
        assert "Can sign in with a badge" in flat(pilot)
        await press(pilot, "escape", "/")
        await type_in(pilot, "clerks")
        await press(pilot, "enter", "d")
        assert "add its readiness items" in flat(pilot)
        await press(pilot, "e")
        text = flat(pilot)
        assert "Audience clerks" in text
        assert "About * audience" in text


async def test_somebody_who_may_not_hears_why(people: PeopleDesk):
    a_person(people.desk, "aud", "auditor", client="alder")
    async with dashboard_on(Door(as_person(people.desk, "aud"))).run_test(size=(80, 24)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "d")
        assert "or service desk lead or service owner or trainer" in flat(pilot)
        assert {v["status"] for v in people.values("readiness_items")} == {"not_ready", "unknown"}


# what is shown of it


async def test_gaps_are_narrowed_by_words_client_initiative_and_owner(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "/")
        await type_in(pilot, "badge")
        await press(pilot, "enter")
        assert "“badge”: 1 of 3, esc shows all" in flat(pilot)
        await press(pilot, "escape", "i")
        assert "MFA: 2 of 3, esc shows all" in flat(pilot)
        await press(pilot, "i", "m")
        assert "mine: 0 of 3" in flat(pilot)
        assert "No gap here is yours: m shows those that nobody owns, esc all of them." in flat(pilot)
        assert flat(pilot).count("Nothing is selected.") == 2
        await press(pilot, "m")
        assert "nobody's: 2 of 3" in flat(pilot)
        await press(pilot, "escape", "c")
        await type_in(pilot, "birch")
        await press(pilot, "enter")
        assert "birch: 1 of 3" in flat(pilot)
        await press(pilot, "escape")
        assert "esc shows all" not in flat(pilot)


async def test_words_narrow_what_is_known_and_read_nothing(people: PeopleDesk, monkeypatch: pytest.MonkeyPatch):
    reads = []
    real = triage.triage
    monkeypatch.setattr(triage, "triage", lambda *asked: (reads.append(asked), real(*asked))[1])
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "readiness")
        known = len(reads)
        await press(pilot, "/")
        await type_in(pilot, "badge")
        assert "“badge”: 1 of 3, esc shows all" in flat(pilot)
        assert len(reads) == known


async def test_enter_opens_the_initiative_and_esc_comes_back(people: PeopleDesk):
    async with people.app().run_test(size=(80, 24)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ReadyScreen)
        assert "MFA for all" in flat(pilot)
        await press(pilot, "escape")
        assert "Which gap first?" in flat(pilot)


async def test_what_changed_since_the_last_visit_is_said(people: PeopleDesk):
    async with people.app().run_test(size=(160, 48)) as pilot:
        await show(pilot, "readiness")
        assert "This is your first visit." in flat(pilot)
        # Going to and fro, and a question over the screen, end nothing that is seen.
        await press(pilot, "1", "5", "o", "escape")
        assert "This is your first visit." in flat(pilot)
        await press(pilot, "1")
    people.item("Something new", audience="office")
    async with people.app().run_test(size=(160, 48)) as pilot:
        await show(pilot, "readiness")
        assert "1 new gap." in flat(pilot)
        assert [line for line in lines_with(pilot, "Something new") if "+" in line]
        await press(pilot, "1", "5")
        assert "1 new gap." in flat(pilot)
        # Whoever leaves the program from here has seen it as well.
    async with people.app().run_test(size=(160, 48)) as pilot:
        await show(pilot, "readiness")
        text = flat(pilot)
        assert "Since Thu 26 Nov: nothing has" in text
        assert "new gap" not in text


async def test_pressing_5_elsewhere_shows_all_gaps_and_a_link_only_those_of_its_initiative(people: PeopleDesk):
    async with people.app().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "5")
        assert "Which gap first?" in flat(pilot)
        assert "esc shows all" not in flat(pilot)
        await show(pilot, "readiness", f"initiative {people.ids['PSA']}")
        assert "PSA: 1 of 3, esc shows all" in flat(pilot)


# first states, and data that bites


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_desk_says_what_would_stand_here(tmp_path: Path, size):
    with a_desk(tmp_path) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
            await show(pilot, "readiness")
            assert "No gap yet. N on the portfolio makes an initiative with what has to be true" in flat(pilot)
            for key in ("d", "o", "w", "z", "e"):
                await press(pilot, key)
                assert pilot.app.screen.notice == "There is no gap to choose here.", key  # type: ignore[attr-defined]
            await press(pilot, "a")
            assert "Nothing is waived or put off" in flat(pilot)
            await press(pilot, "l")
            assert "No group is known to be below the threshold" in flat(pilot)


async def test_a_desk_of_imported_files_has_a_ranking_at_once(tmp_path: Path):
    files = {
        "initiatives": f"code,title,client,go_live_planned\nERP,ERP cutover,alder,{in_days(10)}\n",
        "audiences": "initiative,audience,headcount\nERP,Finance,22\nERP,Billing,0\n",
        "impacts": "initiative,audience,aspect,degree\nERP,Finance,tools,3\n",
        "readiness": "initiative,audience,item,status\nERP,Finance,Closes a month in the new system,unknown\n",
    }
    with a_desk(tmp_path) as desk:
        session = open_session(desk)
        for kind, text in files.items():
            file = tmp_path / f"{kind}.csv"
            file.write_text(text, encoding="utf-8")
            assert not import_file(session, file, kind).problems, kind
        async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
            await show(pilot, "readiness")
            text = flat(pilot)
            assert "Closes a month in the new system" in text
            assert "Readiness not looked at" in text
            assert "how many people is unknown: counts as 1" in text or "22 people" in text
            await press(pilot, "enter")
            assert "ERP cutover" in flat(pilot)


HOSTILE = "[/] [red]x \x1b]52;c;aGk=\x07 \u202eevil {0}"


async def test_text_that_looks_like_markup_or_commands_is_only_text(tmp_path: Path):
    with a_people_desk(tmp_path) as desk:
        clean = "[/] [red]x {0}"
        desk.initiative("MFA", "alder", 7, **{clean: 30})
        desk.add("impacts", audience=clean, aspect="tools", degree=4, yesterday=HOSTILE, tomorrow=HOSTILE)
        desk.item(HOSTILE, audience=clean, owner="chris", action=HOSTILE, evidence=HOSTILE)
        desk.answers(clean, 7)
        for size in SIZES:
            async with desk.app().run_test(size=size) as pilot:
                await show(pilot, "readiness")
                for keys in (
                    "tab",
                    "tab",
                    "tab",
                    "a",
                    "a",
                    "l",
                    "l",
                    "d",
                    "escape",
                    "o",
                    "escape",
                    "w",
                    "escape",
                    "enter",
                ):
                    await press(pilot, keys)
                    text = seen(pilot.app)
                    assert "\x1b" not in text
                    assert "\u202e" not in text
                await press(pilot, "tab", "tab", "tab", "escape")
                assert "[/] [red]x" in flat(pilot)


async def test_the_number_beside_the_title_is_what_waits_for_oneself(people: PeopleDesk):
    me = people.door.session.actor.login
    people.item("Mine", audience="office", owner=me)
    people.item("Mine and ready", audience="office", owner=me, status="ready")
    async with people.app().run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "5 Readiness (1)" in seen(pilot.app).splitlines()[0]
        await press(pilot, "5", "m")
        assert "mine: 1 of 4" in flat(pilot)
    assert owned(people.door.session) == 1
    assert found(people.desk, "SELECT count(*) FROM readiness") == [(5,)]


async def test_the_line_of_keys_names_what_works_beside_the_gaps_and_while_words_are_typed(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "l")
        line = seen(pilot.app).splitlines()[-1]
        assert "l gaps" in line
        assert "d done" not in line
        await press(pilot, "a")
        assert "a gaps" in seen(pilot.app).splitlines()[-1]
        await press(pilot, "a", "slash")
        assert seen(pilot.app).splitlines()[-1].split() == ["enter", "to", "the", "list", "esc", "show", "all"]
        await press(pilot, "escape")
        assert "d done" in seen(pilot.app).splitlines()[-1]


async def test_what_takes_few_lines_leaves_the_rest_to_the_list(people: PeopleDesk):
    people.initiative("MAIL", "birch", 20, **{f"team{n}": 10 for n in range(9)})
    for n in range(9):
        people.item(f"Team {n} is asked", "MAIL", audience=f"team{n}")
    async with people.app().run_test(size=(80, 24)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "l")
        assert "12 of 12" in flat(pilot)
        await press(pilot, "l")
        assert "7 of 12" in flat(pilot)


async def test_an_item_whose_own_day_has_passed_is_late_however_far_the_go_live(people: PeopleDesk):
    people.item("Owners are named", "PSA", audience="engineers", due=in_days(-2))
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "readiness")
        (line,) = lines_with(pilot, "Owners are named")
        assert "▲" in line
        assert "2 d ago" in line
        (other,) = lines_with(pilot, "Old board is gone")
        assert "◆" in other
        assert "in 60 d" in other


async def test_an_item_is_to_be_closed_by_its_own_day_in_the_ranking_as_on_its_checklist(people: PeopleDesk):
    people.item("Owners are named", "PSA", audience="engineers", due=in_days(9))
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "readiness")
        (line,) = lines_with(pilot, "Owners are named")
        assert "in 9 d" in line
        people_go_live = [line for line in lines_with(pilot, "Old board is gone") if "in 60 d" in line]
        assert people_go_live, "what has no day of its own has that of the go-live"


async def test_where_there_is_nothing_no_panel_says_why(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
            await show(pilot, "readiness")
            assert "No gap yet" in flat(pilot)
            assert "Why there?" not in flat(pilot)


async def test_a_long_title_gives_way_to_the_short_name_so_that_nothing_is_cut(people: PeopleDesk):
    group = "everybody who works in the wards of the house"
    people.initiative("LONG", "alder", 3, **{group: 900})
    people.item("Keys are handed out", "LONG", audience=group)
    async with people.app().run_test(size=(80, 24)) as pilot:
        await show(pilot, "readiness")
        assert f"1 of 4 · LONG · {group} · alder" in flat(pilot)


async def test_pockets_that_are_gone_no_longer_stand_there(people: PeopleDesk):
    async with people.app().run_test(size=(120, 36)) as pilot:
        await show(pilot, "readiness")
        await press(pilot, "l")
        assert "3 of 3" in flat(pilot)
        for code in ("MFA", "PSA"):
            for item in records.listed(people.door.session, "readiness_items", code):
                records.save(people.door.session, "readiness_items", item, {**item.values, "status": "ready"})
        await press(pilot, "l")
        await press(pilot, "l")
        assert "No group is known to be below the threshold" in flat(pilot)


@pytest.mark.parametrize(
    ("go_live", "said"),
    [
        (date(2026, 11, 29), "their go-live in 3 d"),
        (date(2026, 11, 23), "their go-live planned 3 d ago"),
        (None, "no go-live date"),
    ],
)
def test_of_a_pocket_whose_go_live_has_passed_unsaid_it_is_said_to_have_been_planned(go_live: date | None, said: str):
    pocket = Pocket("Nurses", "Wards", 300, 40.0, 1.0, go_live)
    lines = pocket_lines(PocketRow("1", "MFA", "MFA", "alder", pocket, "late", asked=True), date(2026, 11, 26), 200)
    assert lines[-1][0].text.endswith(f"300 people, {said}.")
