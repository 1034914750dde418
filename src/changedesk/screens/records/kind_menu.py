"""The kinds of records that belong to an initiative, each with its letter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget

from changedesk.domain.forms.registry import FORMS
from changedesk.screens.base import DeskScreen
from changedesk.screens.dialog import Dialog
from changedesk.widgets.box import Box
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.lists.table import VirtualTable

OF_INITIATIVE: Final = (
    ("a", "activities", "Activities", "work of all lanes, and milestones"),
    ("u", "audiences", "Audiences", "groups of people, with waves of their own"),
    ("t", "targets", "Targets", "what share of people by when"),
    ("i", "risks", "Risks", "of delivery and adoption, with their owners"),
    ("d", "decisions", "Decisions", "what was decided, and what it touches"),
    ("b", "benefits", "Benefits", "what it is done for, as measures"),
    ("v", "benefit_observations", "Values of benefits", "what was measured, and when"),
    ("k", "key_results", "Key results", "the objectives it serves, and their figures"),
    ("s", "snapshots", "Project snapshots", "money and scope as of a day"),
    ("x", "resistance", "Resistance", "who does not want it, why, and what is done"),
    ("w", "workarounds", "Workarounds", "old ways that people keep using"),
    ("m", "impacts", "Impacts", "how hard each group is hit, aspect by aspect"),
    ("r", "readiness_items", "Readiness", "what has to be true before go-live"),
    ("o", "contact_reasons", "Contact reasons", "why people will call, and what answers them"),
    ("h", "stakeholders", "Stakeholders", "power, interest, stance, who speaks to whom"),
    ("y", "surveys", "Survey answers", "five elements of readiness, nameless"),
    ("c", "confidence", "Confidence", "of the sponsor and of the client, over time"),
    ("f", "behaviours", "Behaviours", "what people do differently, and what shows it"),
    ("e", "expected_resistance", "Expected resistance", "what such a change usually meets"),
    ("p", "support_hours", "Support hours", "spent on technology, and on behaviour"),
    ("n", "security_exceptions", "Security exceptions", "what is left open, by when it closes"),
    ("g", "handovers", "Handover", "planned days and hours of the handover"),
)
"""Letter, form, title and meaning of each kind of an initiative."""

OF_DESK: Final = {
    "clients": "Clients",
    "people": "People",
    "holidays": "Holidays",
    "meetings": "CAB meetings",
    "windows": "Freezes, maintenance and holidays",
    "duties": "Who is on duty",
    "services": "Services",
    "agreements": "Agreements",
    "service_periods": "Service periods",
    "signals": "Signals",
    "improvements": "Improvements",
}
"""Form and title of the kinds that belong to the desk as a whole."""

COLUMNS: Final = (Column("Key", 3), Column("Records", 19), Column("", 20, 1))


def title_of(form_name: str) -> str:
    """What the records of a form are called together."""
    titles = {name: title for _, name, title, _ in OF_INITIATIVE} | OF_DESK
    return titles.get(form_name, FORMS[form_name].title)


class KindMenu(Dialog[str]):
    """Pick a kind by its letter, or with the arrows and Enter; the answer is the name of its form."""

    DEFAULT_CSS = f"""
    KindMenu > Box {{ height: {len(OF_INITIATIVE) + 3}; max-width: 76; max-height: 100%; margin: 0; }}
    """
    hints = (KeyHint("↑ ↓", "select"), KeyHint("enter", "open"))

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self._chosen = chosen
        self._table = VirtualTable(COLUMNS)
        self._box = Box("Records of this initiative", self._table)

    def content(self) -> Iterable[Widget]:
        """The kinds."""
        yield self._box

    def on_mount(self) -> None:
        """Begin at the kind that is shown."""
        rows = [
            Row(name, (cell(key, "key", bold=True), cell(title), cell(meaning, "explain")))
            for key, name, title, meaning in OF_INITIATIVE
        ]
        self._table.show(ListSource(rows))
        self._table.select(self._chosen)
        self._table.focus()

    def answer_of(self, key: str) -> str | None:
        """A letter opens its kind."""
        return next((name for letter, name, _, _ in OF_INITIATIVE if letter == key), None)

    def on_virtual_table_scrolled(self) -> None:
        """Say how far down the list one sees."""
        self._box.set_note(self._table.position_text)

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        """Enter opens the selected kind."""
        self.dismiss(event.key)


def pick_kind(screen: DeskScreen, initiative_id: str, form_name: str) -> None:
    """Let a kind be picked over this screen, and list its records."""

    def picked(name: str | None) -> None:
        if name is not None:
            screen.go("records", f"{name} {initiative_id}")

    screen.app.push_screen(KindMenu(form_name), picked)
