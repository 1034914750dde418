"""From a handover to its rows and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from changedesk.domain.saying import as_sentence, capital, day_month, in_days, percent
from changedesk.domain.service.handover import HandoverItem, known_anyway
from changedesk.screens.far_days import in_days_or_years
from changedesk.screens.labelled import explained, said
from changedesk.services.service.handing_over import HandoverRow, HandoverView
from changedesk.widgets.canvas import Line, Span, wrap
from changedesk.widgets.drawing import Draw
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import bar, fit_spans, ink

ITEM_COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("What operations take over", 34, share=3),
    Column("What shows it", 18, share=3, priority=1),
    Column("Who", 14, from_width=110, priority=2),
    Column("When", 11, from_width=96, priority=3),
)
ROW_COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Initiative", 24, share=3),
    Column("Client", 9, from_width=100, priority=2),
    Column("To the service", 16, share=1, priority=1),
    Column("Done", 14),
    Column("How it stands", 22, share=1),
)
STATES: Final = {"done": ("✓", "fine"), "rejected": ("✗", "late"), "open": ("○", "unknown")}
NONE: Final = "Nothing is handed over yet: an initiative that names a service stands here."
FACTS: Final = "What still stands before it is taken over, its days and hours, and the look back stand here."
LABEL: Final = 10
BAR: Final = 6


def item_rows(view: HandoverView) -> ListSource:
    """The checklist."""
    return ListSource(Row(one.key, _item_cells(one, view)) for one in view.handover.items)


def _item_cells(one: HandoverItem, view: HandoverView) -> tuple[tuple[Span, ...], ...]:
    sign, token = STATES[one.state]
    if one.state == "rejected":
        said, who, at = f"sent back: {one.reason}", one.rejected_by, one.rejected_at
    else:
        said, who, at = one.evidence or known_anyway(view.handover, one) or "nothing yet", one.done_by, one.done_at
    return (
        cell(sign, token),
        cell(one.text),
        cell(said, "late" if one.state == "rejected" else "ink" if one.evidence else "explain"),
        cell(who or "", "explain"),
        cell(in_days(at.date(), view.today) if at else "", "explain"),
    )


def item_detail(view: HandoverView | None, key: str, width: int) -> tuple[Line, ...]:
    """The selected item in full."""
    one = next((item for item in view.handover.items if item.key == key), None) if view else None
    if view is None or one is None:
        return ()
    if one.state == "rejected":
        said = f"{one.text}: sent back by {one.rejected_by}, because {one.reason}. It was shown by: {one.evidence}."
    elif one.state == "done":
        said = f"{one.text}: {one.evidence} ({one.done_by})."
    else:
        known = known_anyway(view.handover, one)
        said = f"{one.text}: open{f' ({known})' if known else ''}. Enter says that it is there, with what shows it."
    return tuple((ink(line, "explain"),) for line in wrap(ink(said).text, width))


def title(view: HandoverView) -> Draw:
    """What is handed over, and to which service of whom."""

    def draw(width: int, _height: int) -> tuple[Line, ...]:
        to = view.handover.service or "no service named"
        left = (ink(f" {view.title}", bold=True), ink(f" · {view.client} → "), ink(to, "service"))
        return (fit_spans(left, width),)

    return draw


def answer(view: HandoverView) -> tuple[str, str]:
    """The answer to whether operations can run it, and the meaning of its colour."""
    handover = view.handover
    if handover.accepted_at is not None:
        return (
            f"taken over {in_days_or_years(handover.accepted_at.date(), view.today)} by {handover.accepted_by}",
            "fine",
        )
    if view.refused is None:
        return "ready to be taken over", "fine"
    return f"{handover.done} of {len(handover.items)} there", "risk"


def facts(view: HandoverView | None) -> Draw:
    """Plan and actual, the flag of a formality, what stands before taking it over, and the look back."""
    if view is None:
        return explained(FACTS)

    def draw(width: int, height: int) -> tuple[Line, ...]:
        lines: list[Line] = []
        for label, text, token in _facts(view):
            lines += said(label, text, width, token, room=LABEL)
        return tuple(lines[:height])

    return draw


def _facts(view: HandoverView) -> list[tuple[str, str, str]]:
    found = view.handover
    if found.accepted_at is None and view.refused:
        rows = [("Not yet", as_sentence(view.refused, found.service_owner or ""), "risk")]
    elif found.accepted_at is None:
        by = f", recorded by {view.recorded_by}" if view.recorded_by else ""
        rows = [("Ready", f"{found.service_owner} can take {found.service} over{by}.", "fine")]
        if view.early:
            rows.append(("Early", f"{view.early}.", "risk"))
    else:
        day = day_month(found.accepted_at.date(), view.today)
        rows = [("Taken", f"{found.accepted_by} took {found.service} over on {day}.", "fine")]
    if view.formality:
        rows.append(("Flag", capital(view.formality), "late"))
    rows += [("Time", view.duration.sentence, "ink"), ("Effort", view.effort.sentence, "ink")]
    owner = view.again.outcome_owner
    rows.append(
        (
            "Outcome",
            f"{owner or 'nobody'} answers for it; {view.again.sentence}",
            "late" if view.again.overdue else "ink" if owner else "risk",
        )
    )
    return rows


def handover_rows(rows: Sequence[HandoverRow], today: date) -> ListSource:
    """Every handover, what is not taken over first."""
    return ListSource(Row(one.initiative_id, _row_cells(one, today)) for one in rows)


def _row_cells(one: HandoverRow, today: date) -> tuple[tuple[Span, ...], ...]:
    if one.accepted_on is not None:
        sign, token, said = "✓", "fine", f"taken over {in_days_or_years(one.accepted_on, today)}"
    elif one.rejected:
        sign, token, said = "✗", "late", f"{one.rejected} sent back"
    elif one.late:
        sign, token, said = "▲", "late", f"due {in_days_or_years(one.planned_end, today)}"
    else:
        when = f"due {in_days(one.planned_end, today)}" if one.planned_end else "no day planned"
        sign, token, said = "○", "unknown", when
    share = (*bar(one.share, BAR, "service"), ink(f" {percent(100 * one.share):>6}", "ink"))
    return (
        cell(sign, token),
        cell(one.title),
        cell(one.client, "explain"),
        cell(one.service or "no service named", "ink" if one.service else "unknown"),
        share,
        cell(said, token),
    )
