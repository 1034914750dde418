"""How ready the people of an initiative are, group by group, and what they lean on (R8-R10, R30, R51, R63)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.by_group import by_group
from changedesk.domain.counted import people_said
from changedesk.domain.people.gaps import is_live
from changedesk.domain.people.people_side import ContactReason, ReadinessItem
from changedesk.domain.people.readiness import Pocket, Score, readiness_level, readiness_of
from changedesk.domain.people.support import SupportReadiness, support_readiness
from changedesk.domain.people.survey import Profile, profiles
from changedesk.domain.people.training import TrainingCoverage, training_coverage
from changedesk.domain.records import Audience
from changedesk.domain.saying import percent
from changedesk.domain.thresholds import Thresholds
from changedesk.services.people.head import Head, opened
from changedesk.services.session import Session, authorise
from changedesk.store.initiative import initiatives, people_side
from changedesk.store.summaries import people_summaries
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group: how ready it is by its own items, its latest survey round, and the rounds before it, newest first.

    ``score.percent`` is None when nothing is recorded, which counts as not ready; ``pocket`` says that it is below the
    threshold, ``level`` how its figure looks (see :func:`readiness_level`).
    """

    audience: Audience
    go_live: date | None
    live: bool
    score: Score
    level: str
    pocket: bool
    items: tuple[ReadinessItem, ...]
    survey: Profile | None
    earlier: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """What the groups lean on: managers, sponsor, support or service, with its items."""

    about: str
    score: Score
    level: str
    items: tuple[ReadinessItem, ...]


@dataclass(frozen=True, slots=True)
class ReadinessPage:
    """The readiness of an initiative. ``percent`` (0 to 100) and ``coverage`` (0 to 1) are by people; None: unknown.

    ``level``, ``support_level`` and ``staff_level`` say how the figures of all, of the desk and of its training look.
    """

    head: Head
    percent: float | None
    coverage: float | None
    level: str
    sentence: str
    groups: tuple[GroupView, ...]
    parts: tuple[PartView, ...]
    training: TrainingCoverage
    support: SupportReadiness
    support_level: str
    staff_level: str
    reasons: tuple[ContactReason, ...]


@dataclass(frozen=True, slots=True)
class PocketRow:
    """A pocket of low readiness with the initiative that it belongs to; ``asked``: something is recorded of it at all."""

    initiative_id: str
    code: str
    title: str
    client: str
    pocket: Pocket
    level: str
    asked: bool


def readiness_page(session: Session, initiative_id: str) -> ReadinessPage:
    """Everything about the readiness of the initiative with that id."""
    thresholds = session.thresholds
    with opened(session, initiative_id) as one:
        conn, record = one.conn, one.record
        items = people_side.readiness(conn, record.id)
        rounds = profiles(
            people_side.survey_answers(conn, record.id),
            {audience.name: audience.headcount for audience in one.audiences},
            thresholds.barrier,
        )
        reasons = people_side.contact_reasons(conn, record.id)
        training = training_coverage(
            one.audiences,
            people_side.impacts(conn, record.id),
            [a for a in initiatives.activities(conn, record.id) if a.lane == "people"],
        )
    found, support = readiness_of(one.audiences, items), support_readiness(reasons, items)
    seen = found.percent if found.coverage else None
    asked, answered = by_group(item for item in items if item.about == "audience"), by_group(rounds)
    groups = tuple(
        _group(of.audience, of.score, one.head, asked[of.audience.name], answered[of.audience.name], thresholds)
        for of in found.groups
    )
    return ReadinessPage(
        one.head,
        seen,
        found.coverage,
        _level(seen, one.head, thresholds),
        _sentence(found.percent, found.coverage, one.head.headcount),
        tuple(sorted(groups, key=lambda g: (g.live, g.score.percent or 0.0, -g.audience.headcount, g.audience.name))),
        tuple(
            PartView(
                about,
                score,
                _level(score.seen, one.head, thresholds),
                tuple(item for item in items if item.about == about),
            )
            for about, score in found.parts.items()
        ),
        training,
        support,
        _level(support.checklist.seen, one.head, thresholds),
        _level(support.staff.seen, one.head, thresholds),
        reasons,
    )


def all_pockets(session: Session, client: str | None = None) -> tuple[PocketRow, ...]:
    """The pockets of low readiness over everything in view, or of one client, the nearest go-live first (R63).

    An initiative of which nobody recorded any readiness has none: nothing is known of it, which the ranking says.
    """
    authorise(session, "desk.read")
    today, thresholds = session.today, session.thresholds
    found: list[PocketRow] = []
    with session.desk.snapshot() as conn:
        standings = people_summaries.people_standings(conn, session.scope.narrowed(client))
        for one in standings:
            if one.state in ("closed", "cancelled") or not any(group.asked for group in one.groups):
                continue
            for group in one.groups:
                if (group.ready or 0.0) >= thresholds.pocket or is_live(one, group, today):
                    continue
                pocket = Pocket(
                    group.name, group.site, group.headcount, group.ready or 0.0, group.known or 0.0, group.go_live
                )
                level = readiness_level(pocket.seen, pocket.go_live, today, thresholds, live=False)
                found.append(PocketRow(one.initiative_id, one.code, one.title, one.client, pocket, level, group.asked))
    return tuple(sorted(found, key=_nearest))


def _nearest(row: PocketRow) -> tuple[date, float, str, str]:
    pocket = row.pocket
    return pocket.go_live or date.max, pocket.percent, row.code, pocket.audience


def _group(
    audience: Audience,
    score: Score,
    head: Head,
    items: Sequence[ReadinessItem],
    rounds: Sequence[Profile],
    thresholds: Thresholds,
) -> GroupView:
    go_live = audience.go_live or head.go_live
    live = head.went_live and (go_live is None or go_live <= head.today)
    return GroupView(
        audience,
        go_live,
        live,
        score,
        readiness_level(score.seen, go_live, head.today, thresholds, live=live),
        not live and (score.percent or 0.0) < thresholds.pocket,
        tuple(items),
        rounds[0] if rounds else None,
        tuple(rounds[1:]),
    )


def _level(seen: float | None, head: Head, thresholds: Thresholds) -> str:
    """How a figure looks that is about the whole initiative."""
    return readiness_level(seen, head.go_live, head.today, thresholds, live=head.went_live)


def _sentence(ready: float | None, coverage: float | None, headcount: int) -> str:
    if ready is None or coverage is None:
        return "nobody has said yet what people need to be ready"
    if not coverage:
        return f"nobody knows yet how ready {people_said(headcount)} are; what is unknown counts as not ready"
    unknown = percent(100 * (1 - coverage))
    known = "all of it is known" if coverage >= 1 else f"{unknown} of it is unknown and counts as not ready"
    return f"{percent(ready)} of {people_said(headcount)} are ready; {known}"
