"""The form of a change: while it is written, how changes like it ended and what they taught stands beside it (R93)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Horizontal

from changedesk.domain.control.base_rate import said_base_rate, said_success
from changedesk.domain.counted import counted
from changedesk.domain.saying import day_month
from changedesk.screens.context import Context
from changedesk.screens.forms.form import FormScreen
from changedesk.screens.forms.request import FormRequest
from changedesk.services.control.learning.learned import like_draft
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line, Look, Span, wrap
from changedesk.widgets.drawing import Drawing

if TYPE_CHECKING:
    from changedesk.domain.control.base_rate import BaseRate
    from changedesk.domain.control.lessons import Match
    from changedesk.services.records.records import Record

SHOWN: Final = ("client", "path", "services", "risk")
"""The fields that say which changes are like it."""
MORE: Final = "and {} more"


class ChangeFormScreen(FormScreen):
    """A change to be asked for or edited."""

    CSS_PATH = ["../../forms/form.tcss", "change_form.tcss"]  # noqa: RUF012 Textual declares it so
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-broad")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context, request: FormRequest) -> None:
        super().__init__(context, request)
        self._drawn = Drawing(id="lessons")
        self._lessons_box = Box("Changes like it", id="lessons_box")
        # Side by side both end on one line.
        self._lessons_box.styles.max_height = self._box.styles.max_height
        self._asked: tuple[str, ...] = ()
        self._lessons: tuple[Match, ...] = ()
        self._rate: BaseRate | None = None

    def compose(self) -> ComposeResult:
        """The form, and the lessons beside it or under it."""
        with Horizontal(id="sides"):
            with self._box:
                yield self.body
            with self._lessons_box:
                yield self._drawn
        yield self.choices
        yield self._notice
        yield self._key_line

    def begin(self, record: Record, values: dict[str, str]) -> None:
        """Look for the lessons of what stands there."""
        super().begin(record, values)
        self._look_up()

    def check(self) -> None:
        """With the rules, ask for the lessons again when the change is about something else."""
        super().check()
        self._look_up()

    def _look_up(self) -> None:
        values = self.body.values
        asked = tuple(values.get(name, "") for name in SHOWN)
        if asked == self._asked or not asked[0]:
            return
        self._asked = asked
        client, path, services, risk = asked
        named = tuple(name.strip() for name in services.split(";") if name.strip())
        session = self.context.session
        self.load("lessons", lambda: like_draft(session, client, path, named, risk or None), self._show)

    def _show(self, found: tuple[BaseRate | None, Sequence[Match]]) -> None:
        rate, lessons = found
        self._lessons = tuple(lessons)
        self._rate = rate if rate is not None and rate.n else None
        self._lessons_box.display = bool(lessons) or self._rate is not None
        self._lessons_box.set_note(counted(len(lessons), "lesson") if lessons else "")
        self._drawn.show(self._draw)

    def _draw(self, width: int, height: int) -> tuple[Line, ...]:
        """How they ended; then as many lessons as there is room for, each whole, and how many more there are."""
        lines: list[Line] = []
        if self._rate is not None:
            said_rate = f"{said_base_rate(self._rate)}; {said_success(self._rate)}"
            lines += [(Span(text, Look("explain")),) for text in wrap(said_rate, width)]
        for number, match in enumerate(self._lessons):
            said: list[Line] = []
            lesson = match.lesson
            for place, text in enumerate(wrap(lesson.text, width - 2)):
                said.append((Span("  " if place else "◆ ", Look("risk")), Span(text, Look())))
            day = day_month(lesson.at.date(), self.context.clock().date())
            source = f"{lesson.number or 'the client'}, {day}: {match.why}"
            said += [(Span(f"  {text}", Look("explain")),) for text in wrap(source, width - 2)]
            left = len(self._lessons) - number
            if number and len(lines) + len(said) > height - (1 if left > 1 else 0):
                lines.append((Span(f"  {MORE.format(left)}", Look("explain")),))
                break
            lines += said
        return tuple(lines[:height])
