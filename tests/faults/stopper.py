"""Runs a command of changedesk again and again on fresh copies of a desk, and kills it at another step each time.

    python stopper.py SPEC.json

A step is a statement that goes to SQLite or a file that is synced, linked, renamed or removed: between two of them a
process can end at any moment, and what SQLite does within one is SQLite's own promise. Prints one JSON line a run.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from changedesk.cli.main import run

_connect = sqlite3.connect


class Steps:
    """Counts the steps of this process; kills it before the one that is named."""

    def __init__(self, last: int) -> None:
        self.taken = 0
        self._last = last

    def one(self) -> None:
        """A step is about to be taken."""
        self.taken += 1
        if self.taken == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(self, name: str) -> None:
        """Count the calls of this function of os."""
        call: Callable[..., Any] = getattr(os, name)

        def counted(*words: Any, **named: Any) -> Any:
            self.one()
            return call(*words, **named)

        setattr(os, name, counted)

    def of_sqlite(self) -> None:
        """Count the statements of every connection from now on."""
        steps = self

        class Counted(sqlite3.Connection):
            def execute(self, *words: Any) -> sqlite3.Cursor:
                steps.one()
                return super().execute(*words)

            def executemany(self, *words: Any) -> sqlite3.Cursor:
                steps.one()
                return super().executemany(*words)

            def commit(self) -> None:
                steps.one()
                super().commit()

        def connect(*words: Any, **named: Any) -> sqlite3.Connection:
            return _connect(*words, factory=Counted, **named)

        sqlite3.connect = connect


def stopped_at(last: int, words: Sequence[str], note: Path) -> tuple[int, int]:
    """Run the command in a process of its own that dies before this step: (exit status or -signal, steps taken)."""
    child = os.fork()
    if child == 0:
        steps = Steps(last)
        for name in ("fsync", "link", "rename", "replace", "unlink"):
            steps.before(name)
        steps.of_sqlite()
        out = os.open(note, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        os.dup2(out, 1)
        os.dup2(out, 2)
        status = run([*words])
        taken = steps.taken
        note.with_suffix(".steps").write_text(str(taken), encoding="utf-8")
        os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    counted = note.with_suffix(".steps")
    return status, int(counted.read_text(encoding="utf-8")) if counted.exists() else 0


def main() -> None:
    """Run once to the end, then stop at points that are evenly spread over its steps."""
    spec = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    base, folder, wanted = Path(spec["desk"]), Path(spec["folder"]), int(spec["points"])

    def words_at(name: str) -> list[str]:
        place = folder / name
        place.mkdir(parents=True)
        shutil.copyfile(base, place / "desk.db")
        return [*(word.replace("{place}", str(place)) for word in spec["words"]), "--db", str(place / "desk.db")]

    def attempt(name: str, last: int) -> tuple[int, int]:
        return stopped_at(last, words_at(name), folder / name / "said.txt")

    with contextlib.redirect_stdout(io.StringIO()):
        run(words_at("first"))  # what is imported here need not be imported by each of the processes to come

    def told(name: str, last: int) -> int:
        status, steps = attempt(name, last)
        sys.stdout.write(json.dumps({"place": name, "status": status, "steps": steps}) + "\n")
        sys.stdout.flush()
        return steps

    steps = told("whole", 0)
    chosen = (
        range(1, steps + 1) if steps <= wanted else sorted({1 + n * (steps - 1) // (wanted - 1) for n in range(wanted)})
    )
    for last in chosen:
        told(f"stop-{last}", last)


if __name__ == "__main__":
    main()
