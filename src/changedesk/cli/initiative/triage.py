"""``triage``: which gap first, as a table for people and as one document for cron and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from changedesk.cli.output import complain, say, say_json, say_table
from changedesk.domain.saying import count, in_days
from changedesk.errors import BadInput
from changedesk.services.lookup import refuse_unknown_client
from changedesk.services.people import triage as ranking
from changedesk.services.people.triage import TriageQuery, TriageRow, TriageView
from changedesk.services.session import Session


def triage(session: Session, client: str | None, as_json: bool, fail_on: float | None) -> int:
    """Every open gap in view, the first to be looked at first; 1 when a gap reaches ``fail_on``."""
    if fail_on is not None and not isfinite(fail_on):
        raise BadInput("--fail-on is a score, such as 100")
    refuse_unknown_client(session, client)
    view = ranking.triage(session, TriageQuery(client=client))
    rows = view.rows(0, view.matched)
    if as_json:
        say_json({"as_of": view.today, "items": [_document(rank, row) for rank, row in enumerate(rows, start=1)]})
    elif rows:
        _say(view, rows)
    else:
        say("no gaps; whoever is recorded is ready, or uses it as planned")
    if fail_on is not None and rows and view.highest >= fail_on:
        complain(f"the first gap has a score of {view.highest}, {fail_on:.15g} or more is too much")
        return 1
    return 0


def _say(view: TriageView, rows: Sequence[TriageRow]) -> None:
    say_table(
        ("#", "Score", "Initiative", "Whose", "People", "By", "Gap", "Next action", "Owner"),
        [
            (
                str(rank),
                f"{row.score:,.1f}",
                row.gap.code,
                row.gap.audience or "-",
                count(row.gap.headcount),
                "now" if row.gap.at_once else in_days(row.gap.due, view.today),
                row.gap.name,
                row.gap.action,
                row.gap.owner or "nobody",
            )
            for rank, row in enumerate(rows, start=1)
        ],
        right=frozenset({0, 1, 4}),
    )


def _document(rank: int, row: TriageRow) -> dict[str, object]:
    """A gap as a program reads it; of one client's gaps the first has rank 1, too."""
    return {
        "rank": rank,
        "initiative": row.gap.code,
        "audience": row.gap.audience,
        "gap": row.gap.name,
        "score": row.score,
        "factors": {factor.name: None if factor.value is None else round(factor.value, 4) for factor in row.factors},
        "reason": row.reason,
        "next_action": row.gap.action,
        "owner": row.gap.owner,
    }
