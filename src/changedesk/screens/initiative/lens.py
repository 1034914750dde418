"""The lens: who asks. Each has one operational question, answered from data, with the evidence line by line (R49-R53)."""

from __future__ import annotations

from datetime import date
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.data_age import age_of, is_stale, said_age
from changedesk.domain.measures.questions import Answer, Lens
from changedesk.domain.saying import in_days
from changedesk.screens.following import following
from changedesk.screens.preview import Preview
from changedesk.widgets.canvas import LEFT_OUT, Line, Span, first_that_fits, wrap
from changedesk.widgets.drawing import Draw
from changedesk.widgets.paint import ink

_TOKENS: Final = {
    "yes": "fine",
    "no": "late",
    "not yet": "risk",
    "no forecast yet": "risk",
    "unknown": "explain",
    "cancelled": "explain",
}

COLUMN_OF: Final = {Lens.PROJECT: 0, Lens.CHANGE: 1, Lens.SERVICE_DESK: 1, Lens.BUSINESS: 1}
"""Which of the two columns of facts stands beside each lens."""


def lens_after(lens: Lens | None) -> Lens | None:
    """The lens that follows; None is no lens, everybody's view."""
    order: tuple[Lens | None, ...] = (None, *Lens)
    return following(order, lens)


def answer_token(answer: str) -> str:
    """The meaning of the colour of an answer in a word; a figure has none of its own."""
    return _TOKENS.get(answer, "ink")


def lens_title(answer: Answer) -> tuple[str, str, str]:
    """Who asks, the answer, and the meaning of its colour."""
    return f"What {_ASKS[answer.lens]} asks", answer.word, answer_token(answer.word)


def lens_lines(answer: Answer, today: date, width: int) -> tuple[Line, ...]:
    """The question, the sentence of its answer, the evidence, and how old the data are."""
    lines: list[Line] = [(ink(text, "ink", bold=True),) for text in wrap(answer.question, width)]
    lines += [(ink(text),) for text in wrap(answer.sentence, width)]
    for evidence in answer.evidence:
        for number, text in enumerate(wrap(evidence, width - 2)):
            lines.append((ink("· " if number == 0 else "  ", "explain"), ink(text, "explain")))
    age = age_of(answer.as_of, today)
    if age is None:
        lines.append((ink("no dated data behind this yet", "explain"),))
    else:
        newest = f"newest data: {said_age(age) or in_days(answer.as_of, today)}"
        lines.append((ink(newest, "risk" if is_stale(age) else "explain"),))
    return tuple(lines)


def lens_page(answer: Answer, today: date) -> Preview:
    """The same as a page to read, to its end on any terminal."""
    return Preview(f"What {_ASKS[answer.lens]} asks", lambda width: lens_lines(answer, today, width), ())


def draw_lens(answer: Answer, today: date, more_key: str) -> Draw:
    """The lines in the room there is; what has none is counted with the key that shows it, and the age of the data stays."""

    def draw(width: int, height: int) -> tuple[Line, ...]:
        lines = lens_lines(answer, today, width)
        if len(lines) <= height or height < 1:
            return lines[: max(0, height)]
        kept = lines[: max(0, height - 2)]
        left = counted(len(lines) - len(kept) - 1, "more line")
        more = Span(first_that_fits((f"{left}; {more_key} shows all of it", left), width), LEFT_OUT)
        return (*kept, (more,), lines[-1])[-height:]

    return draw


def lens_mark(lens: Lens | None) -> Line:
    """What the title line says at its right end; nothing while there is no lens."""
    return () if lens is None else (ink("lens: ", "explain"), ink(lens.value, "key"))


_ASKS: Final = {
    Lens.PROJECT: "the project",
    Lens.CHANGE: "the change side",
    Lens.SERVICE_DESK: "the service desk",
    Lens.BUSINESS: "the business",
}
