"""From the page of a checkpoint to what is drawn: the rows of its checklists, the chosen item, the two signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from changedesk.domain.gates import not_followed
from changedesk.domain.records import ChecklistItem
from changedesk.domain.saying import capital, day_month, in_days
from changedesk.keymap import Keymap
from changedesk.screens.light_parts import lights_parts
from changedesk.services.initiative.gate_page import GatePage, SidePage, SignatureView
from changedesk.services.initiative.signing import Signer
from changedesk.widgets.canvas import LEFT_OUT, Line, Look, Span, wrap
from changedesk.widgets.checklist import TICKED, sign_of_open
from changedesk.widgets.drawing import Draw
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.one_line import Part, draw_parts
from changedesk.widgets.paint import ink

COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Item", 50, share=1),
    Column("Done", 15),
    Column("By", 14, from_width=100),
    Column("What shows it", 14, share=4, from_width=100),
)
LEFT: Final = 10
"""The columns for the name of a side before what is said about it."""


def key_of(item: ChecklistItem) -> str:
    """Under which an item stands in the list."""
    return f"{item.lane}/{item.key}"


def item_of(page: GatePage, key: str) -> ChecklistItem | None:
    """The item that stands under a key."""
    return next((item for side in page.sides for item in side.items if key_of(item) == key), None)


def next_of(page: GatePage) -> ChecklistItem:
    """What is to be done here next: the first open item of a side that is still to be signed, or else the first of that side.

    The side that the reader may sign comes before the one that is somebody else's.
    """
    items = ((side, item) for side in page.sides for item in side.items)

    def later(one: tuple[SidePage, ChecklistItem]) -> tuple[bool, bool, bool]:
        side, item = one
        return side.signature is not None, side.refused is not None, item.done_at is not None

    return min(items, key=later)[1]


def rows(page: GatePage) -> ListSource:
    """Both checklists, each under the name of its side."""
    return ListSource(_rows(page))


def _rows(page: GatePage) -> Iterator[Row]:
    number = 0
    for side in page.sides:
        done = len(side.items) - side.open_items
        head = (
            ink(side.lane.capitalize(), side.lane, bold=True),
            ink(f"  {done} of {len(side.items)} done", "explain"),
        )
        yield Row(f"{side.lane}/", (head,), heading=True)
        for item in side.items:
            number += 1
            is_done = item.done_at is not None
            mark, token = TICKED if is_done else sign_of_open(cancelled=page.cancelled, in_use=page.in_use)
            yield Row(
                key_of(item),
                (
                    cell(mark, token),
                    cell(item.text, "explain" if is_done or page.cancelled else "ink"),
                    cell(_day(item, page.today) if is_done else "open", "explain"),
                    cell(item.done_by or "", "explain"),
                    cell(item.evidence or ("no evidence" if is_done else ""), "explain" if item.evidence else "risk"),
                ),
                number=number,
            )


def title(page: GatePage) -> Draw:
    """Whose checkpoint it is."""
    parts = (
        Part(page.title, Look("ink", "", True), 0),
        Part(page.code, Look("explain"), 1),
        Part("" if page.in_use else not_followed(page.due, page.today), Look("explain"), 2),
    )
    lights = () if page.lights is None else lights_parts(page.lights)

    def draw(width: int, _height: int) -> tuple[Line, ...]:
        line = draw_parts(parts, width)
        return (line, draw_parts(lights, width)) if lights else (line,)

    return draw


def box_title(page: GatePage) -> tuple[str, str, str]:
    """The checkpoint, how it stands, and the meaning of that colour."""
    name = f"Gate {page.number} of {page.count} {page.gate_name}"
    if all(side.signature for side in page.sides):
        return name, "signed by both", "fine"
    if page.cancelled:
        return name, "cancelled", "explain"
    if page.due is None:
        return name, "no date yet", "explain"
    late = page.in_use and page.due < page.today
    when = in_days(page.due, page.today)
    return (
        name,
        f"late, was due {when}" if late else f"due {day_month(page.due, page.today)}, {when}",
        ("late" if late else "explain"),
    )


def item_lines(page: GatePage, item: ChecklistItem | None, width: int) -> tuple[Line, ...]:
    """The whole of an item: who ticked it when, what shows it, and what the desk knows of it by itself."""
    if item is None:
        return ()
    if item.done_at is None:
        said = f"{item.text}: open"
    else:
        shown = item.evidence or "no evidence was given"
        said = f"{item.text}: done {_day(item, page.today)} by {item.done_by}; {shown}"
    known = known_of(page, item)
    return tuple(
        (Span(line, Look("explain")),)
        for text in (said, *([known] if known else []))
        for line in wrap(ink(text).text, max(10, width))
    )


def known_of(page: GatePage, item: ChecklistItem) -> str:
    """What the desk itself knows of an item, beside what people say; empty where it knows nothing."""
    known = page.known.get(item.key)
    return f"On this desk {known}." if known else ""


def refusal(page: GatePage, side: SidePage, keymap: Keymap) -> str:
    """What no waiver helps against, with the key of the form where it is filled in; empty where nothing is."""
    if not side.refused:
        return ""
    return f"{_sentence(side.refused)}{_entered(page, side.refused, keymap)}"


def signature_lines(page: GatePage, lane: str, width: int, keymap: Keymap, *, both: bool) -> tuple[Line, ...]:
    """Both signatures; under that of the chosen lane, or under ``both``, everything that is to be said about it."""
    lines: list[Line] = []
    for side in page.sides:
        sentence, sign, token = _state(side, page.today, keymap)
        chosen = side.lane == lane
        name = ink(f"{capital(side.lane):<{LEFT}}", side.lane, bold=chosen)
        lines += _wrapped(name, sign, sentence, token, width)
        if chosen or both:
            for sign, text, token in _more(page, side, keymap):
                lines += _wrapped(Span(" " * LEFT, Look()), sign, text, token, width)
    return tuple(lines)


def fitted(lines: tuple[Line, ...], height: int, more: str) -> tuple[Line, ...]:
    """As many lines as there is room for; where it is too little, the last one says how many ``more`` there are."""
    if len(lines) <= height:
        return lines
    shown = max(0, height - 1)
    return (*lines[:shown], (Span(f"{' ' * LEFT}  {len(lines) - shown} {more}", LEFT_OUT),))


def for_whom(signer: Signer) -> str:
    """In whose name one acts: ``as chris, the change owner, recorded by you``."""
    recorded = ", recorded by you" if signer.recorded_by else ""
    return f"as {signer.login}, the {signer.role}{recorded}"


def _state(side: SidePage, today: date, keymap: Keymap) -> tuple[str, str, str]:
    over = f", over what was missing: {side.closed_over}" if side.closed_over else ""
    closed = (
        f"; the lane is closed since {day_month(side.closed_on, today)} by {side.closed_by}{over}"
        if side.closed_on
        else ""
    )
    if side.signature is not None:
        return f"signed {_signed(side.signature, today)}{closed}", "✓", "fine"
    if side.refused:
        return f"not signed{closed}", "○", "explain"
    return f"not signed; {keymap.shown('gate.sign')} signs {for_whom(side.signer)}{closed}", "○", "explain"


def _more(page: GatePage, side: SidePage, keymap: Keymap) -> Iterator[tuple[str, str, str]]:
    if refused := refusal(page, side, keymap):
        mark, token = sign_of_open(cancelled=page.cancelled, in_use=True)
        yield mark, refused, token
    for place, text in enumerate(side.lacking, 1):
        over = " Signing over this takes a waiver." if place == len(side.lacking) else ""
        yield "✗", f"{_sentence(text)}{_entered(page, text, keymap)}{over}", "late"
    if page.early and not (side.refused or side.signature):
        yield "·", f"{early_words(page)}.", "explain"
    for void in side.void:
        yield "▲", f"Signed {_signed(void, page.today)}, and no longer counts: the list has changed since.", "risk"
    if side.formality:
        yield "◆", f"Looks like a formality: {side.formality}.", "risk"


def _entered(page: GatePage, sentence: str, keymap: Keymap) -> str:
    """The key of the form in which is entered what a sentence misses; empty where that is entered elsewhere."""
    return f" {keymap.shown('gate.owners')} opens the form." if sentence in page.entered else ""


def early_words(page: GatePage) -> str:
    """What whoever signs before the days of a gate are over looks back on; empty once they are."""
    return f"{page.early} so far" if page.early else ""


def _signed(signature: SignatureView, today: date) -> str:
    recorded = f", recorded by {signature.recorded_by}" if signature.recorded_by else ""
    waiver = f", waived: {signature.waiver}" if signature.waiver else ""
    early = f", after {signature.early}" if signature.early else ""
    return f"{day_month(signature.day, today)} by {signature.signer}{recorded}{early}{waiver}"


def _wrapped(name: Span, sign: str, text: str, token: str, width: int) -> Iterable[Line]:
    for number, line in enumerate(wrap(ink(text).text, max(10, width - LEFT - 2))):
        lead = (name, Span(f"{sign} ", Look(token))) if number == 0 else (Span(" " * (LEFT + 2), Look()),)
        yield (*lead, Span(line, Look("ink")))


def _sentence(text: str) -> str:
    return f"{text}."


def _day(item: ChecklistItem, today: date) -> str:
    return day_month(item.done_at.date() if item.done_at else None, today)
