"""Why people call, what answers them, and which of it fell into the window of a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from changedesk.domain.early_life.desk_load import ChangeWindow, Ticket, counts_in_windows, reasons
from changedesk.domain.people.people_side import ContactReason
from changedesk.values import dataclass

TOP_REASONS: Final = 10
NO_SCRIPT: Final = "no script"


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why people call: how many since yesterday morning and since go-live, how many were expected, and what answers them.

    ``answer`` is the script or else the article, or "no script"; ``escalation`` is where it goes when that does not help.
    """

    reason: str
    count: int
    recent: int
    share: float
    expected: int | None
    script: str | None
    article: str | None
    escalation: str | None

    @property
    def answer(self) -> str:
        """What the desk has for it."""
        return self.script or self.article or NO_SCRIPT


@dataclass(frozen=True, slots=True)
class WindowView:
    """Tickets that were opened in the window of a change, and how many of them a person has linked to it.

    When something came says nothing of why: only what is linked was caused by it, in that person's word.
    """

    number: str
    title: str
    start: datetime
    end: datetime
    in_window: int
    linked: int

    @property
    def sentence(self) -> str:
        """What can be said of it."""
        said = f"{self.in_window} in the window of {self.number}"
        return f"{said}, {self.linked} linked to it" if self.linked else said


def reason_views(shown: Sequence[Ticket], expected: Sequence[ContactReason], now: datetime) -> tuple[ReasonView, ...]:
    """The most frequent reasons; those that were expected and have not come yet follow when there is room."""
    known = {one.reason.casefold(): one for one in expected}
    recent = dict(reasons(t for t in shown if now - t.opened_at < timedelta(days=1)))
    rows = [
        _reason(name, count, recent.get(name, 0), len(shown), known.pop(name.casefold(), None))
        for name, count in reasons(shown)
    ][:TOP_REASONS]
    rows += [_reason(one.reason, 0, 0, len(shown), one) for one in known.values()][: TOP_REASONS - len(rows)]
    return tuple(rows)


def _reason(name: str, count: int, recent: int, of: int, known: ContactReason | None) -> ReasonView:
    return ReasonView(
        name,
        count,
        recent,
        count / of if of else 0.0,
        known.expected if known else None,
        known.script if known else None,
        known.article if known else None,
        known.escalation if known else None,
    )


def without_script(shown: Sequence[Ticket], expected: Sequence[ContactReason]) -> int:
    """How many tickets came for a reason that neither a script nor an article answers."""
    answered = {one.reason.casefold() for one in expected if one.script or one.article}
    return sum(count for name, count in reasons(shown) if name.casefold() not in answered)


def avoidable(shown: Sequence[Ticket], expected: Sequence[ContactReason]) -> int:
    """How many tickets asked what an article answers: whoever had been told of it need not have called (R13)."""
    written = {one.reason.casefold() for one in expected if one.article}
    return sum(count for name, count in reasons(shown) if name.casefold() in written)


def unforeseen(shown: Sequence[Ticket], expected: Sequence[ContactReason]) -> int:
    """For how many reasons people called that nobody had named before; a ticket without a category tells of none."""
    named = {one.reason.casefold() for one in expected}
    return len({ticket.category.casefold() for ticket in shown if ticket.category} - named)


def window_views(
    found: Sequence[Ticket], windows: Sequence[ChangeWindow], linked: Mapping[str, tuple[str, str]]
) -> tuple[WindowView, ...]:
    """The windows that tickets fell into or were linked to, those with the most first."""
    by_person = Counter(number for number, _ in linked.values())
    views = [
        WindowView(window.number, window.title, window.start, window.end, inside, by_person[window.number])
        for window, inside in zip(windows, counts_in_windows(found, windows), strict=True)
        if inside or by_person[window.number]
    ]
    return tuple(sorted(views, key=lambda one: (-one.in_window, one.start)))
