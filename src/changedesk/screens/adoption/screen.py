"""Adoption: is it used, when will it be enough, and is it slipping back?"""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.usage.views import MetricView, SeriesView
from changedesk.screens.adoption.chart import first_window
from changedesk.screens.adoption.choosing import ChoosesInitiative
from changedesk.screens.adoption.days import MovesInTime
from changedesk.screens.adoption.forecasts import Forecasts
from changedesk.screens.adoption.parts import (
    ALL,
    GROUP_COLUMNS,
    adopted_means,
    audience_of,
    group_rows,
    head_line,
    outlook_in,
)
from changedesk.screens.adoption.picture import SeriesPicture
from changedesk.screens.adoption.words import NO_GROUPS
from changedesk.screens.context import Context
from changedesk.screens.following import following
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.listed import in_order
from changedesk.screens.loading import NOT_READ
from changedesk.screens.none_yet import NO_INITIATIVE, from_a_file
from changedesk.services.adoption.page import AdoptionPage, adoption_page
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import ListSource
from changedesk.widgets.lists.table import VirtualTable
from changedesk.widgets.time_window import TimeWindow

MOST_GROUPS = 10
AROUND_GROUPS = 3
"""So many groups are seen at once, and the rows that the box and the titles take."""
NOTHING_HERE = (
    f"{NO_INITIATIVE}\n"
    "How many of whom use it stands here then, week by week beside plan and target, with what is to be expected.\n"
    + from_a_file("initiatives")
)


class AdoptionScreen(ChoosesInitiative, MovesInTime):
    """One initiative: a chart of the selected group, what is to be expected of it, and all groups below."""

    scope = "adoption"
    CSS_PATH = "screen.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._page: AdoptionPage | None = None
        self._metric = ""
        self._held: tuple[str, SeriesView] | None = None
        self._fresh = False
        keymap = context.config.keymap
        self._head = Drawing(id="head")
        keys = [KeyHint(keymap.shown("adoption.metric"), "metric"), KeyHint(keymap.shown("adoption.zoom_in"), "zoom")]
        self._picture = SeriesPicture(keys, keymap)
        self._forecasts = Forecasts(self, self._show_forecasts)
        self._groups = FollowedTable(GROUP_COLUMNS, self._follow)
        self._group_box = Box("Who takes it up?", token="people", id="groups")

    def content(self) -> Iterable[Widget]:
        """The initiative with its chart and groups; the choice takes their place when it is open."""
        yield self._head
        yield from self._picture.widgets()
        with self._group_box:
            yield self._groups
        yield self._choice

    def reload(self) -> None:
        """Read the initiative as it is now; without a subject, the first of the choice. A choice that is open is read, too."""
        session, subject = self.context.session, self._subject
        if subject:
            self.load("adoption", lambda: adoption_page(session, subject), self._show)
        if self._choice.is_open or not subject:
            self.read_choice()

    def blocked_reason(self, name: str) -> str | None:
        """What there is nothing to do with now."""
        if name == "choose" and self._choice.is_open and self._choice.has_none:
            return self.lacks("choice", NO_INITIATIVE)
        if name in ("choose", "find"):
            return NO_INITIATIVE if self._nothing else None
        if self._page is None:
            return NOT_READ if self._subject else self.lacks("choice", NO_INITIATIVE)
        if self._choice.is_open and name != "observe":
            return f"The list is open; {key_to('app.back')} closes it."
        if shown := self.time_blocked(name):
            return shown
        if name == "metric" and len(self._page.metrics) == 1:
            return "Nothing but use is counted or has a target here."
        if name == "observe" and not self._page.use.groups:
            return NO_GROUPS
        return None

    # --- commands

    def do_metric(self) -> None:
        """Show the next metric."""
        if self._page is not None:
            names = [one.metric.name for one in self._page.metrics]
            self._metric = following(names, self._shown_metric(self._page).metric.name)
            self._window = None
            self._fill()

    def do_compare(self) -> None:
        """Hold what is shown, or let go of what is held."""
        if self._held is not None:
            self._held = None
            self.say("Nothing is held any more.")
        elif self._page is not None:
            series = self._series(self._page)
            self._held = (self._page.code, series)
            self.say(f"{self._page.code}, {series.name} is held: choose another group, or another initiative.")
        self._show_series()

    def do_figures(self) -> None:
        """Show all figures as a page."""
        if self._page is not None:
            from changedesk.screens.adoption.figures import figures_page

            self.app.push_screen(figures_page(self._page))

    def do_value(self) -> None:
        """Show what it was worth."""
        self.go("value", self._subject)

    def do_initiative(self) -> None:
        """Show its lanes."""
        self.go("initiative", self._subject)

    def do_observe(self) -> None:
        """Enter a count for the selected group."""
        if self._page is not None:
            series = self._series(self._page)
            given = {"metric": series.metric.name, "audience": series.audience or ""}
            open_form(self, FormRequest("observation", "", self._page.code, start=given, done=self._done))

    def do_workaround(self) -> None:
        """Note a workaround: what it is, and Enter."""
        if self._page is not None:
            open_form(self, FormRequest("workarounds", "", self._page.code, quick="title", done=self._done))

    def do_back(self) -> None:
        """Close the list, let go of what is held, or go back."""
        if self._choice.is_open:
            self.close_choice()
        elif self._held is not None:
            self.do_compare()
        else:
            super().do_back()

    # --- what happens

    def on_mount(self) -> None:
        """The keys go to the groups."""
        self._groups.focus()

    def on_resize(self) -> None:
        """The signs of the chart stand where the new size has room for them."""
        self.call_after_refresh(self._picture.name_signs)

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        """Enter on a group opens the list of initiatives."""
        event.stop()
        self.perform("adoption.choose")

    # --- how it works

    def whole_time(self) -> TimeWindow | None:
        """All the days of the selected group."""
        page = self._page
        return None if page is None else first_window(self._series(page), page.today)

    def draw_time(self) -> None:
        """Draw the selected group for other days."""
        self._show_series()

    def forget(self) -> None:
        """Another initiative is looked at as a whole first."""
        self._page = self._window = None
        self._fresh = True

    def choice_turned(self) -> None:
        """The list stands in the place of head, chart and groups."""
        for part in (self._head, *self._picture.widgets()):
            part.display = not self._choice.is_open and not self._nothing
        self._group_box.display = not self._choice.is_open
        self.set_class(self._nothing, "-empty")
        if not self._choice.is_open:
            self._groups.focus()
        self.refresh_keys()

    def show_nothing(self) -> None:
        """Say what stands here once there is an initiative."""
        self._groups.show(ListSource(), empty=NOTHING_HERE)

    def _show(self, page: AdoptionPage) -> None:
        """Show what was read, and ask for its forecasts."""
        if page.initiative_id != self._subject:
            return
        self._page = page
        self._fill()

    def _fill(self) -> None:
        page = self._page
        if page is None:
            return
        metric = self._shown_metric(page)
        self._head.show(lambda width, _height: (head_line(page, page.today, width),))
        self._groups.show(group_rows(page, metric, self._forecasts.known), empty=NO_GROUPS)
        if self._fresh:
            self._fresh = not self._groups.select(ALL)
        self._group_box.styles.height = min(len(metric.all), MOST_GROUPS) + AROUND_GROUPS
        self._show_series()
        # Forecasts are a lot of work for threads, and would keep the first chart waiting.
        self.call_after_refresh(self._ask, metric)

    def _ask(self, metric: MetricView) -> None:
        if self._page is not None:
            self._forecasts.ask(self._page.initiative_id, metric, self._series(self._page))

    def _show_forecasts(self) -> None:
        """What is expected stands in the list and in the chart."""
        page = self._page
        if page is not None:
            self._groups.show(group_rows(page, self._shown_metric(page), self._forecasts.known))
            self._show_series()

    def _shown_metric(self, page: AdoptionPage) -> MetricView:
        return page.metric(self._metric)

    def _series(self, page: AdoptionPage) -> SeriesView:
        return self._shown_metric(page).of(audience_of(self._groups.selected_key))

    def _follow(self) -> None:
        """Say what is to be said of the selected group; its chart, which is most to send, comes when the keys rest."""
        self._show_series(rested=True)

    def _show_series(self, *, rested: bool = False) -> None:
        """Draw the selected group, the chart at once or when the keys have ``rested``."""
        page = self._page
        if page is None:
            return
        metric, series = self._shown_metric(page), self._series(page)
        if self._window is None:
            self._window = first_window(series, page.today)
        if self._held is not None and self._held[1] is not series:
            self._picture.compare(page, metric, series, self._held, rested=rested)
        else:
            outlook = outlook_in(self._forecasts.known, series)
            self._picture.show(page, metric, series, outlook, self._window, rested=rested)
        self._group_box.set_note(in_order(adopted_means(page, metric), self._groups))
        self.refresh_keys()
