"""People whom a form names and whom this desk does not know: told beside the field, and taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from changedesk.domain.control.policy import ROLE_SEAT
from changedesk.domain.forms.form import Form
from changedesk.services.session import Session
from changedesk.store import people

NAMES_PEOPLE: Final = ("people", "seats")
"""What completes a field that names people of this desk."""
NEED_NOT_BE_KNOWN: Final = ("stakeholder",)
"""Columns of people who often have nothing to do with this desk: who has to be won for a change."""


def strangers(session: Session, wanted: Form, values: Mapping[str, str]) -> dict[str, str]:
    """What is said, by column, of names that nobody in view has as login: nobody will sign, vote or be reminded by them.

    A desk on which nobody is known says nothing.
    """
    named = {
        field.column.name: tuple(
            name
            for part in values.get(field.column.name, "").split(";")
            if (name := part.strip()) and not name.startswith(ROLE_SEAT)
        )
        for field in wanted.fields
        if field.suggest in NAMES_PEOPLE and field.column.name not in NEED_NOT_BE_KNOWN
    }
    everybody = {name for names in named.values() for name in names}
    strange = people.unknown(session.desk.reader(), session.scope, everybody) if everybody else frozenset()
    return {
        column: f"nobody on this desk has the login {unknown[0]}"
        for column, names in named.items()
        if (unknown := [name for name in names if name in strange])
    }
