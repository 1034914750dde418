"""From the view of an initiative to its drawings: title, lanes, the two columns of facts, the gate's two checklists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.gates import not_followed
from changedesk.domain.measures.questions import Lens
from changedesk.domain.saying import capital, day_month, go_live_said, go_live_word, in_days, signed_days
from changedesk.keymap import Keymap
from changedesk.screens.initiative.lens import lens_mark
from changedesk.services.initiative.facts import FactColumn
from changedesk.services.initiative.lanes import LaneView
from changedesk.services.initiative.page import GateView, InitiativeView, SideView
from changedesk.widgets.beside import beside
from changedesk.widgets.canvas import Line, Look, Span, first_that_fits, whole_sentences
from changedesk.widgets.checklist import Checklist, Item, draw_checklist, sign_of_open
from changedesk.widgets.drawing import Draw
from changedesk.widgets.facts import draw_facts
from changedesk.widgets.lane.bars import LaneBar, PhaseBar
from changedesk.widgets.lane.gates import GateMark
from changedesk.widgets.lane.lanes import LanesPicture, Wave
from changedesk.widgets.one_line import Part, draw_parts
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, width_of

BESIDE: Final = 90
"""From so many columns on the two checklists of a gate stand beside each other."""
GAP: Final = 4


def title(view: InitiativeView, lens: Lens | None = None) -> Draw:
    """What it is, when it goes live, how the lanes stand to each other, the lens at the right end; under it what was found."""
    token = LEVEL_TOKEN[view.level]
    lag_token = "explain" if view.lag is None else view.thresholds.lag_level(view.lag) or "ink"
    lag_short = view.lag_sentence if view.cancelled else f"lag {signed_days(view.lag)}"
    owners = (("delivery", view.project_owner), ("change", view.change_owner), ("sponsor", view.sponsor))
    parts = (
        Part(f"{GLYPH[view.level]} {view.title}", Look(token, "", True), 0),
        Part(view.client, Look("explain"), 4),
        # That it is over is never left out.
        Part(
            "" if view.state in ("active", view.lag_sentence) else view.state,
            Look("explain"),
            3 * (view.state != "closed"),
        ),
        _go_live(view),
        Part(view.lag_sentence, Look(lag_token, "", True), 2, lag_short),
        Part(" · ".join(f"{role} {name}" for role, name in owners if name), Look("explain"), 5),
    )
    found = [finding.sentence for finding in view.findings]

    def draw(width: int, _height: int) -> tuple[Line, ...]:
        mark = lens_mark(lens)
        room = width - (width_of(mark) + 2 if mark else 0)
        line = draw_parts(parts, room)
        if mark:
            line = (*line, Span(" " * (width - width_of(line) - width_of(mark)), Look()), *mark)
        said = whole_sentences("", found, width, 1)
        return (line, (Span(said[0] if said else "", Look("explain")),))

    return draw


def _go_live(view: InitiativeView) -> Part:
    """When it goes live; of what is cancelled, when it was to."""
    if not view.go_live:
        return Part("no go-live date", Look("ink"), 1)
    said = go_live_said(view.go_live, view.today, went_live=view.went_live, cancelled=view.cancelled)
    if view.cancelled and not view.went_live:
        return Part(said, Look("explain"), 3)
    word = go_live_word(view.go_live, view.today, went_live=view.went_live)
    return Part(said, Look("ink"), 1, f"{word} {in_days(view.go_live, view.today)}")


def reach_strip(view: InitiativeView) -> Draw:
    """What adoption risk reaches, side by side; where room is short what is fine or unknown keeps its sign alone."""
    if view.reach and not any(one.level != "unknown" or any(map(str.isdigit, one.said)) for one in view.reach):
        return partial(_nothing_known, [one.name for one in view.reach])
    parts = [Part("Adoption risk reaches", Look("explain"), 2, "Risk reaches")]
    for one in view.reach:
        sign = f"{GLYPH[one.level]} {one.name}"
        pressing = one.level in ("late", "at_risk")
        parts.append(Part(f"{sign} {one.said}", Look(LEVEL_TOKEN[one.level]), 0 if pressing else 1, sign))
    return lambda width, _height: (draw_parts(parts, width),)


def _nothing_known(names: Sequence[str], width: int, _height: int) -> tuple[Line, ...]:
    """That nothing is known yet of what adoption risk could reach."""
    forms = (
        f"Adoption risk: nothing measured yet about {', '.join(names[:-1])} or {names[-1]}",
        "Adoption risk: its reach is not measured yet",
    )
    return ((Span(first_that_fits(forms, width), Look("explain")),),)


def lanes_picture(view: InitiativeView, chosen: int | None) -> LanesPicture:
    """The lanes with their gates; ``chosen`` is the number of the gate that is shown below."""
    return LanesPicture(
        tuple(
            LaneBar(
                lane.lane,
                lane.title,
                lane.progress,
                tuple(
                    PhaseBar(phase.title, phase.short, phase.start, phase.end, phase.done or 0.0, phase.late)
                    for phase in lane.phases
                ),
                _lane_note(lane, view.today),
            )
            for lane in view.lanes
        ),
        tuple(
            GateMark(gate.number, gate.title, gate.short, gate.due, gate.delivery.state, gate.people.state)
            for gate in view.gates
        ),
        view.today,
        view.go_live,
        tuple(Wave(wave.audience, wave.day) for wave in view.waves),
        chosen,
    )


def _lane_note(lane: LaneView, today: date) -> str:
    if lane.closed_on is not None:
        return f"closed {day_month(lane.closed_on, today)} by {lane.closed_by}"
    return lane.note if lane.phases else ""


def facts(column: FactColumn) -> Draw:
    """A column of facts with the reason for its answer under them."""
    because = capital(column.because)
    return lambda width, height: draw_facts(column.facts, width, height, column.lane, because)


def gate_title(view: InitiativeView, number: int) -> tuple[str, str, str]:
    """The title of a gate's box, how the gate stands, and the meaning of that colour."""
    gate, today = view.gates[number], view.today
    states = (gate.delivery.state, gate.people.state)
    if states == ("signed", "signed"):
        answer, token = "signed by both", "fine"
    elif view.cancelled:
        answer, token = "cancelled", "explain"
    elif "late" in states:
        answer, token = f"late, was due {in_days(gate.due, today)}", "late"
    elif gate.due is None:
        answer, token = "no date yet", "explain"
    else:
        answer, token = f"due {day_month(gate.due, today)}, {in_days(gate.due, today)}", "explain"
    return f"Gate {gate.number} {gate.title}", answer, token


def gate(view: InitiativeView, number: int, keymap: Keymap) -> Draw:
    """The two checklists of a gate, beside each other where there is room."""
    shown = view.gates[number]
    return partial(
        _draw_gate, _checklist(view, shown, shown.delivery, keymap), _checklist(view, shown, shown.people, keymap)
    )


def gate_rows(view: InitiativeView, number: int, width: int) -> int:
    """How many rows the checklists of a gate take when nothing is left out."""
    sides = (view.gates[number].delivery, view.gates[number].people)
    rows = [len(side.items) + 2 for side in sides]
    return max(rows) if width >= BESIDE else sum(rows) - 2


def _draw_gate(delivery: Checklist, people: Checklist, width: int, height: int) -> tuple[Line, ...]:
    if width >= BESIDE:
        half = (width - GAP) // 2
        return beside(draw_checklist(delivery, half, height), draw_checklist(people, half, height), half, GAP)
    upper = min(len(delivery.items) + 1, height // 2)
    return (*draw_checklist(delivery, width, upper), *draw_checklist(people, width, height - upper))


def _checklist(view: InitiativeView, shown: GateView, side: SideView, keymap: Keymap) -> Checklist:
    heading, token = _signature(view, shown, side)
    items = tuple(Item(item.text, item.done) for item in side.items)
    sign = sign_of_open(cancelled=view.cancelled, in_use=shown.in_use)
    return Checklist(heading, token, items, _next(view, shown, side, keymap), sign)


def _signature(view: InitiativeView, shown: GateView, side: SideView) -> tuple[str, str]:
    """The state of a lane's signature in one sentence, and the meaning of its colour."""
    if side.state == "signed":
        waiver = f", waived: {side.waiver}" if side.waiver else ""
        return f"{side.lane} signed {day_month(side.signed_on, view.today)} by {side.signer}{waiver}", "fine"
    missing = sum(not item.done for item in side.items)
    items = f"{missing} of {counted(len(side.items), 'item')} missing" if missing else "everything done, not signed"
    if view.cancelled:
        return f"{side.lane}: not signed", "explain"
    if side.void:
        return f"{side.lane}: the signature no longer counts, the list has changed; {items}", "late"
    if not shown.in_use:
        return f"{side.lane}: {not_followed(shown.due, view.today)}", "explain"
    if side.state == "late":
        return f"{side.lane}: unsigned, {items}", "late"
    return f"{side.lane}: {items}", "risk" if side.state == "unsigned" else "ink"


def _next(view: InitiativeView, shown: GateView, side: SideView, keymap: Keymap) -> str:
    """Who has to do something, or how to sign when everything is done."""
    if side.state == "signed" or not shown.in_use or view.cancelled:
        return ""
    if all(item.done for item in side.items):
        return f"to sign: enter opens this gate, {keymap.shown('gate.sign')} signs"
    owner = view.project_owner if side.lane == "delivery" else view.change_owner
    return f"owner: {owner}" if owner else "nobody owns this yet"
