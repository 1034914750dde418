"""The records of each kind in a list: made, changed and closed by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dashboards import dashboard_on, press, settled
from form_desks import FormDesk, fill, form_of, show_records, type_in
from shells import seen

from builders import TODAY, found, record
from changedesk.app import DeskApp
from changedesk.commands import READ_ONLY
from changedesk.domain.forms.registry import FORMS
from changedesk.domain.kinds.kind import Word
from changedesk.domain.words import plain
from changedesk.screens.forms.form import FormScreen
from changedesk.screens.records.kind_menu import OF_DESK, OF_INITIATIVE, KindMenu
from changedesk.screens.records.rows import WORD, columns, detail, in_full, row_of
from changedesk.screens.records.screen import RecordsScreen
from changedesk.services.initiative import decisions
from changedesk.services.records import listing, records
from changedesk.services.records.records import OWN_WAY, Record
from changedesk.widgets.lists.columns import places

SMALL = (80, 24)

TYPED = {
    "clients": ("cedar", "Cedar Homes", "Europe/Helsinki", "3"),
    "people": ("kim", "Kim Lee", "", "alder", "sponsor"),
    "holidays": ("alder", "25 dec", "Christmas"),
    "initiatives": ("PSA", "New PSA", "alder"),
    "audiences": ("doctors", "physician", "", "30"),
    "activities": ("people", "training", "Train doctors", "", "", "", "", "fri"),
    "targets": ("", "utilization", "80", "eom"),
    "snapshots": ("", "100", "90", "95"),
    "benefits": ("Calls", "a day", "30", "10"),
    "benefit_observations": ("28",),
    "key_results": ("Fewer calls", "Half of them", "utilization"),
    "risks": ("Vendor late", "delivery"),
    "decisions": ("Cut over in one night", "y", "n"),
    "resistance": ("They want the old form", "reception"),
    "workarounds": ("Sticky notes", "reception"),
}
"""What is typed into the fields of a new record of each kind, tab after tab."""


def a_benefit(here: FormDesk) -> None:
    blank = records.blank(here.door.session, "benefits", "MFA")
    records.save(
        here.door.session, "benefits", blank, {**blank.values, "benefit": "Calls", "baseline": "30", "target": "10"}
    )


def test_every_kind_is_reached_from_the_initiative_or_from_the_portfolio():
    listed = {name for _, name, _, _ in OF_INITIATIVE}
    assert listed == {name for name, form in FORMS.items() if form.of_initiative and name not in OWN_WAY}
    of_desk = {name for name, form in FORMS.items() if not form.of_initiative and name not in OWN_WAY}
    assert set(OF_DESK) | {"initiatives"} == of_desk
    letters = [letter for letter, _, _, _ in OF_INITIATIVE]
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize("name", sorted(TYPED))
async def test_each_kind_is_made_and_changed_by_keyboard(here, name):
    if name == "benefit_observations":
        a_benefit(here)
    code = "MFA" if FORMS[name].of_initiative else None
    before = len(here.values(name, code))
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, name, here.initiative if code else "")
        await press(pilot, "n")
        await fill(pilot, *TYPED[name])
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, RecordsScreen), seen(pilot.app)
        assert len(here.values(name, code)) == before + 1
        await press(pilot, "end", "enter")
        form = form_of(pilot)
        entry = next(entry for entry in reversed(form.body.entries) if entry.value)
        column, was = entry.name_of_column, entry.value
        form.body.go_to(entry)
        entry.line.clear()
        await type_in(pilot, {"yes": "n", "no": "y"}.get(was, "2" if was.isdecimal() else _other(entry)))
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, RecordsScreen), seen(pilot.app)
    assert was not in [values[column] for values in here.values(name, code)][-1:]


async def test_a_headcount_that_nobody_knows_is_no_number_in_its_list_nor_in_its_form(here):
    record(here.desk, "audience", initiative_id=here.initiative, name="doctors", headcount=0)
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "audiences", here.initiative)
        row = next(line for line in seen(pilot.app).splitlines() if "doctors" in line)
        assert "?" in row
        assert " 0 " not in row
        await press(pilot, "enter")
        form = form_of(pilot)
        people = next(entry for entry in form.body.entries if entry.name_of_column == "headcount")
        assert people.line.value == "?"
        await press(pilot, "ctrl+s")
        assert [values["headcount"] for values in here.values("audiences")] == ["0", "12"]
        await press(pilot, "n")
        await fill(pilot, "nurses", "", "")
        await pilot.press("question_mark")
        await settled(pilot)
        assert "nobody knows yet" in seen(pilot.app)
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, RecordsScreen), seen(pilot.app)
        assert [values["headcount"] for values in here.values("audiences")] == ["0", "0", "12"]


async def test_an_activity_of_no_group_by_name_is_for_everybody_in_every_list(here):
    blank = records.blank(here.door.session, "activities", "MFA")
    dates = {"lane": "people", "phase": "training", "title": "Train", "planned_end": "2026-12-01"}
    records.save(here.door.session, "activities", blank, {**blank.values, **dates})
    async with here.app().run_test(size=(160, 36)) as pilot:
        await show_records(pilot, "activities", here.initiative)
        row, detailed = (line for line in seen(pilot.app).splitlines() if "Train" in line)
        assert "everybody" in row
        assert "unknown" not in detailed.partition("Audience")[0]
        pilot.app.show_screen("initiative", here.initiative)
        await settled(pilot)
        await press(pilot, "a")
        assert "everybody" in next(line for line in seen(pilot.app).splitlines() if "Train" in line)


def _other(entry) -> str:
    """Another text that the field takes."""
    kind = type(entry.field.column.type).__name__
    return {"Day": "1 dec", "Word": "adoption", "Words": "trainer", "ToClient": "birch", "ToAudience": ""}.get(
        kind, "another"
    )


@pytest.mark.parametrize("name", ["risks", "resistance", "workarounds", "activities"])
async def test_what_can_be_over_is_closed_as_of_today_after_a_question(here, name):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, name, here.initiative)
        await press(pilot, "n")
        await fill(pilot, *TYPED[name])
        await press(pilot, "ctrl+s", "c", "c")
        column = "actual_end" if name == "activities" else "closed_on"
        assert here.values(name)[0][column] == "", "the key that asks does not confirm"
        await press(pilot, "y")
        assert pilot.app.screen.notice.startswith("Closed:")
        await press(pilot, "c")
        assert "is closed already" in pilot.app.screen.notice
    assert here.values(name)[0][column] == "2026-11-26"


async def test_a_kind_that_is_never_over_says_so(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "audiences", here.initiative)
        await press(pilot, "c")
        assert "is not closed" in pilot.app.screen.notice


async def test_what_people_rest_on_is_refused_at_the_key_and_by_a_form_that_was_open(here):
    blank = records.blank(here.door.session, "decisions", "MFA")
    texts = {"title": "Cut over in one night", "touches_timing": "no", "touches_adoption": "no"}
    kept = records.save(here.door.session, "decisions", blank, {**blank.values, **texts})
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "decisions", here.initiative)
        decisions.lock(here.door.session, kept.id or "")
        said = "his decision was acknowledged or locked as it is; record another decision."
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        assert f"To look at only: t{said}" in " ".join(seen(pilot.app).split())
        await press(pilot, "escape", "escape")
        listed = pilot.app.screen
        assert isinstance(listed, RecordsScreen)
        listed.reload()
        await settled(pilot)
        await press(pilot, "enter")
        assert pilot.app.screen is listed
        assert f"T{said}" in " ".join(seen(pilot.app).split())


async def test_an_empty_list_says_which_key_makes_the_first_and_how_it_comes_from_a_file(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "resistance", here.initiative)
        assert "From a file: changedesk import FILE --kind resistance" in seen(pilot.app)
        await show_records(pilot, "risks", here.initiative)
        assert "No risk yet. n makes the first one." in seen(pilot.app)
        assert "From a file" not in seen(pilot.app), "no file brings risks"
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, FormScreen)


@pytest.mark.parametrize("kind", ["clients", "people"])
def test_a_code_leaves_its_room_to_the_name_beside_it(kind: str):
    code, name = columns(FORMS[kind])[:2]
    assert name.title == "Name"
    assert code.width <= name.width


def test_an_empty_field_says_what_that_means_and_is_unknown_only_where_nobody_knows():
    form = FORMS["windows"]
    freeze = Record("W", 1, {"kind": "freeze_hard", "title": "Year end", "start": "2026-12-24T12:00:00Z"})
    row = row_of(form, form.fields, freeze, TODAY)
    said = [span.text for cell in row.cells for span in cell]
    assert "every client" in said
    assert "the whole client" in said
    assert said.count("?") == 2, "its end and who approved it"
    text = " ".join(span.text for line in detail(form, freeze, TODAY, 200, 9) for span in line)
    assert "Client: every client · Kind: hard freeze · Scope: the whole client" in " ".join(text.split())
    assert "unknown: To, Approved by" in text
    form = FORMS["readiness_items"]
    script = Record("R", 1, {"about": "support", "item": "Calls rehearsed", "status": "ready"})
    cells = row_of(form, form.fields, script, TODAY).cells
    said = {field.label: cell[0].text for field, cell in zip(form.fields, cells, strict=True)}
    assert (said["Audience"], said["Owner"]) == ("no group", "?"), "a script of the desk is about no group"


def test_what_nobody_has_entered_of_a_client_is_said_to_be_that_as_among_its_policies():
    form = FORMS["clients"]
    bare = Record("C", 1, {"client": "cedar", "name": "Cedar Homes"})
    text = " ".join("".join(span.text for span in line) for line in detail(form, bare, TODAY, 200, 9))
    assert " ".join(text.split()).endswith(
        "not said, so: time zone UTC; business hours mon-fri 09:00-17:00; afterwards, hours 24; review, days 5;"
        " load it can bear 10 · unknown: Maturity"
    )
    assert len(detail(form, bare, TODAY, 76, 3)) == 3
    assert "shows all" not in "".join(span.text for line in detail(form, bare, TODAY, 76, 3) for span in line)


def test_in_a_narrow_list_of_records_no_word_of_a_closed_list_is_cut():
    for form in FORMS.values():
        words = {field.label: field.column.type.words for field in form.fields if isinstance(field.column.type, Word)}
        shown = columns(form)
        for place in places(shown, 76, 80):
            cut = [word for word in words.get(shown[place.column].title, ()) if place.width < len(plain(word)) <= WORD]
            assert not cut, (form.title, cut)


async def test_a_list_leaves_out_the_sentences_that_it_would_cut_to_a_word_and_gives_what_it_is_about_the_room(demo):
    def titles(app: DeskApp, first: str) -> str:
        return next(line for line in seen(app).splitlines() if line.startswith(f"│  {first} "))

    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        (initiative,) = found(demo.session.desk, "SELECT id FROM initiative WHERE code = ?", "MFA")[0]
        await show_records(pilot, "risks", initiative)
        assert "Response" not in titles(pilot.app, "Risk")
        assert "Nurses refuse a work app on private phones  adoption" in seen(pilot.app)
    async with dashboard_on(demo).run_test(size=SMALL) as pilot:
        await show_records(pilot, "people", "")
        assert titles(pilot.app, "Login").split() == ["│", "Login", "Name", "Client", "Roles", "│"]


async def test_the_menu_of_kinds_opens_one_by_its_letter(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, KindMenu)
        assert "Resistance" in seen(pilot.app)
        await press(pilot, "u")
        assert "reception" in seen(pilot.app)
        await press(pilot, "escape")
        assert pilot.app.screen.scope == "initiative"


async def test_nothing_is_made_or_changed_before_the_records_of_another_kind_are_read(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        screen = pilot.app.screen
        screen.open_subject(f"benefits {here.initiative}")
        reasons = {screen.reason_against(f"records.{name}") for name in ("new", "edit", "close")}
        assert reasons == {"This is not loaded yet."}
        await settled(pilot)
        await press(pilot, "n")
        assert "New benefit MFA" in " ".join(seen(pilot.app).split())


async def test_no_line_of_a_record_ends_with_a_label(here):
    parts = [("Owner", "change.owner"), ("Done", "0 %"), ("Load it can bear", "10")]
    drawn = ["".join(span.text for span in line) for line in in_full(parts, 26, 9)]
    assert drawn == ["Owner: change.owner ·", "Done: 0 % ·", "Load it can bear: 10"]


async def test_clients_and_people_are_reached_from_the_portfolio_and_back(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await settled(pilot)
        await press(pilot, "C")
        assert "birch" in seen(pilot.app)
        await press(pilot, "escape", "P")
        assert "Chris" in seen(pilot.app)
        await press(pilot, "r")
        assert "belong to the desk" in pilot.app.screen.notice


async def test_read_only_lists_everything_and_says_why_nothing_is_changed(here):
    app = here.app()
    app.context = replace(app.context, read_only=True)
    async with app.run_test(size=SMALL) as pilot:
        await show_records(pilot, "audiences", here.initiative)
        for key in ("n", "enter", "c", "U"):
            await press(pilot, key)
            assert pilot.app.screen.notice == READ_ONLY
            assert isinstance(pilot.app.screen, RecordsScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48)])
async def test_the_list_says_in_words_that_a_record_is_over(here, size):
    blank = records.blank(here.door.session, "resistance", "MFA")
    records.save(
        here.door.session,
        "resistance",
        blank,
        {**blank.values, "title": "Old form", "first_seen": "2026-11-02", "closed_on": "2026-11-20"},
    )
    async with here.app().run_test(size=size) as pilot:
        await show_records(pilot, "resistance", here.initiative)
        line = next(line for line in seen(pilot.app).splitlines() if "▌ Old form" in line)
        assert "Fri 20 Nov" in line


async def test_a_list_of_records_is_filtered_by_words_and_another_kind_shows_all(here):
    async with here.app().run_test(size=(120, 36)) as pilot:
        await show_records(pilot, "clients", "")
        await press(pilot, "slash", *"birch")
        assert "“birch”: 1 of " in seen(pilot.app)
        await press(pilot, "enter")
        await show_records(pilot, "people", "")
        assert "esc shows all" not in seen(pilot.app)
        await show_records(pilot, "clients", "")
        assert "birch" in seen(pilot.app)
        assert "esc shows all" not in seen(pilot.app)


async def test_a_long_list_of_records_is_gone_through_and_filtered_to_its_end(here, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 20)
    for n in range(50):
        record(here.desk, "risk", initiative_id=here.initiative, title=f"Risk {n:04}", kind="delivery")
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "end")
        assert "▌ Risk 0049" in seen(pilot.app)
        assert "50 of 50" in seen(pilot.app)
        await press(pilot, "slash")
        await type_in(pilot, "risk 0007")
        assert "1 of 50, esc shows all" in seen(pilot.app)
        assert "Risk 0007" in seen(pilot.app)
        await press(pilot, "enter", "escape")
        assert "of 50" in seen(pilot.app)


async def test_words_stay_those_that_are_looked_for_when_the_records_are_read_anew(here):
    for title in ("Vendor late", "Power fails"):
        record(here.desk, "risk", initiative_id=here.initiative, title=title, kind="delivery")
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "slash")
        pilot.app.screen.reload()
        pilot.app.screen.filter_by("power")
        await settled(pilot)
        assert "Power fails" in seen(pilot.app)
        assert "Vendor late" not in seen(pilot.app)


async def test_what_was_just_made_is_selected(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "people")
        for login in ("zoe", "abe"):
            await press(pilot, "n")
            await fill(pilot, login, login.title())
            await press(pilot, "ctrl+s")
            assert f"Login: {login}" in seen(pilot.app)
