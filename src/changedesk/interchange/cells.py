"""Cells of canonical files: from text to checked values, and back to canonical text.

Days become ISO text, ``yes`` and ``no`` become 1 and 0, unknown becomes None; everything else is text or a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from changedesk.domain.kinds.kind import (
    NAME_LENGTH,
    CellType,
    Column,
    Day,
    Hours,
    Moment,
    Names,
    Number,
    Recurrence,
    Text,
    ToAudience,
    ToAudiences,
    ToBenefit,
    ToClient,
    ToInitiative,
    ToService,
    Whole,
    Word,
    Words,
    YesNo,
    Zone,
)
from changedesk.domain.kinds.row_rules import Cell
from changedesk.domain.plaintext import clean
from changedesk.interchange.iso_days import day_text, moment_text
from changedesk.interchange.refusing import CellRefused, quoted

Value = TypeVar("Value")

_REMEMBERED = 20_000
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,17})?")
_LONG_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_GROUPED_NUMBER = re.compile(r"-?[0-9]{1,3}([,.' \u00a0\u2009\u202f][0-9]{3})+([.,][0-9]+)?|-?[0-9]+,[0-9]+")
_LINE_BREAKS = re.compile(r"\r\n|[\r\n]")
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "'")
_NUMBER_FOR_SPREADSHEETS = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class Remembered(dict[str, Value]):
    """What the texts of one column become; a text that comes again is not read again, and memory stays bounded."""

    def __init__(self, read: Callable[[str], Value]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Value:
        value = self._read(text)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = value
        return value


def parser(column: Column) -> Callable[[str], Cell]:
    """What makes a checked value of a cell of this column, or raises :class:`CellRefused`."""
    parse = _value_parser(column.type)

    def checked(text: str) -> Cell:
        bare = _without_guard(text.strip())
        value = parse(bare) if bare else None
        if value is None or value == "":
            if column.empty_is is not None:
                return column.empty_is
            if column.required:
                raise CellRefused(f"{column.name} is missing")
            return None
        return value

    return checked


def _value_parser(kind: CellType) -> Callable[[str], Cell]:
    match kind:
        case Text(limit=limit):
            return lambda text: _text(text, limit)
        case ToClient() | ToInitiative() | ToAudience() | ToBenefit() | ToService():
            return lambda text: _text(text, NAME_LENGTH)
        case Zone():
            return _zone
        case Hours():
            return _hours
        case Word(words=words):
            return lambda text: _word(text, words)
        case Words(words=words):
            return lambda text: _words(text, words)
        case Whole(low=low, high=high):
            return lambda text: _whole(text, low, high)
        case Number(low=low, high=high):
            return lambda text: _number(text, low, high)
        case Names(limit=limit):
            return lambda text: _names(text, limit)
        case ToAudiences():
            return lambda text: ";".join(sorted(_names(text, NAME_LENGTH).split(";")))
        case Day():
            return day_text
        case Moment():
            return moment_text
        case Recurrence():
            return _recurrence
        case YesNo():
            return lambda text: int(_word(text, ("yes", "no")) == "yes")


def _text(text: str, limit: int) -> str:
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text.strip()
    # Cleaning is slow on text that is not plain, so a cell of a megabyte is refused before it.
    harmless = clean(_LINE_BREAKS.sub(" ", text)).strip() if len(text) <= 4 * limit else text
    if len(harmless) > limit:
        raise CellRefused(f"the text has {len(text):,} characters; at most {limit} are taken")
    return harmless


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CellRefused(f"{quoted(text)} is not a time zone; write it as Europe/Helsinki") from None
    return text


def _hours(text: str) -> str:
    # Only the few rows of clients have them.
    from changedesk.domain.control.business import parse_hours

    if parse_hours(text) is None:
        asked = "write them as mon-fri 08:00-18:00; sat 09:00-12:00, no two at once"
        raise CellRefused(f"{quoted(text)} are no business hours; {asked}")
    return text


def _word(text: str, words: tuple[str, ...]) -> str:
    if text not in words:
        raise CellRefused(f"{quoted(text)} is not one of {', '.join(words)}")
    return text


def _words(text: str, words: tuple[str, ...]) -> str:
    parts = (part.strip() for part in text.split(";"))
    return ";".join(dict.fromkeys(_word(part, words) for part in parts if part))


def _names(text: str, limit: int) -> str:
    parts = (_text(part, limit) for part in text.split(";"))
    return ";".join(dict.fromkeys(part for part in parts if part))


def _recurrence(text: str) -> str:
    # Few files have recurring windows.
    from changedesk.domain.control.recurrence_rule import plain_rule, refuse_rule

    if refused := refuse_rule(text):
        raise CellRefused(f"{quoted(text)} is no rule of recurrence: {refused}")
    return plain_rule(text)


def _whole(text: str, low: float, high: float) -> int:
    value = _number(text, low, high)
    if value != int(value):
        raise CellRefused(f"{quoted(text)} is not a whole number")
    return int(value)


def _number(text: str, low: float, high: float) -> float:
    if not _PLAIN_NUMBER.fullmatch(text):
        if _GROUPED_NUMBER.fullmatch(text):
            raise CellRefused(
                f"{quoted(text)} can be read in two ways; write numbers as 1234.5, without separators of thousands"
            )
        if _LONG_NUMBER.fullmatch(text):
            raise CellRefused(f"{quoted(text)} has more digits than are kept, 16 before the point and 17 after it")
        raise CellRefused(f"{quoted(text)} is not a number; write it as 1234.5")
    value = float(text)
    if not low <= value <= high:
        raise CellRefused(f"{text} is not between {number_text(low)} and {number_text(high)}")
    return value + 0.0


def number_text(value: float) -> str:
    """A number in its canonical form: the shortest that reads back the same, no exponent, no trailing zeros."""
    if value == int(value):
        return str(int(value))
    shortest = repr(value)
    return format(Decimal(shortest), "f") if "e" in shortest else shortest


def as_typed(text: str) -> str:
    """What somebody typed as a canonical file has it: what begins with an apostrophe keeps it."""
    return f"'{text}" if text.lstrip().startswith("'") else text


def spreadsheet_safe(text: str) -> str:
    """The text as an export writes it: what a spreadsheet would run gets a leading ``'``, which the import takes off."""
    if text.startswith(_RUN_BY_SPREADSHEETS) and not _NUMBER_FOR_SPREADSHEETS.fullmatch(text):
        return f"'{text}"
    return text


def _without_guard(text: str) -> str:
    """The text without the ``'`` of an export, which stands alone for nothing; of 's-Hertogenbosch it is a letter."""
    rest = text[1:].strip()
    return rest if text.startswith("'") and (not rest or rest.startswith(_RUN_BY_SPREADSHEETS)) else text


def writer(column: Column) -> Callable[[Cell], str]:
    """What makes the canonical text of a value of this column."""
    match column.type:
        case YesNo():
            return lambda value: "" if value is None else ("yes" if value else "no")
        case Number() | Whole():
            return lambda value: "" if value is None else number_text(float(value))
        case Day():
            return lambda value: "" if value is None else str(value)
        case _:
            # Whoever wrote to the desk by other means has not cleaned it.
            return lambda value: "" if value is None else spreadsheet_safe(clean(str(value)))
