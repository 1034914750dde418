"""The change plan by group and by day: which kinds of work each group gets, and each piece against its milestone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.counted import counted
from changedesk.domain.people.change_plan import KindCell, PlannedStep, PlanRow
from changedesk.domain.saying import capital, count, day_month, in_days, signed_days
from changedesk.domain.words import ACTIVITY_KINDS, plain
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.labelled import headed, plain_lines, said
from changedesk.screens.people.section import NOTHING_CHOSEN, Section
from changedesk.services.people.change_plan import ChangePlanPage
from changedesk.widgets.canvas import Line
from changedesk.widgets.lists.rows import Cell, Column, Row, cell

WIDE: Final = 118
MILESTONE_FROM: Final = 100
"""From so many columns on a milestone stands beside what moves with it."""
KINDS: Final = ACTIVITY_KINDS["people"]
SHORT: Final = {
    "communication": ("message", "Msg"),
    "training": ("training", "Trn"),
    "manager_enablement": ("managers", "Mgr"),
    "support_readiness": ("support", "Sup"),
    "design_review": ("design", "Dsn"),
    "reinforcement": ("stay on", "Stay"),
    "assessment": ("check", "Chk"),
}
"""What each kind of people work is called over its column, where there is room and where there is little."""
STATES: Final = {
    "done": ("✓", "fine", "done"),
    "late": ("▲", "late", "late"),
    "running": ("◐", "ink", "running"),
    "to_come": ("○", "explain", "to come"),
    "cancelled": ("×", "explain", "cancelled"),
}
ABBREVIATED: Final = ", ".join(f"{short} {long}" for long, short in SHORT.values() if short.casefold() not in long)
EDGE: Final = 4
"""What stands over the narrow columns, in words; and the columns of the box beside its text."""
DAY: Final = 15
"""The columns of a sign and a day before what happens then."""
GROUP: Final = "g:"


class AudiencesSection(Section[ChangePlanPage]):
    """A row for each group with the work of each kind that is for it, and when it hears of the change first."""

    name = "Audiences"
    question = "Who hears, learns and does what?"
    empty = (
        f"No group yet: {key_to('change_plan.records')}, then u lists the audiences, and {key_to('records.new')} "
        "makes the first."
    )

    def count(self, page: ChangePlanPage) -> str:
        """How many groups there are."""
        return str(len(page.plan.rows) or "")

    def columns(self, width: int) -> Sequence[Column]:
        """The group, the kinds of work, the first of it."""
        wide = width >= WIDE
        return (
            Column("Group", 16, share=3),
            Column("People", 6, align="right", priority=1),
            *(Column(capital(SHORT[kind][0 if wide else 1]), 8 if wide else 4) for kind in KINDS),
            Column("First", 11),
        )

    def rows(self, page: ChangePlanPage, width: int) -> Sequence[Row]:
        """The largest group first."""
        del width
        return [
            Row(
                f"{GROUP}{row.audience}",
                (
                    cell(row.audience or "everybody", "people"),
                    cell(count(row.headcount or None), "explain"),
                    *(_kind(one) for one in row.cells),
                    cell(_short_day(page, row), "late" if row.hears_nothing else "explain"),
                ),
            )
            for row in page.plan.rows
        ]

    def answer(self, page: ChangePlanPage) -> tuple[str, str]:
        """How many groups nobody tells anything."""
        deaf = [row for row in page.plan.rows if row.hears_nothing]
        if deaf:
            return f"{counted(len(deaf), 'group')} told nothing", "late"
        return ("all hear of it", "fine") if page.plan.rows else ("", "explain")

    def besides(self, page: ChangePlanPage) -> tuple[str, str]:
        """How many pieces of the work are late."""
        late = sum(step.state == "late" for step in page.plan.steps)
        return (f"{counted(late, 'piece')} late" if late else ""), "late"

    def detail(self, page: ChangePlanPage, key: str, width: int) -> Sequence[Line]:
        """What the selected group hears when."""
        row = self._row(page, key)
        if row is None:
            return ()
        legend = "1 its own, +1 for everybody, ✓ all of them done, - none"
        if width < WIDE - EDGE:
            legend += f"; {ABBREVIATED}"
        lines: list[Line] = [
            *headed(row.audience or "everybody", "hears", width, "people"),
            *plain_lines(f"In the columns: {legend}.", width, "explain"),
        ]
        if row.hears_nothing:
            lines += plain_lines("Nothing in the plan tells, teaches or leads this group.", width, "late")
        for step in page.plan.steps:
            if step.activity.audience in (row.audience, None):
                whom = "" if step.activity.audience else ", for everybody"
                text = f"{step.activity.title} ({plain(step.activity.kind or step.activity.phase)}{whom})"
                sign, token, _ = STATES[step.state]
                day = _day(page, step.activity.last_day)
                strength = "explain" if token == "fine" else token
                lines += said(f"{sign} {day}", text, width, strength, room=DAY, label_token=strength)
        return lines

    def edit(self, page: ChangePlanPage, key: str) -> FormRequest | str:
        """Something new for the selected group."""
        return self.new(page, key) if self._row(page, key) else NOTHING_CHOSEN

    def new(self, page: ChangePlanPage, key: str) -> FormRequest | str:
        """Plan something for the selected group: the first kind of which it gets nothing."""
        row = self._row(page, key)
        lacking = _first_lacking(page, row)
        start = {"lane": "people", "audience": (row.audience or "") if row else ""}
        if lacking:
            start["kind"] = lacking
        return FormRequest("activities", "", page.head.code, start=start, key=f"{page.head.code} plan {key}")

    @staticmethod
    def _row(page: ChangePlanPage, key: str) -> PlanRow | None:
        return next((row for row in page.plan.rows if f"{GROUP}{row.audience}" == key), None)


class StepsSection(Section[ChangePlanPage]):
    """All people work in the order of its days, with the milestone that each piece moves with."""

    name = "When"
    question = "What is planned when, against which milestone?"
    empty = f"Nothing is planned for people yet: {key_to('change_plan.new')} plans the first, a playbook brings many."

    def count(self, page: ChangePlanPage) -> str:
        """How many pieces are open; nothing where none is planned."""
        return f"{sum(step.is_open for step in page.plan.steps)} open" if page.plan.steps else ""

    def columns(self, width: int) -> Sequence[Column]:
        """The activity, for whom, when, against what."""
        # Where the milestone has no column beside it, the days have to say themselves from what they count.
        title, room = ("From it", 7) if width >= MILESTONE_FROM else ("From milestone", 14)
        return (
            Column("", 1, tight=True),
            Column("What", 26, share=4),
            Column("For", 14, share=1),
            Column("Kind", 18, from_width=110, priority=4),
            Column("Ends", 11),
            Column("Milestone", 18, share=2, from_width=MILESTONE_FROM, priority=2),
            Column(title, room, align="right", priority=1),
            Column("Owner", 12, share=1, from_width=110, priority=3),
        )

    def rows(self, page: ChangePlanPage, width: int) -> Sequence[Row]:
        """By day."""
        del width
        return [self._row(page, step) for step in page.plan.steps]

    def answer(self, page: ChangePlanPage) -> tuple[str, str]:
        """What is late."""
        late = sum(step.state == "late" for step in page.plan.steps)
        following = next((step for step in page.plan.steps if step.state in ("running", "to_come")), None)
        if late:
            return f"{late} late", "late"
        return (f"next: {following.activity.title}", "explain") if following else ("", "explain")

    def detail(self, page: ChangePlanPage, key: str, width: int) -> Sequence[Line]:
        """Everything about one piece."""
        step = self._step(page, key)
        if step is None:
            return ()
        activity, today = step.activity, page.head.today
        lines = [*plain_lines(activity.title, width, bold=True)]
        lines += said("for", activity.audience or "everybody", width, "people")
        lines += said("kind", plain(activity.kind or activity.phase), width)
        day = activity.last_day
        word = "ended" if activity.actual_end else "ends"
        lines += said(word, f"{day_month(day, today)}, {in_days(day, today)}", width, STATES[step.state][1])
        if step.milestone:
            tied = f"{step.milestone}, {day_month(step.milestone_on, today)}; {_offset(step)}"
            lines += said("moves with", tied, width)
        elif step.is_open:
            lines += said("moves with", "no milestone: when delivery moves, it stays where it is", width, "risk")
        return [*lines, *said("owner", activity.owner or "nobody", width, "ink" if activity.owner else "risk")]

    def edit(self, page: ChangePlanPage, key: str) -> FormRequest | str:
        """One activity."""
        return FormRequest("activities", key, page.head.code) if self._step(page, key) else NOTHING_CHOSEN

    def new(self, page: ChangePlanPage, key: str) -> FormRequest | str:
        """Another one."""
        del key
        return FormRequest("activities", "", page.head.code, start={"lane": "people"})

    def closes(self, page: ChangePlanPage, key: str) -> bool:
        """Whether the row is an activity that is not done."""
        step = self._step(page, key)
        return step is not None and step.state != "done"

    @staticmethod
    def _step(page: ChangePlanPage, key: str) -> PlannedStep | None:
        return next((step for step in page.plan.steps if step.activity.id == key), None)

    @staticmethod
    def _row(page: ChangePlanPage, step: PlannedStep) -> Row:
        activity = step.activity
        sign, token, _ = STATES[step.state]
        over = not step.is_open
        return Row(
            activity.id,
            (
                cell(sign, token),
                cell(activity.title, "explain" if over else "ink"),
                cell(activity.audience or "everybody", "explain" if over else "people"),
                cell(plain(activity.kind or activity.phase), "explain"),
                cell(
                    _day(page, activity.last_day),
                    token if step.state == "late" else "explain",
                ),
                cell(step.milestone or ("" if over else "tied to none"), "explain" if step.milestone else "risk"),
                cell("" if step.offset is None else signed_days(step.offset), "explain"),
                cell(activity.owner or "nobody", "explain" if activity.owner or over else "risk"),
            ),
        )


def _kind(one: KindCell) -> Cell:
    planned = one.own + one.shared
    if not planned:
        return cell("-", "faint")
    shared = f"+{one.shared}" if one.shared else ""
    own = str(one.own) if one.own else ""
    done = one.done == planned
    return cell(f"{'✓' if done else ''}{own}{shared}", "fine" if done else "ink")


def _first_lacking(page: ChangePlanPage, row: PlanRow | None) -> str:
    """The first kind of work of which a group gets nothing; empty when it gets some of each."""
    cells = zip(page.plan.kinds, row.cells, strict=True) if row is not None else ()
    return next((kind for kind, one in cells if not one.own + one.shared), "")


def _offset(step: PlannedStep) -> str:
    if step.offset is None:
        return ""
    if not step.offset:
        return "on its day"
    return f"{counted(abs(step.offset), 'day')} {'after' if step.offset > 0 else 'before'} it"


def _day(page: ChangePlanPage, day: date) -> str:
    said_day = day_month(day, page.head.today)
    return said_day if day.year == page.head.today.year else said_day.partition(" ")[2]


def _short_day(page: ChangePlanPage, row: PlanRow) -> str:
    return "nothing" if row.hears_nothing else "?" if row.first is None else _day(page, row.first)
