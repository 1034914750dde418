"""An initiative on which the selection rests is read before it is opened, and shown only as long as that is true."""

from __future__ import annotations

import gc
from datetime import date

import pytest
from dashboards import dashboard_on, press, settled
from shells import seen

from changedesk.screens.initiative import screen
from changedesk.screens.portfolio import screen as portfolio
from changedesk.screens.reading_ahead import ReadAhead
from changedesk.services.door import Door
from changedesk.services.initiative import page
from changedesk.services.records import records
from changedesk.services.session import Session

TODAY, TOMORROW = date(2026, 11, 26), date(2026, 11, 27)


class Counted:
    """A door, and which initiatives were read through it."""

    def __init__(self, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        original = page.initiative

        def initiative(session: Session, code: str) -> page.InitiativeView:
            view = original(session, code)
            self.read.append(view.initiative_id)
            return view

        for reader in (page, screen):
            monkeypatch.setattr(reader, "initiative", initiative)
        self.door = door


@pytest.fixture
def counted(demo: Door, monkeypatch: pytest.MonkeyPatch) -> Counted:
    monkeypatch.setattr(portfolio, "AHEAD_AFTER", 0.001)
    return Counted(demo, monkeypatch)


async def test_what_was_read_ahead_stands_without_being_read_again(counted: Counted):
    async with dashboard_on(counted.door).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "down")
        before = list(counted.read)
        assert before[-1] == pilot.app.screen.subject
        await press(pilot, "enter")
        assert "Was it delivered correctly?" in seen(pilot.app)
        assert counted.read == before


async def test_what_somebody_has_written_in_the_meantime_is_read_again(counted: Counted):
    async with dashboard_on(counted.door).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        subject = pilot.app.screen.subject
        assert counted.read == [subject]
        revision = pilot.app.context.changed()
        kept = pilot.app.context.ahead.of(subject, (revision, pilot.app.context.clock().date()))
        assert kept is not None
        pilot.app.context.ahead.keep(subject, (revision - 1, TODAY), kept)
        await press(pilot, "enter")
        assert counted.read == [subject, subject]


async def test_what_one_has_written_oneself_is_read_again(own: Door, monkeypatch: pytest.MonkeyPatch):
    counted = Counted(own, monkeypatch)
    async with dashboard_on(own).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        before = sum(total.open for total in pilot.app.screen.shown.measures.risk_totals)
        assert counted.read == [pilot.app.screen.subject]
        blank = records.blank(own.session, "risks", pilot.app.screen.shown.code)
        values = {"title": "Phones stay in lockers", "kind": "adoption", "probability": "5", "impact": "5"}
        records.save(own.session, "risks", blank, {**blank.values, **values})
        pilot.app.screen.reload()
        await settled(pilot)
        assert sum(total.open for total in pilot.app.screen.shown.measures.risk_totals) == before + 1


async def test_what_is_rubbish_at_each_rest_is_not_kept_for_good(counted: Counted):
    async with dashboard_on(counted.door).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        before = gc.get_freeze_count()
        await press(pilot, "down")
        assert len(counted.read) == 2
        assert gc.get_freeze_count() <= before


def test_it_is_kept_for_the_same_state_of_the_desk_only():
    ahead = ReadAhead()
    view: object = object()
    ahead.keep("one", (7, TODAY), view)  # type: ignore[arg-type]
    assert ahead.of("one", (7, TODAY)) is view
    for subject, state in (("another", (7, TODAY)), ("one", (8, TODAY)), ("one", (7, TOMORROW))):
        assert ahead.of(subject, state) is None
