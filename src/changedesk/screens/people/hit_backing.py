"""Who stands behind a change: the grid of power and interest, the sponsors' reach, and when they were last seen to act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.people.sponsors import RIGHT_LEVEL
from changedesk.domain.saying import in_days
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.labelled import headed, plain_lines, said
from changedesk.screens.people.section import NOTHING_CHOSEN, Section
from changedesk.services.people.page import PeoplePage, StakeholderView
from changedesk.widgets.canvas import Line
from changedesk.widgets.figures.interest_grid import Standpoint, draw_grid
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.paint import GLYPH, ink

FIELD_WORDS: Final = {
    "manage_closely": "manage closely",
    "keep_satisfied": "keep satisfied",
    "keep_informed": "keep informed",
    "monitor": "monitor",
}
STANCES: Final = {-2: "against it", -1: "doubts it", 0: "neutral", 1: "for it", 2: "for it, openly"}
SIGNS: Final = {"late": GLYPH["late"], "risk": GLYPH["at_risk"], "fine": GLYPH["fine"], "unknown": ""}
"""How far one is from the stance that is wanted, behind the number on the grid; the list beside it says it in words."""
GROUP: Final = "g:"


class StakeholdersSection(Section[PeoplePage]):
    """Everybody whose stance matters, the farthest from where they are wanted first, with the grid beside the detail."""

    name = "Stakeholders"
    question = "Who decides, who cares, and where do they stand?"
    empty = f"No stakeholder yet: {key_to('hit.new')} names the first, with power, interest and stance."
    picture_width = 34

    def count(self, page: PeoplePage) -> str:
        """How many there are."""
        return str(len(page.stakeholders) or "")

    def columns(self, width: int) -> Sequence[Column]:
        """Number on the grid, who, field, stance now and wanted."""
        del width
        return (
            Column("", 2, align="right", tight=True),
            Column("Who", 16, share=2),
            Column("Role", 16, share=2, from_width=100, priority=3),
            Column("Power", 5, align="right"),
            Column("Interest", 8, align="right"),
            Column("Field", 14, priority=2),
            Column("Stance now", 14),
            Column("Wanted", 14),
            Column("Contact", 14, share=1, from_width=120, priority=4),
        )

    def rows(self, page: PeoplePage, width: int) -> Sequence[Row]:
        """A row for each."""
        del width
        return [self._row(number, view) for number, view in enumerate(in_order(page), start=1)]

    def answer(self, page: PeoplePage) -> tuple[str, str]:
        """How many are not where they are wanted."""
        short = sum((view.stance_gap or 0) > 0 for view in page.stakeholders)
        if not page.stakeholders:
            return "", "explain"
        return (
            (f"{short} short of the stance that is wanted", "risk") if short else ("all where they are wanted", "fine")
        )

    def detail(self, page: PeoplePage, key: str, width: int) -> Sequence[Line]:
        """Everything about one."""
        view = _view(page, key)
        if view is None:
            return ()
        who = view.stakeholder
        field = FIELD_WORDS.get(view.quadrant or "", "power or interest is unknown")
        lines: list[Line] = [*headed(who.name, who.role or "", width)]
        lines += said("field", field, width)
        lines += said("stance", f"{_stance(who.stance_now)}; wanted: {_stance(who.stance_wanted)}", width, _token(view))
        lines += said("speaks to", ", ".join(who.audiences) or "no group", width, "ink" if who.audiences else "explain")
        if who.coalition:
            lines += said("coalition", "stands for it with the sponsor", width)
        lines += said("last act", view.act.sentence, width, "ink" if view.act.fresh else "risk")
        lines += said("contact", who.owner or "nobody keeps in touch", width, "ink" if who.owner else "risk")
        return lines

    def picture(self, page: PeoplePage, key: str, width: int, height: int) -> tuple[Line, ...]:
        """The grid, by the numbers in the list."""
        points = [
            Standpoint(
                f"{n}{SIGNS[_token(view)]}",
                view.stakeholder.power,
                view.stakeholder.interest,
                _token(view),
                view.stakeholder.id == key,
            )
            for n, view in enumerate(in_order(page), start=1)
            if view.stakeholder.power is not None and view.stakeholder.interest is not None
        ]
        return draw_grid(points, width, height)

    def edit(self, page: PeoplePage, key: str) -> FormRequest | str:
        """The record of one."""
        return FormRequest("stakeholders", key, page.head.code) if _view(page, key) else NOTHING_CHOSEN

    def new(self, page: PeoplePage, key: str) -> FormRequest | str:
        """Another one."""
        del key
        return FormRequest("stakeholders", "", page.head.code)

    def _row(self, number: int, view: StakeholderView) -> Row:
        who, token = view.stakeholder, _token(view)
        return Row(
            who.id,
            (
                cell(str(number), token),
                cell(who.name),
                cell(who.role or "", "explain"),
                cell("?" if who.power is None else str(who.power)),
                cell("?" if who.interest is None else str(who.interest)),
                cell(FIELD_WORDS.get(view.quadrant or "", "?"), "explain"),
                cell(_stance(who.stance_now), token),
                cell(_stance(who.stance_wanted), "explain"),
                cell(who.owner or "nobody", "explain" if who.owner else "risk"),
            ),
        )


class SponsorsSection(Section[PeoplePage]):
    """The coalition with its last visible acts, then the groups and from whom they hear it."""

    name = "Sponsors"
    question = "Who stands for it, and was anybody seen to?"
    empty = f"Nobody stands for it yet: a stakeholder in the coalition does, {key_to('hit.new')} names one."

    def count(self, page: PeoplePage) -> str:
        """How many groups hear it from a sponsor."""
        covered, all_groups = len(page.coverage.covered), len(page.coverage.covered) + len(page.coverage.uncovered)
        return f"{covered} of {all_groups}" if all_groups else ""

    def columns(self, width: int) -> Sequence[Column]:
        """Who or which group, and how it stands."""
        del width
        return (
            Column("", 1, tight=True),
            Column("Who", 18, share=2),
            Column("Seen", 12),
            Column("Power", 5, align="right"),
            Column("Speaks to, or what was seen", 30, share=4),
        )

    def rows(self, page: PeoplePage, width: int) -> Iterator[Row]:
        """The coalition, then the groups that are hit, those that hear it from nobody first."""
        del width
        coalition = [view for view in page.stakeholders if view.stakeholder.coalition]
        if coalition:
            yield Row("", ((ink("Coalition", bold=True),),), heading=True)
        number = 0
        for view in sorted(coalition, key=lambda one: (one.act.fresh, -(one.act.days or 10_000), one.stakeholder.name)):
            number += 1
            yield self._member(view, page.head.today, number)
        groups = (*page.coverage.uncovered, *page.coverage.covered)
        if groups:
            yield Row("", ((ink("Groups that are hit", bold=True),),), heading=True)
        for name in groups:
            number += 1
            covered = name in page.coverage.covered
            speakers = [v.stakeholder.name for v in coalition if name in v.stakeholder.audiences]
            yield Row(
                f"{GROUP}{name}",
                (
                    cell("✓" if covered else "✗", "fine" if covered else "late"),
                    cell(name, "people"),
                    (),
                    (),
                    cell(f"hears it from {', '.join(speakers)}" if speakers else "hears it from no sponsor",
                         "explain" if covered else "late"),
                ),
                number=number,
            )  # fmt: skip

    def answer(self, page: PeoplePage) -> tuple[str, str]:
        """How far the coalition reaches, and how many of it were seen of late."""
        share = page.coverage.share
        if share is None:
            return "", "explain"
        seen = f"{page.fresh_acts} of {page.coalition} seen in 30 days"
        fresh = seen if page.coalition else "nobody stands for it yet"
        covered = self.count(page)
        return (
            f"{covered} groups hear it, {fresh}",
            "fine" if share == 1 and page.fresh_acts == page.coalition else "risk",
        )

    def detail(self, page: PeoplePage, key: str, width: int) -> Sequence[Line]:
        """One of the coalition, or one group and who could speak to it."""
        view = _view(page, key)
        if view is not None:
            return StakeholdersSection().detail(page, key, width)
        name = key.removeprefix(GROUP)
        lines: list[Line] = [(ink(name, "people", bold=True),)]
        if name in page.coverage.covered:
            coalition = [view.stakeholder for view in page.stakeholders if view.stakeholder.coalition]
            speakers = [who.name for who in coalition if name in who.audiences]
            lines += plain_lines(f"Hears it from {', '.join(speakers)}.", width)
        else:
            lines += plain_lines("Hears it from no sponsor at the right level: enter names one.", width, "risk")
        rule = f"A sponsor at the right level stands in the coalition and has power of {RIGHT_LEVEL} or more."
        lines += plain_lines(rule, width, "explain")
        return [*lines, *plain_lines(f"Overall: {page.coverage.sentence}.", width, "explain")]

    def edit(self, page: PeoplePage, key: str) -> FormRequest | str:
        """The record of one of the coalition; for a group that hears it from nobody a new one."""
        if _view(page, key):
            return FormRequest("stakeholders", key, page.head.code)
        return self.new(page, key) if key.startswith(GROUP) else NOTHING_CHOSEN

    def new(self, page: PeoplePage, key: str) -> FormRequest | str:
        """Somebody who stands for it before the selected group."""
        start = {"coalition": "yes"}
        if key.startswith(GROUP):
            start["audiences"] = key.removeprefix(GROUP)
        return FormRequest("stakeholders", "", page.head.code, start=start, key=f"{page.head.code} {key}")

    @staticmethod
    def _member(view: StakeholderView, today: date, number: int) -> Row:
        who, act = view.stakeholder, view.act
        seen = "never" if act.days is None else in_days(who.last_act_on, today)
        low = who.power is not None and who.power < RIGHT_LEVEL
        return Row(
            who.id,
            (
                cell("●" if act.fresh else "◆", "fine" if act.fresh else "risk"),
                cell(who.name),
                cell(seen, "ink" if act.fresh else "risk"),
                cell("?" if who.power is None else str(who.power), "risk" if low else "ink"),
                cell(who.last_act or ", ".join(who.audiences) or "speaks to no group", "explain"),
            ),
            number=number,
        )


def in_order(page: PeoplePage) -> Sequence[StakeholderView]:
    """Those who are farthest from where they are wanted first, of the same distance the most powerful."""
    return sorted(
        page.stakeholders,
        key=lambda view: (-(view.stance_gap or 0), -(view.stakeholder.power or 0), view.stakeholder.name),
    )


def _view(page: PeoplePage, key: str) -> StakeholderView | None:
    return next((view for view in page.stakeholders if view.stakeholder.id == key), None)


def _stance(stance: int | None) -> str:
    return "?" if stance is None else STANCES.get(stance, str(stance))


def _token(view: StakeholderView) -> str:
    gap = view.stance_gap
    return "unknown" if gap is None else "late" if gap >= 2 else "risk" if gap == 1 else "fine"
