"""``cab`` and ``audit``: the board's meetings, and the trail of everything that was decided."""

from __future__ import annotations

from pathlib import Path

import click

from changedesk.cli.on_desk import on_desk
from changedesk.cli.options import JSON
from changedesk.cli.output import say, say_json, say_table, utc
from changedesk.services import trail
from changedesk.services.control.approvals import meetings
from changedesk.services.session import Session


@click.group()
def cab() -> None:
    """Meetings and ballots of the board."""


@cab.command("list")
@JSON
@on_desk
def cab_list(session: Session, as_json: bool) -> int:
    """The meetings in view, those to come first."""
    found = meetings.listed(session)
    if as_json:
        say_json(
            [
                {
                    "id": one.id,
                    "client": one.client,
                    "kind": one.kind,
                    "title": one.title,
                    "at": utc(one.at),
                    "ends_at": utc(one.ends_at),
                    "state": one.state,
                }
                for one in found
            ]
        )
        return 0
    say_table(
        ("Id", "Client", "Kind", "Begins (UTC)", "State", "Title"),
        [(m.id, m.client, m.kind, f"{m.at:%Y-%m-%d %H:%M}", m.state, m.title) for m in found],
    )
    return 0


@cab.command("fill")
@click.argument("meeting")
@on_desk
def cab_fill(session: Session, meeting: str) -> int:
    """Put every change that waits for the board on the agenda."""
    say(f"{meetings.fill(session, meeting)} put on the agenda")
    return 0


@cab.command("minutes")
@click.argument("meeting")
@on_desk
def cab_minutes(session: Session, meeting: str) -> int:
    """The minutes as Markdown, on standard output."""
    for line in meetings.minutes(session, meeting).splitlines():
        say(line)
    return 0


@click.group()
def audit() -> None:
    """The trail of everything that was decided."""


@audit.command("list")
@click.argument("words", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@JSON
@on_desk
def audit_list(session: Session, words: tuple[str, ...], limit: int, as_json: bool) -> int:
    """Events that have all these words, the newest first."""
    page = trail.trail(session, " ".join(words), limit)
    if as_json:
        say_json(
            [
                {
                    "seq": row.seq,
                    "at": utc(row.at),
                    "actor": row.who,
                    "event": row.what,
                    "about": row.subject,
                    "client": row.client,
                    "body": row.body,
                    "says": row.facts,
                }
                for row in page.rows
            ]
        )
        return 0
    say_table(
        ("Event", "When (UTC)", "Who", "What", "About"),
        [(str(r.seq), f"{r.at:%Y-%m-%d %H:%M}", r.who, r.what, r.subject) for r in page.rows],
        right=frozenset({0}),
    )
    return 0


@audit.command("bundle")
@click.argument("number")
@click.argument("dest", type=click.Path(path_type=Path))
@on_desk
def audit_bundle(session: Session, number: str, dest: Path) -> int:
    """Everything about one change as a new folder: JSON, a page to read, and its files."""
    return _bundle(session, number, dest)


def _bundle(session: Session, number: str, dest: Path) -> int:
    names = trail.bundle(session, number, dest)
    say(f"{dest}: {len(names)} files")
    return 0


VERBS = (cab, audit)
