"""People: who is hit, how hard, and who stands behind it? Every initiative with what its people side comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.saying import count
from changedesk.screens.context import Context
from changedesk.screens.filtered import FilteredScreen
from changedesk.screens.listed import in_order
from changedesk.screens.none_yet import NO_INITIATIVE, from_a_file
from changedesk.screens.people.people_rows import COLUMNS, PeopleRows, columns_of, detail_lines
from changedesk.screens.pick_client import pick_client
from changedesk.services.people.page import PeopleRow, people_rows
from changedesk.widgets.drawing import Drawing

NONE_LIKE_IT: Final = f"No initiative is like that; {key_to('app.back')} shows all of them."
NOTHING_CHOSEN: Final = "There is no initiative to open."
ORDER: Final = "nearest go-live first"


class PeopleScreen(FilteredScreen):
    """The initiatives that are not over, the nearest go-live first; Enter opens one."""

    scope = "people"
    enter = "open"
    reads_subject = True
    filter_hint = "words of title, code, client"
    shows_forecasts = False
    CSS_PATH = "people.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._rows: Sequence[PeopleRow] | None = None
        self._client: str | None = None
        self._wanted = ""
        self._detail = Drawing(id="detail")
        keys = (("filter", "filter"), ("client", "client"))
        self._box = self.boxed("Who is hit, and who stands behind it?", self._detail, *keys, id="people")

    def content(self) -> Iterable[Widget]:
        """The list, and what the selected one comes to."""
        yield self._box

    def reload(self) -> None:
        """Read them as they are now."""
        session, client = self.context.session, self._client
        self.load("people", lambda: people_rows(session, client), self._show)

    @property
    def subject(self) -> str:
        """The id of the selected initiative."""
        return self._table.selected_key

    def open_subject(self, subject: str) -> None:
        """Select this initiative."""
        self._wanted = subject
        if subject:
            self._table.select(subject)

    def blocked_reason(self, name: str) -> str | None:
        """Without an initiative there is nothing to open."""
        needs = ("open", "plan", "ready")
        if name in needs and not self._table.selected_key:
            return self.lacks("people", NOTHING_CHOSEN)
        return super().blocked_reason(name)

    # --- commands

    def do_open(self) -> None:
        """Show who is hit by the selected one."""
        self.go("hit", self._table.selected_key)

    def do_plan(self) -> None:
        """Show what is planned for its people."""
        self.go("change_plan", f"{self._table.selected_key}/people")

    def do_ready(self) -> None:
        """Show how ready its people are."""
        self.go("ready", f"{self._table.selected_key}/people")

    def do_saturation(self) -> None:
        """Show how much each group bears."""
        self.go("saturation", f"/{self.scope}")

    def do_client(self) -> None:
        """Choose by client."""

        pick_client(self, "Whose initiatives?", self._narrow, now=self._client)

    def leave(self) -> None:
        """Show all of them again, or go back to the portfolio."""
        if self._client is not None:
            self._narrow(None)
        else:
            super().leave()

    # --- how it works

    def _narrow(self, client: str | None) -> None:
        """Show those of this client, or all of them."""
        self._client, self._rows = client, None
        self.begin_anew()

    def _show(self, rows: Sequence[PeopleRow]) -> None:
        self._rows = rows
        self._fill()
        if self._wanted:
            self._table.select(self._wanted)
            self._wanted = ""
            self._follow()

    def _fill(self) -> None:
        if self._rows is None:
            return
        today = self.context.clock().date()
        words = self._words.casefold().split()
        found = [row for row in self._rows if _has(row, words)]
        empty = NONE_LIKE_IT if words or self._client else f"{NO_INITIATIVE}\n{from_a_file('initiatives')}"
        self._table.set_columns(columns_of(found))
        self._table.show(PeopleRows(found, today), empty=empty)
        asked = (self._client or "", f"“{self._words.strip()}”" if words else "")
        told = self.narrowed(asked, f"{count(len(found))} of {count(len(self._rows))}")
        self._box.set_title("Who is hit, and who stands behind it?", told, "key")
        self._follow()

    def _follow(self) -> None:
        today = self.context.clock().date()
        row = next((one for one in self._rows or () if one.sums.initiative_id == self._table.selected_key), None)
        self._detail.show(lambda width, height: detail_lines(row, today, width)[:height])
        self._box.set_note(in_order(ORDER, self._table))
        self.refresh_keys()


def _has(row: PeopleRow, words: Sequence[str]) -> bool:
    text = f"{row.sums.title} {row.sums.code} {row.sums.client}".casefold()
    return all(word in text for word in words)
