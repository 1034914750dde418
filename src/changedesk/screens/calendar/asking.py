"""Asking over the calendar: how long a change takes, to find a time for it; and whether a window shall go."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from changedesk.domain.control.windows import HARD, SAID, Span
from changedesk.screens.ask_line import AskLine, Judged
from changedesk.screens.base import DeskScreen
from changedesk.screens.preview import Preview
from changedesk.screens.question import Answer, ask_first
from changedesk.services.control.calendar import windows
from changedesk.services.control.calendar.planning import LONGEST, Feasible, when
from changedesk.services.control.calendar.planning_words import feasible_said, free_said, tired_said
from changedesk.widgets.canvas import Look, wrap
from changedesk.widgets.canvas import Span as Run
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import GLYPH, ink

HOW_LONG: Final = "Write how long it takes, such as 2h, 90m or 1h30; 2h by LOGIN looks at who does it, too."
_LENGTH = re.compile(r"(?:([0-9]{1,3}) ?h ?)?(?:([0-9]{1,5}) ?(?:m|min)?)?(?: by (\S+))?")


class Wanted(NamedTuple):
    """How long a change takes, and who does it."""

    length: timedelta
    implementer: str | None


def wanted(text: str) -> Wanted | None:
    """What a person means by ``2h``, ``90m``, ``1h30`` or ``2h by nora``; None when it is no length that a change has."""
    found = _LENGTH.fullmatch(" ".join(text.split()))
    if found is None or not (found[1] or found[2]):
        return None
    length = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
    return Wanted(length, found[3]) if timedelta(0) < length <= LONGEST else None


def _judge(text: str) -> Judged:
    meant = wanted(text)
    if meant is None:
        return Judged(False, HOW_LONG)
    by = (
        f", done by {meant.implementer}"
        if meant.implementer
        else f". “{text.strip()} by LOGIN” looks at who does it, too."
    )
    minutes = meant.length // timedelta(minutes=1)
    hours = f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return Judged(True, f"{hours if minutes >= 60 else f'{minutes} min'}{by}")


def ask_for_time(screen: DeskScreen, client: str, service: str | None, go: Callable[[datetime], None]) -> None:
    """Ask how long it takes, and show when it could run; ``go`` is told the moment that shall be shown."""
    session = screen.context.session
    about = f"{service} of {client}" if service else f"{client} as a whole"

    def answered(text: str | None) -> None:
        meant = wanted(text or "")
        if meant is None:
            return

        def show(found: Feasible) -> None:
            def go_there(key: str | None) -> None:
                if key and found.best is not None:
                    go(found.best.start)

            answers = (Answer("enter", "show that week"),) if found.best is not None else ()
            page = Preview(f"When could {about} run?", lambda width: time_lines(found, width), answers)
            screen.app.push_screen(page, go_there)

        names = (service,) if service else ()
        screen.read_to_ask("find", lambda: when(session, client, names, meant.length, meant.implementer), show)

    question = (
        f"How long does the change of {about} take, and who does it? Then the next free time is shown, and the earliest"
        " that its approval can be there for.",
    )
    screen.app.push_screen(
        AskLine("Find a time", question, _judge, start="1h", word="find", example="2h, 90m, 2h by LOGIN"), answered
    )


def time_lines(found: Feasible, width: int) -> Lines:
    """When a change could run, with the reasons."""
    parts = [
        ("Next free time", free_said(found), found.feasible is None),
        ("With its approval", feasible_said(found), found.feasible is not None),
        (
            "The people",
            tired_said(found) or ("Nobody at this client is nearly full in that week.",),
            False,
        ),
    ]
    lines: list[tuple[Run, ...]] = [()]
    for title, sentences, best in parts:
        lines.append((Run(f" {title}", Look("explain")),))
        for place, sentence in enumerate(sentences):
            first = best and place == 0
            tired = title == "The people" and bool(found.tired)
            look = Look("fine" if first else "risk" if tired else "ink", bold=first)
            sign = f"{GLYPH['fine']} " if first else f"{GLYPH['at_risk']} " if tired else ""
            lines += [(Run(f"   {text}", look),) for text in wrap(f"{sign}{ink(sentence).text}", width - 4)]
        lines.append(())
    lines.append((Run(f" Times of {found.zone.key}.", Look("faint")),))
    return lines


def ask_to_remove(screen: DeskScreen, span: Span, *, repeats: bool, done: Callable[[str], None]) -> None:
    """Take a window away after a question, with all its times where it ``repeats``; ``done`` is told what came of it."""
    session = screen.context.session

    def remove() -> None:
        screen.load("remove", lambda: windows.remove(session, span.window), lambda said: done("; ".join(said)))

    every = ", with all its times" if repeats else ""
    then = " Changes that only it holds back are scheduled again." if span.kind == HARD else ""
    text = f"{span.title}, a {SAID[span.kind]}{every}.{then}"
    ask_first(screen, "Remove this window?", text, "yes, remove it", remove, leave="keep it")
