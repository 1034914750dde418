"""The review of a change as a form, under what is known of how it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from textual.app import ComposeResult

from changedesk.domain.control.looking_back import LookingBack
from changedesk.domain.words import plain
from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.screens.control.learning.learned_parts import LEFT, looking_back_lines
from changedesk.screens.forms.form import FormScreen
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.labelled import said
from changedesk.services.control.learning.looking_back import looking_back
from changedesk.services.control.reading import ChangeView, change_view
from changedesk.services.records import records
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line
from changedesk.widgets.drawing import Drawing

REVIEW: Final = "review"
FACTS: Final = 7
MOST: Final = 11
"""The rows of what is known of how it went: usually, and at most."""
INNER: Final = 76
"""The columns of a box on a terminal of 80."""


class ReviewForm(FormScreen):
    """The form of a review; above it stand the planned and the actual times of the change."""

    CSS_PATH = "../../forms/form.tcss"

    def __init__(self, context: Context, request: FormRequest, number: str) -> None:
        super().__init__(context, request)
        self._number = number
        self._facts = Drawing()
        self._facts.styles.height = FACTS
        self._facts_box = Box(f"How did {number.rpartition('/')[2]} go?", id="facts")
        self._facts_box.styles.height = FACTS + 2
        self._facts_box.styles.padding = (0, 1)

    def compose(self) -> ComposeResult:
        """How it went, then the form."""
        with self._facts_box:
            yield self._facts
        yield from super().compose()

    def on_mount(self) -> None:
        """The fields at once; how it went is read meanwhile."""
        session, number = self.context.session, self._number
        self.load("facts", lambda: (change_view(session, number), looking_back(session, number)), self._show_facts)

    def _show_facts(self, read: tuple[ChangeView, LookingBack]) -> None:
        view, back = read
        change = view.change
        self._facts_box.set_title(f"How did {change.number} go?", plain(change.outcome or ""), _token(change.outcome))
        wall = self.context.clock()
        rows = min(len(_facts(view, back, self._facts.size.width or INNER, wall)), MOST)
        self._facts.styles.height = rows
        self._facts_box.styles.height = rows + 2
        self._facts.show(lambda width, _height: _facts(view, back, width, wall))


def _facts(view: ChangeView, back: LookingBack, width: int, wall: datetime) -> tuple[Line, ...]:
    change = view.change
    lines = [
        *said("Change", f"{change.title} · {change.client}", width, room=LEFT),
        *looking_back_lines(back, width, wall, view.zone),
    ]
    if change.outcome_reason:
        lines += said("Taken back", change.outcome_reason, width, "risk", room=LEFT)
    return tuple(lines)


def _token(outcome: str | None) -> str:
    return {"successful": "fine", "with_issues": "risk"}.get(outcome or "", "late")


def open_review(screen: DeskScreen, change_id: str, number: str, done: Callable[[str], None]) -> None:
    """Open the review of a change over a screen; ``done`` is told in one sentence what was saved.

    A review that cannot be given now is refused in words, before the form is seen.
    """
    session = screen.context.session

    def ask(_record: object) -> None:
        request = FormRequest(REVIEW, change_id, done=done, said=lambda _: f"{number.rpartition('/')[2]} was reviewed")
        screen.app.push_screen(ReviewForm(screen.context, request, number))

    screen.read_to_ask("review", lambda: records.fetch(session, REVIEW, change_id), ask)
