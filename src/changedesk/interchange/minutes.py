"""The minutes of a board's meeting as Markdown: whoever was not there reads what was decided, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from changedesk.domain.plaintext import clean
from changedesk.values import dataclass

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!])")


@dataclass(frozen=True, slots=True)
class MinutesItem:
    """One item as the minutes tell it: number and title, how long it took, the votes and what came of them."""

    number: str
    title: str
    window: str
    took: str
    votes: Sequence[str]
    result: str
    notes: str


def plain_text(text: str) -> str:
    """Text that means nothing to a reader of Markdown but itself, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(clean(text).split()))


def minutes_page(title: str, facts: Iterable[tuple[str, str]], items: Sequence[MinutesItem]) -> str:
    """The page: a title, the facts of the meeting, then its items in the order in which they were looked at."""
    parts = [f"# {plain_text(title)}\n"]
    parts += [f"- {label}: {plain_text(value)}" for label, value in facts if value]
    if not items:
        parts.append("\nNothing was on the agenda.")
    for place, item in enumerate(items, 1):
        parts.append(f"\n## {place}. {plain_text(item.number)} {plain_text(item.title)}\n")
        parts.append(f"- Window: {plain_text(item.window)}")
        if item.took:
            parts.append(f"- Took: {plain_text(item.took)}")
        parts += [f"- {plain_text(vote)}" for vote in item.votes]
        parts.append(f"- Result: **{plain_text(item.result)}**")
        if item.notes:
            parts.append(f"\n{plain_text(item.notes)}")
    return "\n".join(parts) + "\n"
