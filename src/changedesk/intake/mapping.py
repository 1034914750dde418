"""Mapping files: TOML that somebody wrote, checked setting by setting, each fault said in a sentence."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from changedesk.domain.file_map import FileMap
from changedesk.domain.kinds.kind import Day, Kind, Moment
from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.plaintext import clean
from changedesk.errors import BadInput
from changedesk.intake.tables import read_table

DATE_WORDS: Final = ("iso", "rfc2822", "epoch")
_ENCODING = re.compile(
    r"(utf[-_]?(8|16)([-_]?(sig|le|be))?|(us[-_]?)?ascii|latin[-_]?\d{1,2}|iso[-_]?8859[-_]\d{1,2}|(windows|cp)[-_]?\d{3,4}"
    r"|mac[-_]?roman|koi8[-_][rtu]|shift[-_]?jis|euc[-_](jp|kr)|gb(k|2312|18030)|big5)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"%[YycxDG]")
_SAID = 5


class _Missing(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    tokens: list[str] = []


class _Map(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    kind: str
    encoding: str | None = None
    delimiter: str = ","
    quote: str = '"'
    last_row_wins: bool = False
    first_row: list[str] = []
    columns: dict[str, str]
    optional: list[str] = []
    dates: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    constants: dict[str, str | int | float | date] = {}
    missing: _Missing = Field(default_factory=_Missing)


def parse_map(data: bytes, name: str) -> FileMap:
    """The mapping in the bytes of a TOML file; ``name`` is what sentences call it. Raises BadInput, all faults in one sentence."""
    raw = read_table(data, name)
    try:
        model = _Map.model_validate(raw)
    except ValidationError as error:
        raise _refused(name, [_said(fault["loc"], fault["type"]) for fault in error.errors()]) from None
    faults = list(_faults(model))
    if faults:
        raise _refused(name, faults)
    return FileMap(
        kind=model.kind,
        encoding=model.encoding,
        delimiter=model.delimiter,
        quote=model.quote,
        last_row_wins=model.last_row_wins,
        first_row=tuple(model.first_row),
        columns=model.columns,
        dates={column: form for column, form in model.dates.items() if column != "zone"},
        zone=model.dates.get("zone"),
        values=model.values,
        constants={column: _constant(value) for column, value in model.constants.items()},
        missing=frozenset(token.strip() for token in model.missing.tokens),
        digest=hashlib.sha256(data).hexdigest(),
        optional=frozenset(model.optional),
        name=name,
    )


def _refused(name: str, faults: list[str]) -> BadInput:
    more = f"; and {len(faults) - _SAID} more" if len(faults) > _SAID else ""
    return BadInput(f"{name}: {'; '.join(faults[:_SAID])}{more}")


def _said(place: tuple[int | str, ...], fault: str) -> str:
    where = clean(".".join(str(part) for part in place if part not in ("str", "int", "float", "date")), 80)
    match fault:
        case "extra_forbidden":
            return f"there is no setting {where}; there are {', '.join(_Map.model_fields)}"
        case "missing":
            return f"{where} is missing"
        case "bool_type":
            return f"{where} must be true or false"
        case "string_type":
            return f"{where} must be a text in quotes"
        case "list_type":
            return f"{where} must be a list in brackets"
        case "dict_type" | "model_type":
            return f"{where} must be a table of its own: [{where}]"
        case _:
            return f"{where} cannot be understood"


def _faults(model: _Map) -> Iterator[str]:
    kind = KINDS.get(model.kind)
    if kind is None:
        yield f"there is no kind {clean(model.kind, 60)}; it is one of {', '.join(KINDS)}"
        return
    if model.encoding is not None and not _is_encoding(model.encoding):
        yield f"{clean(model.encoding, 60)} is no encoding that is known; one is utf-8, another iso-8859-1"
    if len(model.delimiter) != 1 or model.delimiter in "\r\n\0 " or model.delimiter == model.quote:
        yield "delimiter must be one character that is no blank and not the quote"
    if len(model.quote) > 1 or model.quote in ("\r", "\n", "\0", " "):
        yield "quote must be one character, or empty when the file has quotes as plain letters"
    yield from _strange_columns(model, kind)
    yield from _strange_dates(model, kind)
    if model.first_row and not model.last_row_wins:
        yield "first_row says something only where last_row_wins = true"


def _strange_columns(model: _Map, kind: Kind) -> Iterator[str]:
    known = [column.name for column in kind.columns]
    for place in ("columns", "constants"):
        strange = [clean(name, 60) for name in getattr(model, place) if name not in known]
        if strange:
            yield f"{place}: {kind.name} have no {', '.join(strange)}; they have {', '.join(known)}"
    for name in model.columns:
        if name in model.constants:
            yield f"{name} is both a column and a constant"
    mapped: Callable[[str], bool] = model.columns.__contains__
    places = (("values", [*model.values]), ("first_row", model.first_row), ("optional", model.optional))
    for place, names in places:
        yield from (f"{place}: {clean(name, 60)} is not among the columns" for name in names if not mapped(name))
    for name in model.first_row:
        if name in kind.key:
            yield f"first_row: {name} is part of what identifies a row, so it is the same in all of them"
    for name in model.optional:
        if name in known and kind.column(name).required:
            yield f"optional: {kind.name} must have {name}"


def _strange_dates(model: _Map, kind: Kind) -> Iterator[str]:
    for name, form in model.dates.items():
        if name == "zone":
            if not _is_zone(form):
                yield f"dates.zone: {clean(form, 60)} is not a time zone; write it as Europe/Helsinki"
        elif name not in model.columns:
            yield f"dates: {clean(name, 60)} is not among the columns"
        elif name in (column.name for column in kind.columns) and not isinstance(kind.column(name).type, Day | Moment):
            yield f"dates: {name} is no day and no time"
        elif form not in DATE_WORDS and not _is_pattern(form):
            words = ", ".join(DATE_WORDS)
            yield f"dates.{name}: {clean(form, 60)} is none of {words}, nor a pattern with the year such as %d.%m.%Y"


def _is_encoding(name: str) -> bool:
    if not _ENCODING.fullmatch(name):
        return False
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_pattern(form: str) -> bool:
    if not _YEAR.search(form) or len(form) > 100:
        return False
    try:
        datetime.strptime("", form)  # noqa: DTZ007  # only whether the pattern is one
    except ValueError as error:
        return "does not match" in str(error)
    return False


def _constant(value: str | int | float | date) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
