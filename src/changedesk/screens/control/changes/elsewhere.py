"""What another client would require of a change, beside what its own does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.counted import counted
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.preview import Preview, heading, sentences
from changedesk.services.control.changes.change_page import ChangePage
from changedesk.services.control.changes.elsewhere import Elsewhere, Required, RequiredStep, elsewhere
from changedesk.services.control.rules.profiles import ClientLine, client_lines
from changedesk.widgets.beside import beside
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.lists.rows import Column
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import fit_spans, ink

GAP: Final = 3
CLIENTS: Final = (Column("Client", 14), Column("Name", 20, share=1))
Said = Sequence[Span]


def ask_elsewhere(host: DeskScreen, page: ChangePage) -> None:
    """Choose another client, and show what it would require of the change."""
    session = host.context.session

    def ask(lines: Sequence[ClientLine]) -> None:
        others = [Choice(one.code, (one.code, one.name)) for one in lines if one.code != page.change.client]
        empty = "There is no other client in view."
        choose_one(host, "What would another client require?", CLIENTS, others, chosen, empty=empty)

    def chosen(client: str) -> None:
        host.read_to_ask("elsewhere", lambda: elsewhere(session, page.name, client), show)

    def show(found: Elsewhere) -> None:
        title = f"{found.number}: {found.here.client} and {found.there.client}"
        host.app.push_screen(Preview(title, lambda width: elsewhere_lines(found, width), ()))

    host.read_to_ask("clients", lambda: client_lines(session), ask)


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
    here, there = ([fit_spans(line, half) for line in _required(one, half)] for one in (found.here, found.there))
    lines += [(), *beside(here, there, half, GAP)]
    return lines


def _required(one: Required, width: int) -> list[Said]:
    own = f"policy version {one.version}" if one.version else "no policy of its own"
    lines: list[Said] = [(ink(one.client, bold=True), ink(f"  {own}", "explain"))]
    if not one.steps:
        lines.append((ink("no steps for a change like this", "risk"),))
    for order, step in enumerate(one.steps, 1):
        lines += _step(order, step, width)
    lead = f"{one.lead_hours} h before the window" if one.lead_hours else "no minimum before the window"
    retro = f"{one.retro_hours} h for the votes on an emergency"
    for text in (lead, retro, f"review within {counted(one.review_days, 'business day')}"):
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
