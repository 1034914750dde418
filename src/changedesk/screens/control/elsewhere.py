"""What two clients require, side by side: of one change, or of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.control.business import RETRO_HOURS, REVIEW_DAYS
from changedesk.screens.preview import heading, sentences
from changedesk.services.control.elsewhere import Elsewhere, Required, RequiredStep
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import fit_spans, ink

GAP: Final = 3
Said = Sequence[Span]


def elsewhere_lines(found: Elsewhere, width: int) -> Lines:
    """First in what they differ, then both side by side."""
    lines: list[Said] = []
    if found.differences:
        lines += [
            heading(f"What {found.there.client} would have otherwise"),
            *sentences(found.differences, width, "◆", "risk"),
        ]
    else:
        lines.append((Span("● ", Look("fine")), ink(f"{found.there.client} would require the same.")))
    half = (width - GAP) // 2
    lines += [(), *beside(_required(found.here, half), _required(found.there, half), half)]
    return lines


def beside(left: Sequence[Said], right: Sequence[Said], half: int) -> Lines:
    """Two columns of lines of ``half`` columns each."""
    empty: Said = ()
    rows = max(len(left), len(right))
    return [
        (
            *fit_spans(tuple(left[row] if row < len(left) else empty), half),
            Span(" " * GAP, Look()),
            *(right[row] if row < len(right) else empty),
        )
        for row in range(rows)
    ]


def _required(one: Required, width: int) -> list[Said]:
    own = f"policy version {one.version}" if one.version else "no policy of its own"
    lines: list[Said] = [(ink(one.client, bold=True), ink(f"  {own}", "explain"))]
    if not one.steps:
        lines.append((ink("no steps for a change like this", "risk"),))
    for order, step in enumerate(one.steps, 1):
        lines += _step(order, step, width)
    lead = f"{one.lead_hours} h before the window" if one.lead_hours else "no least time before the window"
    retro = RETRO_HOURS if one.retro_hours is None else one.retro_hours
    review = REVIEW_DAYS if one.review_days is None else one.review_days
    for text in (lead, f"{retro} h for the votes on an emergency", f"review within {review} business days"):
        lines += [(ink(line, "explain"),) for line in wrap(text, width)]
    return lines


def _step(order: int, step: RequiredStep, width: int) -> list[Said]:
    hours = f", {step.deadline_hours} h" if step.deadline_hours else ""
    late = ", then rejected" if step.deadline_hours and step.on_timeout == "reject" else ""
    lines: list[Said] = [(ink(f"{order} {step.name}", bold=True),)]
    must = f"; {', '.join(step.mandatory)} has to" if step.mandatory else ""
    seats = ", ".join(step.seats) or "nobody holds a seat"
    for text, token in ((f"{step.rule}{hours}{late}", "ink"), (f"{seats}{must}", "explain")):
        lines += [(Span("  ", Look()), ink(line, token)) for line in wrap(text, width - 2)]
    return lines
