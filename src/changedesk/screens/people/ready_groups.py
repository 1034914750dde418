"""The groups of an initiative, the least ready first, each with its five elements and the barrier that most stand before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.counted import people_said
from changedesk.domain.people.readiness import SAID_STATUS
from changedesk.domain.saying import count, day_month, percent
from changedesk.screens.far_days import in_days_or_years
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.labelled import headed, plain_lines, said
from changedesk.screens.people.ready_figure import READY_SIGN, READY_TOKEN, ready_bar, ready_span
from changedesk.screens.people.section import NOTHING_CHOSEN, Section
from changedesk.screens.readiness.lines import profile_lines
from changedesk.services.people.readiness import GroupView, ReadinessPage
from changedesk.widgets.canvas import Line
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.paint import ink

STATUS: Final = max(map(len, SAID_STATUS.values())) + 2
"""The columns of a status before the item that it is of."""


class GroupsSection(Section[ReadinessPage]):
    """Pockets of low readiness, then the other groups, then those that are live."""

    name = "Groups"
    question = "Who is not ready?"
    empty = f"No group yet: {key_to('ready.records')}, then u lists the audiences, and {key_to('records.new')} makes the first."

    def __init__(self, barrier: int, pocket: int) -> None:
        self._barrier = barrier
        self._pocket = pocket

    def count(self, page: ReadinessPage) -> str:
        """How many groups there are."""
        return str(len(page.groups) or "")

    def columns(self, width: int) -> Sequence[Column]:
        """The group, where it is, how ready it is, what holds it up."""
        del width
        return (
            Column("", 1, tight=True),
            Column("Group", 16, share=3),
            Column("Site", 12, share=1, priority=2),
            Column("People", 6, align="right"),
            Column("Ready", 5, align="right"),
            Column("", 10, priority=3),
            Column("Left", 8, priority=1),
            Column("Barrier", 13),
            Column("Go-live", 9, align="right"),
        )

    def rows(self, page: ReadinessPage, width: int) -> Iterator[Row]:
        """The groups, each part under its name."""
        del width
        low = [group for group in page.groups if group.pocket]
        unknown = ", or unknown" if any(group.score.seen is None for group in low) else ""
        parts = (
            (f"Pockets: below {self._pocket} %{unknown}", low),
            ("Ready enough", [group for group in page.groups if not group.pocket and not group.live]),
            ("Live", [group for group in page.groups if group.live]),
        )
        number = 0
        for title, groups in parts:
            if groups:
                yield Row("", ((ink(title, bold=True),),), heading=True)
            for group in groups:
                number += 1
                yield self._row(page, group, number)

    def answer(self, page: ReadinessPage) -> tuple[str, str]:
        """How ready all people are."""
        if page.percent is None or page.coverage is None:
            return (page.sentence if page.coverage is None else "nobody knows yet how ready they are"), "unknown"
        unknown = 100 * (1 - page.coverage)
        known = f", {percent(unknown)} unknown" if unknown >= 0.5 else ""
        return f"{percent(page.percent)} of {people_said(page.head.headcount)} ready{known}", READY_TOKEN[page.level]

    def detail(self, page: ReadinessPage, key: str, width: int) -> Sequence[Line]:
        """Its items that are open, its five elements, the rounds before."""
        group = next((one for one in page.groups if one.audience.id == key), None)
        if group is None:
            return ()
        lines: list[Line] = [*headed(group.audience.name, group.audience.role or "", width, "people")]
        lines += profile_lines(group.survey, width, self._barrier, "s")
        left = [item for item in group.items if item.status != "ready"]
        for item in left:
            token = "unknown" if item.status == "unknown" else "risk"
            lines += said(SAID_STATUS[item.status], item.item, width, token, room=STATUS)
        if not group.items:
            lines += plain_lines("Nothing is recorded that this group needs to be ready.", width, "risk")
        if group.survey is not None and not group.survey.hidden:
            lines += said("asked", day_month(group.survey.day, page.head.today), width, "explain", room=STATUS)
        for profile in group.earlier:
            lines += said(day_month(profile.day, page.head.today), profile.sentence, width, "explain", room=STATUS)
        return lines

    def edit(self, page: ReadinessPage, key: str) -> FormRequest | str:
        """The group itself."""
        known = any(group.audience.id == key for group in page.groups)
        return FormRequest("audiences", key, page.head.code) if known else NOTHING_CHOSEN

    def new(self, page: ReadinessPage, key: str) -> FormRequest | str:
        """Something that the selected group needs to be ready."""
        group = next((one.audience.name for one in page.groups if one.audience.id == key), "")
        start = {"about": "audience", "audience": group}
        return FormRequest("readiness_items", "", page.head.code, start=start, key=f"{page.head.code} {group}")

    @staticmethod
    def _row(page: ReadinessPage, group: GroupView, number: int) -> Row:
        score, survey = group.score, group.survey
        sign, token = READY_SIGN[group.level]
        barrier = "not asked" if survey is None else "hidden" if survey.hidden else survey.barrier or "none"
        return Row(
            group.audience.id,
            (
                cell(sign, token),
                cell(group.audience.name, "people"),
                cell(group.audience.site or "?", "explain"),
                cell(count(group.audience.headcount or None)),
                (ready_span(score.seen, group.level),),
                ready_bar(score.seen, 10),
                cell(f"{score.left} of {score.items}" if score.items else "none yet", "explain"),
                cell(barrier, "risk" if survey and survey.barrier else "explain"),
                cell(in_days_or_years(group.go_live, page.head.today), "explain"),
            ),
            number=number,
        )
