"""Each week's forecasts are kept as they were made, so that hindsight can judge them (R66).

They are kept when something is recorded of an initiative, by an import for the few initiatives that it counts, beside the
dashboard while nobody types, and by ``forecast --keep`` for a desk that only scripts look at: once a week and initiative,
whoever comes first. The audit names the program as the one who keeps them: nobody has decided anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import Final

from changedesk.domain.records import Initiative
from changedesk.domain.usage.calibration import KeptForecast
from changedesk.domain.usage.ground import metric_views
from changedesk.domain.usage.metrics import UTILIZATION
from changedesk.domain.usage.outlook import ENOUGH_COUNTS
from changedesk.domain.weeks import monday_of
from changedesk.services.adoption.forecasts import to_be_kept
from changedesk.services.lookup import initiative_in_view
from changedesk.services.session import PROGRAM, Session
from changedesk.store.initiative import adoption, forecasts
from changedesk.store.trail.audit import FORECASTS_KEPT

BATCH_SECONDS: Final = 10.0
"""So long the keeper reckons before it writes: each write makes what shows forecasts look again, and on a large desk that costs."""

FEW: Final = 3
"""An import keeps the forecasts of at most so many initiatives itself, after at most so many rows, and for so many seconds."""

FEW_ROWS: Final = 2_000

IMPORT_SECONDS: Final = 2.0

Made = tuple[str, list[KeptForecast]]
"""An initiative's id with its forecasts of a week."""


def always() -> bool:
    """Nothing stands against going on."""
    return True


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
    made = _made(session, initiative_id, groups=groups)
    return _write(session, [(initiative_id, made)]) if made else 0


def keep_all(session: Session) -> int:
    """Keep all that is due, one initiative at a time; returns of how many something was kept."""
    return sum(1 for initiative_id in due(session) if keep_week(session, initiative_id))


def keep_counted(session: Session, initiative_ids: Sequence[str], rows: int) -> int:
    """Keep what an import of so many ``rows`` has counted, where that is quickly done; returns how many are left for others.

    An import of many rows is to be fast and keeps nothing. Nobody waits longer than ``IMPORT_SECONDS``, and what is not
    finished by then is as if it was never begun.
    """
    if session.desk.read_only or not initiative_ids:
        return 0
    waiting = [one for one in due(session) if one in set(initiative_ids)]
    if len(waiting) > FEW or rows > FEW_ROWS:
        return len(waiting)
    end = monotonic() + IMPORT_SECONDS
    keeper = Keeper(session, waiting)
    keeper.go_on(lambda: monotonic() < end)
    return len(keeper.left)


class Keeper:
    """Keeps what is due, batch after batch, and can be stopped between any two forecasts."""

    def __init__(self, session: Session, waiting: Sequence[str] | None = None) -> None:
        self._session = session
        self.left: list[str] = [*(waiting or ())]
        """What is still to be kept, by id."""
        self._asked = waiting is not None

    def go_on(self, may: Callable[[], bool] = always) -> bool:
        """Keep for some seconds, as long as it ``may`` go on; returns whether anything is left.

        An initiative of which it is stopped comes first the next time; what was reckoned of it is not lost, since
        the same forecast is not made twice.
        """
        if self._session.desk.read_only:
            return False
        if not self._asked:
            self.left, self._asked = [*due(self._session)], True
        end = monotonic() + BATCH_SECONDS
        ready: list[Made] = []
        while self.left and may() and monotonic() < end:
            made = _made(self._session, self.left[0], may)
            if made is None:
                break
            if made:
                ready.append((self.left[0], made))
            del self.left[0]
        if ready:
            _write(self._session, ready)
        return bool(self.left)


def _made(
    session: Session, initiative_id: str, may: Callable[[], bool] = always, *, groups: bool = True
) -> list[KeptForecast] | None:
    """This week's forecasts of an initiative that are still to be kept; None when it was stopped."""
    record = initiative_in_view(session, initiative_id)
    with session.desk.snapshot() as conn:
        if not _is_followed(record) or forecasts.is_kept(conn, record.id, session.today):
            return []
        ground = adoption.ground(conn, record, session.today)
    use = next(one for one in metric_views(ground) if one.metric.name == UTILIZATION)
    series = use.all if groups else (use.everybody,)
    found = []
    for one in series:
        if not may():
            return None
        if len(one.measured) >= ENOUGH_COUNTS and (kept := to_be_kept(one, session.today)) is not None:
            found.append(kept)
    return found


def _is_followed(record: Initiative) -> bool:
    return record.effective_state not in ("closed", "cancelled")


def _write(session: Session, made: Iterable[Made]) -> int:
    """Write forecasts down, all of them or none; each initiative has its event. Returns how many were kept."""
    written = 0
    with session.desk.write(PROGRAM) as transaction:
        for initiative_id, found in made:
            kept = forecasts.keep(transaction.conn, initiative_id, found)
            written += kept
            if kept:
                transaction.touch(initiative_id)
                transaction.record(
                    FORECASTS_KEPT,
                    initiative_id,
                    {
                        "week": monday_of(session.today),
                        "forecasts": kept,
                        "digest": hashlib.sha256("\n".join(one.revision for one in found).encode()).hexdigest(),
                    },
                )
    return written
