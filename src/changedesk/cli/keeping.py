"""The verbs about a desk as a whole."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from changedesk.cli.invocation import Invocation
from changedesk.cli.output import complain, say, say_json
from changedesk.domain.counted import doing
from changedesk.errors import BadInput
from changedesk.services import checkpoints, desks
from changedesk.services.session import Session


def init(invocation: Invocation, kind: str) -> int:
    """A new, empty desk."""
    to_do = desks.new_desk(invocation.path, kind)
    say(f"a new {kind} desk: {invocation.path}")
    if to_do and sys.stderr.isatty():
        complain(to_do)
    return 0


def demo(invocation: Invocation, *, opening: bool) -> int:
    """The demo portfolio; a desk that demo made is opened again."""
    # The portfolio that it makes is a third of what all verbs of this module would load.
    from changedesk.services.demo.making import ensure_demo

    invocation.tell_of_upgrade()
    if ensure_demo(invocation.path):
        say(f"the demo portfolio: {invocation.path}")
    if not opening:
        return 0
    from changedesk.cli.dashboard import open_dashboard

    return open_dashboard(invocation)


def verify(session: Session, kept: Path | None, as_json: bool) -> int:
    """Exit 0 when all holds, 1 when not."""
    verdict = desks.verify(session, kept)
    if as_json:
        say_json(
            {
                "ok": verdict.ok,
                "links": verdict.links,
                "broken_at": verdict.broken_at,
                "problems": list(verdict.problems),
            }
        )
    elif verdict.ok:
        say(doing(verdict.links, "link", "hold"))
    else:
        for problem in verdict.problems:
            complain(problem)
    return 0 if verdict.ok else 1


def checkpoint(session: Session, destination: Path) -> int:
    """Write the end of the chain to a file, or to standard output."""
    if str(destination) == "-":
        sys.stdout.write(checkpoints.checkpoint(session).decode())
        return 0
    checkpoints.write_checkpoint(session, destination)
    say(f"keep {destination} somewhere else than the desk")
    return 0


def backup(session: Session, destination: Path) -> int:
    """Copy the desk."""
    if str(destination) == "-":
        raise BadInput("a desk is copied to a file, never to standard output", "name a file")
    desks.back_up(session, destination)
    say(f"backed up to {destination}")
    return 0


def restore(invocation: Invocation, source: Path) -> int:
    """Put a backup in place."""
    done = desks.restore(invocation.path, source, lambda: invocation.checkpoints, invocation.acting_for)
    say(f"restored {invocation.path}" + (f"; the desk that was there is kept as {done.kept}" if done.kept else ""))
    if done.trouble:
        complain(done.trouble)
    return 0


def doctor(session: Session, folder: Callable[[], Path | None], as_json: bool) -> int:
    """Exit 0 when the desk is well, 1 when something is not."""
    findings = desks.doctor(session, folder)
    well = all(finding.well for finding in findings)
    if as_json:
        say_json({"ok": well, "findings": [{"what": f.what, "ok": f.well, "said": f.said} for f in findings]})
    else:
        for finding in findings:
            say(f"{'ok  ' if finding.well else 'LOOK'}  {finding.what}: {finding.said}")
    return 0 if well else 1
