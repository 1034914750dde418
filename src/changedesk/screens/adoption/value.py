"""Benefits and value: was it worth it, and what of it waits for people to use it?"""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from changedesk.domain.planning.over import refuse_planning
from changedesk.domain.usage.value import BenefitView
from changedesk.screens.adoption.value_parts import (
    BENEFIT_COLUMNS,
    benefit_chart,
    benefit_rows,
    benefit_sentence,
    chain_lines,
    head_line,
    levels_said,
    page_lines,
)
from changedesk.screens.context import Context
from changedesk.screens.following import following
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.labelled import explained
from changedesk.screens.listed import ListScreen
from changedesk.screens.none_yet import NO_INITIATIVE
from changedesk.services.adoption.choice import choice
from changedesk.services.adoption.value import ValuePage, value_page
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import wrap
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.figures.chart import chart_drawing
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.rows import ListSource
from changedesk.widgets.page import Lines, Page

MOST_BENEFITS = 4
MOST_ON_LOW = 3
MOST_SAID = 3
"""So many benefits are seen at once, on a low terminal fewer, and so many rows of what is said of one."""
AROUND_BENEFITS = 3
BESIDE_SAID = 6
"""The rows of the box and the titles above and below the benefits; the columns of the box beside what is said."""
HIGH = 33
"""From so many rows on the curve is seen beside everything else; on a lower terminal it has the room of the chain."""
BENEFITS, PAGE, CURVE = "benefits", "read", "curve"
"""The parts to which one goes, each by the word for it."""
NO_BENEFIT = "No benefit is named: what is it done for? b names one."
NO_CURVE = "Of each benefit stands here what it was measured at, beside the way that was planned."


class ValueScreen(ListScreen):
    """The value chain, the benefits with the curve of the selected one, and what is looked back on."""

    scope = "value"
    home = "adoption"
    enter = "edit"
    CSS_PATH = "value.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high"), (44, "-tall")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context, BENEFIT_COLUMNS)
        keymap = context.config.keymap
        self._subject = ""
        self._page: ValuePage | None = None
        self._part = BENEFITS
        self._head = Drawing(id="head")
        self._chain = Drawing(id="chain")
        self._chain_box = Box("What becomes of it?", id="chain-box")
        self._said = Drawing(id="said")
        self._first_key = [KeyHint(keymap.shown("value.new"), "new")]
        self._benefit_keys = [
            KeyHint(keymap.shown("value.measured"), "value"),
            KeyHint(keymap.shown("value.edit"), "edit"),
        ]
        self._benefit_box = Box("Was it worth it?", keys=self._benefit_keys, token="service", id="benefits")
        self._chart = Drawing(id="curve")
        self._chart_box = Box("", token="service", id="curve-box")
        self._text = Page(self._lines)
        self._back = "adoption"
        self._panel_key = keymap.shown("value.panel")
        self._text_box = Box("Does it last?", keys=[KeyHint(self._panel_key, "read")], id="page-box")

    def content(self) -> Iterable[Widget]:
        """The chain, the benefits with their curve, and the page."""
        yield self._head
        with self._chain_box:
            yield self._chain
        with self._benefit_box:
            yield self._table
            yield self._said
        with self._chart_box:
            yield self._chart
        with self._text_box:
            yield self._text

    def reload(self) -> None:
        """Read the initiative as it is now; without a subject, the first of the choice."""
        session, subject = self.context.session, self._subject

        def read() -> ValuePage | None:
            wanted = subject or next((row.standing.initiative_id for row in choice(session)), "")
            return value_page(session, wanted) if wanted else None

        self.load("value", read, self._show)

    @property
    def subject(self) -> str:
        """The id of the initiative that is shown."""
        return self._subject

    def open_subject(self, subject: str) -> None:
        """Show this initiative; behind a stroke stands the screen to which one goes back."""
        subject, _, back = subject.partition("/")
        if subject:
            self._back = back or "adoption"
        if subject and subject != self._subject:
            self._subject, self._page = subject, None
            self.begin_anew()

    def blocked_reason(self, name: str) -> str | None:
        """What there is nothing to do with now."""
        if self._page is None:
            return self.lacks("value", NO_INITIATIVE)
        if name in ("next", "previous", "measured", "edit") and not self._page.benefits:
            return NO_BENEFIT
        if name in ("new", "objective"):
            return refuse_planning(self._page.code, cancelled=self._page.cancelled)
        return None

    # --- commands

    def do_next(self) -> None:
        """Select the next benefit."""
        self._table.action_move(1)

    def do_previous(self) -> None:
        """Select the one before."""
        self._table.action_move(-1)

    def do_measured(self) -> None:
        """Enter what the selected benefit was measured at."""
        one = self._selected
        if self._page is not None and one is not None:
            start = {"benefit": one.benefit.name}
            open_form(self, FormRequest("benefit_observations", "", self._page.code, start=start, done=self._done))

    def do_edit(self) -> None:
        """Change the selected benefit."""
        one = self._selected
        if one is not None:
            open_form(self, FormRequest("benefits", one.benefit.id, done=self._done))

    def do_new(self) -> None:
        """Name a benefit."""
        if self._page is not None:
            open_form(self, FormRequest("benefits", "", self._page.code, done=self._done))

    def do_objective(self) -> None:
        """Name a key result."""
        if self._page is not None:
            open_form(self, FormRequest("key_results", "", self._page.code, done=self._done))

    def do_adoption(self) -> None:
        """Show whether people use it."""
        self.go("adoption", self._subject)

    def do_initiative(self) -> None:
        """Show its lanes."""
        self.go("initiative", self._subject)

    def do_panel(self) -> None:
        """Go to the page, on a low terminal on to the curve, and back to the benefits."""
        self._part = following(self._parts, self._part)
        self._arrange()
        (self._text if self._part == PAGE else self._table).focus()

    def leave(self) -> None:
        """Go back to where one came from."""
        self.go(self._back, self._subject)

    # --- what happens

    def on_resize(self) -> None:
        """Another size has room for other parts."""
        self._arrange()

    def on_page_scrolled(self, event: Page.Scrolled) -> None:
        """Say how far down one sees."""
        event.stop()
        self._text_box.set_note(self._text.position_text)

    # --- how it works

    @property
    def _parts(self) -> tuple[str, ...]:
        has_curve = self._page is None or bool(self._page.benefits)
        return (BENEFITS, PAGE, CURVE) if self.size.height < HIGH and has_curve else (BENEFITS, PAGE)

    def _arrange(self) -> None:
        """Give the benefits and their sentences the rows that they take, and what is left to the part that one looks at."""
        parts, page = self._parts, self._page
        if self._part not in parts:
            self._part = BENEFITS
        benefits = page.benefits if page is not None else ()
        if page is not None:
            room = max(1, self.size.width - BESIDE_SAID)
            sentences = [benefit_sentence(one, page.today) for one in benefits] or [NO_CURVE]
            said = max(len(wrap(sentence, room)) for sentence in sentences)
            said = min(said, MOST_SAID)
            most = MOST_ON_LOW if self.size.height < HIGH else MOST_BENEFITS
            self._said.styles.height = said
            self._benefit_box.styles.height = max(1, min(len(benefits), most)) + said + AROUND_BENEFITS
        self.set_class(not any(one.seen for one in benefits), "-unmeasured")
        self.set_class(page is not None and not benefits, "-unnamed")
        self._benefit_box.set_keys(self._benefit_keys if benefits else self._first_key)
        self.set_class(self._part == PAGE, "-reading")
        self.set_class(self._part == CURVE, "-curve")
        hint = [KeyHint(self._panel_key, following(parts, self._part))]
        self._text_box.set_keys(hint if self._part != CURVE else [])
        self._chart_box.set_keys(hint if self._part == CURVE else [])

    @property
    def _selected(self) -> BenefitView | None:
        page, key = self._page, self._table.selected_key
        return next((one for one in page.benefits if one.benefit.id == key), None) if page else None

    def _lines(self, width: int) -> Lines:
        return page_lines(self._page, width, self.context.config.keymap) if self._page is not None else ()

    def _show(self, page: ValuePage | None) -> None:
        self._page = page
        if page is None:
            self._table.show(ListSource(), empty=NO_INITIATIVE)
            return
        self._subject = page.initiative_id
        self._head.show(lambda width, _height: (head_line(page, width),))
        self._chain.show(lambda width, height: chain_lines(page, width, height))
        self._table.show(benefit_rows(page), empty=NO_BENEFIT)
        self._arrange()
        self._text.refresh_lines()
        self._follow()

    def _follow(self) -> None:
        """Draw the curve of the selected benefit."""
        page, one = self._page, self._selected
        self._benefit_box.set_note(self._table.position_text)
        self._text_box.set_note(self._text.position_text if self._text.size else "")
        if page is None or one is None:
            self._chart.show(lambda _width, _height: ())
            self._said.show(explained(NO_CURVE))
            self._chart_box.set_title("Realised against expected")
            self._chart_box.set_note("")
            return
        self._said.show(explained(benefit_sentence(one, page.today)))
        live = None if page.cancelled and not page.went_live else page.go_live
        self._chart.show_soon(chart_drawing(benefit_chart(one, live, page.today)))
        self._chart_box.set_title("Realised ● against expected ··", one.benefit.name)
        self._chart_box.set_note(levels_said(one))
