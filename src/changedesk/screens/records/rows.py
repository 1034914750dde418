"""How the records of any kind stand in a list: its columns and rows follow the declaration of its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from changedesk.domain.control.recurrence_entry import in_short
from changedesk.domain.control.windows import SERVICE_SCOPE
from changedesk.domain.day_entry import day_said
from changedesk.domain.field_entry import is_unknown, written
from changedesk.domain.forms.form import CLOSING, Form, FormField
from changedesk.domain.kinds.kind import Day, Hours, Moment, Number, Recurrence, Text, Whole, Word, YesNo, Zone
from changedesk.domain.saying import UNKNOWN, short_day
from changedesk.screens.forms.request import name_of
from changedesk.services.records.listing import RecordSource
from changedesk.services.records.records import Record
from changedesk.widgets.canvas import DOT, HELD, Line, Look, Span, cells, wrap
from changedesk.widgets.lists.rows import MEASURED, Cell, Column, ListSource, Row, cell
from changedesk.widgets.paint import ink

WORD: Final = 14
"""A word of a list has so many columns at most; few are longer, and those are cut where there is no room to spare."""
SHORT: Final = ("client", "login")
"""What names a record in a few letters: it leaves its room to the name beside it."""
MOMENT: Final = 17
"""The columns of ``24 Dec 2027 12:00``."""


def is_closed(form: Form, record: Record) -> bool:
    """Whether the record is over."""
    return bool(record.values.get(form.closing, ""))


def _in_order(form: Form) -> list[FormField]:
    """The fields with the one that names the record first."""
    by_name = {field.column.name: field for field in form.fields}
    first = next((name for name in ("title", "item", *form.kind.key) if name in by_name), "")
    return sorted(form.fields, key=lambda field: field.column.name != first)


def columns(form: Form) -> tuple[Column, ...]:
    """The columns; where the room is short, the last go first, but never the one that says that a record is over.

    What a record cannot be without stays a little longer.
    """
    return tuple(_column(field, _priority(field, place)) for place, field in enumerate(_in_order(form)))


def _priority(field: FormField, place: int) -> int:
    if field.column.name in CLOSING:
        return 1
    return place if field.column.required or not place else place + 2


def _column(field: FormField, place: int) -> Column:
    label = field.label
    match field.column.type:
        case Day():
            return Column(label, max(11, cells(label)), priority=place)
        case Whole() | Number():
            return Column(label, max(6, cells(label)), align="right", priority=place)
        case YesNo():
            return Column(label, max(3, cells(label)), priority=place)
        case Word(words=words):
            longest = max(cells(written(field.column.type, word)) for word in words)
            return Column(label, max(min(longest, WORD), cells(label)), priority=place)
        case Moment():
            return Column(label, max(MOMENT, cells(label)), priority=place)
        case Text() if not place and field.column.name not in SHORT:
            return Column(label, 28, share=3, priority=place, snug=True)
        case Text() if place and not (field.column.required or field.suggest):
            return Column(label, max(12, cells(label)), share=1, priority=place, snug=True, sentence=True)
        case _:
            return Column(label, max(12, cells(label)), share=1, priority=place, snug=True)


class RecordRows(ListSource):
    """The rows of records, those that are over quieter; the first ones say how wide the columns are, others come when seen."""

    def __init__(self, form: Form, records: RecordSource, today: date) -> None:
        self._form, self._records, self._today = form, records, today
        self._fields = _in_order(form)
        super().__init__(self.rows(0, MEASURED))

    def count(self) -> int:
        """How many there are."""
        return self._records.count()

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Some of them."""
        return [row_of(self._form, self._fields, one, self._today) for one in self._records.rows(offset, limit)]

    def position(self, key: str) -> int | None:
        """Where the one with this key stands."""
        return self._records.position(key)


def row_of(form: Form, fields: Sequence[FormField], record: Record, today: date) -> Row:
    """A record as a row, in the order of these fields."""
    over = is_closed(form, record)
    return Row(
        record.id or "",
        tuple(_cell(field, {**record.values, **record.coming}, today, over, not at) for at, field in enumerate(fields)),
    )


def _cell(field: FormField, values: Mapping[str, str], today: date, over: bool, first: bool) -> Cell:
    value = values.get(field.column.name, "")
    token = "explain" if over or not first else "ink"
    if is_unknown(field.column.type, value):
        return cell("" if field.column.name in CLOSING else field.when_empty or UNKNOWN, "faint")
    if isinstance(field.column.type, Day):
        return cell(short_day(date.fromisoformat(value), today), token)
    if isinstance(field.column.type, Moment):
        return cell(_moment(value, today), token)
    return cell(_short(field, value), token)


def _short(field: FormField, value: str) -> str:
    """A value as a list has it: a scope by the name of its service alone, so that the name has room, a rule in short."""
    if isinstance(field.column.type, Recurrence):
        return in_short(written(field.column.type, value))
    bare = value.removeprefix(SERVICE_SCOPE) if field.column.name == "scope" else value
    return written(field.column.type, bare)


def _moment(value: str, today: date) -> str:
    """A moment by the clock on its own wall that fits a narrow column; a text that is none stands as it is."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{short_day(moment.date(), today)} {moment:%H:%M}"


def detail(form: Form, record: Record | None, today: date, width: int, height: int) -> tuple[Line, ...]:
    """All that is known of a record, in full; what is unknown is named at the end."""
    if record is None:
        return ()
    known = [(field, record.values.get(field.column.name, "")) for field in form.fields]
    defaults = [field for field, value in known if field.when_empty and not value and _is_default(field)]
    meant = [
        (field, field.when_empty if is_unknown(field.column.type, value) else _said(field, record, value, today))
        for field, value in known
        if field not in defaults
    ]
    parts = [(field.label, words) for field, words in meant if words]
    if defaults:
        parts.append(("not said, so", "; ".join(f"{field.label.lower()} {field.when_empty}" for field in defaults)))
    unknown = [field.label for field, words in meant if not words and field.column.name not in CLOSING]
    if unknown:
        parts.append(("unknown", ", ".join(unknown)))
    return in_full(parts, width, height)


def in_full(parts: Sequence[tuple[str, str]], width: int, height: int) -> tuple[Line, ...]:
    """What is known of a row, label by label with its value; where they have no room, how to see all of it."""
    # A label and the beginning of its value stand on one line.
    text = f"  {DOT}  ".join(f"{label.replace(' ', HELD)}:{HELD}{value}" for label, value in parts)
    lines: list[Line] = [(ink(line, "explain"),) for line in wrap(text, width)]
    if len(lines) > height > 0:
        lines = [*lines[: height - 1], (Span("enter shows all of it", Look("faint")),)]
    return tuple(lines)


def _is_default(field: FormField) -> bool:
    """Whether what holds while nothing stands in a field is a figure, a zone or hours: nobody has entered that."""
    return isinstance(field.column.type, Whole | Number | Zone | Hours)


def _said(field: FormField, record: Record, value: str, today: date) -> str:
    if isinstance(field.column.type, Day):
        return day_said(date.fromisoformat(value), today)
    said = written(field.column.type, value)
    if field.column.name in record.coming:
        return f"{_moment(record.coming[field.column.name], today)}, the first time {said}"
    return said


def named(form: Form, record: Record) -> str:
    """What a record is called in a sentence."""
    return record.values.get("title") or name_of(form, record.values)
