"""Signing and closing in a conversation: what is missing takes a reason, and another key confirms in whose name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from changedesk.screens.ask_line import AskLine, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.initiative.gate_parts import early_words, for_whom, refusal
from changedesk.screens.question import ask_first
from changedesk.services.initiative import signing
from changedesk.services.initiative.gate_page import ClosingView, GatePage, closing_view

WHY = "Say why it is done all the same; the reason stands beside the name from then on."
REASON = "A waiver takes a reason."

Write = Callable[[str | None], str]
"""Does it, with the waiver's reason or None; returns whose name stands under it."""


def ask_to_sign(host: DeskScreen, page: GatePage, lane: str, done: Callable[[], None]) -> None:
    """Sign the lane's side of a checkpoint."""
    side, session = page.side(lane), host.context.session
    what = f"the {lane} side of gate {page.number} {page.gate_name}"
    if side.signature is not None:
        other = next((one.lane for one in page.sides if one.signature is None), "")
        key = host.context.config.keymap.shown("gate.other_side")
        host.say(f"{what} is signed already{f'; {key} goes to the {other} side' if other else ''}", "at_risk")
        return
    if refused := refusal(page, side, host.context.config.keymap):
        host.say(refused, "at_risk")
        return
    both = page.name == "planning" and any(other.signature for other in page.sides if other.lane != lane)
    more = " With both signatures the plan becomes the baseline." if both else ""
    more += f" It looks back on {early}." if (early := early_words(page)) else ""
    _confirm(
        host,
        side.lacking,
        ("sign", f"Sign {what} of {page.code}", f"Signed {for_whom(side.signer)}.{more}"),
        lambda waiver: signing.sign_for(session, page.code, page.name, lane, waiver),
        lambda name: _told(host, f"Signed: {what}, by {name}.", done),
    )


def ask_to_close(host: DeskScreen, code: str, lane: str, done: Callable[[], None]) -> None:
    """Close a lane of an initiative."""
    session = host.context.session

    def ask(view: ClosingView) -> None:
        if view.refused:
            host.say(view.refused, "at_risk")
            return
        edit = host.context.config.keymap.shown("initiative.edit")
        last = f" Both lanes are closed now; {edit} closes the initiative, by its state." if view.is_last else ""
        _confirm(
            host,
            (view.lacking,) if view.lacking else (),
            ("close it", f"Close the {lane} lane of {code}", f"Closed {for_whom(view.signer)}. It stays closed."),
            lambda waiver: signing.close_for(session, code, lane, waiver),
            lambda name: _told(host, f"Closed: the {lane} lane of {code}, by {name}.{last}", done),
        )

    host.read_to_ask("closing", lambda: closing_view(session, code, lane), ask)


def _confirm(
    host: DeskScreen,
    lacking: Sequence[str],
    asked: tuple[str, str, str],
    write: Write,
    then: Callable[[str], None],
) -> None:
    """Ask for the reason where something is missing, then for the key that does it."""
    word, title, text = asked

    def confirm(waiver: str | None) -> None:
        over = f" Over what is missing, because: {waiver}" if waiver else ""
        ask_first(host, f"{title}?", f"{text}{over}", word, lambda: host.load("lane", lambda: write(waiver), then))

    def reasoned(reason: str | None) -> None:
        if reason:
            confirm(reason)

    if lacking:
        sentences = [f"✗ {sentence}." for sentence in lacking]
        host.app.push_screen(AskLine(title, (text, *sentences, WHY), some_line(REASON)), reasoned)
    else:
        confirm(None)


def _told(host: DeskScreen, sentence: str, done: Callable[[], None]) -> None:
    done()
    host.say(sentence, "fine")
