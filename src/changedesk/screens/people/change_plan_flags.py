"""What a change plan leaves out, and which behaviours it is for: flags explained on the spot, behaviours with what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.saying import capital, percent
from changedesk.domain.usage.metrics import metric_in_words
from changedesk.domain.words import ACTIVITY_KINDS
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.labelled import plain_lines, said
from changedesk.screens.people.section import NOTHING_CHOSEN, Section
from changedesk.services.people.change_plan import ChangePlanPage
from changedesk.widgets.canvas import Line
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.paint import bar

KINDS: Final = ACTIVITY_KINDS["people"]
FLAG: Final = "f:"


class FlagsSection(Section[ChangePlanPage]):
    """What makes the plan an afterthought, why that matters, and what to do."""

    name = "Flags"
    question = "What does the plan leave out?"
    empty = "Nothing: people work begins in time, goes on after go-live, and is more than telling and teaching."

    def count(self, page: ChangePlanPage) -> str:
        """How many there are."""
        return str(len(page.plan.flags) or "none")

    def columns(self, width: int) -> Sequence[Column]:
        """The flag, why, what to do."""
        del width
        return (
            Column("", 1, tight=True),
            Column("What", 40, share=3),
            Column("Why it matters", 30, share=2, from_width=150, priority=2),
            Column("What to do", 30, share=2, priority=1),
        )

    def rows(self, page: ChangePlanPage, width: int) -> Sequence[Row]:
        """In the order of their weight."""
        del width
        return [
            Row(
                f"{FLAG}{n}",
                (
                    cell("◆", "risk"),
                    cell(capital(flag.sentence)),
                    cell(flag.why, "explain"),
                    cell(flag.to_do, "explain"),
                ),
            )
            for n, flag in enumerate(page.plan.flags)
        ]

    def answer(self, page: ChangePlanPage) -> tuple[str, str]:
        """The first of them."""
        flags = page.plan.flags
        more = f", and {len(flags) - 1} more" if len(flags) > 1 else ""
        return (f"{flags[0].sentence}{more}", "risk") if flags else ("nothing", "fine")

    def detail(self, page: ChangePlanPage, key: str, width: int) -> Sequence[Line]:
        """One flag in full."""
        place = next((n for n in range(len(page.plan.flags)) if f"{FLAG}{n}" == key), None)
        if place is None:
            return ()
        flag = page.plan.flags[place]
        return [
            *plain_lines(capital(flag.sentence), width, bold=True),
            *said("why", flag.why, width),
            *said("to do", flag.to_do, width),
        ]

    def edit(self, page: ChangePlanPage, key: str) -> FormRequest | str:
        """The activity that is missing."""
        return self.new(page, key) if key else NOTHING_CHOSEN

    def new(self, page: ChangePlanPage, key: str) -> FormRequest | str:
        """An activity of the kind that the flag misses."""
        place = next((n for n in range(len(page.plan.flags)) if f"{FLAG}{n}" == key), None)
        rule = page.plan.flags[place].rule if place is not None else ""
        start = {"lane": "people"}
        if rule.removeprefix("no_") in KINDS:
            start["kind"] = rule.removeprefix("no_")
        return FormRequest("activities", "", page.head.code, start=start, key=f"{page.head.code} {rule}")


class BehavioursSection(Section[ChangePlanPage]):
    """What people do differently afterwards, and whether anybody saw it."""

    name = "Behaviours"
    question = "What do people do differently, and who saw it?"
    empty = f"No behaviour yet: {key_to('change_plan.new')} names the first, with the metric that shows it."

    def count(self, page: ChangePlanPage) -> str:
        """How many there are."""
        return str(len(page.plan.behaviours) or "")

    def columns(self, width: int) -> Sequence[Column]:
        """The behaviour, whose, what was seen."""
        del width
        return (
            Column("Behaviour", 26, share=4),
            Column("Group", 14, share=1, priority=2),
            Column("Seen", 5, align="right"),
            Column("", 10, priority=3),
            Column("When", 24, share=1, priority=1),
        )

    def rows(self, page: ChangePlanPage, width: int) -> Sequence[Row]:
        """What nobody has seen first."""
        del width
        ordered = sorted(page.plan.behaviours, key=lambda one: (one.percent is not None, one.percent or 0.0))
        return [
            Row(
                one.behaviour.id,
                (
                    cell(one.behaviour.title),
                    cell(one.behaviour.audience or "everybody", "people"),
                    cell(percent(one.percent), "ink" if one.percent is not None else "unknown"),
                    bar(None if one.percent is None else one.percent / 100, 10, "people"),
                    cell(one.sentence, "explain"),
                ),
            )
            for one in ordered
        ]

    def answer(self, page: ChangePlanPage) -> tuple[str, str]:
        """How many anybody has seen."""
        behaviours = page.plan.behaviours
        seen = sum(one.percent is not None for one in behaviours)
        if not behaviours:
            return "", "explain"
        return f"{seen} of {len(behaviours)} seen so far", "fine" if seen == len(behaviours) else "unknown"

    def detail(self, page: ChangePlanPage, key: str, width: int) -> Sequence[Line]:
        """One behaviour."""
        one = next((b for b in page.plan.behaviours if b.behaviour.id == key), None)
        if one is None:
            return ()
        behaviour = one.behaviour
        shown = metric_in_words(behaviour.metric) if behaviour.metric else "nothing yet"
        standard = behaviour.standard or "nobody has said what counts as doing it"
        return [
            *plain_lines(behaviour.title, width, bold=True),
            *said("who", behaviour.audience or "everybody", width, "people"),
            *said("counts as", standard, width, "ink" if behaviour.standard else "unknown"),
            *said("shown by", shown, width, "ink" if behaviour.metric else "risk"),
            *said("seen", one.sentence, width, "ink" if one.percent is not None else "unknown"),
        ]

    def edit(self, page: ChangePlanPage, key: str) -> FormRequest | str:
        """One behaviour."""
        known = any(one.behaviour.id == key for one in page.plan.behaviours)
        return FormRequest("behaviours", key, page.head.code) if known else NOTHING_CHOSEN

    def new(self, page: ChangePlanPage, key: str) -> FormRequest | str:
        """Another one."""
        del key
        return FormRequest("behaviours", "", page.head.code)
