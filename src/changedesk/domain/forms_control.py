"""The forms of change control: freezes, maintenance windows and holidays."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from changedesk.domain.form import Form, form_of
from changedesk.domain.kind import Column, Text
from changedesk.domain.kinds_control import WINDOWS

_WINDOW = replace(WINDOWS, columns=(*WINDOWS.columns, Column("approved_by", Text(), "approved_by")))
"""A window as it is made here. Files that other people rely on keep their columns, so that who approved it stays here."""

CONTROL_FORMS: Final[tuple[Form, ...]] = (
    form_of(
        _WINDOW,
        "Window",
        "window",
        "window.edit",
        {
            "client": ("Client", "Empty: every client", "clients"),
            "kind": ("Kind", "A hard freeze blocks, a soft one is accepted by name", ""),
            "scope": ("Scope", "Empty: the whole client; or service:NAME", "scopes"),
            "title": ("Title", "What it is called", ""),
            "start": ("From", "By the client's clock: fri 18:00", ""),
            "end": ("To", "By the client's clock", ""),
            "rrule": ("Repeats", "every sun, every 2 weeks, first sat; empty: once", "rules"),
            "approved_by": ("Approved by", "Who decided on it", "people"),
        },
    ),
)
