"""Records of a canonical CSV file, one at a time: header, rows with their numbers, and what makes a file unreadable.

The header is row 1; records are counted, not lines, so that a row number is the one that a spreadsheet shows.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from changedesk.domain.counted import counted
from changedesk.errors import Problem, RefusedFile
from changedesk.interchange.source import Source, WatchedBytes
from changedesk.values import dataclass

ROW_LIMIT = 5_000_000
COLUMN_LIMIT = 64
LINE_LIMIT = 1_000_000
_UNREADABLE = "\udcff"
_BROKEN_TEXT = re.compile("[\ud800-\udfff]")
_BUFFER = 1 << 18


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _UNREADABLE, error.end


codecs.register_error("changedesk.mark", _mark)


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV is written; ``encoding`` None is UTF-8, or UTF-16 with a byte order mark, ``quote`` empty has no quotes."""

    encoding: str | None = None
    delimiter: str = ","
    quote: str = '"'
    column_limit: int = COLUMN_LIMIT


CANONICAL = CsvForm()


class Records:
    """The records of one file. Make it, look at ``header``, then walk it once; memory does not grow with the file.

    Each step gives the row's number and its cells, or the problem that keeps the row from being read. A file whose rows
    cannot be told apart raises RefusedFile.
    """

    def __init__(self, source: Source, form: CsvForm = CANONICAL) -> None:
        head = source.file.read(2)
        source.file.seek(0)
        utf16 = head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        self._form = form
        self._encoding = form.encoding or ("UTF-16" if utf16 else "UTF-8")
        self._bytes = WatchedBytes(source)
        self._text = io.TextIOWrapper(
            io.BufferedReader(self._bytes, _BUFFER),
            encoding="utf-8-sig" if codecs.lookup(self._encoding).name == "utf-8" else self._encoding,
            errors="changedesk.mark",
            newline="",
        )
        self.number = 1
        self._spoilt = ""
        self._reader = csv.reader(
            self._lines(),
            strict=True,
            delimiter=form.delimiter,
            quotechar=form.quote or None,
            quoting=csv.QUOTE_MINIMAL if form.quote else csv.QUOTE_NONE,
        )
        self.header = self._read_header()

    @property
    def bytes_read(self) -> int:
        """How far the file was read."""
        return self._bytes.done

    def unchanged(self) -> bool:
        """After the last record: whether the file stayed what it was while it was read."""
        return self._bytes.unchanged()

    def __iter__(self) -> Iterator[tuple[int, list[str] | Problem]]:
        """The rows after the header; empty lines are counted and left out."""
        width = len(self.header)
        reader = self._reader
        while True:
            self.number += 1
            cells = self._next(reader)
            if cells is None:
                return
            if self.number > ROW_LIMIT + 1:
                raise self._refused(f"the file has more than {ROW_LIMIT:,} rows; import it in parts")
            if self._spoilt:
                yield self.number, Problem(self.number, "", self._spoilt)
                self._spoilt = ""
            elif len(cells) == width:
                yield self.number, cells
            elif cells:
                problem = f"the row has {counted(len(cells), 'cell')}, the header has {width}"
                yield self.number, Problem(self.number, "", problem)

    def _next(self, reader: Iterator[list[str]]) -> list[str] | None:
        try:
            return next(reader, None)
        except csv.Error as error:
            raise self._refused(_said(str(error))) from None

    def _read_header(self) -> list[str]:
        cells = self._next(self._reader)
        if self._spoilt:
            raise self._refused(self._spoilt)
        if not cells:
            raise self._refused("the first row must name the columns")
        limit = self._form.column_limit
        if len(cells) > limit:
            raise self._refused(f"the header names {len(cells)} columns; at most {limit} are taken")
        for other, name in ((";", "semicolons"), ("\t", "tabs"), (",", "commas")):
            if len(cells) == 1 and other in cells[0]:
                wanted = "a canonical file has commas" if self._form == CANONICAL else "the map says otherwise"
                raise self._refused(f"the columns are separated by {name}; {wanted}")
        return [cell.strip() for cell in cells]

    def _lines(self) -> Iterator[str]:
        readline = self._text.readline
        while line := readline(LINE_LIMIT):
            if len(line) == LINE_LIMIT:
                raise self._refused(f"the row has a line of {LINE_LIMIT:,} characters or more")
            if "\0" in line:
                self._spoilt = "the row holds a NUL character, which no text has"
            elif not line.isascii() and _BROKEN_TEXT.search(line):
                held = f"the row holds bytes that are not {self._encoding}"
                self._spoilt = f"{held}; save the file as UTF-8, or name its encoding in a map"
            yield line

    def _refused(self, sentence: str) -> RefusedFile:
        return RefusedFile("the file cannot be read", [Problem(self.number, "", sentence)])


def _said(error: str) -> str:
    if "unexpected end of data" in error:
        return "a quote is opened and never closed"
    if "field limit" in error:
        return "a cell is too long, or a quote is opened and never closed"
    return "a closing quote is followed by more text; a quote within a cell is written twice"
