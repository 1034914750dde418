"""The draft of a form: kept a moment after each change and at the end of the session, dropped when it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from textual.timer import Timer

from changedesk.errors import ChangeDeskError
from changedesk.screens.form_request import FormRequest

KEEP_AFTER: Final = 1.0
"""Seconds after a change within which the draft is kept."""


class FormDraft:
    """Knows whether what stands in the form is kept already."""

    def __init__(self, services: Any, request: FormRequest) -> None:
        self._services = services
        self._request = request
        self._kept: dict[str, str] | None = None
        self._timer: Timer | None = None
        self.settled = False
        """Whether the form has been saved or thrown away: nothing is kept any more."""

    def read(self) -> dict[str, str] | None:
        """The draft that an earlier session has left."""
        found = self._services.kept(self._request.form_name, self._request.draft_key)
        return None if found is None else dict(found)

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep these values, unless they are kept already."""
        if not self.settled and dict(values) != self._kept:
            self._services.keep(self._request.form_name, self._request.draft_key, dict(values))
            self._kept = dict(values)

    def keep_at_the_end(self, values: Mapping[str, str]) -> None:
        """Keep them while the program ends: there is nobody left to tell of a failure."""
        try:
            self.keep(values)
        except ChangeDeskError:
            return

    def drop(self) -> None:
        """The draft is no longer needed."""
        self._services.drop(self._request.form_name, self._request.draft_key)
        self._kept = None

    def after(self, set_timer: Callable[[float, Callable[[], None]], Timer], keep: Callable[[], None]) -> None:
        """Call ``keep`` a moment after the first change since the last time."""

        def due() -> None:
            self._timer = None
            keep()

        if self._timer is None:
            self._timer = set_timer(KEEP_AFTER, due)
