"""What people lean on: training that is made for their role, and answers at the service desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.counted import counted
from changedesk.domain.people.people_side import ContactReason
from changedesk.domain.people.readiness import Score
from changedesk.domain.people.training import RoleTraining
from changedesk.domain.saying import capital, count
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.labelled import plain_lines, said
from changedesk.screens.people.ready_figure import ready_bar, ready_span
from changedesk.screens.people.section import NOTHING_CHOSEN, Section
from changedesk.services.people.readiness import ReadinessPage
from changedesk.widgets.canvas import Line
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.paint import ink

ROLE: Final = "r:"
NAMED: Final = 100
"""From so many columns on an answer is named in the list; below, that it is there."""


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
    empty = f"No reason to call is expected yet: {key_to('ready.new')} adds the likeliest."

    def count(self, page: ReadinessPage) -> str:
        """How many reasons have a script."""
        return f"{page.support.scripts.having} of {page.support.scripts.of}" if page.support.scripts.of else ""

    def columns(self, width: int) -> Sequence[Column]:
        """The reason, how often, what answers it."""
        answer = 12 if width >= NAMED else 10
        return (
            Column("Reason", 26, share=3),
            Column("Week 1", 6, align="right"),
            *(Column(name, answer, share=1 if width >= NAMED else 0) for name in ("Script", "Article", "Escalation")),
        )

    def rows(self, page: ReadinessPage, width: int) -> Sequence[Row]:
        """The likeliest first."""
        return [
            Row(
                one.id,
                (
                    cell(one.reason),
                    cell(count(one.expected), "ink" if one.expected is not None else "unknown"),
                    *(
                        cell(
                            f"✓ {text if width >= NAMED else 'there'}" if text else "✗ none",
                            "explain" if text else "late",
                        )
                        for text in _answers(one)
                    ),
                ),
            )
            for one in sorted(page.reasons, key=lambda one: (-(one.expected or 0), one.reason))
        ]

    def answer(self, page: ReadinessPage) -> tuple[str, str]:
        """How many have which answer; where no reason is expected yet, how much of what the desk needs is left."""
        own = page.support.checklist
        if not page.support.scripts.of and own.items:
            return f"{own.left} of {counted(own.items, 'item')} left", "risk" if own.left else "fine"
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
        lines += _score("checklist", page.support.checklist, page.support_level)
        lines += _score("training", page.support.staff, page.staff_level)
        return [*lines, *plain_lines(f"{capital(page.support.sentence)}.", width, "explain")]

    def edit(self, page: ReadinessPage, key: str) -> FormRequest | str:
        """One reason."""
        known = any(reason.id == key for reason in page.reasons)
        return FormRequest("contact_reasons", key, page.head.code) if known else NOTHING_CHOSEN

    def new(self, page: ReadinessPage, key: str) -> FormRequest | str:
        """Another reason."""
        del key
        return FormRequest("contact_reasons", "", page.head.code)


def _trained(role: RoleTraining) -> tuple[str, str]:
    if role.done:
        return "done", "fine"
    return ("planned", "risk") if role.planned else ("none", "late")


def _answers(one: ContactReason) -> tuple[str | None, str | None, str | None]:
    return one.script, one.article, one.escalation


def _score(name: str, score: Score, level: str) -> Iterator[Line]:
    if score.percent is not None:
        yield (
            ink(f"{name:<12}", "explain"),
            *ready_bar(score.seen, 10),
            ink("  "),
            ready_span(score.seen, level),
            ink(f" ready, {score.left} of {score.items} left", "explain"),
        )
