"""How far the sponsor and the client trust a change, over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.counted import counted
from changedesk.domain.saying import day_month, signed_days
from changedesk.domain.words import CONFIDENCE_OF
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.labelled import plain_lines
from changedesk.screens.people.section import NOTHING_CHOSEN, Section
from changedesk.services.people.page import ConfidenceSeries, PeoplePage
from changedesk.widgets.canvas import Line, Look, Span
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.paint import bar, ink, sparkline

STEPS: Final = 5
SPARK: Final = 12


class ConfidenceSection(Section[PeoplePage]):
    """How far the sponsor and the client trust it, over time."""

    name = "Confidence"
    question = "Do sponsor and client still trust it?"
    empty = f"Nobody was asked yet: {key_to('hit.new')} records how far the sponsor or the client trusts it, 1 to 5."

    def count(self, page: PeoplePage) -> str:
        """The newest scores; nothing while nobody was asked."""
        scores = ["?" if one.latest is None else str(one.latest) for one in page.confidence]
        asked = any(one.scores for one in page.confidence)
        return f"{' and '.join(scores)} of {STEPS}" if asked else ""

    def columns(self, width: int) -> Sequence[Column]:
        """Whose, when, how much, and what was said."""
        del width
        return (
            Column("Whose", 8),
            Column("On", 15),
            Column("Trust", 6, align="right"),
            Column("", 10),
            Column("Moved", 6, align="right"),
            Column("In their own words", 26, share=1),
        )

    def rows(self, page: PeoplePage, width: int) -> Iterator[Row]:
        """Each series under its name, the newest score first."""
        del width
        number = 0
        for series in page.confidence:
            if not series.scores:
                continue
            yield Row("", (self._heading(series),), heading=True)
            previous = [None, *(score.score for score in series.scores)]
            for score, before in reversed(list(zip(series.scores, previous, strict=False))):
                number += 1
                moved = None if before is None else score.score - before
                token = "ink" if not moved else "risk" if moved < 0 else "fine"
                yield Row(
                    score.id,
                    (
                        cell(score.whose, "explain"),
                        cell(day_month(score.day, page.head.today)),
                        cell(f"{score.score} of {STEPS}"),
                        bar(score.score / STEPS, 10, "people"),
                        cell("" if moved is None else signed_days(moved).removesuffix(" d"), token),
                        cell(score.comment or "", "explain"),
                    ),
                    number=number,
                )

    def answer(self, page: PeoplePage) -> tuple[str, str]:
        """What fell last."""
        fell = [one.whose for one in page.confidence if one.moved is not None and one.moved < 0]
        return (f"it fell with the {' and the '.join(fell)}", "risk") if fell else ("", "explain")

    def detail(self, page: PeoplePage, key: str, width: int) -> Sequence[Line]:
        """The whole of what was said."""
        score = next((s for one in page.confidence for s in one.scores if s.id == key), None)
        if score is None:
            return ()
        day = day_month(score.day, page.head.today)
        return [
            (ink(f"{score.whose}  {score.score} of {STEPS}", bold=True), ink(f"  {day}", "explain")),
            *plain_lines(score.comment or "Nothing was said with it.", width, "ink" if score.comment else "explain"),
        ]

    def edit(self, page: PeoplePage, key: str) -> FormRequest | str:
        """One score."""
        known = any(score.id == key for one in page.confidence for score in one.scores)
        return FormRequest("confidence", key, page.head.code) if known else NOTHING_CHOSEN

    def new(self, page: PeoplePage, key: str) -> FormRequest | str:
        """What was said today, by the one who is selected."""
        whose = next((o.whose for o in page.confidence for s in o.scores if s.id == key), CONFIDENCE_OF[0])
        return FormRequest("confidence", "", page.head.code, start={"whose": whose})

    @staticmethod
    def _heading(series: ConfidenceSeries) -> Line:
        spark = sparkline([score.score / STEPS for score in series.scores], SPARK)
        return (
            ink(f"{series.whose}  ", bold=True),
            Span(spark, Look("people")),
            ink(f"  asked {counted(len(series.scores), 'time')}", "explain"),
        )
