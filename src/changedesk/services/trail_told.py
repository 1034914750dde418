"""What an event says to a person: its facts under the names that forms give them, in the words of every other screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from changedesk.domain.attention_rules import gate_name
from changedesk.domain.control.differences import LABELS
from changedesk.domain.forms.form import FormField
from changedesk.domain.forms.registry import FORMS
from changedesk.domain.kinds.kind import Names as SeveralNames
from changedesk.domain.kinds.kind import YesNo
from changedesk.domain.saying import capital, count, day_month
from changedesk.domain.words import CHECKPOINTS, plain
from changedesk.services.trail_words import ID, NOTHING, Names, body_read, said, told_of

_WHEN: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00))?")
_WORD: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
_WORDS: Final = frozenset(
    (
        "cause",
        "columns",
        "criterion",
        "decision",
        "fields",
        "item",
        "kind",
        "outcome",
        "path",
        "result",
        "side",
        "state",
    )
)
"""Facts whose value is a word of a vocabulary, or the name of a column."""
_NAMED: Final = ("recorded_by", "account", "owner", "voter")
"""Facts whose value is the id of somebody."""


class Telling:
    """Tells events of the desk, as of ``today``; ``names`` and ``records`` as in :func:`changedesk.services.trail_words.says`."""

    def __init__(self, names: Names, records: Names, today: date) -> None:
        self._names = names
        self._records = records
        self._today = today

    def facts(self, body: str) -> tuple[tuple[str, str], ...]:
        """The facts of an event, each under its label; what is empty, or has no name that people know, is left out."""
        read = body_read(body)
        if read is None:
            return (("says", body),)
        fields = _fields(read)
        told = ((plain(key), self._told(key, value, fields)) for key, value in told_of(read))
        return tuple((label, text) for label, text in told if text)

    def _told(self, key: str, value: object, fields: Mapping[str, FormField]) -> str:
        column = fields[key].column.type if key in fields else None
        match value:
            case [*_, int(first), int(last)] if key == "log":
                entries = f"entry {count(first)}" if first == last else f"entries {count(first)} to {count(last)}"
                return f"{entries} of the change log"
            case dict() if "person" not in value:
                return "; ".join(self._parts(value, fields, all_of_it=key in ("before", "after")))
            case list():
                return ", ".join(filter(None, (self._told(key, part, fields) for part in value)))
            case str() if key in ("fields", "columns"):
                return _label(value, fields)
            case int() if isinstance(column, YesNo) or key == "baseline_changed":
                return "yes" if value else "no"
            case str() if isinstance(column, SeveralNames):
                return ", ".join(part.strip() for part in value.split(";"))
            case str():
                return self._text(key, value)
            case _:
                return said(value, self._names, self._records)

    def _parts(self, value: Mapping[str, Any], fields: Mapping[str, FormField], *, all_of_it: bool) -> Iterator[str]:
        """What is in there, each under its label; that something is empty says something only where it was not, or is not."""
        for key, part in value.items():
            text = (
                self._told(str(key), part, fields) if part not in (None, [], {}, "") else NOTHING if all_of_it else ""
            )
            if text:
                yield f"{_label(str(key), fields)}: {text}"

    def _text(self, key: str, value: str) -> str:
        if ID.fullmatch(value):
            known = self._names(value) if key in _NAMED else self._records(value)
            return "" if known == value else known
        if key == "gap":
            sort, _, one = value.partition("/")
            return " ".join(filter(None, (plain(sort), self._text("", one))))
        if when := self._when(value):
            return when
        if key == "checkpoint" and value in CHECKPOINTS:
            return gate_name(value)
        return plain(value) if key in _WORDS and _WORD.fullmatch(value) else value

    def _when(self, value: str) -> str:
        """A day or an instant as it is said everywhere; empty for what is neither."""
        found = _WHEN.fullmatch(value)
        if found is None:
            return ""
        try:
            day = day_month(date.fromisoformat(found[1]), self._today)
        except ValueError:
            return ""
        return f"{day} {found[2]} UTC" if found[2] else day


def _fields(read: Mapping[str, Any]) -> Mapping[str, FormField]:
    """The fields of the form whose record an event is about, by the name of the column."""
    form = FORMS.get(kind) if isinstance(kind := read.get("kind"), str) else None
    return {field.column.name: field for field in form.fields} if form else {}


def _label(key: str, fields: Mapping[str, FormField]) -> str:
    return fields[key].label if key in fields else LABELS.get(key) or capital(plain(key))
