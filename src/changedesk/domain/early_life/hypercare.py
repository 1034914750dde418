"""When early-life support may end: the exit criteria, each with what shows that it is met (DOMAIN 1.5, R64).

Some are read from the desk's own data, some take somebody's word with evidence. One that nobody knows is not met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from changedesk.domain.adoption import SHARE_OF_TARGET, enough_of
from changedesk.domain.counted import counted, listed
from changedesk.domain.saying import count, percent
from changedesk.domain.usage.live_use import LiveUse
from changedesk.values import dataclass

EXCESS: Final = 20
"""Percent above the base that the load may have at the end of hypercare."""
CALM_DAYS: Final = 14
"""For so many days it has had no more."""

SAID: Final[Mapping[str, str]] = {
    "activity": "Users can do their work",
    "owners_agreed": "Service and process owners agree to run it",
    "levels_kept": "Service levels were kept throughout",
    "knowledge": "Training and knowledge transfer are done",
    "signed_off": "Agreements and contracts are signed off",
}
"""Criteria that somebody confirms with evidence: key to text."""

READ_FROM: Final[Mapping[str, str]] = {
    "load": "its tickets",
    "urgent": "its tickets",
    "use": "its observations and targets",
    "owner": "the service that the initiative names, and its owner",
}
"""Criteria that nobody has to confirm: key to the records that say whether they are met."""


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody's word that a criterion is met: who, when, and what shows it."""

    criterion: str
    by: str
    at: datetime
    evidence: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: met, not met, or (None) not known yet, with what it rests on; ``said`` ones wait for a person."""

    key: str
    text: str
    met: bool | None
    evidence: str
    said: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What the desk itself knows: the load of each of the last days against the base, what is open, use against target.

    ``loads`` are (count, base) of the last :data:`CALM_DAYS` days, fewer when it went live later; ``use`` is None until
    somebody is live.
    """

    loads: tuple[tuple[int, float], ...]
    urgent_open: int | None
    use: LiveUse | None
    owner: str | None


def criteria(seen: Seen, words: Iterable[Word]) -> tuple[Criterion, ...]:
    """All exit criteria, those of the desk's own data first."""
    given = {word.criterion: word for word in words}
    found = [_load(seen), _urgent(seen), _use(seen), _owner(seen)]
    for key, text in SAID.items():
        word = given.get(key)
        evidence = f"{word.evidence} ({word.by})" if word else "not confirmed yet"
        found.append(Criterion(key, text, True if word else None, evidence, said=True))
    return tuple(found)


def may_end(found: Iterable[Criterion]) -> bool:
    """Whether hypercare may end: every criterion is met."""
    return all(one.met for one in found)


def _load(seen: Seen) -> Criterion:
    text = f"At most {EXCESS} % above base load for {CALM_DAYS} days"
    base = sum(expected for _, expected in seen.loads)
    if len(seen.loads) < CALM_DAYS or not base:
        missing = "the base is unknown" if seen.loads and not base else f"{counted(len(seen.loads), 'day')} seen"
        return Criterion("load", text, None, missing, said=False)
    # Rounded: a base is a mean of days, and 6 of 5 as binary fractions are a hair more than a fifth above.
    over = round(100 * (sum(found for found, _ in seen.loads) / base - 1), 9)
    said = f"{percent(abs(over))} {'above' if over > 0 else 'below'} the base"
    return Criterion("load", text, over <= EXCESS, said, said=False)


def _urgent(seen: Seen) -> Criterion:
    if seen.urgent_open is None:
        return Criterion("urgent", "No open ticket of priority 1 or 2", None, "no tickets recorded", said=False)
    said = f"{counted(seen.urgent_open, 'ticket')} open" if seen.urgent_open else "none open"
    return Criterion("urgent", "No open ticket of priority 1 or 2", seen.urgent_open == 0, said, said=False)


def _use(seen: Seen) -> Criterion:
    """Only those who are live: hypercare cares for them, and a wave that is still to come gets one of its own."""
    text, use = f"Those live use it, to {percent(100 * SHARE_OF_TARGET)} of the target", seen.use
    if use is None:
        return Criterion("use", text, None, "nobody is live yet", said=False)
    whose = "" if use.group is None else f"{use.group}: "
    if use.percent is None or use.target is None:
        unknown = "use was not observed" if use.percent is None else "no target set"
        return Criterion("use", text, None, f"{whose}{unknown}", said=False)
    said = f"{whose}{percent(use.percent)} of {use.people:,.0f} live use it, target {percent(use.target)}"
    if use.uncounted:
        said += f"; nobody counted {listed(use.uncounted)}"
    if use.later:
        said += f"; {count(use.later)} go live later"
    return Criterion("use", text, use.percent >= enough_of(use.target), said, said=False)


def _owner(seen: Seen) -> Criterion:
    return Criterion(
        "owner", "A service owner is named", seen.owner is not None, seen.owner or "nobody is named", said=False
    )
