"""What a form is opened for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from changedesk.domain.forms import FORMS, Form


def _nothing(_sentence: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class FormRequest:
    """A record to be made (``record_id`` empty) or changed, of the initiative with this code where it belongs to one.

    ``quick`` is the column of a quick entry: the form begins there, and Enter in it saves. ``done`` is told in one sentence
    what was saved.
    """

    form_name: str
    record_id: str = ""
    initiative: str = ""
    quick: str = ""
    done: Callable[[str], None] = _nothing

    @property
    def form(self) -> Form:
        """The declaration of the form."""
        return FORMS[self.form_name]

    @property
    def draft_key(self) -> str:
        """Under which the draft of this form is kept."""
        return self.record_id or f"new {self.initiative}".strip()
