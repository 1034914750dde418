"""Each week's forecasts are kept as they were made, so that hindsight can judge them (R66).

They are kept when something is recorded of an initiative, when the dashboard sees a new week, and by ``forecast --keep``
for a desk that only scripts look at: once a week and initiative, whoever comes first. An import itself does nothing but
take its rows. The audit names the program as the one who keeps them: nobody has decided anything.
"""

from __future__ import annotations

import hashlib
from typing import Final

from changedesk.domain.records import Initiative
from changedesk.domain.usage.calibration import KeptForecast
from changedesk.domain.usage.counts import monday_of
from changedesk.domain.usage.metrics import UTILIZATION
from changedesk.domain.usage.outlook import ENOUGH_COUNTS
from changedesk.domain.usage.views import metric_views
from changedesk.services.adoption.forecasts import to_be_kept
from changedesk.services.lookup import initiative_in_view
from changedesk.services.session import Session
from changedesk.store import adoption, forecasts

PROGRAM: Final = "changedesk"
"""Who keeps forecasts, in the audit."""


FEW: Final = 12
"""So many initiatives are kept beside other work; each takes up to half a second."""


def due(session: Session, limit: int = -1) -> tuple[str, ...]:
    """The ids of the initiatives in view of which this week's forecasts are still to be kept, those live last first."""
    with session.desk.snapshot() as conn:
        return forecasts.to_keep(conn, session.scope, session.today, limit)


def keep_week(session: Session, initiative_id: str, *, groups: bool = True) -> int:
    """Keep this week's forecasts of an initiative, unless they are; returns how many were kept.

    Of use alone, of everybody and (``groups``) of each group, where it is from its own counts. Nothing happens on a desk
    that cannot be written.
    """
    if session.desk.read_only:
        return 0
    record = initiative_in_view(session, initiative_id)
    with session.desk.snapshot() as conn:
        if not _is_followed(record) or forecasts.is_kept(conn, record.id, session.today):
            return 0
        ground = adoption.ground(conn, record, session.today)
    use = next(one for one in metric_views(ground) if one.metric.name == UTILIZATION)
    series = use.all if groups else (use.everybody,)
    counted = [one for one in series if len(one.measured) >= ENOUGH_COUNTS]
    made = [kept for one in counted if (kept := to_be_kept(one, session.today)) is not None]
    return _write(session, record.id, made) if made else 0


def keep_few(session: Session) -> int:
    """Keep what is due when these are at most ``FEW`` initiatives; on a larger desk that is work for ``forecast --keep``."""
    waiting = () if session.desk.read_only else due(session, FEW + 1)
    if len(waiting) > FEW:
        return 0
    return sum(keep_week(session, initiative_id) for initiative_id in waiting)


def keep_all(session: Session) -> int:
    """Keep all that is due, one initiative at a time; returns of how many something was kept."""
    return sum(1 for initiative_id in due(session) if keep_week(session, initiative_id))


def _is_followed(record: Initiative) -> bool:
    return record.effective_state not in ("closed", "cancelled")


def _write(session: Session, initiative_id: str, made: list[KeptForecast]) -> int:
    with session.desk.write(PROGRAM) as transaction:
        kept = forecasts.keep(transaction.conn, initiative_id, made)
        if kept:
            transaction.touch(initiative_id)
            transaction.record(
                "forecast.kept",
                initiative_id,
                {
                    "week": monday_of(session.today),
                    "forecasts": kept,
                    "digest": hashlib.sha256("\n".join(one.revision for one in made).encode()).hexdigest(),
                },
            )
    return kept
