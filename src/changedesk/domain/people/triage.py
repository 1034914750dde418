"""Which gap first, and why there: the ranking over all initiatives (DOMAIN 2.4, R50).

score = severity x people x shortfall x unknown x urgency x irreversibility; every factor is a number and a sentence. More
people, fewer days or a larger gap never rank lower. Ties go by due date, then by natural key, so that the same data on
the same day always give the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import sqrt
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.people.gaps import Gap
from changedesk.domain.people.impacts import HARDEST
from changedesk.domain.people.readiness import SAID_STATUS
from changedesk.domain.saying import count, go_live_verb, go_live_word, in_days, percent
from changedesk.values import dataclass

UNKNOWN_COUNTS: Final = 1.25
"""What nobody knows counts as not ready, and by so much more."""

LOCKED_COUNTS: Final = 1.5
"""A gap behind a sequence that is locked cannot be helped by another order of the work."""

UNPLANNED_DAYS: Final = 90
"""An initiative without a go-live date presses as one so many days away."""

_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a score: ``value`` None is unknown, ``counted`` is what it counts as, ``bar`` 0 to 1 is for drawing."""

    name: str
    value: float | None
    counted: float
    bar: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A gap with its place in the list, from 1, and its score."""

    rank: int
    gap: Gap
    score: float


def severity(gap: Gap) -> float | None:
    """How hard the group is hit where it is hit hardest, 0 to 1; None when nobody rated it."""
    return None if gap.degree is None else gap.degree / HARDEST


def urgency(gap: Gap, today: date) -> float:
    """1 on the day of go-live and after it, less the farther away it is."""
    days = UNPLANNED_DAYS if gap.by is None else max((gap.by - today).days, 0)
    return 1 / sqrt(days + 1)


def score_of(gap: Gap, today: date) -> float:
    """The product of the factors, to four decimals; what is unknown counts as in :func:`factors`."""
    known = severity(gap)
    product = (1.0 if known is None else known) * (gap.headcount or 1) * gap.shortfall
    product *= UNKNOWN_COUNTS if gap.unknown else 1.0
    product *= urgency(gap, today)
    return round(product * (LOCKED_COUNTS if gap.locked else 1.0), _DIGITS)


def is_open(gap: Gap, today: date) -> bool:
    """Whether a gap is to be looked at: nobody has waived it or put it off for today."""
    return not waived(gap, today) and not snoozed(gap, today)


def waived(gap: Gap, today: date) -> bool:
    """Whether somebody's waiver holds."""
    return gap.mark is not None and gap.mark.waived_until is not None and today < gap.mark.waived_until


def snoozed(gap: Gap, today: date) -> bool:
    """Whether it was put off beyond today."""
    return gap.mark is not None and gap.mark.snoozed_until is not None and today < gap.mark.snoozed_until


def ranked(gaps: Iterable[Gap], today: date) -> tuple[Ranked, ...]:
    """The open gaps that count for anything, the first to be looked at first."""
    scored = [(score_of(gap, today), gap) for gap in gaps if is_open(gap, today)]
    listed = sorted((pair for pair in scored if pair[0] > 0), key=_order)
    return tuple(Ranked(n, gap, score) for n, (score, gap) in enumerate(listed, start=1))


def _order(scored: tuple[float, Gap]) -> tuple[float, bool, date, str, str, str]:
    score, gap = scored
    return (-score, gap.due is None, gap.due or date.max, gap.code, gap.audience or "", gap.name)


def factors(gap: Gap, today: date, most_people: int) -> tuple[Factor, ...]:
    """The factors of a gap in their order; ``most_people`` is the largest headcount in the list, for the bars."""
    hard, press = severity(gap), urgency(gap, today)
    people = gap.headcount or 1
    return (
        Factor("severity", hard, 1.0 if hard is None else hard, 1.0 if hard is None else hard, _said_severity(gap)),
        Factor("people", gap.headcount, people, people / max(most_people, people), _said_people(gap)),
        Factor("shortfall", gap.shortfall, gap.shortfall, gap.shortfall, said_shortfall(gap)),
        Factor(
            "unknown",
            UNKNOWN_COUNTS if gap.unknown else 1.0,
            UNKNOWN_COUNTS if gap.unknown else 1.0,
            float(gap.unknown),
            "nobody knows: counts a quarter more" if gap.unknown else "it is known",
        ),
        Factor("urgency", None if gap.by is None else press, press, press, _said_urgency(gap, today)),
        Factor(
            "irreversibility",
            LOCKED_COUNTS if gap.locked else 1.0,
            LOCKED_COUNTS if gap.locked else 1.0,
            float(gap.locked),
            "the order of the work is locked: counts half more" if gap.locked else "the order of the work can change",
        ),
    )


def reason(gap: Gap, today: date) -> str:
    """Why a gap ranks where it does, in one sentence."""
    said = [said_shortfall(gap), _said_people(gap), _said_severity(gap), _said_urgency(gap, today)]
    if gap.locked:
        said.append("the order of the work is locked")
    return "; ".join(said)


def said_shortfall(gap: Gap) -> str:
    """How much is missing, in words."""
    match gap.kind:
        case "readiness":
            return SAID_STATUS[gap.status or "unknown"] if not gap.unknown else "nobody knows whether it is ready"
        case "unassessed":
            return "nobody has said what they need to be ready"
        case "training":
            return "there is training, but none that is made for a role that is hit"
        case "relapse":
            return f"{percent(gap.percent)} use it, {percent(gap.best)} did"
        case "adoption":
            by_now = "" if gap.planned is None else f", {percent(gap.planned)} were planned by now"
            now = "nobody has counted who uses it" if gap.percent is None else f"{percent(gap.percent)} use it"
            return f"{now}{by_now}"


def _said_severity(gap: Gap) -> str:
    if gap.degree is None:
        return "nobody rated how hard: counts as 5 of 5"
    said = f"{gap.degree:.1f}".removesuffix(".0")
    return f"hit {said} of {HARDEST}"


def _said_people(gap: Gap) -> str:
    if gap.headcount is None:
        return "how many people is unknown: counts as 1"
    return counted(gap.headcount, "person", "people")


def _said_urgency(gap: Gap, today: date) -> str:
    if gap.by is None:
        return f"no go-live date: counts as {count(UNPLANNED_DAYS)} days away"
    if gap.kind == "readiness" and gap.live:
        return f"due {in_days(gap.by, today)}"
    if gap.wave:
        return f"their own wave {go_live_verb(gap.by, today, went_live=gap.live)} {in_days(gap.by, today)}"
    return f"{go_live_word(gap.by, today, went_live=gap.live)} {in_days(gap.by, today)}"


def most_people(gaps: Sequence[Ranked]) -> int:
    """The largest headcount in a list, for the bars."""
    return max((one.gap.headcount or 1 for one in gaps), default=1)
