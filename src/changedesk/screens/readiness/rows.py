"""From the ranking of gaps, what is set aside and the pockets of low readiness to rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from changedesk.domain.saying import capital, count, day_month, percent
from changedesk.domain.words import LEANING
from changedesk.screens.far_days import in_days_or_years
from changedesk.screens.people.ready_figure import READY_SIGN, ready_bar, ready_span
from changedesk.services.people.readiness import PocketRow
from changedesk.services.people.triage import SetAside, TriageRow, TriageView
from changedesk.values import dataclass
from changedesk.widgets.canvas import Span
from changedesk.widgets.figures.small_bars import SmallBar, small_bars
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, ink

SPLIT: Final = " "
EVERYBODY: Final = "all groups"
LEANED_ON: Final = frozenset(LEANING.values())
"""Whose a gap is that belongs to no single group: its name says it first."""
BRIEF: Final = {"unknown": "nobody knows", "not_ready": "not ready", "partial": "partly ready", "ready": "ready"}
PRESSES: Final = 7
"""From so many days before go-live on a gap is late."""

COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("", 3, align="right", tight=True),
    Column("", 1, tight=True),
    Column("For", 6, whole=10),
    Column("Whose", 13, share=1, from_width=110, priority=3),
    Column("Gap", 25, share=7),
    Column("People", 6, align="right"),
    Column("By", 9, align="right"),
    Column("Factors", 7),
    Column("Owner", 12, share=1, from_width=96, priority=2),
    Column("Why it ranks there", 34, share=1, from_width=150, priority=4),
)
ASIDE_COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("For", 6, whole=10),
    Column("Whose", 14, share=1, from_width=110, priority=3),
    Column("Gap", 24, share=4),
    Column("What", 8),
    Column("By", 12, share=1, from_width=96, priority=2),
    Column("Until", 15),
    Column("Because", 16, share=4, from_width=110, priority=1),
)
POCKET_COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("For", 6, whole=10),
    Column("Initiative", 18, share=2, from_width=120, priority=4),
    Column("Client", 10, share=1, from_width=110, priority=3),
    Column("Group", 16, share=3),
    Column("Site", 12, share=1, priority=2),
    Column("People", 6, align="right"),
    Column("Ready", 5, align="right"),
    Column("", 8),
    Column("Unknown", 7, align="right", priority=1),
    Column("Go-live", 9, align="right"),
)
CHANGES: Final = {"new": ("+", "risk"), "up": ("↑", "risk"), "down": ("↓", "fine"), "": (" ", "faint")}
"""The sign of what happened to a gap since the last visit."""


def key_of(initiative_id: str, gap: str) -> str:
    """Under which a gap stands in the list."""
    return f"{initiative_id}{SPLIT}{gap}"


def parts_of(key: str) -> tuple[str, str]:
    """The initiative and the gap that stand under a key."""
    initiative, _, gap = key.partition(SPLIT)
    return initiative, gap


def level_of(row: TriageRow, today: date) -> str:
    """How urgent a gap looks: late when its day is near or has passed, or people went back; unknown when nobody knows."""
    near = row.days is not None and row.days <= PRESSES and not row.gap.live
    if row.gap.kind == "relapse" or near or _overdue(row, today):
        return "late"
    return "unknown" if row.gap.status == "unknown" or row.gap.kind == "unassessed" else "at_risk"


def _overdue(row: TriageRow, today: date) -> bool:
    """Whether the item's own day has passed, which may lie long before the go-live."""
    return row.gap.kind == "readiness" and row.gap.due is not None and row.gap.due < today


def whose(row: TriageRow | SetAside) -> str:
    """The group that a gap concerns, or what all groups lean on: the desk, their managers, the sponsor, the service."""
    if row.gap.audience:
        return row.gap.audience
    about, colon, _ = row.gap.name.partition(": ")
    return about if colon and about in LEANED_ON else EVERYBODY


def gap_said(row: TriageRow | SetAside) -> str:
    """What is missing, without the word for whom, which stands beside it."""
    about, colon, rest = row.gap.name.partition(": ")
    return capital(rest if colon and not row.gap.audience and about in LEANED_ON else row.gap.name)


@dataclass(frozen=True, slots=True)
class GapRows:
    """The ranking as lines of the list, made when they are seen. ``broad`` names the group in a column of its own."""

    view: TriageView
    broad: bool

    def count(self) -> int:
        """How many lines there are."""
        return self.view.matched

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Some lines of the list; what only says again what stands above it stands back, so that one sees what differs."""
        above = min(offset, 1)
        rows = self.view.rows(offset - above, limit + above)
        said = [(whose(row), gap_said(row)) for row in rows]
        again = [False, *(here == before for before, here in pairwise(said))]
        today, broad = self.view.today, self.broad
        lines = [gap_row(row, today, broad=broad, again=same) for row, same in zip(rows, again, strict=False)]
        return lines[above:]

    def position(self, key: str) -> int | None:
        """On which line a gap stands."""
        return self.view.position(*parts_of(key))


def gap_row(row: TriageRow, today: date, *, broad: bool, again: bool) -> Row:
    """A gap as a line of the list; ``again``: the line above says the same of another initiative."""
    level = level_of(row, today)
    sign, sign_token = CHANGES[row.change]
    whom = () if broad else (ink(f"{whose(row)}: ", "people" if row.gap.audience else "explain"),)
    return Row(
        key_of(row.gap.initiative_id, row.gap.key),
        (
            cell(GLYPH[level], LEVEL_TOKEN[level]),
            cell(count(row.rank), "explain"),
            cell(sign, sign_token),
            cell(row.gap.code, "ink" if level != "late" else LEVEL_TOKEN[level], bold=level == "late"),
            cell(whose(row), "people" if row.gap.audience else "explain"),
            (*whom, ink(gap_said(row), "explain" if again else "ink")),
            cell(count(row.gap.headcount), "ink" if row.gap.headcount else "unknown"),
            cell(presses(row, today), "late" if level == "late" else "explain"),
            factor_bars(row),
            cell(row.gap.owner or "nobody", "explain" if row.gap.owner else "risk"),
            cell(why_brief(row), "explain"),
        ),
    )


def presses(row: TriageRow, today: date) -> str:
    """When a gap presses: by its own day, or else that of the go-live, and use that is short of its plan at once.

    How long ago a group went live is no day to come: the sentence about its days says it.
    """
    return "now" if row.gap.at_once else in_days_or_years(row.gap.due, today)


def why_brief(row: TriageRow) -> str:
    """Why it ranks there in few words: what no other column says."""
    by_name = {factor.name: factor for factor in row.factors}
    match row.gap.kind:
        case "readiness":
            missing = [BRIEF[row.gap.status or "unknown"]]
        case "relapse" | "adoption":
            missing = [by_name["shortfall"].sentence]
        case _:
            missing = []
    locked = ["locked"] if by_name["irreversibility"].bar else []
    hard = by_name["severity"]
    return "; ".join([*missing, "not rated" if hard.value is None else hard.sentence, *locked])


def factor_bars(row: TriageRow) -> tuple[Span, ...]:
    """The six factors as small columns; what raises a score by itself is in the colour of a risk."""
    return small_bars(
        [
            SmallBar(
                None if factor.value is None else factor.bar,
                "risk" if factor.name in ("unknown", "irreversibility") else "people",
            )
            for factor in row.factors
        ]
    )


def aside_rows(aside: Sequence[SetAside], today: date) -> ListSource:
    """What was waived or put off, what comes back first first."""
    return ListSource(
        Row(
            key_of(one.gap.initiative_id, one.gap.key),
            (
                cell("✓" if one.verb == "waived" else "‖", "explain"),
                cell(one.gap.code),
                cell(whose(one), "people" if one.gap.audience else "explain"),
                cell(gap_said(one)),
                cell(one.verb, "risk" if one.verb == "waived" else "explain"),
                cell(one.by, "explain"),
                cell(f"{day_month(one.until, today)}"),
                cell(one.reason or "", "explain"),
            ),
        )
        for one in aside
    )


def pocket_rows(pockets: Sequence[PocketRow], today: date) -> ListSource:
    """The pockets of low readiness, the nearest go-live first."""
    return ListSource(_pocket(one, today) for one in pockets)


def _pocket(one: PocketRow, today: date) -> Row:
    pocket = one.pocket
    sign, token = READY_SIGN[one.level]
    unknown = 100 * (1 - pocket.coverage)
    return Row(
        key_of(one.initiative_id, pocket.audience),
        (
            cell(sign, token),
            cell(one.code),
            cell(one.title, "explain"),
            cell(one.client, "explain"),
            cell(pocket.audience, "people"),
            cell(pocket.site or "?", "explain"),
            cell(count(pocket.headcount or None)),
            (ready_span(pocket.seen, one.level),),
            ready_bar(pocket.seen, 8),
            cell("all" if pocket.seen is None else percent(unknown) if unknown >= 0.5 else "", "unknown"),
            cell(in_days_or_years(pocket.go_live, today), "late" if one.level == "late" else "explain"),
        ),
    )
