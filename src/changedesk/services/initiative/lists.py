"""The lists behind the Initiative screen: activities, audiences, observations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.adoption import target_of
from changedesk.domain.control.serving import Serving
from changedesk.domain.records import Activity, Audience, Initiative, Observation, Target
from changedesk.domain.usage.counts import newest_counts
from changedesk.domain.usage.metrics import UTILIZATION
from changedesk.domain.words import plain
from changedesk.services.control.lights import serving
from changedesk.services.lookup import known_initiative
from changedesk.services.session import Session
from changedesk.store.initiative import initiatives
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity in a list; ``level`` is late, done, running, to come or cancelled.

    ``change`` is the change that it is, if any.
    """

    activity: Activity
    level: str
    change: Serving | None = None


@dataclass(frozen=True, slots=True)
class AudienceRow:
    """An audience with its newest observed utilization and its target; shares are 0 to 1."""

    audience: Audience
    go_live: date | None
    own_wave: bool
    utilization: float | None
    observed_on: date | None
    target: float | None
    by: date | None


def activity_rows(session: Session, code: str) -> tuple[ActivityRow, ...]:
    """All activities of an initiative, by lane and planned end."""
    record = known_initiative(session, code)
    today = session.today
    with session.desk.snapshot() as conn:
        # The first one wins: what is not over stands before what is.
        changes = {one.milestone: one for one in reversed(serving(session, conn, record.id)) if one.milestone}
        return tuple(
            ActivityRow(activity, plain(activity.state(today, cancelled=record.cancelled)), changes.get(activity.title))
            for activity in initiatives.activities(conn, record.id)
        )


def audience_rows(session: Session, code: str) -> tuple[AudienceRow, ...]:
    """All audiences of an initiative, by name."""
    record = known_initiative(session, code)
    with session.desk.snapshot() as conn:
        audiences = initiatives.audiences(conn, record.id)
        targets = initiatives.targets(conn, record.id)
        latest = initiatives.latest_observations(conn, record.id)
    return tuple(_audience(audience, record, targets, latest) for audience in audiences)


def _audience(
    audience: Audience, record: Initiative, targets: Sequence[Target], latest: Sequence[Observation]
) -> AudienceRow:
    newest = newest_counts(latest, UTILIZATION, (audience,)).get(audience.name)
    target = target_of(targets, UTILIZATION, audience.name)
    return AudienceRow(
        audience,
        audience.go_live or record.go_live,
        audience.go_live is not None and audience.go_live != record.go_live,
        newest.percent / 100 if newest else None,
        newest.day if newest else None,
        target.target / 100 if target else None,
        target.by if target else None,
    )


@dataclass(frozen=True, slots=True)
class ObservationSource:
    """An initiative's observations, newest first, read page by page."""

    session: Session
    initiative_id: str

    def count(self) -> int:
        """How many there are."""
        return initiatives.observation_count(self.session.desk.reader(), self.initiative_id)

    def rows(self, offset: int, limit: int) -> Sequence[Observation]:
        """One page of them."""
        return initiatives.observation_page(self.session.desk.reader(), self.initiative_id, offset, limit)


def observation_source(session: Session, code: str) -> ObservationSource:
    """The observations of an initiative as a source of pages."""
    return ObservationSource(session, known_initiative(session, code).id)
