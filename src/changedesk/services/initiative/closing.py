"""Closing a lane: its owner's decision, on its own day."""

from __future__ import annotations

from changedesk.domain.closing import refuse_closing
from changedesk.domain.gate_rules import CLOSING, refuse_gate
from changedesk.domain.gates import OWNER_OF_LANE
from changedesk.domain.planning.over import refuse_to_close
from changedesk.domain.records import Initiative
from changedesk.domain.service.handover import refuse_untaken
from changedesk.domain.words import SIGNING_LANES
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.lookup import known_initiative
from changedesk.services.one_line import one_line
from changedesk.services.service.handover_tasks import tasks
from changedesk.services.session import Session, authorise
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import initiatives, lanes, working
from changedesk.store.service import handing_over
from changedesk.store.summaries import refreshing


def close_lane(session: Session, code: str, lane: str, waiver: str | None = None) -> None:
    """Close a lane of an initiative; a waiver says why it is closed although a rule stands against it."""
    if lane not in SIGNING_LANES:
        raise BadInput(f"the lane {lane} is not closed here; it is one of {', '.join(SIGNING_LANES)}")
    waiver = one_line(waiver) or None
    initiative = known_initiative(session, code)
    authorise(session, "lane.close", initiative.client, initiative.id)
    owner = initiative.project_owner if lane == "delivery" else initiative.change_owner
    if session.actor.login != owner:
        role = OWNER_OF_LANE[lane].replace("_", " ")
        raise RuleRefused(f"the {lane} lane of {code} is closed by its {role} {owner or '(none is named)'}")
    with session.desk.write(session.actor.id) as transaction:
        initiative = initiatives.initiative_by_id(transaction.conn, session.scope, initiative.id) or initiative
        over = refuse_to_close(code, cancelled=initiative.cancelled)
        if over:
            raise RuleRefused(over)
        if lane in lanes.closures(transaction.conn, initiative.id):
            raise RuleRefused(f"the {lane} lane of {code} is closed already")
        open_for = kept_open(session, transaction.conn, initiative, lane)
        if open_for and not waiver:
            raise RuleRefused(open_for, "closing over it takes a waiver")
        lanes.write_closure(transaction, initiative.id, lane, waiver)
        transaction.record(
            "lane.closed", initiative.id, {"lane": lane, "waiver": waiver, "recorded_by": session.recorded_by}
        )


def kept_open(session: Session, conn: Connection, initiative: Initiative, lane: str) -> str | None:
    """All that keeps a lane from closing today, in one sentence; None when it can close. A waiver goes for all of it."""
    standing = refreshing.compute(conn, session.desk.lifecycle, initiative)
    reasons = [refuse_closing(standing, lane, session.today)]
    if lane == "delivery":
        benefits = working.benefits(conn, initiative.id)
        handover = handing_over.handover_of(conn, initiative, tasks())
        reasons.append(refuse_untaken(handover))
        reasons.append(refuse_gate(CLOSING, initiative.code, initiative.charter, benefits, initiative.outcome_owner))
    return "; ".join(reason for reason in reasons if reason) or None
