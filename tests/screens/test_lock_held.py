"""Another program holds the write lock: the screen goes on, says so, and the edit stays in the form (F8)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dashboards import press, settled
from form_desks import FormDesk, a_form_desk, form_of, show_records
from shells import seen

from builders import stranger
from changedesk.screens.forms import form
from changedesk.screens.records.screen import RecordsScreen
from changedesk.services.records import records
from changedesk.store.desk import database


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[FormDesk]:
    """A desk whose writers wait so many milliseconds for another program."""
    monkeypatch.setattr(database, "BUSY_MS", getattr(request, "param", 50))
    with a_form_desk(tmp_path) as desk:
        yield desk


@pytest.mark.fault("F8")
@pytest.mark.parametrize("here", [60_000], indirect=True)
async def test_a_save_that_waits_for_another_program_says_that_it_goes_on_and_is_done_when_that_one_ends(
    here: FormDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "SLOW", 0.01)
    blank = records.blank(here.door.session, "risks", "MFA")
    records.save(here.door.session, "risks", blank, {**blank.values, "title": "Vendor late", "kind": "delivery"})
    async with here.app().run_test(size=(80, 24)) as pilot:
        await show_records(pilot, "risks", here.initiative)
        await press(pilot, "enter")
        other = stranger(here.desk.path)
        other.execute("BEGIN IMMEDIATE")
        await pilot.press("r", "ctrl+s")
        assert "Saving takes a moment" in " ".join(seen(pilot.app).split())
        assert form_of(pilot).body.entry("title").line.value == "Vendor later"
        assert here.values("risks")[0]["title"] == "Vendor late", "what is there can be read"
        other.execute("ROLLBACK")
        other.close()
        await settled(pilot)
        assert isinstance(pilot.app.screen, RecordsScreen)
    assert here.values("risks")[0]["title"] == "Vendor later"


@pytest.mark.fault("F8")
async def test_while_another_program_writes_lists_are_read_and_a_form_keeps_what_was_typed(here: FormDesk) -> None:
    blank = records.blank(here.door.session, "risks", "MFA")
    records.save(here.door.session, "risks", blank, {**blank.values, "title": "Vendor late", "kind": "delivery"})
    async with here.app().run_test(size=(80, 24)) as pilot:
        await show_records(pilot, "risks", here.initiative)
        other = stranger(here.desk.path)
        other.execute("BEGIN IMMEDIATE")
        await press(pilot, "enter")
        form_of(pilot).body.entry("response").take("call weekly")
        await press(pilot, "ctrl+s")
        assert "in use by another program; nothing was changed" in " ".join(seen(pilot.app).split())
        assert form_of(pilot).body.entry("response").line.value == "call weekly"
        assert here.values("risks")[0]["response"] == "", "what is there can be read"
        other.execute("ROLLBACK")
        other.close()
        await press(pilot, "ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, RecordsScreen)
    assert here.values("risks")[0]["response"] == "call weekly"
