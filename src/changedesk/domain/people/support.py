"""Is the desk ready for what people will ask? Scripts, articles and a way up for each expected reason (R51, R65)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from changedesk.domain.counted import counted, listed
from changedesk.domain.people.people_side import ContactReason, ReadinessItem
from changedesk.domain.people.readiness import Score, score
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """Of the expected reasons to call, how many have one kind of answer, which have none, and their share by contacts."""

    what: str
    having: int
    of: int
    missing: tuple[str, ...]
    share: float | None


@dataclass(frozen=True, slots=True)
class SupportReadiness:
    """How ready the desk is: for each kind of answer, the staff, the checklist as a whole, and a sentence."""

    scripts: Answered
    articles: Answered
    escalations: Answered
    staff: Score
    checklist: Score
    expected: int | None
    sentence: str


def support_readiness(reasons: Sequence[ContactReason], items: Iterable[ReadinessItem]) -> SupportReadiness:
    """How ready the desk is for what is expected; ``items`` are all of the initiative."""
    own = [item for item in items if item.about == "support"]
    scripts = _answered("script", reasons, [bool(one.script) for one in reasons])
    articles = _answered("article", reasons, [bool(one.article) for one in reasons])
    escalations = _answered("escalation path", reasons, [bool(one.escalation) for one in reasons])
    counts = [one.expected for one in reasons if one.expected is not None]
    return SupportReadiness(
        scripts,
        articles,
        escalations,
        score(item for item in own if item.kind == "training"),
        score(own),
        sum(counts) if counts else None,
        _sentence((scripts, articles, escalations), own),
    )


def _answered(what: str, reasons: Sequence[ContactReason], having: Sequence[bool]) -> Answered:
    # A reason that nobody has counted is one contact: it is never left out.
    weights = [1 if one.expected is None else one.expected for one in reasons]
    total = sum(weights)
    share = sum(w for w, has in zip(weights, having, strict=True) if has) / total if total else None
    missing = tuple(one.reason for one, has in zip(reasons, having, strict=True) if not has)
    return Answered(what, sum(having), len(reasons), missing, share)


def _sentence(answers: Sequence[Answered], items: Sequence[ReadinessItem]) -> str:
    if not answers[0].of and not items:
        return "nobody has said what the desk needs"
    said = []
    if answers[0].of:
        parts = ", ".join(f"{one.having} with {'an' if one.what[0] in 'ae' else 'a'} {one.what}" for one in answers)
        said.append(f"{counted(answers[0].of, 'expected reason')}: {parts}")
    left = [f"“{item.item}”" for item in items if item.status != "ready"]
    if left:
        said.append(f"not ready: {listed(left)}")
    return "; ".join(said) if said else "all that the desk needs is ready"
