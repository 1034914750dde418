from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.app import App
from textual.widget import Widget

from changedesk.widgets import later as module
from changedesk.widgets.later import Later

SOON = 0.005
NEVER = 60.0


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(SOON)


@asynccontextmanager
async def something_that_waits() -> AsyncIterator[tuple[Later, list[str]]]:
    widget = Widget()

    class Small(App[None]):
        def compose(self):
            yield widget

    async with Small().run_test():
        yield Later(widget), []


async def test_of_what_is_to_be_done_later_only_the_last_is_done():
    async with something_that_waits() as (later, done):
        later.call(SOON, lambda: done.append("first"))
        later.call(SOON, lambda: done.append("second"))
        assert (done, later.waits) == ([], True)
        await until(lambda: not later.waits)
        assert done == ["second"]


async def test_what_is_forgotten_is_not_done_even_when_its_time_has_come_already():
    async with something_that_waits() as (later, done):
        later.call(NEVER, lambda: done.append("it"))
        later.forget()
        assert not later.waits
        later._over()
        assert done == []


async def test_of_what_follows_quickly_the_first_is_done_at_once_and_the_last_when_the_keys_rest(monkeypatch):
    async with something_that_waits() as (later, done):
        monkeypatch.setattr(module, "RESTED", NEVER)
        for key in "abc":
            later.at_once_or_rested(lambda key=key: done.append(key))
        assert done == ["a"]
        monkeypatch.setattr(module, "RESTED", SOON)
        later.at_once_or_rested(lambda: done.append("d"))
        await until(lambda: not later.waits)
        assert done == ["a", "d"]


async def test_what_comes_after_a_rest_is_done_at_once_again(monkeypatch):
    monkeypatch.setattr(module, "RESTED", SOON)
    async with something_that_waits() as (later, done):
        later.at_once_or_rested(lambda: done.append("a"))
        await until(lambda: not later.waits)
        later.at_once_or_rested(lambda: done.append("b"))
        assert done == ["a", "b"]


async def test_what_is_done_may_ask_for_more():
    async with something_that_waits() as (later, done):

        def act() -> None:
            done.append("again")
            if len(done) < 3:
                later.call(SOON, act)

        later.call(SOON, act)
        await until(lambda: not later.waits)
        assert done == ["again"] * 3
