"""The picture of one group on Adoption: its chart, what the signs in it are, and the sentences that say it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from changedesk.charts.sheet import Chart
from changedesk.domain.usage.outlook import Outlook
from changedesk.domain.usage.views import MetricView, SeriesView
from changedesk.keymap import Keymap
from changedesk.screens.adoption.chart import Named, aligned, chart_of, legend, legend_of_two
from changedesk.screens.adoption.parts import draw_legend, legend_text
from changedesk.screens.adoption.words import compare_sentence, draw_sentences, sentences
from changedesk.services.adoption.page import AdoptionPage
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.figures.chart import chart_drawing
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.time_window import TimeWindow

Said = Sequence[tuple[str, str, bool]]
"""Sentences with their colour and weight."""
QUESTION = "Are they using it?"
EDGE = 6
"""The columns of a frame's lower line that are not for its note."""


class SeriesPicture:
    """The widgets of the picture. With ``rested``, the chart, which is most to send, comes when the keys rest."""

    def __init__(self, keys: Sequence[KeyHint], keymap: Keymap) -> None:
        self._keymap = keymap
        self._chart = Drawing(id="chart")
        self._legend = Drawing(id="legend")
        self._box = Box(QUESTION, self._chart, self._legend, keys=keys, token="people", id="chart-box")
        self._said = Drawing(id="said")
        self._signs: Sequence[Named] = ()

    def widgets(self) -> tuple[Widget, ...]:
        """The chart in its box, and under it what is said."""
        return self._box, self._said

    def show(
        self,
        page: AdoptionPage,
        metric: MetricView,
        series: SeriesView,
        outlook: Outlook | None,
        window: TimeWindow,
        *,
        rested: bool,
    ) -> None:
        """Show one group over the time in ``window``, with what is to be expected of it as far as that is known."""
        relapses = [day for one in metric.groups for day in one.relapses] if not series.audience else series.relapses
        chart = chart_of(series, outlook, window, page.today, page.waves, relapses)
        title = f"{metric.metric.title}: {series.name}"
        signs = legend(series, outlook, relapses, [day for day, _ in page.waves])
        self._draw(title, chart, signs, sentences(page, series, outlook, page.today, self._keymap), rested)

    def compare(
        self, page: AdoptionPage, metric: MetricView, series: SeriesView, held: tuple[str, SeriesView], *, rested: bool
    ) -> None:
        """Show a group beside the one that is ``held`` (whose it is, and its counts), both from their go-live on."""
        whose, other = held
        said = ((compare_sentence(page, series, other, whose), "ink", True),)
        title = f"{metric.metric.title}: {series.name} beside {whose} {other.name}"
        self._draw(title, aligned(series, other), legend_of_two(series, other, whose), said, rested)

    def name_signs(self) -> None:
        """Name the signs in the frame where the size leaves no line for them."""
        self._box.set_note("" if self._legend.display else legend_text(self._signs, self._box.size.width - EDGE))

    def _draw(self, title: str, chart: Chart, signs: Sequence[Named], said: Said, rested: bool) -> None:
        (self._chart.show_soon if rested else self._chart.show)(chart_drawing(chart))
        self._box.set_title(QUESTION, title)
        self._legend.show(lambda width, _height: draw_legend(signs, width))
        self._signs = signs
        self.name_signs()
        self._said.show(lambda width, height: draw_sentences(said, width, height))
