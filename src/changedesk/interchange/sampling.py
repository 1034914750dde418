"""The beginning of a file that nobody has described yet: its letters, its separator, its header and first rows.

Here, and only here, something is guessed: what comes of it is shown to somebody and never imported by itself.
"""

from __future__ import annotations

import codecs
import csv
import io
from typing import Final

from changedesk.interchange.source import Source
from changedesk.values import dataclass

BYTES: Final = 1 << 20
ROWS: Final = 2_000
_SEPARATORS: Final = (",", ";", "\t", "|")
_LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True)
class Sample:
    """What the file seems to be; ``encoding`` None is one that an import finds out by itself."""

    encoding: str | None
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, place: int) -> list[str]:
        """The filled cells of a column."""
        return [text for row in self.rows if (text := row[place].strip())]


def sample(source: Source) -> Sample | None:
    """The beginning of a file; None when it is no table of any kind that is known."""
    source.file.seek(0)
    raw = source.file.read(BYTES)
    source.file.seek(0)
    encoding, text = _decoded(raw, whole=len(raw) == source.size)
    if text is None:
        return None
    for delimiter in sorted(_SEPARATORS, key=lambda one: -_evenness(text, one)):
        table = _table(text, delimiter)
        if table is not None:
            return Sample(encoding, delimiter, table[0], tuple(table[1:]))
    return None


def _decoded(raw: bytes, *, whole: bool) -> tuple[str | None, str | None]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, raw.decode("utf-16", "replace")
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        return None, decoder.decode(raw, final=whole)
    except UnicodeDecodeError:
        pass
    return ("windows-1252", raw.decode("windows-1252", "replace")) if b"\0" not in raw else (None, None)


def _evenness(text: str, delimiter: str) -> int:
    """How many separators a line has at least: the right one is in every line."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    return min((line.count(delimiter) for line in lines), default=0)


def _table(text: str, delimiter: str) -> list[tuple[str, ...]] | None:
    rows: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row and (not rows or len(row) == len(rows[0])):
                rows.append(tuple(row))
            if len(rows) > ROWS:
                break
    except csv.Error:
        return None
    return rows if len(rows) > 1 and len(rows[0]) > 1 else None
