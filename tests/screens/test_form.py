"""A form by keyboard: moving, choices, days, problems beside the field, saving and leaving."""

from __future__ import annotations

import pytest
from dashboards import dashboard_on, press, settled
from form_desks import fill, form_of, show_records, type_in
from rich.console import ColorSystem
from shells import seen

from changedesk.screens.forms.form import FormScreen
from changedesk.screens.question import Question
from changedesk.screens.records.screen import RecordsScreen
from changedesk.services.records import records

SMALL = (80, 24)


async def test_a_record_is_made_by_keyboard_alone(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        await fill(pilot, "Vendor late", "a", "3", "4", "pat")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, RecordsScreen)
        assert pilot.app.screen.notice == "Saved: risk Vendor late."
    (risk,) = here.values("risks")
    assert risk["title"] == "Vendor late"
    assert (risk["kind"], risk["probability"], risk["impact"], risk["owner"]) == ("adoption", "3", "4", "pat")


async def test_saving_takes_the_marked_choice_as_tab_does_and_none_that_was_only_looked_at(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        await fill(pilot, "Vendor late", "a", "3", "4")
        await type_in(pilot, "pa")
        await press(pilot, "ctrl+s", "n")
        await fill(pilot, "Vendor lost", "a", "3", "4")
        await press(pilot, "down", "ctrl+s")
    assert [risk["owner"] for risk in here.values("risks") if risk["title"].startswith("Vendor")] == ["pat", ""]


async def test_an_initiative_is_made_from_the_portfolio(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        await fill(pilot, "PSA", "New PSA", "bi", "pat", "chris", "", "2 dec")
        assert "Wed 2 Dec 2026, in 6 d" in seen(pilot.app)
        await press(pilot, "ctrl+s")
        assert not isinstance(pilot.app.screen, FormScreen)
    made = records.listed(here.door.session, "initiatives")[-1].values
    assert (made["code"], made["client"], made["go_live_planned"]) == ("PSA", "birch", "2026-12-02")


async def test_a_new_record_begins_at_the_first_empty_field_and_says_whose_it_is(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "snapshots", here.initiative)
        await press(pilot, "n")
        form = form_of(pilot)
        filled = [entry for entry in form.body.entries if entry.value]
        assert form.body.entries[0] in filled, "the day is today from the first on"
        assert form.body.current is next(entry for entry in form.body.entries if entry not in filled)
        assert "New " in seen(pilot.app).splitlines()[0]
        assert "  MFA " in seen(pilot.app).splitlines()[0]


async def test_a_form_names_the_record_that_is_changed_and_its_initiative(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "audiences", here.initiative)
        await press(pilot, "enter")
        assert " reception · MFA " in seen(pilot.app).splitlines()[0]


async def test_an_empty_field_says_what_then_holds(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "clients")
        await press(pilot, "enter")
        await press(pilot, *["tab"] * 7)
        text = seen(pilot.app)
        assert "Load it can bear   means 10 " in text, text


@pytest.mark.parametrize(
    ("theme", "colours", "lined"),
    [
        ("dark", ColorSystem.STANDARD, True),
        ("contrast", ColorSystem.TRUECOLOR, True),
        ("dark", ColorSystem.TRUECOLOR, None),
        ("light", ColorSystem.TRUECOLOR, None),
    ],
)
async def test_where_grounds_look_alike_a_line_shows_where_to_type(here, theme, colours, lined):
    app = dashboard_on(here.door, theme)
    app.console._color_system = colours
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        line = form_of(pilot).body.entry("title").line
        underlined = {segment.style.underline for segment in line.render_line(0) if segment.style and segment.text}
        assert underlined == {lined}


async def test_with_few_colours_a_value_is_told_from_words_about_an_empty_field_by_its_weight(here):
    app = dashboard_on(here.door)
    app.console._color_system = ColorSystem.STANDARD
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        line = form_of(pilot).body.entry("go_live_planned").line
        weights = []
        for value in ("", "2 Dec 2026"):
            line.value = value
            shown = [segment for segment in line.render_line(0) if segment.style and segment.text.strip()]
            weights.append({bool(segment.style.bold) for segment in shown})
        assert weights == [{False}, {True}]


async def test_the_exact_day_stands_beside_what_is_typed(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "activities", here.initiative)
        await press(pilot, "n")
        form = form_of(pilot)
        form.body.go_to(form.body.entry("planned_end"))
        await type_in(pilot, "+2w")
        assert "+2w" in seen(pilot.app)
        assert "Thu 10 Dec 2026, in 14 d" in seen(pilot.app)
        await press(pilot, "tab")
        assert form.body.entry("planned_end").line.value == "10 Dec 2026"


async def test_choices_open_with_the_first_letters_and_follow_the_lane(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "activities", here.initiative)
        await press(pilot, "n")
        form = form_of(pilot)
        await type_in(pilot, "peo")
        assert (form.choices.words, form.choices.chosen) == (("people",), "people")
        await press(pilot, "enter")
        assert form.body.values["lane"] == "people"
        await press(pilot, "down", "down")
        assert form.choices.chosen == "preparation"
        assert "cutover" not in form.choices.words
        await press(pilot, "tab")
        assert form.body.values["phase"] == "preparation"


async def test_what_is_no_phase_is_told_those_of_the_lane_and_of_another_lane_once_that_is_chosen(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "activities", here.initiative)
        await press(pilot, "n")
        body = form_of(pilot).body
        lane, phase = body.entry("lane"), body.entry("phase")
        lane.write("people")
        phase.write("planning")
        assert phase.problem.startswith("One of: impact, preparation,")
        assert "planning" not in phase.problem
        lane.write("delivery")
        assert (phase.problem, phase.value) == ("", "planning")


async def test_what_stands_under_a_phase_names_those_of_the_lane_alone(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "activities", here.initiative)
        await press(pilot, "n")
        body = form_of(pilot).body
        body.entry("lane").write("people")
        body.go_to(body.entry("phase"))
        await settled(pilot)
        assert "One of its lane: impact · preparation" in seen(pilot.app)
        assert "hypercare" not in seen(pilot.app)


async def test_a_readiness_item_is_saved_with_what_gets_it_ready_beside_its_lane(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "readiness_items", here.initiative)
        await press(pilot, "n")
        body = form_of(pilot).body
        for column, text in (
            ("about", "support"),
            ("item", "Calls rehearsed"),
            ("status", "ready"),
            ("lane", "people"),
        ):
            body.entry(column).write(text)
        body.entry("kind").write("script")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, RecordsScreen)
    (item,) = here.values("readiness_items")
    assert (item["kind"], item["lane"]) == ("script", "people")


async def test_a_letter_is_enough_for_the_only_phase_of_the_lane_that_it_begins(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "activities", here.initiative)
        await press(pilot, "n")
        body = form_of(pilot).body
        body.entry("lane").write("people")
        body.entry("phase").write("m")
        assert body.values["phase"] == "manager_enablement"


async def test_escape_closes_the_choices_and_keeps_what_was_typed(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        form = form_of(pilot)
        form.body.go_to(form.body.entry("owner"))
        await type_in(pilot, "pa")
        assert form.choices.chosen == "pat"
        await press(pilot, "escape", "tab")
        assert form.body.values["owner"] == "pa"


async def test_yes_and_no_are_one_letter(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "decisions", here.initiative)
        await press(pilot, "n")
        await fill(pilot, "Cut over in one night", "y", "n")
        assert form_of(pilot).body.values["touches_timing"] == "yes"
        await press(pilot, "shift+tab")
        await type_in(pilot, "y")
        assert form_of(pilot).body.values["touches_adoption"] == "yes"
        await press(pilot, "backspace")
        assert form_of(pilot).body.values["touches_adoption"] == ""


async def test_yes_and_no_may_be_typed_to_their_end_and_changed_for_each_other(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "decisions", here.initiative)
        await press(pilot, "n")
        await fill(pilot, "Cut over in one night")
        field = form_of(pilot).body
        field.go_to(field.entry("touches_timing"))
        for word, stands in (("yes", "yes"), ("no", "no"), ("Yes", "yes"), ("x", "x")):
            await type_in(pilot, word)
            assert field.values["touches_timing"] == stands


async def test_several_roles_are_completed_one_after_the_other(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "people")
        await press(pilot, "n")
        await fill(pilot, "kim", "Kim", "", "", "spo")
        await press(pilot, "shift+tab")
        await type_in(pilot, "; train")
        await press(pilot, "tab")
        assert form_of(pilot).body.values["roles"] == "sponsor;trainer"


async def test_a_rule_speaks_beside_the_field_in_its_own_words_and_the_text_stays(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        await fill(pilot, "Vendor late", "delivery", "9")
        assert "9" in form_of(pilot).body.entry("probability").line.value
        assert "▲" in seen(pilot.app)
        await press(pilot, "ctrl+s")
        assert form_of(pilot).notice == "Not saved yet: look at Probability."
        assert form_of(pilot).body.current is form_of(pilot).body.entry("probability")
    assert here.values("risks") == []


async def test_nothing_is_said_of_a_missing_value_before_one_tries_to_save(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n", "tab")
        assert "▲" not in seen(pilot.app)
        await press(pilot, "ctrl+s")
        assert "Risk is missing" in seen(pilot.app)


async def test_a_warning_is_said_and_does_not_stop_saving(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "workarounds", here.initiative)
        await press(pilot, "n")
        await type_in(pilot, "Sticky notes")
        form = form_of(pilot)
        form.body.go_to(form.body.entry("closed_on"))
        await fill(pilot, "yesterday")
        assert "Closed on lies before first seen" in seen(pilot.app)
        await press(pilot, "ctrl+s")
    assert len(here.values("workarounds")) == 1


async def test_a_day_that_has_been_is_not_saved_while_it_is_still_to_come(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "workarounds", here.initiative)
        await press(pilot, "n")
        await type_in(pilot, "Sticky notes")
        form = form_of(pilot)
        form.body.go_to(form.body.entry("first_seen"))
        await fill(pilot, "tomorrow")
        assert "▲ 27 Nov 2026 is still to come; write a day that has been." in seen(pilot.app)
        await press(pilot, "ctrl+s")
        assert pilot.app.screen.notice == "Not saved yet: look at First seen."
        await type_in(pilot, "today")
        await press(pilot, "ctrl+s")
    assert [noted["first_seen"] for noted in here.values("workarounds")] == ["2026-11-26"]


async def test_text_is_never_markup(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        form = form_of(pilot)
        form.body.entry("title").write("[bold red]x[/] \x1b[31m")
        form.body.put({"kind": "delivery"})
        await settled(pilot)
        assert "[bold red]x[/]" in seen(pilot.app)
        await press(pilot, "ctrl+s")
        assert "[bold red]x[/]" in seen(pilot.app)


async def test_lines_that_are_pasted_become_one(here):
    from textual import events

    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        form = form_of(pilot)
        pilot.app.post_message(events.Paste("one\ntwo\r\nthree"))
        await settled(pilot)
        assert form.body.values["title"] == "one two three"


async def test_a_form_without_changes_closes_at_once_and_a_changed_one_asks(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n", "escape")
        assert isinstance(pilot.app.screen, RecordsScreen)
        await press(pilot, "n", "x", "escape")
        assert isinstance(pilot.app.screen, Question)
        await press(pilot, "escape")
        assert form_of(pilot).body.values["title"] == "x"
        await press(pilot, "escape", "x")
        assert isinstance(pilot.app.screen, RecordsScreen)
        await press(pilot, "n")
        assert form_of(pilot).body.values["title"] == ""


async def test_the_list_of_commands_saves_too(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "decisions", here.initiative)
        await press(pilot, "n")
        await fill(pilot, "Cut over in one night", "y", "n")
        await press(pilot, "ctrl+p")
        await type_in(pilot, "save")
        await press(pilot, "enter")
    assert [decision["touches_timing"] for decision in here.values("decisions")] == ["yes"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48), (40, 12)])
async def test_every_field_comes_into_view_at_every_size(here, size):
    async with here.app().run_test(size=size) as pilot:
        await show_records(pilot, "resistance", here.initiative)
        await press(pilot, "n")
        form = form_of(pilot)
        for entry in form.body.entries:
            assert form.body.current is entry
            assert form.body.region.contains_region(entry.place.intersection(form.body.region))
            assert entry.line.region.height == 1
            assert f"{form.body.position_text}" in seen(pilot.app)
            await press(pilot, "tab")
        assert form.body.current is form.body.entries[0]


async def test_what_did_not_change_is_not_painted_again(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        form = form_of(pilot)
        await press(pilot, "V")
        painted: list[object] = []
        for entry in form.body.entries:
            entry.refresh = lambda *regions, painted=painted, entry=entry, **_: painted.append(entry) or entry
        await press(pilot, "e")
        form.check()
        assert set(painted) <= {form.body.entries[0]}


async def test_every_field_says_what_it_means_and_how_it_is_written_before_it_has_the_keys(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        text = seen(pilot.app)
        for words in ("What may go wrong", "1 hardly, 5 nearly sure", "Who watches it", "1 to 5", "fri, -2w or 2 nov"):
            assert words in text, words


async def test_a_long_value_ends_with_a_word_and_is_whole_where_the_keys_are(here):
    told = "The vendor delivers the second connector three weeks after the day that the contract names as the last"
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        await type_in(pilot, told)
        assert told in " ".join(seen(pilot.app).replace("│", " ").split())
        await press(pilot, "tab")
        (line,) = [row for row in seen(pilot.app).splitlines() if "The vendor delivers" in row]
        shown = line.strip(" │").removeprefix("Risk *").strip()
        assert shown.endswith("…")
        assert told.startswith(f"{shown.removesuffix('…')} ")


async def test_an_owner_whom_nobody_knows_is_told_when_the_field_is_left_and_taken(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        await fill(pilot, "Vendor late", "d", "", "", "pta")
        assert "◆ Nobody on this desk has the login pta." in seen(pilot.app)
        await press(pilot, "ctrl+s")
    assert [risk["owner"] for risk in here.values("risks")] == ["pta"]


async def test_a_click_into_another_field_leaves_the_one_before_and_tells_what_is_odd_about_it(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "n")
        form = form_of(pilot)
        form.body.go_to(form.body.entry("owner"))
        await type_in(pilot, "pta")
        await pilot.click(form.body.entry("response").line)
        await settled(pilot)
        assert "◆ Nobody on this desk has the login pta." in seen(pilot.app)
