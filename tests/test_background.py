"""Threads beside the screen work on, give back what they found, and are not waited for."""

from __future__ import annotations

from threading import Barrier, Event, get_ident

import pytest

from changedesk.background import Background


@pytest.fixture
def background():
    made = Background(2)
    yield made
    made.shutdown()


def test_what_is_found_comes_back_and_so_does_what_went_wrong(background):
    assert background.submit(divmod, 7, 2).result() == (3, 1)
    with pytest.raises(ZeroDivisionError):
        background.submit(divmod, 7, 0).result()


def test_two_things_are_done_at_once_and_a_third_waits_for_a_thread(background):
    met = Barrier(2)
    both = [background.submit(met.wait) for _ in range(2)]
    assert sorted(one.result() for one in both) == [0, 1]
    threads = {background.submit(get_ident).result() for _ in range(5)}
    assert len(threads) <= 2


def test_leaving_waits_for_nothing_that_goes_on_and_begins_nothing_new():
    background = Background(1)
    begun, gone = Event(), Event()
    running = background.submit(lambda: begun.set() or gone.wait())
    waiting = background.submit(get_ident)
    begun.wait()
    background.shutdown()
    assert not background.is_quiet
    assert not running.done()
    gone.set()
    background.shutdown()
    while not background.is_quiet:
        background.shutdown()
    assert not waiting.done()
    with pytest.raises(RuntimeError, match="left"):
        background.submit(get_ident)


def test_what_is_cancelled_before_its_turn_is_left_out():
    background = Background(1)
    first, seen = Event(), []
    holding = background.submit(first.wait)
    background.submit(seen.append, "cancelled").cancel()
    after = background.submit(seen.append, "after")
    first.set()
    holding.result()
    after.result()
    assert seen == ["after"]
    background.shutdown()
    assert background.is_quiet
