"""Is everybody ready? A weighted checklist for each group, and for who it leans on (DOMAIN 1.2, R8-R10, R63).

What is unknown counts as not ready, and is said to be unknown: ``percent`` never rises because nobody asked, and
``coverage`` says how much of it somebody knows. Groups weigh by their people. What is about managers, sponsors, the desk
or the service is a number of its own and is never mixed into how many people are ready.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from changedesk.domain.attention_rules import gate_name
from changedesk.domain.counted import counted, listed
from changedesk.domain.people.people_side import ReadinessItem
from changedesk.domain.records import Audience
from changedesk.domain.standing import ReadinessStanding, WaveReadiness
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.words import CHECKPOINTS, READINESS_ABOUT
from changedesk.values import dataclass

VALUE: Final[Mapping[str, float]] = {"unknown": 0.0, "not_ready": 0.0, "partial": 0.5, "ready": 1.0}
"""How much of an item's weight its status earns."""

SAID_STATUS: Final[Mapping[str, str]] = {
    "unknown": "unknown",
    "not_ready": "not ready",
    "partial": "partly ready",
    "ready": "ready",
}

AFTER_GO_LIVE: Final = ("sustain_30", "sustain_90")
"""Checkpoints after go-live: what they ask for is no gap before it."""


@dataclass(frozen=True, slots=True)
class Score:
    """How ready something is, 0 to 100, and how much of its weight somebody knows (0 to 1); None without any weight.

    ``left`` counts the items that are not ready, ``unknown`` those of them that nobody knows.
    """

    percent: float | None
    coverage: float | None
    items: int
    left: int
    unknown: int

    @property
    def seen(self) -> float | None:
        """The figure as it is said: None, a question mark, while nobody knows anything of it; it counts as not ready then."""
        return self.percent if self.coverage else None


@dataclass(frozen=True, slots=True)
class GroupReadiness:
    """How ready one group is by its own items."""

    audience: Audience
    score: Score

    @property
    def percent(self) -> float:
        """The score as it counts: a group that nobody has looked at is not ready."""
        return self.score.percent or 0.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready an initiative's people are, and the parts that they lean on (what it is about to its score).

    ``percent`` and ``coverage`` are means over the groups, weighted by people; None when there is no item about a group.
    """

    percent: float | None
    coverage: float | None
    groups: tuple[GroupReadiness, ...]
    parts: Mapping[str, Score]

    @property
    def least_known(self) -> GroupReadiness | None:
        """The least ready of the groups of which somebody knows something: the only ones of which a figure is said.

        Of several that are as little ready it is the one with the most people.
        """
        known = (group for group in self.groups if group.score.seen is not None)
        return min(known, key=lambda one: (one.percent, -one.audience.headcount, one.audience.name), default=None)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The groups of which nobody knows anything, by name; they count as not ready."""
        return tuple(group.audience.name for group in self.groups if group.score.seen is None)


def score(items: Iterable[ReadinessItem]) -> Score:
    """The weighted score of a checklist."""
    own = list(items)
    total = sum(item.counted_weight for item in own)
    left = sum(item.status != "ready" for item in own)
    unknown = sum(item.status == "unknown" for item in own)
    if total <= 0:
        return Score(None, None, len(own), left, unknown)
    earned = sum(item.counted_weight * VALUE[item.status] for item in own)
    known = sum(item.counted_weight for item in own if item.status != "unknown")
    return Score(100 * earned / total, known / total, len(own), left, unknown)


def readiness_of(audiences: Sequence[Audience], items: Sequence[ReadinessItem]) -> Readiness:
    """How ready an initiative is, group by group."""
    own: dict[str, list[ReadinessItem]] = {audience.name: [] for audience in audiences}
    leaning: dict[str, list[ReadinessItem]] = {}
    for item in items:
        if item.about == "audience" and item.audience in own:
            own[item.audience].append(item)
        else:
            leaning.setdefault(item.about, []).append(item)
    groups = tuple(GroupReadiness(audience, score(own[audience.name])) for audience in audiences)
    parts = {str(about): score(leaning[about]) for about in READINESS_ABOUT if about in leaning}
    percent = _weighted((group.audience, group.percent) for group in groups)
    coverage = _weighted((group.audience, group.score.coverage or 0.0) for group in groups)
    if all(group.score.percent is None for group in groups):
        percent = coverage = None
    return Readiness(percent, coverage, groups, parts)


def readiness_standing(
    audiences: Sequence[Audience], items: Sequence[ReadinessItem], go_live: date | None
) -> ReadinessStanding | None:
    """What lists show of it; None when nothing is recorded about any group."""
    found = readiness_of(audiences, items)
    if found.percent is None or found.coverage is None:
        return None
    days: dict[date | None, list[GroupReadiness]] = {}
    for group in found.groups:
        days.setdefault(group.audience.go_live or go_live, []).append(group)
    waves = [
        WaveReadiness(
            day,
            _weighted((group.audience, group.percent) for group in groups) or 0.0,
            tuple(group.audience.name for group in groups),
        )
        for day, groups in days.items()
    ]
    waves.sort(key=lambda wave: (wave.day is None, wave.day))
    return ReadinessStanding(
        found.percent,
        found.coverage,
        sum(group.score.left for group in found.groups),
        sum(group.score.unknown for group in found.groups),
        tuple(waves),
    )


@dataclass(frozen=True, slots=True)
class Pocket:
    """A group at its site that is less ready than it should be before its go-live (R63)."""

    audience: str
    site: str | None
    headcount: int
    percent: float
    coverage: float
    go_live: date | None

    @property
    def seen(self) -> float | None:
        """The figure as it is said: None while nobody knows anything of it."""
        return self.percent if self.coverage else None


def readiness_level(
    seen: float | None, go_live: date | None, today: date, thresholds: Thresholds, *, live: bool
) -> str:
    """How a figure of readiness looks wherever it stands: ``late`` when it is not enough so near its go-live, ``at_risk`` when
    it is a pocket before that, else ``fine``; ``unknown`` while nobody knows, and ``past`` once it is live.

    ``seen`` is in percent as it is said, ``go_live`` that of those whom it is about.
    """
    if live:
        return "past"
    if seen is not None and seen >= thresholds.ready:
        return "fine"
    if go_live is not None and (go_live - today).days <= thresholds.ready_near:
        return "late"
    if seen is None:
        return "unknown"
    return "at_risk" if seen < thresholds.pocket else "fine"


def asked_for(item: ReadinessItem, checkpoint: str, due: date | None) -> bool:
    """Whether an item has to be ready before that checkpoint is signed.

    By the item's own checkpoint, else by its day against the checkpoint's, else at go-live: everything is asked for there.
    After go-live only what was named for later still is: the rest was signed over, or it was ready.
    """
    place = CHECKPOINTS.index(checkpoint)
    if item.checkpoint is not None:
        wanted = CHECKPOINTS.index(item.checkpoint)
        return wanted == place if checkpoint in AFTER_GO_LIVE else wanted <= place
    if checkpoint in AFTER_GO_LIVE:
        return False
    return checkpoint == "go_live" or (item.due is not None and due is not None and item.due <= due)


def not_ready_for(
    items: Iterable[ReadinessItem], checkpoint: str, due: date | None, lane: str, waived: Collection[str] = ()
) -> tuple[ReadinessItem, ...]:
    """The items of a lane that are asked for and not ready; ``waived`` are ids of items that somebody waived by name."""
    return tuple(
        item
        for item in items
        if item.lane == lane and item.status != "ready" and item.id not in waived and asked_for(item, checkpoint, due)
    )


def refuse_over_gap(missing: Sequence[ReadinessItem], checkpoint: str) -> str | None:
    """Why a lane cannot sign over what is not ready, as a sentence; None when nothing is missing."""
    if not missing:
        return None
    said = [_said(item) for item in sorted(missing, key=lambda item: (-item.counted_weight, item.item))]
    verb = "is" if len(missing) == 1 else "are"
    items = counted(len(missing), "item", "items")
    return f"{items} of readiness for {gate_name(checkpoint).lower()} {verb} not ready: {listed(said, len(said))}"


def _said(item: ReadinessItem) -> str:
    """An item with its group, and with its status where that is more than the sentence says: ``Tried (Warehouse, unknown)``."""
    status = SAID_STATUS[item.status] if item.status != "not_ready" else ""
    about = ", ".join(word for word in (item.audience, status) if word)
    return f"{item.item} ({about})" if about else item.item


def _weighted(parts: Iterable[tuple[Audience, float]]) -> float | None:
    """The mean by people; a group of unknown size counts as one person. None of nobody."""
    pairs = [(max(1, audience.headcount), value) for audience, value in parts]
    people = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / people if people else None
