"""From imports to the rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from changedesk.domain.saying import capital
from changedesk.domain.words import plain
from changedesk.services.imports.undo import ImportEntry
from changedesk.widgets.canvas import Line, Span, wrap
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import ink

COLUMNS: Final = (
    Column("No.", 6, align="right"),
    Column("When", 12),
    Column("Who", 14, from_width=100, priority=2),
    Column("What", 19, share=1),
    Column("Rows", 9, align="right", from_width=76, priority=3),
    Column("New", 9, align="right"),
    Column("Changed", 9, align="right", priority=1),
    Column("Can it be taken back?", 22, share=2),
)
YEAR: Final = 300
"""Days from which on an import is named by its year."""
EMPTY: Final = "Nothing was imported yet: changedesk import FILE --kind K, or w watches a folder."


def rows(entries: Sequence[ImportEntry], now: datetime) -> ListSource:
    """The imports, the latest first."""
    return ListSource(Row(str(one.number), _cells(one, now)) for one in entries)


def _cells(one: ImportEntry, now: datetime) -> tuple[tuple[Span, ...], ...]:
    at = one.at.astimezone(now.tzinfo)
    when = f"{at.day} {at:%b %H:%M}" if (now - at).days < YEAR else f"{at.day} {at:%b %Y}"
    if one.undone:
        said, token = "taken back", "explain"
    elif one.refused:
        said, token = f"no: {one.refused}", "explain"
    else:
        said, token = "yes", "fine"
    ground = "explain" if one.undone else "ink"
    return (
        cell(str(one.number), "explain"),
        cell(when, ground),
        cell(one.actor, "explain"),
        cell(plain(one.kind), ground),
        cell(f"{one.read:,}", "explain"),
        cell(f"{one.added:,}", ground),
        cell(f"{one.updated:,}", ground),
        cell(said, token),
    )


def detail(one: ImportEntry | None, width: int) -> tuple[Line, ...]:
    """The selected import in a sentence, and why it stays where it does."""
    if one is None:
        return ()
    refused = f" It cannot be taken back: {one.refused}." if one.refused and not one.undone else ""
    said = f"{one.sentence}.{refused}"
    return tuple((ink(line, "explain"),) for line in wrap(ink(capital(said)).text, width))
