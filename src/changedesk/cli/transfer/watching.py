"""``watch`` on the command line: a line for every file that was taken again, until Ctrl+C."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from changedesk.cli.output import complain, say
from changedesk.cli.transfer.exchanging import Wanted, mapping_of
from changedesk.cli.transfer.import_report import SHOWN, line, tell_problems
from changedesk.errors import RefusedFile
from changedesk.services.imports.watching import FolderWatch, Taken, follow
from changedesk.services.session import Session


def run_watch(
    session: Session, folder: Path, wanted: Wanted, every: float, wait: Callable[[float], None] = time.sleep
) -> int:
    """Follow a folder until Ctrl+C, which is how it is meant to end."""
    watch = FolderWatch(session, folder, wanted.kind, mapping_of(wanted), skip_refused=wanted.skip_refused)

    def pause() -> bool:
        wait(every)
        return True

    with suppress(KeyboardInterrupt):
        follow(watch, pause, _tell)
    return 0


def _tell(taken: Taken) -> None:
    name = taken.path.name
    if taken.report is not None:
        tell_problems(name, taken.report, SHOWN)
        say(line(name, taken.report, taken=taken.refused is None, dry_run=False))
    elif isinstance(taken.refused, RefusedFile):
        for problem in taken.refused.problems[:SHOWN]:
            complain(problem.sentence(name))
        complain(f"{name}: {taken.refused.sentence}")
    elif taken.refused is not None:
        complain(taken.refused.sentence)
