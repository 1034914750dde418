"""Who is hit, how hard, and who stands behind it: the people side of one initiative on one page (R8, R9, R15, R33)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from changedesk.domain.people.habits import (
    LeadTimes,
    Retirement,
    lead_times,
    people_on_old_ways,
    retirement,
)
from changedesk.domain.people.impacts import HeatMap, degrees_of, heat_map
from changedesk.domain.people.people_side import Confidence, Expectation, Stakeholder
from changedesk.domain.people.readiness import readiness_level
from changedesk.domain.people.sponsors import Act, Coverage, Quadrant, act_of, coverage, quadrant, stance_gap
from changedesk.domain.people.training import groups_hit
from changedesk.domain.words import CONFIDENCE_OF
from changedesk.domain.working import Resistance, Workaround
from changedesk.services.people.head import Head, opened
from changedesk.services.session import Session, authorise
from changedesk.store.initiative import people_side, working
from changedesk.store.summaries import people_summaries
from changedesk.store.summaries.people_summaries import PeopleSums
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class StakeholderView:
    """Somebody on the grid: the field, how far the stance is from the wanted one (above 0: short of it), the last act."""

    stakeholder: Stakeholder
    quadrant: Quadrant | None
    stance_gap: int | None
    act: Act


@dataclass(frozen=True, slots=True)
class ConfidenceSeries:
    """The confidence of the sponsor or the client over time, oldest first, and how it moved since the score before."""

    whose: str
    scores: tuple[Confidence, ...]
    latest: int | None
    moved: int | None


@dataclass(frozen=True, slots=True)
class ResistanceView:
    """An entry of the log, with how many days before go-live it came to light (negative: after it)."""

    entry: Resistance
    lead_days: int | None


@dataclass(frozen=True, slots=True)
class WorkaroundView:
    """An old way, with where it stands against the day on which it is to be gone."""

    entry: Workaround
    retirement: Retirement


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The people side of an initiative. ``on_old_ways`` counts people or cases of open workarounds; None: not counted."""

    head: Head
    heat: HeatMap
    unrated: tuple[str, ...]
    stakeholders: tuple[StakeholderView, ...]
    coverage: Coverage
    fresh_acts: int
    coalition: int
    confidence: tuple[ConfidenceSeries, ...]
    resistance: tuple[ResistanceView, ...]
    lead_times: LeadTimes
    expected: tuple[Expectation, ...]
    workarounds: tuple[WorkaroundView, ...]
    on_old_ways: int | None


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One initiative in the list of people sides, and how its readiness looks on a day."""

    sums: PeopleSums
    level: str


def people_page(session: Session, initiative_id: str) -> PeoplePage:
    """The people side of the initiative with that id."""
    with opened(session, initiative_id) as one:
        conn, record = one.conn, one.record
        impacts = people_side.impacts(conn, record.id)
        stakeholders = people_side.stakeholders(conn, record.id)
        scores = people_side.confidence(conn, record.id)
        entries = working.resistances(conn, record.id)
        expected = people_side.expectations(conn, record.id)
        old_ways = working.workarounds(conn, record.id)
    rated = degrees_of(impacts)
    hit = [audience.name for audience in groups_hit(one.audiences, impacts)]
    views = tuple(
        StakeholderView(who, quadrant(who.power, who.interest), stance_gap(who), act_of(who, one.head.today))
        for who in stakeholders
    )
    coalition = [view for view in views if view.stakeholder.coalition]
    return PeoplePage(
        one.head,
        heat_map(one.audiences, impacts),
        tuple(a.name for a in one.audiences if a.name not in rated),
        views,
        coverage(hit, stakeholders),
        sum(view.act.fresh for view in coalition),
        len(coalition),
        tuple(_series(whose, scores) for whose in CONFIDENCE_OF),
        tuple(ResistanceView(entry, entry.lead_days(record.go_live)) for entry in entries),
        lead_times(entries, record.go_live),
        _not_met_yet(expected, entries),
        tuple(WorkaroundView(entry, retirement(entry, one.head.today)) for entry in old_ways),
        people_on_old_ways(old_ways),
    )


def people_rows(session: Session, client: str | None = None) -> tuple[PeopleRow, ...]:
    """Every initiative in view that is not over, or those of one client, by the nearest go-live."""
    authorise(session, "desk.read")
    scope, today = session.scope.narrowed(client), session.today
    sums = people_summaries.people_sums(session.desk.reader(), scope)
    sums.sort(key=lambda one: (one.go_live is None, abs((one.go_live - today).days) if one.go_live else 0, one.code))
    return tuple(
        PeopleRow(one, readiness_level(one.ready, one.go_live, today, session.thresholds, live=one.went_live))
        for one in sums
    )


def _series(whose: str, scores: Iterable[Confidence]) -> ConfidenceSeries:
    own = tuple(score for score in scores if score.whose == whose)
    latest = own[-1].score if own else None
    moved = own[-1].score - own[-2].score if len(own) > 1 else None
    return ConfidenceSeries(whose, own, latest, moved)


def _not_met_yet(expected: Sequence[Expectation], met: Sequence[Resistance]) -> tuple[Expectation, ...]:
    """What is to be expected and was not noted under the same words."""
    known = {(entry.audience, entry.title.casefold()) for entry in met}
    return tuple(one for one in expected if (one.audience, one.title.casefold()) not in known)
