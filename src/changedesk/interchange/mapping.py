"""Files of other tools as canonical rows: their columns, days, words and blanks turned into ours, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from changedesk.domain.file_map import FileMap
from changedesk.domain.kinds.kind import Kind, Moment
from changedesk.domain.plaintext import clean
from changedesk.errors import Problem, RefusedFile
from changedesk.interchange.cells import Remembered
from changedesk.interchange.moments import read_moment
from changedesk.interchange.records import CsvForm, Records
from changedesk.interchange.refusing import CellRefused
from changedesk.interchange.source import Source

COLUMN_LIMIT = 512
"""Other tools write more columns than a canonical file has; those that are not mapped are left out."""
KEY_LIMIT = 1_000_000
"""So many different keys of an event log are remembered for what comes from their first rows."""
_NAMED = 20


class MappedRecords:
    """The records of one file as its map reads them; to be used like :class:`Records`, with a canonical ``header``."""

    def __init__(self, source: Source, kind: Kind, file_map: FileMap) -> None:
        form = CsvForm(file_map.encoding, file_map.delimiter, file_map.quote, COLUMN_LIMIT)
        self._records = Records(source, form)
        places = _places(self._records.header, file_map)
        self._columns = [*places]
        self._places = [*places.values()]
        self._constants = [*file_map.constants.values()]
        self.header = [*self._columns, *file_map.constants]
        zone = ZoneInfo(file_map.zone) if file_map.zone else None
        moments = {column.name for column in kind.columns if isinstance(column.type, Moment)}
        self._cells = [Remembered(_reader(name, file_map, zone, name in moments)) for name in self._columns]
        first_row = tuple(name for name in file_map.first_row if name in places)
        self._first = _FirstRows(self.header, kind, first_row) if first_row else None

    @property
    def bytes_read(self) -> int:
        """How far the file was read."""
        return self._records.bytes_read

    def unchanged(self) -> bool:
        """After the last record: whether the file stayed what it was while it was read."""
        return self._records.unchanged()

    def __iter__(self) -> Iterator[tuple[int, list[str] | Problem]]:
        """The rows after the header, in canonical columns and words; empty ones are left out."""
        for number, cells in self._records:
            if isinstance(cells, Problem):
                yield number, cells
            elif any(map(str.strip, cells)):
                yield number, self._row(number, cells)

    def _row(self, number: int, cells: list[str]) -> list[str] | Problem:
        row = []
        for name, texts, place in zip(self._columns, self._cells, self._places, strict=True):
            try:
                row.append(texts[cells[place]])
            except CellRefused as refused:
                return Problem(number, name, refused.args[0])
        row += self._constants
        return row if self._first is None else self._first.put(number, row)


class _FirstRows:
    """What the first row of each key of an event log said, put into its later rows."""

    def __init__(self, header: list[str], kind: Kind, names: tuple[str, ...]) -> None:
        self._key = [header.index(name) for name in kind.key if name in header]
        self._kept = [header.index(name) for name in names]
        self._first: dict[tuple[str, ...], tuple[str, ...]] = {}

    def put(self, number: int, row: list[str]) -> list[str]:
        """The row with what the first row of its key said."""
        key = tuple(row[place] for place in self._key)
        first = self._first.get(key)
        if first is None:
            if len(self._first) >= KEY_LIMIT:
                said = f"the event log has more than {KEY_LIMIT:,} different keys; import it in parts"
                raise RefusedFile("the file cannot be read", [Problem(number, "", said)])
            self._first[key] = tuple(row[place] for place in self._kept)
        else:
            for place, text in zip(self._kept, first, strict=True):
                row[place] = text
        return row


def _places(header: list[str], file_map: FileMap) -> dict[str, int]:
    """Column of ours to where it stands in the file; refuses what is not there, unless it is optional, or there twice."""
    problems, places = [], {}
    for ours, theirs in file_map.columns.items():
        found = _standing(header, theirs.strip())
        if len(found) == 1:
            places[ours] = found[0]
        elif found:
            said = f"the column, which the map takes as {ours}, is there {len(found)} times"
            problems.append(Problem(1, clean(theirs, 60), said))
        elif ours not in file_map.optional:
            said = f"the file has no such column, which the map takes as {ours}"
            problems.append(Problem(1, clean(theirs, 60), said))
    if problems:
        names = [clean(name, 60) for name in header if name]
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        problems.append(Problem(1, "", f"the file has {', '.join(names[:_NAMED])}{more}"))
        raise RefusedFile("the map does not fit the file", problems)
    return places


def _standing(header: list[str], theirs: str) -> list[int]:
    """The places of the columns of that name: as it is written or, when none is, in other capitals."""
    exact = [place for place, name in enumerate(header) if name == theirs]
    return exact or [place for place, name in enumerate(header) if name.casefold() == theirs.casefold()]


def _reader(name: str, file_map: FileMap, zone: ZoneInfo | None, is_moment: bool) -> Callable[[str], str]:
    """What makes the canonical text of a column's cell: missing tokens first, then words, then days and moments."""
    words = {theirs.strip(): ours for theirs, ours in file_map.values.get(name, {}).items()}
    form = file_map.dates.get(name)

    def read(text: str) -> str:
        bare = text.strip()
        if bare in words:
            return words[bare]
        if not bare or bare in file_map.missing:
            return ""
        if form is not None:
            moment = read_moment(bare, form, zone)
            return moment.replace(microsecond=0).isoformat() if is_moment else moment.date().isoformat()
        # A canonical cell loses a leading quote; in another tool's file it is a letter like any other.
        return f"'{bare}" if bare.startswith("'") else bare

    return read
