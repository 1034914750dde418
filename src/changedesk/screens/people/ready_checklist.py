"""The checklist of readiness: what has to be true of each group before go-live, and of what the groups lean on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.attention_rules import gate_name
from changedesk.domain.people.people_side import ReadinessItem
from changedesk.domain.people.readiness import SAID_STATUS, Score
from changedesk.domain.saying import day_month, in_days
from changedesk.domain.words import LEANING, plain
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.labelled import plain_lines, said
from changedesk.screens.people.ready_figure import ready_bar, ready_span
from changedesk.screens.people.section import NOTHING_CHOSEN, Section
from changedesk.services.people.readiness import ReadinessPage
from changedesk.widgets.canvas import Line
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.paint import ink

STATUS: Final = {
    "unknown": ("○", "unknown"),
    "not_ready": ("✗", "late"),
    "partial": ("◐", "risk"),
    "ready": ("✓", "fine"),
}
"""The sign and the colour of each status."""
PARTS: Final = {about: said.capitalize() for about, said in LEANING.items()}


class ChecklistSection(Section[ReadinessPage]):
    """Every item, group by group, then what managers, sponsor, desk and service have to have ready."""

    name = "Checklist"
    question = "What has to be true before go-live?"
    empty = f"No item yet: {key_to('ready.new')} adds the first, or a playbook brings them."

    def count(self, page: ReadinessPage) -> str:
        """How many items are left."""
        items = list(_items(page))
        return f"{sum(item.status != 'ready' for item in items)} left" if items else ""

    def columns(self, width: int) -> Sequence[Column]:
        """The item, how it stands, by when, whose."""
        del width
        return (
            Column("", 1, tight=True),
            Column("What", 34, share=5),
            Column("Status", 12),
            Column("Weight", 6, align="right", from_width=100, priority=4),
            Column("Due", 9, align="right", priority=1),
            Column("Gate", 10, from_width=120, priority=3),
            Column("Owner", 13, share=1),
        )

    def rows(self, page: ReadinessPage, width: int) -> Iterator[Row]:
        """The items under their groups."""
        del width
        parts = [
            *((group.audience.name, "people", group.score, group.level, group.items) for group in page.groups),
            *((PARTS.get(part.about, part.about), "ink", part.score, part.level, part.items) for part in page.parts),
        ]
        number = 0
        for title, token, score, level, items in parts:
            if items:
                yield Row("", (_heading(title, token, score, level),), heading=True)
            for item in sorted(items, key=lambda one: (list(STATUS).index(one.status), one.item)):
                number += 1
                yield self._row(page, item, number)

    def answer(self, page: ReadinessPage) -> tuple[str, str]:
        """How much nobody knows."""
        unknown = sum(item.status == "unknown" for item in _items(page))
        if unknown:
            return f"{unknown} unknown, counted as not ready", "unknown"
        left = sum(item.status != "ready" for item in _items(page))
        return f"{left} left" if left else "", "explain"

    def detail(self, page: ReadinessPage, key: str, width: int) -> Sequence[Line]:
        """Everything about one item."""
        item = self.item(page, key)
        if item is None:
            return ()
        today = page.head.today
        due = f"{day_month(item.due, today)}, {in_days(item.due, today)}" if item.due else "no day of its own"
        lines = [*plain_lines(item.item, width, bold=True)]
        lines += said("status", SAID_STATUS[item.status], width, STATUS[item.status][1])
        lines += said("whose", item.audience or PARTS.get(item.about, item.about), width, "people")
        lines += said("kind", plain(item.kind or ""), width)
        asked = f", asked for at the gate {gate_name(item.checkpoint).lower()}" if item.checkpoint else ""
        lines += said("due", f"{due}{asked}; the {item.lane} side answers for it", width)
        lines += said("owner", item.owner or "nobody", width, "ink" if item.owner else "risk")
        lines += said("shown by", item.evidence or "", width)
        return [*lines, *said("next", "" if item.status == "ready" else item.action or "", width)]

    def edit(self, page: ReadinessPage, key: str) -> FormRequest | str:
        """One item."""
        return FormRequest("readiness_items", key, page.head.code) if self.item(page, key) else NOTHING_CHOSEN

    def new(self, page: ReadinessPage, key: str) -> FormRequest | str:
        """An item of the same group or part as the selected one."""
        item = self.item(page, key)
        start = {"about": item.about, "audience": item.audience or ""} if item else {}
        return FormRequest("readiness_items", "", page.head.code, start=start)

    @staticmethod
    def item(page: ReadinessPage, key: str) -> ReadinessItem | None:
        """The item that stands under a key."""
        return next((item for item in _items(page) if item.id == key), None)

    @staticmethod
    def _row(page: ReadinessPage, item: ReadinessItem, number: int) -> Row:
        sign, token = STATUS[item.status]
        done = item.status == "ready"
        late = not done and item.due is not None and item.due < page.head.today
        return Row(
            item.id,
            (
                cell(sign, token),
                cell(item.item, "explain" if done else "ink"),
                cell(SAID_STATUS[item.status], token),
                cell(f"{item.counted_weight:g}", "explain"),
                cell(in_days(item.due, page.head.today) if item.due else "", "late" if late else "explain"),
                cell(gate_name(item.checkpoint).lower() if item.checkpoint else "", "explain"),
                cell(item.owner or "nobody", "explain" if item.owner or done else "risk"),
            ),
            number=number,
        )


def _items(page: ReadinessPage) -> Iterator[ReadinessItem]:
    for group in page.groups:
        yield from group.items
    for part in page.parts:
        yield from part.items


def _heading(title: str, token: str, score: Score, level: str) -> Line:
    if score.percent is None:
        return ink(title, token, bold=True), ink("  "), *ready_bar(None, 8), ink("  nothing counts", "explain")
    ready = ready_span(score.seen, level), ink(" ready", "explain")
    return ink(title, token, bold=True), ink("  "), *ready_bar(score.seen, 8), ink("  "), *ready
