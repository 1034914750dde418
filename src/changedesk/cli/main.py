"""The command line from its first word to its exit status: the one boundary where every error becomes a sentence."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from changedesk import crashlog
from changedesk.cli import alphabet
from changedesk.cli.invocation import Invocation, split_options
from changedesk.cli.output import complain
from changedesk.errors import BadInput, ChangeDeskError, RefusedFile

_FAULT = 70
"""Exit status of a fault in the program itself (EX_SOFTWARE of sysexits.h)."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; without a verb the dashboard opens."""
    _fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal of another alphabet shows something else for what it lacks, instead of nothing at all.
            stream.reconfigure(errors=alphabet.NAME)
    try:
        invocation, rest = split_options(arguments)
        status = _dashboard(invocation) if not rest else _verb(invocation, rest)
        sys.stdout.flush()
        return status
    except RefusedFile as error:
        for problem in error.problems:
            complain(problem.sentence())
        complain(error.sentence)
        return error.exit_status
    except ChangeDeskError as error:
        complain(error.sentence)
        return error.exit_status
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`); nothing more can be said there.
        _let_go_of_output()
        return 0
    except OSError as error:
        if error.filename is None:
            _let_go_of_output()
        place = f"{error.filename}: " if error.filename else ""
        complain(f"{place}{(error.strerror or str(error)).lower()}")
        return BadInput.exit_status
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  # the single boundary: no traceback reaches a user
        file = crashlog.record(error)
        complain("something went wrong inside changedesk" + (f"; the details are in {file}" if file else ""))
        return _FAULT


def _fill_closed_streams() -> None:
    """Let a standard stream that the caller closed lead nowhere; else the next file, the desk, would stand in its place."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def _let_go_of_output() -> None:
    """What is still to be written goes nowhere, so that the end of the program does not stumble over it again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _dashboard(invocation: Invocation) -> int:
    # What is imported stays: looking through it for what could be thrown away would only delay the first frame.
    gc.disable()
    try:
        # asyncio takes it because it is there: a megabyte and a half, for a network to which nothing here goes.
        with _without("ssl"):
            from changedesk.cli.dashboard import open_dashboard
        return open_dashboard(invocation)
    finally:
        gc.enable()


@contextmanager
def _without(module: str) -> Iterator[None]:
    """What is imported meanwhile finds no such module, and does without it."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # so Python is told that a module is not there
    try:
        yield
    finally:
        del sys.modules[module]


def _verb(invocation: Invocation, rest: Sequence[str]) -> int:
    from changedesk.cli.verbs import dispatch

    return dispatch(invocation, rest)
