"""The audit trail as people read it: who did what to what, when; found by words, proven, and given out with a change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from changedesk.domain.control.differences import ASKED, fields_said
from changedesk.domain.words import plain
from changedesk.errors import BadInput
from changedesk.services.checkpoints import against_kept
from changedesk.services.control.reading import ChangeView, change_view
from changedesk.services.session import PROGRAM, Session, authorise
from changedesk.services.trail_told import Telling
from changedesk.services.trail_words import about, exact, says
from changedesk.services.zones import client_zone
from changedesk.store import people
from changedesk.store.control import afterwards
from changedesk.store.desk.database import Connection
from changedesk.store.proving.check import check
from changedesk.store.times import stored_instant
from changedesk.store.trail import reading as kept
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One event: its place in the chain, when, who, what, and what it was about, as a name.

    A meeting is named with its day. ``body`` is what the seal covers, ``says`` the same in words, label by label, ``told`` the
    same as people read it on every screen. ``change`` names the change that it is about as ``client/number``, None where it
    is about something else.
    """

    seq: int
    at: datetime
    who: str
    what: str
    subject: str
    client: str | None
    body: str
    hash: str
    says: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]
    change: str | None

    @property
    def facts(self) -> dict[str, str | int]:
        """What it says, for a program: the labels are keys in snake_case, numbers are numbers, yes and no are truths.

        Times are ISO 8601 in UTC.
        """
        known = exact(self.body)
        return {label.replace(" ", "_").replace("-", "_"): known.get(label, said) for label, said in self.says}


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Events, the newest first, and how many there are in all that have the words."""

    rows: tuple[TrailRow, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What proving the desk found: links, the first broken one, problems as sentences."""

    links: int
    broken_at: int | None
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything holds."""
        return not self.problems


def trail(session: Session, words: str = "", limit: int = 100) -> TrailPage:
    """Events in view, the newest first; ``words`` are looked for in kind, actor, subject and body."""
    found = event_numbers(session, words)
    return TrailPage(events(session, found[:limit]), len(found))


def event_numbers(session: Session, words: str = "", *, of_people: bool = False) -> list[int]:
    """The numbers of the events that :func:`trail` finds: looked for once, however many of them are read.

    ``of_people`` leaves out what the program itself has written down, each week's forecasts.
    """
    authorise(session, "desk.read")
    return kept.numbers(session.desk.reader(), session.scope, words, PROGRAM if of_people else "")


def events(session: Session, numbers: Sequence[int]) -> tuple[TrailRow, ...]:
    """The events in view with these numbers, the newest first."""
    authorise(session, "desk.read")
    with session.desk.snapshot() as conn:
        return _rows(session, conn, kept.told(conn, session.scope, numbers))


def of_subject(session: Session, subject: str) -> tuple[TrailRow, ...]:
    """Every event about one record, the oldest first."""
    with session.desk.snapshot() as conn:
        return _rows(session, conn, kept.of_subject(conn, subject))


def _rows(session: Session, conn: Connection, told: Iterable[kept.Told]) -> tuple[TrailRow, ...]:
    """Events as people read them; whoever and whatever is named in many of them is looked up once."""
    names = cache(partial(people.name_of, conn))
    zone = cache(partial(client_zone, session))

    @cache
    def records(record_id: str) -> str:
        return kept.record_name(conn, record_id) or record_id

    telling = Telling(names, records, session.today)

    def subject(row: kept.Told) -> str:
        known_as = about(row.subject, row.kind, row.body, names, records)
        if row.begins is None:
            return known_as
        # A board has many meetings of one title: one is known by its day, by the clock of its client.
        return f"{known_as} {stored_instant(row.begins).astimezone(zone(row.client)):%Y-%m-%d}"

    return tuple(
        TrailRow(
            row.seq,
            stored_instant(row.at),
            row.who,
            plain(row.kind.replace(".", " ")),
            subject(row),
            row.client,
            row.body,
            row.hash,
            says(row.body, names, records),
            telling.facts(row.body),
            f"{row.client}/{row.subject}" if row.kind.startswith("change.") and row.client else None,
        )
        for row in told
    )


def verified(session: Session) -> Verified:
    """Prove the desk: the chain, the file, every decision against its event, and the end against the one that was kept."""
    authorise(session, "desk.verify")
    found = check(session.desk, None)
    try:
        problem = against_kept(session.desk, session.checkpoints)
    except BadInput as unreadable:
        problem = unreadable.sentence
    return Verified(found.links, found.broken_at, (*found.problems, problem) if problem else found.problems)


# --- everything about one change, to be handed over


def bundle(session: Session, number: str, folder: Path) -> list[str]:
    """Write the evidence of one change into a new folder: its record, its events, a page to read, its files.

    An existing folder is refused. Gives the names of the files.
    """
    from changedesk.interchange.bundle import write_bundle
    from changedesk.services.control.changes.document import document

    if folder.name in ("", ".", ".."):
        raise BadInput("name the new folder")
    view = change_view(session, number)
    if folder.exists() or folder.is_symlink():
        raise BadInput(f"{folder} exists already", "name a new folder")
    events = of_subject(session, view.change.id)
    conn = session.desk.reader()
    files = {
        f"files/{place:02d}-{_safe(one.name or 'text.txt')}": afterwards.evidence_content(conn, one.id)
        for place, one in enumerate(view.evidence, 1)
    }
    told = [
        {
            "seq": e.seq,
            "at": e.at.isoformat().replace("+00:00", "Z"),
            "actor": e.who,
            "event": e.what,
            "body": json.loads(e.body),
            "says": e.facts,
            "hash": e.hash,
        }
        for e in events
    ]
    texts = {
        "change.json": json.dumps(document(view), indent=2) + "\n",
        "events.json": json.dumps(told, indent=2) + "\n",
        "README.md": page_of(view, events, sorted(files)),
    }
    return write_bundle(folder, texts, files)


def page_of(view: ChangeView, events: tuple[TrailRow, ...], files: list[str]) -> str:
    """The page of a bundle: what was asked, who decided, what was done and found, in words."""
    from changedesk.interchange.markdown_text import escaped

    change, content, s = view.change, view.change.content, view.s
    parts = [
        f"# {escaped(change.number)} {escaped(content.title)}\n",
        f"{escaped(change.client)}, {content.path}, {change.state}, revision {change.revision}."
        f" Approval: {s.approval}. Digest of what was voted on: `{change.digest}`.\n",
        "## What was asked\n",
    ]
    told = fields_said(content, ("services", "initiative", "milestone", "risk", *ASKED), _in_utc)
    ended = (("Outcome", plain(change.outcome)),) if change.outcome else ()
    window = f"{_in_utc(content.planned_start)} to {_in_utc(content.planned_end)}"
    parts += [f"- {label}: {escaped(value)}" for label, value in (("Window", window), *told, *ended)]
    parts.append("\n## Who decided\n")
    for vote in s.votes:
        note = "" if vote.counts else " (does not count: on an earlier content)"
        parts.append(
            f"- {escaped(vote.who)}: {plain(vote.decision)} on revision {vote.revision}, {_in_utc(vote.at)}{note}"
        )
    if s.review is not None:
        parts.append(f"\n## What was found\n\n{escaped(s.review.findings)} ({escaped(s.review.reviewer)})")
    if files:
        parts.append("\n## Evidence\n")
        parts += [f"- {escaped(name)} ({one.sha256})" for name, one in zip(files, view.evidence, strict=True)]
    parts.append("\n## What happened\n")
    parts += [f"- {_in_utc(e.at)} {escaped(e.who)}: {escaped(e.what)} (event {e.seq})" for e in events]
    return "\n".join(parts) + "\n"


def _in_utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"


def _safe(name: str) -> str:
    """A file name that stays in its folder."""
    kept_letters = "".join(letter if letter.isalnum() or letter in "._-" else "_" for letter in name)
    return kept_letters.strip(".") or "file"
