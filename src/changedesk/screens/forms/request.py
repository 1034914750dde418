"""What a form is opened for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.domain.forms.form import Form
    from changedesk.screens.base import DeskScreen
    from changedesk.services.records.records import Record


def _nothing(_sentence: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class FormRequest:
    """A record to be made (``record_id`` empty) or changed, of the initiative with this code where it belongs to one.

    ``quick`` is the column of a quick entry: the form begins there, and Enter in it saves; at ``at`` it only begins. ``done``
    is told in one sentence what was saved, ``saved`` is given the record itself. ``title`` and ``start`` are what a new record
    is called and begins with, ``key`` is what its draft is kept under, where that says more than the form and the initiative.
    """

    form_name: str
    record_id: str = ""
    initiative: str = ""
    quick: str = ""
    at: str = ""
    done: Callable[[str], None] = _nothing
    saved: Callable[[Record], None] | None = None
    title: str = ""
    start: Mapping[str, str] = field(default_factory=dict)
    key: str = ""

    @property
    def form(self) -> Form:
        """The declaration of the form; all forms together are imported with the first one."""
        from changedesk.domain.forms.registry import FORMS

        return FORMS[self.form_name]

    @property
    def draft_key(self) -> str:
        """Under which the draft of this form is kept."""
        return self.key or self.record_id or f"{'quick' if self.quick else 'new'} {self.initiative}".strip()


def name_of(form: Form, values: Mapping[str, str]) -> str:
    """What a record is called: what identifies it among those of its initiative."""
    from changedesk.domain.field_entry import written

    shown = (
        written(form.kind.column(column).type, values.get(column, ""))
        for column in form.kind.key
        if column != "initiative"
    )
    return " · ".join(text for text in shown if text)


def open_form(screen: DeskScreen, request: FormRequest) -> None:
    """Open a form over a screen."""
    if request.form_name == "change":
        from changedesk.screens.control.changes.change_form import ChangeFormScreen

        screen.app.push_screen(ChangeFormScreen(screen.context, request))
        return
    from changedesk.screens.forms.form import FormScreen

    screen.app.push_screen(FormScreen(screen.context, request))
