"""Canonical CSV and JSON from rows of stored values, in chunks of bytes, whatever the number of rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Generator, Iterable, Sequence

from changedesk.domain.kinds.kind import Kind, Number, Whole, YesNo
from changedesk.domain.kinds.row_rules import Cell
from changedesk.domain.plaintext import clean
from changedesk.interchange.cells import writer

_ROWS_A_CHUNK = 1_000


def csv_chunks(kind: Kind, rows: Iterable[Sequence[Cell]]) -> Generator[bytes, None, None]:
    """Canonical CSV: UTF-8, line feeds, minimal quotes, every column of the kind in order."""
    buffer = io.StringIO()
    out = csv.writer(buffer, lineterminator="\n")
    out.writerow(column.name for column in kind.columns)
    writers = [writer(column) for column in kind.columns]
    for count, row in enumerate(rows, 1):
        out.writerow([write(value) for write, value in zip(writers, row, strict=True)])
        if count % _ROWS_A_CHUNK == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def json_chunks(kind: Kind, rows: Iterable[Sequence[Cell]]) -> Generator[bytes, None, None]:
    """A list of objects with the columns of the CSV: numbers as numbers, null for unknown, ``yes`` and ``no`` as words."""
    buffer = io.StringIO()
    names = [column.name for column in kind.columns]
    types = [column.type for column in kind.columns]
    buffer.write("[")
    for count, row in enumerate(rows, 1):
        values = [_json_value(kind_, value) for kind_, value in zip(types, row, strict=True)]
        text = json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)
        buffer.write(f"\n{text}" if count == 1 else f",\n{text}")
        if count % _ROWS_A_CHUNK == 0:
            yield _emptied(buffer)
    buffer.write("\n]\n")
    yield _emptied(buffer)


def _json_value(kind: object, value: Cell) -> Cell:
    match kind, value:
        case YesNo(), int():
            return "yes" if value else "no"
        case Number() | Whole(), float() if value == int(value):
            return int(value)
        case _, str():
            return clean(value)
        case _:
            return value


def _emptied(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return data
