"""From the figures of change control to the rows of two lists: the figures, and one of them by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from changedesk.domain.control.kpis import RATES, Kpis, said_counted
from changedesk.domain.control.lead_time import LeadTime, said_hours
from changedesk.domain.proportion import Proportion, said_interval, said_share
from changedesk.domain.saying import count
from changedesk.domain.words import plain
from changedesk.screens.control.learning.learned_parts import spark
from changedesk.services.control.learning.kpis import MONTHS, KpiView
from changedesk.values import dataclass
from changedesk.widgets.canvas import Line, wrap
from changedesk.widgets.lists.rows import Cell, Column, ListSource, Row, cell
from changedesk.widgets.paint import GLYPH, ink


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is called, and what it says."""

    key: str
    name: str
    meaning: str


FIGURES: Final = (
    Figure("success", "Went well", "closed with an outcome that its client counts as a success, and begun with leave"),
    Figure("with_issues", "With issues", "of the closed ones; told apart whatever a client counts as a success"),
    Figure("failed", "Failed or backed out", "of the closed ones"),
    Figure("incident", "Caused an incident", "of those that were done, as far as anybody has said whether they did"),
    Figure("emergency", "Emergencies", "of all that closed"),
    Figure("unauthorised", "Without leave", "begun on somebody's word, and refused or approved too late"),
    Figure("outside", "Outside maintenance", "planned outside the maintenance windows that the client has for it"),
    Figure("lead", "Approval takes", "business hours from submitting to the decision; what still waits is counted in"),
    Figure("downtime", "Downtime", "by changes, as far as reviews say how long something did not work"),
    Figure("undone", "Cancelled, rejected", "by the day for which they were planned; in no share above"),
)
BY_KEY: Final[Mapping[str, Figure]] = {figure.key: figure for figure in FIGURES}

GroupRows = Mapping[tuple[str, str], ListSource]
"""The groups by the key of a figure, and by what tells them apart."""

FIGURE_COLUMNS: Final = (
    Column("Figure", 20, share=1),
    Column("Value", 9, align="right"),
    Column("95 % sure", 9, align="right"),
    Column("Changes", 16, align="right"),
    Column("12 months", MONTHS, align="right", from_width=76),
    Column("What it is", 20, share=4, from_width=110),
)
GROUP_COLUMNS: Final = (*FIGURE_COLUMNS[:-1], Column("", 20, share=4, from_width=110))
"""The same columns, so that a figure and its groups stand under each other."""
SEVERE: Final = ("unauthorised",)
"""Figures of which any at all is too much."""


def figure_rows(view: KpiView) -> ListSource:
    """Every figure with its interval, what it is made of, and its last twelve months."""
    months = [figures for _, figures in view.months]
    return ListSource(
        Row(
            figure.key,
            (
                _name(figure.name, figure.key, view.whole),
                *_cells(figure.key, view.whole, months),
                cell(figure.meaning, "explain"),
            ),
        )
        for figure in FIGURES
    )


def rows_of_groups(view: KpiView) -> GroupRows:
    """Each figure of all groups. They are made and measured where the figures are worked out: a key only has to show them."""
    made = {(figure.key, by): _group_rows(view, figure.key, by) for figure in FIGURES for by in view.groups}
    for rows in made.values():
        rows.widest(len(GROUP_COLUMNS))
    return made


def _group_rows(view: KpiView, figure: str, by: str) -> ListSource:
    """One figure of each group, those with the most changes first."""
    groups = view.groups[by]
    ordered = sorted(groups, key=lambda name: (-_size(figure, groups[name]), name))
    return ListSource(
        Row(
            name,
            (
                _name(name if by != "path" else plain(name), figure, groups[name]),
                *_cells(figure, groups[name], view.group_months[by][name]),
            ),
        )
        for name in ordered
    )


def _name(name: str, figure: str, found: Kpis) -> Cell:
    """What stands first; a time that half of them take says behind it what most take: that is no interval of it."""
    lead = found.lead
    if figure != "lead" or not lead.n:
        return cell(name)
    return ink(name), ink(f"  80 % in {said_hours(lead.p80, lead.longest)}", "explain")


def _cells(figure: str, found: Kpis, months: Sequence[Kpis]) -> tuple[Cell, ...]:
    if figure in RATES:
        share: Proportion = getattr(found, figure)
        severe = figure in SEVERE and share.part > 0
        sign, token = (f"{GLYPH['late']} ", "late") if severe else ("", "unknown" if share.value is None else "ink")
        return (
            cell(sign + said_share(share), token, bold=share.value is not None),
            cell(said_interval(share), "explain"),
            cell(f"{count(share.part)} of {count(share.whole)}", "explain"),
            cell(spark([getattr(month, figure) for month in months], MONTHS), "explain"),
        )
    if figure == "lead":
        lead: LeadTime = found.lead
        known = lead.n > 0
        return (
            cell(said_hours(lead.p50, lead.longest), "ink" if known else "unknown", bold=known),
            cell(""),
            cell(f"{count(lead.undecided)} of {count(lead.n)} wait" if lead.undecided else count(lead.n), "explain"),
            cell(_hours_spark([month.lead.p50 for month in months]), "explain"),
        )
    if figure == "downtime":
        said = said_hours(None if found.downtime is None else found.downtime / 60, 0)
        return (
            cell(said, "unknown" if found.downtime is None else "ink", bold=found.downtime is not None),
            cell(""),
            cell(f"{count(found.downtime_known)} known", "explain"),
            cell(_hours_spark([month.downtime for month in months]), "explain"),
        )
    return (
        cell(""),
        cell(""),
        cell(f"{count(found.cancelled)} and {count(found.rejected)}"),
        cell(_hours_spark([float(month.cancelled + month.rejected) for month in months]), "explain"),
    )


def _hours_spark(values: Sequence[float | None]) -> str:
    """Values as small columns up to their own highest; a month without any is a dot."""
    top = max((value for value in values if value is not None), default=0.0)
    shares = [
        Proportion(0, 0) if value is None else Proportion(round(1000 * value / top) if top else 0, 1000)
        for value in values
    ]
    return spark(shares, MONTHS)


def _size(figure: str, found: Kpis) -> int:
    if figure in RATES:
        share: Proportion = getattr(found, figure)
        return share.whole
    return {
        "lead": found.lead.n,
        "downtime": found.downtime_known,
        "undone": found.cancelled + found.rejected,
    }[figure]


def said_window(days: int | None) -> str:
    """The window in words."""
    return "as far back as the desk knows" if days is None else f"the last {days} days"


def detail_lines(view: KpiView, figure: str, width: int) -> tuple[Line, ...]:
    """What a figure is, in full, and what makes it go up and down."""
    chosen = BY_KEY[figure]
    text = f"{chosen.name}: {chosen.meaning}."
    if figure == "success":
        text += f" {said_counted(view.success)}"
    if figure == "incident":
        text += " Of changes that came from a file nothing is known until a review or a linked ticket says so."
    if figure == "outside" and not view.whole.outside.whole:
        text += " No client in view has maintenance windows for what was changed."
    if figure == "unauthorised" and not view.whole.unauthorised.whole:
        text += " Of changes that came from a file this desk knows nothing about leave."
    return tuple((ink(line, "explain"),) for line in wrap(text, width))
