"""The minutes of a board's meeting as Markdown: whoever was not there reads what was decided, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from changedesk.interchange.markdown_text import escaped
from changedesk.values import dataclass


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


def minutes_page(title: str, facts: Iterable[tuple[str, str]], items: Sequence[MinutesItem]) -> str:
    """The page: a title, the facts of the meeting, then its items in the order in which they were looked at."""
    parts = [f"# {escaped(title)}\n"]
    parts += [f"- {label}: {escaped(value)}" for label, value in facts if value]
    if not items:
        parts.append("\nNothing was on the agenda.")
    for place, item in enumerate(items, 1):
        parts.append(f"\n## {place}. {escaped(item.number)} {escaped(item.title)}\n")
        parts.append(f"- Window: {escaped(item.window)}")
        if item.took:
            parts.append(f"- Took: {escaped(item.took)}")
        parts += [f"- {escaped(vote)}" for vote in item.votes]
        parts.append(f"- Result: **{escaped(item.result)}**")
        if item.notes:
            parts.append(f"\n{escaped(item.notes)}")
    return "\n".join(parts) + "\n"
