"""Keys that come faster than the form can show them: each does what it does when it is typed slowly."""

from __future__ import annotations

import threading

import pytest
from dashboards import dashboard_on, door_of, press, settled
from form_desks import FormDesk, burst, form_of, show_records
from shells import seen
from textual import events
from textual.screen import Screen

from builders import a_desk, an_initiative
from changedesk.errors import DeskUnusable
from changedesk.screens.chooser import Choice, Chooser
from changedesk.screens.forms import choices
from changedesk.screens.forms.conflict import Conflict
from changedesk.screens.forms.form import FormScreen
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.question import Question
from changedesk.screens.records.screen import RecordsScreen
from changedesk.services.records import records
from changedesk.services.records.completing import suggestions
from changedesk.services.records.records import Record
from changedesk.services.session import Session
from changedesk.widgets.lists.rows import Column

SMALL = (80, 24)
A_RISK = "nVendor late\td\t3\t4\tpa\t\x13"
"""A whole risk with a chosen word and a chosen name, from opening the form to saving it."""


def made(here: FormDesk) -> list[tuple[str, ...]]:
    """The risks on the desk, as far as they were typed."""
    columns = ("title", "kind", "probability", "impact", "owner")
    return [tuple(risk[column] for column in columns) for risk in here.values("risks")]


@pytest.mark.parametrize("pause_after", [0, 1, 13, 14, 15, 18, 19, 20, 21, 22])
async def test_a_record_is_the_same_wherever_the_line_halts(here, pause_after):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await burst(pilot, A_RISK[:pause_after])
        await burst(pilot, A_RISK[pause_after:])
        assert isinstance(pilot.app.screen, RecordsScreen), pilot.app.screen.notice
    assert made(here) == [("Vendor late", "delivery", "3", "4", "pat")]


async def test_letters_move_nothing_so_that_the_screen_is_not_laid_out_anew(here, monkeypatch):
    laid_out: list[int] = []
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n", "V")
        monkeypatch.setattr(Screen, "_refresh_layout", lambda *_, **__: laid_out.append(1))
        await press(pilot, *"endor", "space", *"late")
        monkeypatch.undo()
        line = form_of(pilot).body.current.line
        assert (line.value, line.virtual_size.width) == ("Vendor late", 12)
    assert not laid_out


async def test_a_tab_takes_the_word_that_the_letters_before_it_have_chosen(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n", "tab", "d")
        await burst(pilot, "el\t")
        form = form_of(pilot)
        assert form.body.entry("kind").line.value == "delivery"
        assert form.body.current is form.body.entry("probability")


async def test_keys_that_edit_keep_their_place_between_the_letters(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        await burst(pilot, "Vex\x7fndorx\x7f←←od")
        assert form_of(pilot).body.values["title"] == "Vendodor"


async def test_choices_are_moved_through_and_taken_in_one_burst(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        await burst(pilot, "Vendor late\t↓↓\r3")
        form = form_of(pilot)
        assert (form.body.values["kind"], form.body.values["probability"]) == ("adoption", "3")


async def test_names_are_waited_for_before_one_is_taken(here, monkeypatch):
    let = threading.Event()

    def slowly(*asked: object) -> tuple[str, ...]:
        let.wait(30)
        return suggestions(*asked)

    monkeypatch.setattr(choices, "suggestions", slowly)
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n", "tab", "tab", "tab", "tab")
        form = form_of(pilot)
        for letter in "pa":
            pilot.app.post_message(events.Key(letter, letter))
        pilot.app.post_message(events.Key("tab", None))
        pilot.app.post_message(events.Key("7", "7"))
        await pilot.pause()
        assert form.body.current is form.body.entry("owner")
        assert form.body.entry("owner").line.value == "pa"
        let.set()
        await settled(pilot)
        assert form.body.values["owner"] == "pat"
        assert form.body.entry("response").line.value == "7"


async def test_the_choices_stand_at_their_field_when_the_form_has_scrolled_to_it(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "initiatives")
        await press(pilot, "n")
        form = form_of(pilot)
        before = [entry.name_of_column for entry in form.body.entries].index("outcome_owner")
        await burst(pilot, "\t" * before + "p")
        assert form.body.scroll_y > 0
        assert form.choices.chosen == "pat"
        assert form.choices.region.y == form.body.entry("outcome_owner").place.y + 1


async def test_what_is_typed_before_the_record_is_read_comes_after_it(here, monkeypatch):
    read, let = records.fetch, threading.Event()
    blank = records.blank(here.door.session, "risks", "MFA")
    records.save(
        here.door.session, "risks", blank, {**blank.values, "title": "Vendor", "kind": "delivery", "owner": "pat"}
    )

    def slowly(session: Session, *words: str) -> Record:
        if words[0] == "risks":
            let.wait(30)
        return read(session, *words)

    monkeypatch.setattr(records, "fetch", slowly)
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        pilot.app.screen.do_edit()
        for letter in " late\ta\t5":
            pilot.app.post_message(events.Key("tab", None) if letter == "\t" else events.Key(letter, letter))
        await pilot.pause()
        form = form_of(pilot)
        assert form.body.values["title"] == ""
        let.set()
        await settled(pilot)
        assert [form.body.values[name] for name in ("title", "kind", "probability")] == ["Vendor late", "adoption", "5"]


async def test_a_click_chooses_the_field_for_the_letters_after_it(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        form = form_of(pilot)
        await pilot.click(form.body.entry("response").line)
        await burst(pilot, "call weekly\t")
        assert form.body.values["response"] == "call weekly"
        assert form.body.values["title"] == ""


async def test_a_short_field_that_is_entered_is_typed_over(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await burst(pilot, "nVendor late\td\t3\t")
        form = form_of(pilot)
        form.body.go_to(form.body.entry("kind"))
        await burst(pilot, "\t45")
        assert form.body.entry("probability").line.value == "45"


async def test_a_quick_entry_takes_text_and_enter_and_the_keys_after_it_go_to_the_screen_below(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "workarounds", here.initiative)
        open_form(pilot.app.screen, FormRequest("workarounds", "", "MFA", quick="title"))
        await burst(pilot, "Paper\rn")
        assert form_of(pilot).request.quick == "", "the n after it opened a new one from the list"
    assert [noted["title"] for noted in here.values("workarounds")] == ["Paper"]


async def test_what_was_typed_ahead_comes_before_the_question_about_a_draft(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await burst(pilot, "nVendor\x1b")
        await press(pilot, "k")
        assert isinstance(pilot.app.screen, RecordsScreen)
        await burst(pilot, "nXd")
        assert isinstance(pilot.app.screen, Question), "neither X nor d has answered it"
        await press(pilot, "X")
        assert form_of(pilot).body.values["title"] == "Xd"


async def test_what_was_typed_after_a_save_does_not_answer_why_it_was_refused(here):
    blank = records.blank(here.door.session, "risks", "MFA")
    risk = records.save(
        here.door.session, "risks", blank, {**blank.values, "title": "Vendor", "kind": "delivery", "owner": "pat"}
    )
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "enter")
        records.save(here.door.session, "risks", risk, {**risk.values, "title": "Vendor gone"})
        await burst(pilot, " late\x13Ms")
        assert isinstance(pilot.app.screen, Conflict)
        assert pilot.app.screen.kept == {}
    assert [row["title"] for row in here.values("risks")] == ["Vendor gone"]


async def test_a_form_whose_record_cannot_be_read_can_be_left(here, monkeypatch):
    def broken(*_: object) -> Record:
        raise DeskUnusable("the disk is gone", "plug it in again")

    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        monkeypatch.setattr(records, "blank", broken)
        await burst(pilot, "nVendor")
        assert isinstance(pilot.app.screen, FormScreen)
        assert "the disk is gone" in pilot.app.screen.notice
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, RecordsScreen)


async def test_a_choice_is_looked_for_by_letters_and_taken_by_arrow_and_enter_in_one_burst(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        answers: list[tuple[str, ...] | None] = []
        choices = [Choice(key, (key,)) for key in ("birch", "alder", "alder south")]
        pilot.app.push_screen(Chooser("Which client?", [Column("Client", 12, 1)], choices), answers.append)
        await settled(pilot)
        await burst(pilot, "ald↓\r")
        assert answers == [("alder south",)]


async def test_a_semicolon_takes_the_marked_name_and_begins_the_next(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "stakeholders", here.initiative)
        await press(pilot, "n", "tab", "tab")
        form = form_of(pilot)
        await burst(pilot, "rec;x")
        assert form.body.entry("audiences").line.value == "reception;x"


async def test_the_line_of_keys_names_choices_only_where_there_are_some(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        assert "choices" not in seen(pilot.app).splitlines()[-1]
        await press(pilot, "tab")
        assert "↓ choices" in seen(pilot.app).splitlines()[-1]


async def test_the_first_of_the_names_that_an_arrow_opens_is_marked_so_that_enter_takes_it(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await burst(pilot, "nVendor late\td\t3\t4\t↓\r\x13")
        assert isinstance(pilot.app.screen, RecordsScreen), pilot.app.screen.notice
    assert made(here) == [
        ("Vendor late", "delivery", "3", "4", suggestions(here.door.session, "risks", "owner", "")[0])
    ]


async def test_what_was_filled_in_for_a_new_record_is_typed_over_and_what_was_typed_is_not(tmp_path):
    with a_desk(tmp_path) as desk:
        an_initiative().with_audience("reception").on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=SMALL) as pilot:
            await show_records(pilot, "holidays")
            await burst(pilot, "n")
            form = form_of(pilot)
            assert (form.body.current.name_of_column, form.values["client"]) == ("date", "alder")
            await press(pilot, "shift+tab")
            await burst(pilot, "bi")
            assert form.body.entry("client").line.value == "bi"
            await press(pilot, "tab", "shift+tab")
            await burst(pilot, "rch")
            assert form.body.entry("client").line.value == "birch"
