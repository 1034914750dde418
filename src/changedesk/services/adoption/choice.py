"""The choice of initiatives on the Adoption screen: each with its use, from the summaries that are kept of it."""

from __future__ import annotations

from datetime import date

from changedesk.domain.standing import Standing
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.usage.chance import chance_now
from changedesk.services.session import Session, authorise
from changedesk.store import summaries
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """An initiative to choose: ``percent`` use it, ``trend`` its last weeks; ``chance`` (0 to 1) of the target by its day.

    ``chance`` is as the newest kept forecast says, None when that is too old or of another target; ``unlikely`` is
    less than whoever looks wants. ``target_of`` names the
    group whose target it is (None: everybody's), ``aimed_use`` the use of those whose it is.
    """

    initiative_id: str
    code: str
    title: str
    client: str
    state: str
    adoption: str
    went_live: bool
    go_live: date | None
    percent: float | None
    trend: tuple[float, ...]
    target: float | None
    by: date | None
    chance: float | None
    unlikely: bool
    target_of: str | None
    aimed_use: float | None


def choice(session: Session) -> tuple[ChoiceRow, ...]:
    """The initiatives in view: relapsed ones first, then those that are live, the unlikeliest first, then the others."""
    authorise(session, "desk.read")
    with session.desk.snapshot() as conn:
        found = summaries.standings(conn, session.scope)
    rows = [_row(one, session.today, session.thresholds) for one in found if one.state != "cancelled"]
    return tuple(sorted(rows, key=_order))


def _row(one: Standing, today: date, thresholds: Thresholds) -> ChoiceRow:
    adoption = one.adoption
    chance = chance_now(adoption, today)
    return ChoiceRow(
        one.initiative_id,
        one.code,
        one.title,
        one.client,
        one.state,
        adoption.state,
        one.went_live,
        one.go_live,
        adoption.percent,
        adoption.trend,
        adoption.target,
        adoption.by,
        chance,
        chance is not None and thresholds.unlikely(chance),
        adoption.target_of,
        adoption.aimed_use,
    )


def _order(row: ChoiceRow) -> tuple[int, float, int, str]:
    place = 0 if row.adoption == "relapsed" else 1 if row.went_live else 2
    live = row.go_live.toordinal() if row.go_live else 10_000_000
    return place, 2.0 if row.chance is None else row.chance, -live if row.went_live else live, row.code
