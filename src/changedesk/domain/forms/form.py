"""What a form is: the fields of one kind of record, each with its label, its meaning and what completes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from changedesk.domain.kinds.kind import Column, Kind, ToInitiative
from changedesk.values import dataclass

_WHEN_EMPTY: Final = re.compile(r"\bempty: ([^;]+)", re.IGNORECASE)

CLOSING: Final = ("closed_on", "actual_end")
"""Columns whose day ends a record."""

Words = tuple[str, str, str]
"""Label, help, and whose names complete a field."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: what it is called, what it means, and whose names complete it (people, audiences, clients, milestones,
    benefits, services, or nobody's)."""

    column: Column
    label: str
    help: str
    suggest: str = ""

    @property
    def when_empty(self) -> str:
        """What it means that nothing stands in the field, as its help says after ``Empty:``; empty where that is unknown."""
        found = _WHEN_EMPTY.search(self.help)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form for one kind of record; ``of_initiative`` says that it is opened from an initiative, which it belongs to.

    ``noun`` is what one record is called in a sentence, ``action`` what the actor must be allowed to do.
    """

    kind: Kind
    title: str
    noun: str
    action: str
    fields: tuple[FormField, ...]
    of_initiative: bool

    @property
    def closing(self) -> str:
        """The column that ends a record of this kind; empty when nothing does."""
        names = {field.column.name for field in self.fields}
        return next((name for name in CLOSING if name in names), "")


def form_of(kind: Kind, title: str, noun: str, action: str, words: Mapping[str, Words]) -> Form:
    """The form of a kind; ``words`` has the label, the help and what completes it for each column."""
    fields = tuple(
        FormField(column, *words[column.name]) for column in kind.columns if not isinstance(column.type, ToInitiative)
    )
    return Form(kind, title, noun, action, fields, kind.belongs_to_initiative)
