"""What an event of the audit says, in words: names in the place of ids, times as people read them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from changedesk.domain.words import plain
from changedesk.store.trail import sealing

NOTHING: Final = "nothing"

Names = Callable[[str], str]
"""Gives what people know somebody or something by, for its id."""

ID: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d(\.\d+)?)?(Z|\+00:00)")
_TITLES: Final = ("title", "name", "item", "service", "stakeholder", "text", "code")
_NAMED: Final = ("recorded_by", "account")
"""Keys whose value is the id of somebody."""
_DEEPEST: Final = 20
"""No event of this program has lists and facts in each other as deep as that."""
_LARGE: Final = 10_000
"""From here on a number is read by its thousands; below, it may be a year."""


def says(body: str, names: Names, records: Names) -> tuple[tuple[str, str], ...]:
    """The facts of an event, each under its label; what is empty is left out.

    ``names`` are those of people, ``records`` those of everything else; it gives back an id that it has no name for.
    """
    read = body_read(body)
    if read is None:
        return (("says", body),)
    return tuple(
        (plain(key), names(value) if key in _NAMED and isinstance(value, str) else said(value, names, records))
        for key, value in told_of(read)
    )


def body_read(body: str) -> dict[str, Any] | None:
    """The facts of an event by their keys; None for a body that has none, or that is deeper than can be told."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) and not _is_deeper(read, _DEEPEST) else None


def _is_deeper(value: object, levels: int) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not levels or any(_is_deeper(part, levels - 1) for part in parts)


def told_of(read: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Those of the facts that say something: none that is empty, none that is only there for proving."""
    return ((key, value) for key, value in read.items() if value not in (None, [], {}, "") and key not in sealing.KEYS)


def exact(body: str) -> dict[str, int | str]:
    """The facts of an event that are numbers, truths or times, each under its label, for a program."""
    return {
        plain(key): value.replace("+00:00", "Z") if isinstance(value, str) else value
        for key, value in (body_read(body) or {}).items()
        if isinstance(value, int) or (isinstance(value, str) and _TIME.fullmatch(value))
    }


def about(subject: str, kind: str, body: str, names: Names, records: Names) -> str:
    """What an event is about: its name, else what sort of record it is, since an id says nothing to a person."""
    if not ID.fullmatch(subject):
        return subject
    if kind == "desk.created":
        return "this desk"
    read = body_read(body)
    if read is None:
        return records(subject)
    if kind == "delegation.given":
        return f"stand-in {said(read.get('to'), names, records)}"
    sort = read.get("kind")
    title = next(_titles(read), "")
    known_as = f"{plain(sort) if isinstance(sort, str) else ''} {title}".strip()
    return known_as or records(subject)


def _titles(read: Mapping[str, Any]) -> Iterator[str]:
    for part in (read, read.get("after"), read.get("before")):
        if isinstance(part, dict):
            yield from (part[key] for key in _TITLES if isinstance(part.get(key), str) and part[key])


def said(value: object, names: Names, records: Names) -> str:
    """A value as a program reads it in words: ids by their names, yes and no, nothing."""
    match value:
        case {"person": str(reference)}:
            return names(reference)
        case dict():
            return ", ".join(
                f"{plain(str(key))} {said(part, names, records) or NOTHING}" for key, part in value.items()
            )
        case list():
            # Several in a row are numbers of lines or the like, and a comma stands between them already.
            return ", ".join(str(part) if type(part) is int else said(part, names, records) for part in value)
        case None:
            return NOTHING
        case True | False:
            return "yes" if value else "no"
        case int() if abs(value) >= _LARGE:
            return f"{value:,}"
        case str() if ID.fullmatch(value):
            return records(value)
        case str() if time := _TIME.fullmatch(value):
            return f"{time[1]} {time[2]} UTC"
        case _:
            return str(value)
