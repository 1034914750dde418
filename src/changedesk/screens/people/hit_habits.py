"""Resistance and old ways: how early resistance came to light and what came of it, and which old way is to be gone by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.counted import counted
from changedesk.domain.people.habits import EARLY_DAYS
from changedesk.domain.people.people_side import Expectation
from changedesk.domain.saying import count, day_month, in_days
from changedesk.domain.words import plain
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.labelled import plain_lines, said
from changedesk.screens.people.section import NOTHING_CHOSEN, Section
from changedesk.services.people.page import PeoplePage, ResistanceView, WorkaroundView
from changedesk.widgets.canvas import Line
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.paint import ink

EXPECTED: Final = "e:"
HARD: Final = 4
RETIRED: Final = {
    "overdue": ("▲", "late"),
    "undated": ("○", "unknown"),
    "due": ("◆", "risk"),
    "gone": ("✓", "fine"),
}
"""The sign and the colour of an old way, by where it stands against the day to retire it."""


class ResistanceSection(Section[PeoplePage]):
    """The log, what is open first; under it what such a change usually meets, as entries that are nearly written."""

    name = "Resistance"
    question = "Who does not want it, why, and what is done?"
    empty = f"No resistance yet: {key_to('hit.new')} notes the first. Early is good: there is time to do something."

    def count(self, page: PeoplePage) -> str:
        """How many entries are open."""
        return f"{sum(view.entry.closed_on is None for view in page.resistance)} open" if page.resistance else ""

    def columns(self, width: int) -> Sequence[Column]:
        """What, who, how hard, how early."""
        del width
        return (
            Column("", 1, tight=True),
            Column("What", 24, share=4),
            Column("Group", 14, share=1, priority=1),
            Column("Hard", 4, align="right"),
            Column("Before go-live", 14, align="right"),
            Column("Action", 13, priority=2),
            Column("Owner", 12, share=1, from_width=100, priority=3),
            Column("Closed", 10, from_width=110, priority=4),
        )

    def rows(self, page: PeoplePage, width: int) -> Iterator[Row]:
        """Open entries, then expected ones, then those that are over."""
        del width
        number = 0
        open_ones = [view for view in page.resistance if view.entry.closed_on is None]
        over = [view for view in page.resistance if view.entry.closed_on is not None]
        for view in sorted(open_ones, key=lambda one: (-(one.entry.severity or 0), one.entry.first_seen)):
            number += 1
            yield self._entry(page, view, number)
        if page.expected:
            yield Row(
                "", ((ink("To be expected", bold=True), ink("  enter notes it as met", "explain")),), heading=True
            )
        for one in page.expected:
            number += 1
            yield Row(
                f"{EXPECTED}{one.id}",
                (
                    cell("·", "faint"),
                    cell(one.title, "explain"),
                    cell(one.audience or "everybody", "explain"),
                    (),
                    (),
                    cell(plain(one.action or ""), "explain"),
                ),
                number=number,
            )
        if over:
            yield Row("", ((ink("Over", bold=True),),), heading=True)
        for view in over:
            number += 1
            yield self._entry(page, view, number)

    def answer(self, page: PeoplePage) -> tuple[str, str]:
        """How early it came to light."""
        return page.lead_times.sentence, "explain"

    def detail(self, page: PeoplePage, key: str, width: int) -> Sequence[Line]:
        """The cause, the answer, and the chain to what it came to."""
        view = next((one for one in page.resistance if one.entry.id == key), None)
        if view is not None:
            return self._entry_detail(page, view, width)
        expected = self._expected(page, key)
        if expected is None:
            return ()
        lines = [*plain_lines(expected.title, width, bold=True)]
        lines += said("who", expected.audience or "everybody", width, "people")
        lines += said("cause", expected.cause or "", width)
        lines += said("what helps", expected.answer or "", width)
        return [*lines, *plain_lines("Not met yet: enter notes it as met, with these words.", width, "explain")]

    def edit(self, page: PeoplePage, key: str) -> FormRequest | str:
        """An entry; what is expected becomes one."""
        if any(view.entry.id == key for view in page.resistance):
            return FormRequest("resistance", key, page.head.code)
        expected = self._expected(page, key)
        if expected is None:
            return NOTHING_CHOSEN
        start = {
            "title": expected.title,
            "audience": expected.audience or "",
            "cause": expected.cause or "",
            "action": expected.action or "",
            "first_seen": page.head.today.isoformat(),
        }
        return FormRequest("resistance", "", page.head.code, start=start, key=f"{page.head.code} {expected.id}")

    def new(self, page: PeoplePage, key: str) -> FormRequest | str:
        """Another entry."""
        del key
        return FormRequest("resistance", "", page.head.code)

    def closes(self, page: PeoplePage, key: str) -> bool:
        """Whether the row is an entry that is open."""
        return any(view.entry.id == key and view.entry.closed_on is None for view in page.resistance)

    @staticmethod
    def _expected(page: PeoplePage, key: str) -> Expectation | None:
        return next((one for one in page.expected if f"{EXPECTED}{one.id}" == key), None)

    def _entry(self, page: PeoplePage, view: ResistanceView, number: int) -> Row:
        entry = view.entry
        over = entry.closed_on is not None
        hard = (entry.severity or 0) >= HARD
        sign, token = ("✓", "fine") if over else ("▲", "late") if hard else ("◆", "risk")
        return Row(
            entry.id,
            (
                cell(sign, token),
                cell(entry.title, "explain" if over else "ink"),
                cell(entry.audience or "everybody", "explain" if over else "people"),
                cell("?" if entry.severity is None else str(entry.severity), "explain" if over else token),
                cell(_lead(view.lead_days), "ink" if (view.lead_days or 0) >= EARLY_DAYS else "risk"),
                cell(plain(entry.action or "none yet"), "explain" if entry.action else "risk"),
                cell(entry.owner or "nobody", "explain" if entry.owner or over else "risk"),
                cell(day_month(entry.closed_on, page.head.today) if over else "", "explain"),
            ),
            number=number,
        )

    @staticmethod
    def _entry_detail(page: PeoplePage, view: ResistanceView, width: int) -> Sequence[Line]:
        entry, today = view.entry, page.head.today
        lines = [*plain_lines(entry.title, width, bold=True)]
        lines += said("cause", entry.cause or "nobody has asked why", width, "ink" if entry.cause else "unknown")
        seen = (
            f"{day_month(entry.first_seen, today)}, {_lead(view.lead_days)} {'' if view.lead_days else 'of '}go-live"
            if view.lead_days is not None
            else (f"{day_month(entry.first_seen, today)}; no go-live to count from")
        )
        lines += said("first seen", seen, width)
        lines += said("answer", plain(entry.action or "none yet"), width, "ink" if entry.action else "risk")
        chain = [part for part in (entry.issue, f"{entry.milestone} slipped" if entry.milestone else None) if part]
        lines += said("came to", " → ".join([entry.title, *chain]) if chain else "", width, "late")
        lines += said("outcome", entry.outcome or "", width)
        lines += said("owner", entry.owner or "nobody", width, "ink" if entry.owner else "risk")
        return lines


class WorkaroundsSection(Section[PeoplePage]):
    """The register of old ways and of processes kept alive beside the new one, what should be gone first."""

    name = "Workarounds"
    question = "Which old way is still used, and when is it gone?"
    empty = f"No old way is known: {key_to('hit.workaround')} notes one, what it is, enter."

    def count(self, page: PeoplePage) -> str:
        """How many are open."""
        return f"{sum(view.entry.closed_on is None for view in page.workarounds)} open" if page.workarounds else ""

    def columns(self, width: int) -> Sequence[Column]:
        """What, who, how many, until when."""
        del width
        return (
            Column("", 1, tight=True),
            Column("Old way", 24, share=4),
            Column("Kind", 14, from_width=110, priority=4),
            Column("Group", 14, share=1, priority=1),
            Column("How many", 8, align="right"),
            Column("Since", 9, align="right", from_width=96, priority=3),
            Column("How it stands", 24, share=1),
            Column("Owner", 12, share=1, from_width=100, priority=2),
        )

    def rows(self, page: PeoplePage, width: int) -> Sequence[Row]:
        """What should be gone already, what has no day, what is due, what is gone."""
        del width
        order = list(RETIRED)
        views = sorted(page.workarounds, key=lambda view: (order.index(view.retirement.state), view.entry.title))
        return [self._row(page, view) for view in views]

    def answer(self, page: PeoplePage) -> tuple[str, str]:
        """How many of the old ways should be gone."""
        overdue = sum(view.retirement.state == "overdue" for view in page.workarounds)
        return (f"{overdue} should be gone" if overdue else ""), "late"

    def besides(self, page: PeoplePage) -> tuple[str, str]:
        """How many people or cases go the old way."""
        counted_ones = f"{count(page.on_old_ways)} counted on old ways" if page.on_old_ways is not None else ""
        return counted_ones, "explain"

    def detail(self, page: PeoplePage, key: str, width: int) -> Sequence[Line]:
        """Everything about one; what a manager lets pass is said."""
        view = self._view(page, key)
        if view is None:
            return ()
        entry, today = view.entry, page.head.today
        lines = [*plain_lines(entry.title, width, bold=True)]
        who = entry.audience or "everybody"
        many = (
            "nobody has counted" if entry.count is None else counted(entry.count, "person or case", "people or cases")
        )
        lines += said("who", f"{who}; {many}", width)
        lines += said("since", f"{day_month(entry.first_seen, today)}, {in_days(entry.first_seen, today)}", width)
        lines += said("kind", plain(entry.kind or "workaround"), width)
        if entry.tolerated is not None:
            passes = "a manager lets it pass" if entry.tolerated else "no manager lets it pass"
            lines += said("tolerated", passes, width, "late" if entry.tolerated else "ink")
        day = f", {day_month(entry.retire_by, today)}" if entry.retire_by and entry.closed_on is None else ""
        lines += said("retire by", f"{view.retirement.sentence}{day}", width, RETIRED[view.retirement.state][1])
        lines += said("owner", entry.owner or "nobody", width, "ink" if entry.owner else "risk")
        return lines

    def edit(self, page: PeoplePage, key: str) -> FormRequest | str:
        """One old way."""
        return FormRequest("workarounds", key, page.head.code) if self._view(page, key) else NOTHING_CHOSEN

    def new(self, page: PeoplePage, key: str) -> FormRequest | str:
        """Another one, with everything that is known of it."""
        del key
        return FormRequest("workarounds", "", page.head.code)

    def closes(self, page: PeoplePage, key: str) -> bool:
        """Whether the row is an old way that is still used."""
        view = self._view(page, key)
        return view is not None and view.entry.closed_on is None

    @staticmethod
    def _view(page: PeoplePage, key: str) -> WorkaroundView | None:
        return next((view for view in page.workarounds if view.entry.id == key), None)

    @staticmethod
    def _row(page: PeoplePage, view: WorkaroundView) -> Row:
        entry, today = view.entry, page.head.today
        sign, token = RETIRED[view.retirement.state]
        gone = entry.closed_on is not None
        passes = f"{entry.title} (a manager lets it pass)" if entry.tolerated and not gone else entry.title
        return Row(
            entry.id,
            (
                cell(sign, token),
                cell(passes, "explain" if gone else "ink"),
                cell(plain(entry.kind or "workaround"), "explain"),
                cell(entry.audience or "everybody", "explain" if gone else "people"),
                cell(count(entry.count), "ink" if entry.count is not None else "unknown"),
                cell(in_days(entry.first_seen, today), "explain"),
                cell(view.retirement.sentence, token),
                cell(entry.owner or "nobody", "explain" if entry.owner or gone else "risk"),
            ),
        )


def _lead(days: int | None) -> str:
    if days is None:
        return "?"
    if not days:
        return "on the day"
    return f"{count(days)} d before" if days > 0 else f"{count(-days)} d after"
