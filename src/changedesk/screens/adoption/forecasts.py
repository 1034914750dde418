"""How Adoption asks for its forecasts: in the background, each once, and what is looked at before all the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from changedesk.domain.usage.outlook import Asked, Outlook
from changedesk.domain.usage.views import MetricView, SeriesView
from changedesk.screens.loading import LoadingScreen
from changedesk.services.adoption.forecasts import outlook_of
from changedesk.services.adoption.keeping import keep_week


class Forecasts:
    """The forecasts that have come so far. ``come`` is called when there are more of them."""

    def __init__(self, screen: LoadingScreen, come: Callable[[], None]) -> None:
        self._screen = screen
        self._come = come
        self._known: dict[Asked, Outlook] = {}
        self._awaited: dict[str, Sequence[Asked]] = {}

    @property
    def known(self) -> Mapping[Asked, Outlook]:
        """What is known by now, by what was asked."""
        return self._known

    def ask(self, initiative: str, metric: MetricView, series: SeriesView) -> None:
        """Ask for what is not at hand of a metric, first for the series that is selected; then this week's are kept."""
        session = self._screen.context.session
        first = [one.question for one in (series,) if one.question is not None]
        rest = [one.question for one in metric.all if one.question is not None and one.question not in first]
        self._foresee("forecast", first)
        self._foresee("forecasts", rest)
        if not self._screen.context.read_only:
            self._screen.load("keep", lambda: keep_week(session, initiative), lambda _kept: None)

    def _foresee(self, token: str, questions: Sequence[Asked]) -> None:
        """Ask for what is not known and not being answered: each reload would begin a long answer again."""
        wanted = [question for question in questions if question not in self._known]
        if not wanted or wanted == self._awaited.get(token):
            return
        self._awaited[token] = wanted

        def answer() -> tuple[Sequence[Asked], Sequence[Outlook]]:
            try:
                return wanted, tuple(outlook_of(question) for question in wanted)
            finally:
                self._awaited.pop(token, None)

        self._screen.load(token, answer, self._foreseen)

    def _foreseen(self, answered: tuple[Sequence[Asked], Sequence[Outlook]]) -> None:
        questions, outlooks = answered
        self._known.update(zip(questions, outlooks, strict=True))
        self._come()
