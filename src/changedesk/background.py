"""Threads beside the screen: few, used again and again, and never waited for when the reader leaves.

Python's own pool is joined at the end, so that leaving would take as long as whatever is still being computed.
"""

from __future__ import annotations

import sys
from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Condition, Thread
from time import monotonic
from typing import Any, Final, TypeVar

MOST: Final = 3
"""So many things are read at once; each thread keeps a connection to the desk with a cache of its own."""
GRACE: Final = 0.05
"""Seconds that what is being read gets to stop by itself when the reader leaves."""
TURN: Final = 0.001
"""Seconds after which a thread lets the screen have its turn; Python's own five milliseconds are felt at each key."""

Result = TypeVar("Result")


class Background(ThreadPoolExecutor):
    """The pool of a running dashboard. It is one of Python's pools by name only: asyncio takes no other kind."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__(1)
        self._most = most
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._changed = Condition()
        self._unfinished = 0
        self._threads_made = 0
        self._closed = False

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:  # noqa: ANN401  # as Python's
        """Call the function in a thread, as soon as one is free."""
        future: Future[Result] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001  # it is told to whoever waits for the result
                future.set_exception(error)
                return
            if not self._closed:
                future.set_result(result)

        with self._changed:
            if self._closed:
                raise RuntimeError("the dashboard has been left")
            self._unfinished += 1
            if self._unfinished > self._threads_made and self._threads_made < self._most:
                self._threads_made += 1
                Thread(target=self._work, name=f"reader {self._threads_made}", daemon=True).start()
        self._jobs.put(job)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002  # as Python's
        """Take nothing more; what runs may end within :data:`GRACE`, and is left alone after it."""
        end = monotonic() + GRACE
        with self._changed:
            self._closed = True
            for _ in range(self._threads_made):
                self._jobs.put(None)
            while self._unfinished and (left := end - monotonic()) > 0:
                self._changed.wait(left)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing runs any more."""
        with self._changed:
            return not self._unfinished

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            # What has not begun when the reader leaves never begins.
            if not self._closed:
                job()
            # Its result is not kept until the next one comes.
            del job
            with self._changed:
                self._unfinished -= 1
                self._changed.notify_all()


def run_beside_the_screen(background: Background) -> None:
    """Let everything that the running program gives to a thread be done here."""
    sys.setswitchinterval(TURN)
    get_running_loop().set_default_executor(background)
