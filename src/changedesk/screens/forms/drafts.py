"""The draft of a form: kept while one types and at the end of the session, dropped when it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from changedesk.screens.forms.request import FormRequest
from changedesk.services.records import drafts
from changedesk.services.records.records import Record
from changedesk.services.session import Session
from changedesk.values import dataclass

OPENED: Final = "opened:"
REVISION: Final = "rev"
"""How a draft names what the record was when it was opened."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and not saved, on top of the record as it was opened then."""

    values: dict[str, str]
    opened: Record


class FormDraft:
    """Knows whether what stands in the form is kept already."""

    def __init__(self, session: Session, request: FormRequest) -> None:
        self._session = session
        self._request = request
        self._kept: dict[str, str] | None = None
        self.settled = False
        """Whether the form has been saved or thrown away: nothing is kept any more."""

    def read(self) -> Draft | None:
        """The draft that an earlier session has left."""
        found = drafts.kept(self._session, self._request.form_name, self._request.draft_key)
        if found is None:
            return None
        opened = {name.removeprefix(OPENED): text for name, text in found.items() if name.startswith(OPENED)}
        revision = opened.pop(REVISION, "0")
        values = {name: text for name, text in found.items() if not name.startswith(OPENED)}
        rev = int(revision) if revision.isdecimal() else 0
        return Draft(values, Record(self._request.record_id or None, rev, opened))

    def keep(self, values: Mapping[str, str], opened: Record) -> bool:
        """Keep these values, unless they are kept already; false when they could not be."""
        before = {f"{OPENED}{name}": text for name, text in opened.values.items()}
        document = {**values, **before, f"{OPENED}{REVISION}": str(opened.rev)}
        if self.settled or document == self._kept:
            return True
        if not drafts.keep(self._session, self._request.form_name, self._request.draft_key, document):
            return False
        self._kept = document
        return True

    def drop(self) -> None:
        """The draft is no longer needed."""
        drafts.drop(self._session, self._request.form_name, self._request.draft_key)
        self._kept = None
