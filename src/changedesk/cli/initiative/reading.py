"""The verbs that only read, as people read them; what programs read is in :mod:`changedesk.cli.initiative.reading_documents`."""

from __future__ import annotations

from datetime import date

from changedesk.cli.initiative.measuring import say_measures
from changedesk.cli.initiative.reading_documents import initiative_document, row_document
from changedesk.cli.output import say, say_json, say_pairs, say_table
from changedesk.domain.counted import counted
from changedesk.domain.data_age import said_age
from changedesk.domain.saying import day_month, go_live_said, in_days, share_said, signed_days
from changedesk.errors import BadInput
from changedesk.services.initiative import page as initiative
from changedesk.services.initiative.lanes import LaneView
from changedesk.services.initiative.page import SideView
from changedesk.services.lookup import refuse_unknown_client
from changedesk.services.portfolio import page as portfolio
from changedesk.services.portfolio.page import PortfolioRow
from changedesk.services.session import Session

_LEVELS = {
    "late": "▲ late",
    "at_risk": "◆ at risk",
    "unknown": "○ unknown",
    "fine": "● fine",
    "cancelled": "× cancelled",
}


def status(session: Session, client: str | None, as_json: bool) -> int:
    """Every initiative in view, by attention."""
    refuse_unknown_client(session, client)
    view = portfolio.portfolio(session, client=client)
    rows = view.rows(0, view.matched)
    if as_json:
        say_json({"as_of": view.today, "initiatives": [row_document(row, view) for row in rows]})
        return 0
    if not rows:
        say("no initiatives yet; bring some in with: changedesk import FILE --kind initiatives")
        return 0
    say_table(
        (
            "Attention",
            "Code",
            "Initiative",
            "Client",
            "Go-live",
            "Delivery",
            "People",
            "Lag",
            "In use",
            "Why it is here",
        ),
        [_row_cells(row, view.today) for row in rows],
        right=frozenset({5, 6, 7, 8}),
    )
    return 0


def _row_cells(row: PortfolioRow, today: date) -> tuple[str, ...]:
    gone = row.level == "cancelled"
    return (
        _LEVELS[row.level],
        row.code,
        row.title,
        row.client,
        "-" if gone else in_days(row.go_live, today),
        share_said(row.delivery),
        share_said(row.people),
        "-" if gone else signed_days(row.lag),
        share_said(row.adopted) if row.adopted is not None else "-",
        row.why,
    )


def show(session: Session, code: str, client: str | None, as_json: bool) -> int:
    """One initiative with both lanes, its checkpoints and the two columns of facts; of another ``client`` it is refused."""
    refuse_unknown_client(session, client)
    view = initiative.initiative(session, code)
    if client is not None and view.client != client:
        raise BadInput(
            f"{client} has no initiative {code}", f"changedesk status --client {client} lists those that it has"
        )
    if as_json:
        say_json(initiative_document(session, view))
        return 0
    say(f"{_LEVELS[view.level]}  {view.title} ({view.code}), {view.client_name}, {view.state}")
    say(
        f"{go_live_said(view.go_live, view.today, went_live=view.went_live, cancelled=view.cancelled)}; {view.lag_sentence}"
    )
    for finding in view.findings:
        say(f"  {_LEVELS[finding.level]}: {finding.sentence}")
    say("")
    say_table(
        ("Lane", "Done", "Behind", "Phases"),
        [
            (
                lane.title,
                share_said(lane.progress),
                "" if view.cancelled else signed_days(lane.days_behind),
                _phases(lane, view.today),
            )
            for lane in view.lanes
        ],
        right=frozenset({1, 2}),
    )
    say("")
    say_table(
        ("Gate", "Due", "Delivery", "People"),
        [
            (f"{gate.number} {gate.title}", day_month(gate.due, view.today), _side(gate.delivery), _side(gate.people))
            for gate in view.gates
        ],
    )
    for column in view.columns:
        say("")
        say(f"{column.question} {column.answer}: {column.because}")
        say_pairs(
            {
                f"  {'  ' if f.indent else ''}{f.name}": "  ".join(p for p in (f.value, f.note, said_age(f.age)) if p)
                for f in column.facts
            }
        )
    say_measures(view.measures)
    return 0


def _phases(lane: LaneView, today: date) -> str:
    phases = ", ".join(
        f"{phase.title} {share_said(phase.done)}{' late' if phase.late else ''}" for phase in lane.phases
    )
    closed = f"closed {day_month(lane.closed_on, today)} by {lane.closed_by}" if lane.closed_on else ""
    return "; ".join(said for said in (phases or lane.note, closed) if said)


def _side(side: SideView) -> str:
    done = sum(item.done for item in side.items)
    if side.state == "signed":
        waived = len(side.items) - done if side.waiver else 0
        over = f", {counted(waived, 'item')} waived" if waived else ""
        return f"signed by {side.signer}{over}"
    words = (
        "signature void" if side.void else {"late": "unsigned, late", "not_due": "not due"}.get(side.state, side.state)
    )
    return f"{words}, {done} of {counted(len(side.items), 'item')}"
