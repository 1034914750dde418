"""The choice of initiatives on the Adoption screen: each with its use, from the summaries that are kept of it."""

from __future__ import annotations

from datetime import date

from changedesk.domain.standing import Standing
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.usage.chance import chance_now
from changedesk.services.session import Session, authorise
from changedesk.store.summaries import initiative_summaries
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """An initiative to choose, with the ``chance`` (0 to 1) of its target by its day.

    It is as the newest kept forecast says, None when that is too old or of another target; ``unlikely`` is less than whoever
    looks wants.
    """

    standing: Standing
    chance: float | None
    unlikely: bool


def choice(session: Session) -> tuple[ChoiceRow, ...]:
    """The initiatives in view: relapsed ones first, then those that are live, the unlikeliest first, then the others."""
    authorise(session, "desk.read")
    with session.desk.snapshot() as conn:
        found = initiative_summaries.standings(conn, session.scope)
    rows = [_row(one, session.today, session.thresholds) for one in found if not one.cancelled]
    return tuple(sorted(rows, key=_order))


def _row(one: Standing, today: date, thresholds: Thresholds) -> ChoiceRow:
    chance = chance_now(one.adoption, today)
    return ChoiceRow(one, chance, chance is not None and thresholds.unlikely(chance))


def _order(row: ChoiceRow) -> tuple[int, float, int, str]:
    one = row.standing
    place = 0 if one.adoption.state == "relapsed" else 1 if one.went_live else 2
    live = one.go_live.toordinal() if one.go_live else 10_000_000
    return place, 2.0 if row.chance is None else row.chance, -live if one.went_live else live, one.code
