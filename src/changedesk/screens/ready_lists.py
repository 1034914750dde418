"""What people lean on before go-live: the checklist, training that is made for their role, answers at the service desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from changedesk.domain.people_side import ContactReason, ReadinessItem
from changedesk.domain.readiness import SAID_STATUS, Score
from changedesk.domain.saying import count, day_month, in_days, percent
from changedesk.domain.training import RoleTraining
from changedesk.domain.words import plain
from changedesk.screens.form_request import FormRequest
from changedesk.screens.labelled import plain_lines, said
from changedesk.screens.sections import NOTHING_CHOSEN, Section
from changedesk.services.readiness import ReadinessPage
from changedesk.widgets.canvas import Line
from changedesk.widgets.paint import bar, ink
from changedesk.widgets.rows import Column, Row, cell

STATUS: Final = {
    "unknown": ("○", "unknown"),
    "not_ready": ("✗", "late"),
    "partial": ("◐", "risk"),
    "ready": ("✓", "fine"),
}
"""The sign and the colour of each status."""
PARTS: Final = {"manager": "Managers", "sponsor": "Sponsor", "support": "Service desk", "service": "Service"}
ROLE: Final = "r:"


class ChecklistSection(Section[ReadinessPage]):
    """Every item, group by group, then what managers, sponsor, desk and service have to have ready."""

    name = "Checklist"
    question = "What has to be true before go-live?"
    empty = "No item yet: n adds the first, or a playbook brings them."

    def count(self, page: ReadinessPage) -> str:
        """How many items are left."""
        return f"{sum(item.status != 'ready' for item in _items(page))} left"

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

    def rows(self, page: ReadinessPage, width: int) -> Sequence[Row]:
        """The items under their groups."""
        del width
        return list(self._all(page))

    def answer(self, page: ReadinessPage) -> tuple[str, str]:
        """How much nobody knows."""
        unknown = sum(item.status == "unknown" for item in _items(page))
        return (f"{unknown} unknown, counted as not ready", "unknown") if unknown else ("", "explain")

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
        asked = f", asked for at the gate {plain(item.checkpoint)}" if item.checkpoint else ""
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

    def _all(self, page: ReadinessPage) -> Iterator[Row]:
        parts = [
            *((group.audience.name, "people", group.score, group.items) for group in page.groups),
            *((PARTS.get(part.about, part.about), "ink", part.score, part.items) for part in page.parts),
        ]
        number = 0
        for title, token, score, items in parts:
            if items:
                yield Row("", (_heading(title, token, score),), heading=True)
            for item in sorted(items, key=lambda one: (list(STATUS).index(one.status), one.item)):
                number += 1
                yield self._row(page, item, number)

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
                cell(plain(item.checkpoint or ""), "explain"),
                cell(item.owner or "nobody", "explain" if item.owner or done else "risk"),
            ),
            number=number,
        )


class TrainingSection(Section[ReadinessPage]):
    """The roles that are hit, and whether each has a training that is made for it."""

    name = "Training"
    question = "Is the training made for the roles that are hit?"
    empty = "Nobody is known to be hit yet, so nobody is known to need training."

    def count(self, page: ReadinessPage) -> str:
        """How many roles have one."""
        return f"{page.training.covered} of {len(page.training.roles)}" if page.training.roles else ""

    def columns(self, width: int) -> Sequence[Column]:
        """The role, its groups, planned and done."""
        del width
        return (
            Column("", 1, tight=True),
            Column("Role", 20, share=1),
            Column("Groups", 26, share=2),
            Column("Training of its own", 19),
        )

    def rows(self, page: ReadinessPage, width: int) -> Sequence[Row]:
        """The roles without one first."""
        del width
        return [
            self._row(role) for role in sorted(page.training.roles, key=lambda one: (one.planned, one.done, one.role))
        ]

    def answer(self, page: ReadinessPage) -> tuple[str, str]:
        """How many roles are covered."""
        share = page.training.share
        return page.training.sentence, "explain" if share is None else "fine" if share == 1 else "risk"

    def detail(self, page: ReadinessPage, key: str, width: int) -> Sequence[Line]:
        """One role."""
        role = self._role(page, key)
        if role is None:
            return ()
        return [
            (ink(role.role, bold=True),),
            *said("groups", ", ".join(role.audiences), width, "people"),
            *said("training", _trained(role)[0], width, _trained(role)[1]),
            *plain_lines(
                "Training for everybody at once counts for nobody's role: one for each group does.", width, "explain"
            ),
        ]

    def new(self, page: ReadinessPage, key: str) -> FormRequest | str:
        """A training for the selected role."""
        role = self._role(page, key)
        audience = role.audiences[0] if role is not None else ""
        start = {"lane": "people", "phase": "training", "kind": "training", "audience": audience}
        return FormRequest("activities", "", page.head.code, start=start, key=f"{page.head.code} training {audience}")

    def edit(self, page: ReadinessPage, key: str) -> FormRequest | str:
        """A role without a training gets one."""
        role = self._role(page, key)
        if role is None:
            return NOTHING_CHOSEN
        return "It has a training of its own: I, then a shows the activities." if role.planned else self.new(page, key)

    @staticmethod
    def _role(page: ReadinessPage, key: str) -> RoleTraining | None:
        return next((role for role in page.training.roles if f"{ROLE}{role.role}" == key), None)

    @staticmethod
    def _row(role: RoleTraining) -> Row:
        text, token = _trained(role)
        sign = "✓" if role.done else "◐" if role.planned else "✗"
        return Row(
            f"{ROLE}{role.role}",
            (cell(sign, token), cell(role.role), cell(", ".join(role.audiences), "people"), cell(text, token)),
        )


class ReasonsSection(Section[ReadinessPage]):
    """Why people will call, and what answers them: script, article, who takes over."""

    name = "Service desk"
    question = "Can the desk answer what people will ask?"
    empty = "No reason to call is expected yet: n adds the likeliest."

    def count(self, page: ReadinessPage) -> str:
        """How many reasons have a script."""
        return f"{page.support.scripts.having} of {page.support.scripts.of}" if page.support.scripts.of else ""

    def columns(self, width: int) -> Sequence[Column]:
        """The reason, how often, what answers it."""
        del width
        return (
            Column("Reason", 26, share=3),
            Column("Expected", 8, align="right"),
            Column("Script", 12, share=1),
            Column("Article", 12, share=1),
            Column("Escalation", 12, share=1),
        )

    def rows(self, page: ReadinessPage, width: int) -> Sequence[Row]:
        """The likeliest first."""
        del width
        return [
            Row(
                one.id,
                (
                    cell(one.reason),
                    cell(count(one.expected), "ink" if one.expected is not None else "unknown"),
                    *(cell(f"✓ {text}" if text else "✗ none", "explain" if text else "late") for text in _answers(one)),
                ),
            )
            for one in sorted(page.reasons, key=lambda one: (-(one.expected or 0), one.reason))
        ]

    def answer(self, page: ReadinessPage) -> tuple[str, str]:
        """How many have which answer."""
        said_of = [
            f"{one.having} of {one.of} {'with an' if one.what[0] in 'ae' else 'with a'} {one.what}"
            for one in (page.support.scripts, page.support.articles, page.support.escalations)
            if one.of
        ]
        missing = any(one.missing for one in (page.support.scripts, page.support.articles, page.support.escalations))
        return ", ".join(said_of), "risk" if missing else "fine"

    def detail(self, page: ReadinessPage, key: str, width: int) -> Sequence[Line]:
        """One reason, then how ready the desk is over all."""
        one = next((reason for reason in page.reasons if reason.id == key), None)
        lines: list[Line] = []
        if one is not None:
            lines += plain_lines(one.reason, width, bold=True)
            expected = (
                "nobody has counted how many" if one.expected is None else f"{count(one.expected)} in the first week"
            )
            lines += said("expected", expected, width)
            for name, text in zip(("script", "article", "escalation"), _answers(one), strict=True):
                lines += said(name, text or "none: enter adds it", width, "ink" if text else "late")
            lines.append(())
        lines += _score("desk", page.support.checklist)
        lines += _score("staff", page.support.staff)
        return [*lines, *plain_lines(f"Over all: {page.support.sentence}.", width, "explain")]

    def edit(self, page: ReadinessPage, key: str) -> FormRequest | str:
        """One reason."""
        known = any(reason.id == key for reason in page.reasons)
        return FormRequest("contact_reasons", key, page.head.code) if known else NOTHING_CHOSEN

    def new(self, page: ReadinessPage, key: str) -> FormRequest | str:
        """Another reason."""
        del key
        return FormRequest("contact_reasons", "", page.head.code)


def _items(page: ReadinessPage) -> Iterator[ReadinessItem]:
    for group in page.groups:
        yield from group.items
    for part in page.parts:
        yield from part.items


def _heading(title: str, token: str, score: Score) -> Line:
    ready = "nothing counts" if score.percent is None else f"{percent(score.percent)} ready"
    return (
        ink(title, token, bold=True),
        ink("  "),
        *bar(None if score.percent is None else score.percent / 100, 8, "people"),
        ink(f"  {ready}", "explain"),
    )


def _trained(role: RoleTraining) -> tuple[str, str]:
    if role.done:
        return "done", "fine"
    return ("planned", "risk") if role.planned else ("none", "late")


def _answers(one: ContactReason) -> tuple[str | None, str | None, str | None]:
    return one.script, one.article, one.escalation


def _score(name: str, score: Score) -> Iterator[Line]:
    if score.percent is not None:
        yield (
            ink(f"{name:<12}", "explain"),
            *bar(score.percent / 100, 10, "people"),
            ink(f"  {percent(score.percent)} ready, {score.left} of {score.items} left", "ink"),
        )
