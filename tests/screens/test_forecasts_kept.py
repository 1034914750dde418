"""A week's forecasts are kept beside whoever works: what shows none of them is not read again, and whatever else is written is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from dashboards import dashboard_on, door_to, settled
from shells import seen

from builders import TODAY
from changedesk.domain.usage.metrics import UTILIZATION
from changedesk.screens.registry import SCREENS
from changedesk.services.door import Door
from changedesk.services.records.observing import observe
from changedesk.services.session import PROGRAM, Session
from changedesk.store.initiative.forecasts import keep, newest_of_all
from changedesk.store.trail.audit import FORECASTS_KEPT


def shows_forecasts(name: str) -> bool:
    module, screen = SCREENS[name]
    return bool(getattr(import_module(module), screen).shows_forecasts)


WITHOUT = [name for name in SCREENS if not shows_forecasts(name)]


def forecasts(session: Session) -> None:
    """Keep next week's forecasts of every initiative, by which nothing will come of any."""
    with session.desk.write(PROGRAM) as transaction:
        for (initiative,) in session.desk.reader().execute("SELECT DISTINCT initiative_id FROM kept_forecast"):
            kept = newest_of_all(transaction.conn, initiative, UTILIZATION)
            assert kept is not None
            keep(transaction.conn, initiative, [replace(kept, made_on=TODAY + timedelta(days=7), chance=0.01)])
            transaction.touch(initiative)
            transaction.record(FORECASTS_KEPT, initiative, {})


def a_count(session: Session) -> None:
    """Record a count, after which the forecasts of its initiative are kept as well."""
    observe(session, "MFA", "Office staff", "utilization", TODAY.isoformat(), "1/2")


async def read_after(own: Door, name: str, write: Callable[[Session], None]) -> tuple[int, str, str]:
    """How often a screen reads when another process has written, what it showed before, and what it shows read anew."""
    app: Any = dashboard_on(own)
    async with app.run_test(size=(120, 36)) as pilot:
        app.show_screen(name)
        await settled(pilot)
        screen, before = app.screen, seen(app)
        read: list[str] = []
        reload = screen.reload
        screen.reload = lambda: (read.append(name), reload())
        with door_to(own.session.desk.path) as another:
            write(another.session)
        app._look_for_changes()
        await settled(pilot)
        times = len(read)
        screen.read_again()
        await settled(pilot)
        return times, before, seen(app)


@pytest.mark.parametrize("name", WITHOUT)
async def test_what_shows_no_forecast_is_not_read_again_for_one_and_would_show_the_same(own: Door, name: str) -> None:
    times, before, after = await read_after(own, name, forecasts)
    assert times == 0
    assert after == before


@pytest.mark.parametrize("name", ["portfolio", "adoption", "initiative"])
async def test_what_shows_forecasts_is_read_again_when_another_process_has_kept_some(own: Door, name: str) -> None:
    times, _, _ = await read_after(own, name, forecasts)
    assert times == 1


async def test_the_portfolio_shows_what_the_forecasts_say_that_another_process_has_kept(own: Door) -> None:
    _, before, after = await read_after(own, "portfolio", forecasts)
    assert after != before


@pytest.mark.parametrize("name", WITHOUT)
async def test_what_else_another_process_wrote_is_read_by_every_screen(own: Door, name: str) -> None:
    times, _, _ = await read_after(own, name, a_count)
    assert times == 1
