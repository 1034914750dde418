"""What becomes of a form: two people on one record, a desk that fails, drafts, and taking back."""

from __future__ import annotations

import pytest
from dashboards import press, settled
from form_desks import FormDesk, fill, form_of, show_records, type_in
from shells import seen

from changedesk.errors import DeskUnusable
from changedesk.screens.forms import page
from changedesk.screens.forms.conflict import Conflict
from changedesk.screens.forms.form import FormScreen
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.question import Question
from changedesk.screens.records.screen import RecordsScreen
from changedesk.services.records import drafts, records
from changedesk.services.records.records import Record
from changedesk.widgets.drawing import Drawing

SMALL = (80, 24)
RISK = {"title": "Vendor late", "kind": "delivery", "probability": "3", "owner": "pat", "response": "call weekly"}


@pytest.fixture
def risk(here: FormDesk) -> Record:
    blank = records.blank(here.door.session, "risks", "MFA")
    return records.save(here.door.session, "risks", blank, {**blank.values, **RISK})


def change(here: FormDesk, risk: Record, **values: str) -> None:
    """Somebody else saves other values."""
    now = records.fetch(here.door.session, "risks", risk.id or "")
    records.save(here.door.session, "risks", now, {**now.values, **values})


async def edit(pilot, here: FormDesk, **texts: str) -> FormScreen:
    """Open the risk and write other texts into its fields."""
    await show_records(pilot, "risks", here.initiative)
    await press(pilot, "enter")
    form = form_of(pilot)
    for column, text in texts.items():
        form.body.entry(column).take(text)
    await settled(pilot)
    return form


async def test_changes_of_two_people_in_different_fields_both_stay(here, risk):
    async with here.app().run_test(size=SMALL) as pilot:
        await edit(pilot, here, response="call daily")
        change(here, risk, probability="5")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, RecordsScreen)
    (now,) = here.values("risks")
    assert (now["probability"], now["response"]) == ("5", "call daily")


async def test_changes_of_the_same_field_are_shown_three_ways_and_decided(here, risk):
    async with here.app().run_test(size=SMALL) as pilot:
        await edit(pilot, here, response="call daily", owner="chris")
        change(here, risk, response="change the vendor", owner="max", probability="5")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Conflict)
        for shown in ("Response", "call weekly", "call daily", "change the vendor", "2 to decide"):
            assert shown in seen(pilot.app)
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, Conflict), "not every field was decided"
        assert here.values("risks")[0]["owner"] == "max"
        await press(pilot, "home", "m", "t", "s")
        assert isinstance(pilot.app.screen, RecordsScreen)
    (now,) = here.values("risks")
    assert (now["owner"], now["response"], now["probability"]) == ("chris", "change the vendor", "5")


@pytest.mark.parametrize("size", [SMALL, (120, 36)])
async def test_long_values_are_read_in_full_before_one_is_kept(here, risk, size):
    mine = "call them on Monday, visit them on Wednesday, and hold back the last instalment until the pilot has run for a week"
    theirs = "ask the second vendor for an offer, tell the first one so, and let the sponsor choose between both of them by Friday"
    async with here.app().run_test(size=size) as pilot:
        await edit(pilot, here, response=mine)
        change(here, risk, response=theirs)
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Conflict)
        place = pilot.app.screen.query_one(Drawing).region
        lines = seen(pilot.app).splitlines()[place.y : place.bottom]
        shown = " ".join(" ".join(line[place.x : place.right] for line in lines).split())
        for value in (mine, theirs):
            assert value in shown


@pytest.mark.parametrize(("key", "owner"), [("M", "chris"), ("T", "max")])
async def test_all_fields_are_decided_with_one_key(here, risk, key, owner):
    async with here.app().run_test(size=SMALL) as pilot:
        await edit(pilot, here, response="call daily", owner="chris")
        change(here, risk, response="change the vendor", owner="max")
        await press(pilot, "ctrl+s", key, "s")
        assert isinstance(pilot.app.screen, RecordsScreen)
    assert here.values("risks")[0]["owner"] == owner


async def test_one_may_go_on_editing_instead(here, risk):
    async with here.app().run_test(size=SMALL) as pilot:
        form = await edit(pilot, here, owner="chris")
        change(here, risk, owner="max")
        await press(pilot, "ctrl+s", "escape")
        assert form_of(pilot) is form
        assert form.body.values["owner"] == "chris"
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Conflict)
    assert here.values("risks")[0]["owner"] == "max"


async def test_what_the_desk_says_of_a_field_is_not_taken_away_by_a_check_of_what_was_typed_before(here, monkeypatch):
    monkeypatch.setattr(page, "CHECK_AFTER", 60)
    async with here.app().run_test(size=SMALL) as pilot:
        await settled(pilot)
        open_form(pilot.app.screen, FormRequest("initiatives", here.initiative))
        await settled(pilot)
        form = form_of(pilot)
        form.body.entry("client").take("nowhere")
        await press(pilot, "ctrl+s")
        assert form.notice == "Not saved yet: look at Client."
        assert "▲" in " ".join(seen(pilot.app).split()).partition("nowhere")[2]
        assert not form._pause.waits


async def test_a_desk_that_fails_leaves_the_text_and_keeps_a_draft(here, risk, monkeypatch):
    def locked(*_: object) -> Record:
        raise DeskUnusable("the desk is locked by somebody else", "try again in a moment")

    async with here.app().run_test(size=SMALL) as pilot:
        form = await edit(pilot, here, owner="chris")
        monkeypatch.setattr("changedesk.services.records.records.save", locked)
        await press(pilot, "ctrl+s")
        assert form_of(pilot) is form
        assert "locked by somebody else" in form.notice
        assert "kept as a draft" in form.notice
        assert form.body.values["owner"] == "chris"
        monkeypatch.undo()
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, RecordsScreen)
    assert here.values("risks")[0]["owner"] == "chris"
    assert drafts.kept(here.door.session, "risks", risk.id or "") is None


async def test_a_draft_that_cannot_be_kept_is_told(here, risk, monkeypatch):
    async with here.app().run_test(size=SMALL) as pilot:
        form = await edit(pilot, here, owner="chris")
        monkeypatch.setattr("changedesk.services.records.drafts.keep", lambda *_: False)
        await press(pilot, "escape", "k")
        assert form_of(pilot) is form
        assert "cannot be kept" in form.notice


async def test_a_draft_is_offered_again_and_goes_when_it_is_saved(here, risk):
    async with here.app().run_test(size=SMALL) as pilot:
        await edit(pilot, here, owner="chris")
        await press(pilot, "escape", "k")
        assert isinstance(pilot.app.screen, RecordsScreen)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Question)
        assert "What was typed: Owner." in seen(pilot.app)
        await press(pilot, "d")
        assert form_of(pilot).body.values["owner"] == "chris"
        await press(pilot, "ctrl+s", "enter")
        assert not isinstance(pilot.app.screen, Question)
    assert here.values("risks")[0]["owner"] == "chris"


async def test_a_draft_can_be_thrown_away(here, risk):
    async with here.app().run_test(size=SMALL) as pilot:
        await edit(pilot, here, owner="chris")
        await press(pilot, "escape", "k", "enter", "X")
        assert form_of(pilot).body.values["owner"] == "pat"
    assert drafts.kept(here.door.session, "risks", risk.id or "") is None


async def test_a_draft_does_not_undo_what_others_have_saved_since(here, risk):
    async with here.app().run_test(size=SMALL) as pilot:
        await edit(pilot, here, owner="chris")
        await press(pilot, "escape", "k")
        change(here, risk, owner="max", probability="5")
        await press(pilot, "enter", "d", "ctrl+s")
        assert isinstance(pilot.app.screen, Conflict)
        await press(pilot, "m", "s")
    (now,) = here.values("risks")
    assert (now["owner"], now["probability"]) == ("chris", "5")


async def test_the_end_of_the_session_keeps_the_draft(here, risk):
    async with here.app().run_test(size=SMALL) as pilot:
        await edit(pilot, here, owner="chris")
        pilot.app.exit()
    kept = drafts.kept(here.door.session, "risks", risk.id or "")
    assert kept is not None
    assert kept["owner"] == "chris"


async def test_one_takes_back_the_own_last_change_after_seeing_it(here, risk):
    change(here, risk, owner="chris")
    async with here.app().run_test(size=SMALL) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "U")
        assert isinstance(pilot.app.screen, Question)
        await press(pilot, "U")
        assert here.values("risks")[0]["owner"] == "chris", "the key that asks does not confirm"
        await press(pilot, "y")
        assert pilot.app.screen.notice == "Taken back: owner of risk Vendor late changed."
    assert here.values("risks")[0]["owner"] == "pat"


async def test_a_workaround_takes_its_text_and_enter(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await settled(pilot)
        open_form(pilot.app.screen, FormRequest("workarounds", "", "MFA", quick="title"))
        await settled(pilot)
        assert seen(pilot.app).splitlines()[-1].startswith(" enter save  tab next"), "one word for one key"
        await pilot.press(*"Paper", "tab")
        await settled(pilot)
        assert seen(pilot.app).splitlines()[-1].startswith(" ctrl+s save  tab next")
        await pilot.press("shift+tab", "enter")
        await settled(pilot)
        assert not isinstance(pilot.app.screen, FormScreen)
    (noted,) = here.values("workarounds")
    assert (noted["title"], noted["audience"], noted["first_seen"]) == ("Paper", "reception", "2026-11-26")


async def test_a_quick_entry_that_was_left_stands_there_again_to_be_typed_over(here):
    async with here.app().run_test(size=SMALL) as pilot:
        await settled(pilot)
        request = FormRequest("workarounds", "", "MFA", quick="title")
        open_form(pilot.app.screen, request)
        await settled(pilot)
        await type_in(pilot, "Paper")
        await press(pilot, "escape", "k")
        open_form(pilot.app.screen, request)
        await settled(pilot)
        assert form_of(pilot).body.values["title"] == "Paper"
        await fill(pilot, "xerox copies")
        assert form_of(pilot).body.values["title"] == "xerox copies"
