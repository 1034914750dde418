"""Closing a record as of today, after a question."""

from __future__ import annotations

from collections.abc import Callable

from changedesk.domain.forms.registry import FORMS
from changedesk.screens.base import DeskScreen
from changedesk.screens.question import ask_first
from changedesk.screens.records.rows import named
from changedesk.services.records import records
from changedesk.services.records.records import Record


def ask_to_close_record(screen: DeskScreen, form_name: str, record_id: str, ended: Callable[[str], None]) -> None:
    """Ask whether a record is over as of today, and close it; ``ended`` is told so in a sentence."""
    session, form = screen.context.session, FORMS[form_name]
    today = screen.context.clock().date().isoformat()

    def ask(record: Record) -> None:
        def close() -> None:
            values = {**record.values, form.closing: today}
            screen.load(
                "close",
                lambda: records.save(session, form_name, record, values),
                lambda _: ended(f"closed: {form.noun} {named(form, record)}"),
            )

        said = f"{named(form, record)} is over as of today."
        ask_first(screen, f"Close this {form.noun}?", said, "yes, close it", close, leave="leave it open")

    screen.read_to_ask("to close", lambda: records.fetch(session, form_name, record_id), ask)
