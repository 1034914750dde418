"""The demo desk: made through the same imports and decisions that people make, at the times they would have made them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from os import environ
from pathlib import Path

from changedesk.errors import WrongPlace
from changedesk.services.adoption import keeping
from changedesk.services.demo import running_acts as demo_running_acts
from changedesk.services.demo.acts import Act, DecisionAct, GapAct, GateAct, KeepAct, RecordAct, TieAct
from changedesk.services.demo.lives import ControlAct
from changedesk.services.demo.portfolio import demo_portfolio, moment_of
from changedesk.services.demo.running import RunningAct
from changedesk.services.imports.importing import import_file
from changedesk.services.initiative import closing, decisions, gates, plans
from changedesk.services.initiative import lists as initiative_lists
from changedesk.services.lookup import initiative_in_view, known_initiative
from changedesk.services.opening import fixed_clock
from changedesk.services.people import triage, triage_acts
from changedesk.services.records import records
from changedesk.services.session import Session, open_session, operating_system_login
from changedesk.store.desk.creating import create_desk
from changedesk.store.desk.database import Desk, system_clock

LATELY = 365
"""Days after go-live for which the demo tells what was forecast week by week."""


def ensure_demo(path: Path, environment: Mapping[str, str] = environ) -> bool:
    """Make the demo portfolio at ``path``; True when it was made, False when it is there already. Another desk is refused."""
    if path.exists():
        with Desk(path) as desk:
            if not desk.facts.demo:
                raise WrongPlace(f"{path} is a desk of its own, not a demo", "name another file with --db")
        return False
    clock = fixed_clock(environment) or system_clock
    now = clock()
    create_desk(
        path,
        kind="personal",
        demo=True,
        owner=operating_system_login(),
        clock=clock,
        fill=lambda desk: _fill(desk, now),
    )
    return True


def _fill(desk: Desk, now: datetime) -> None:
    portfolio = demo_portfolio(now.astimezone().date(), now)
    # The files count up to today, so they are brought today; what people did is told at the times at which they did it.
    owner = open_session(desk)
    with tempfile.TemporaryDirectory() as folder:
        for kind, text in portfolio.files.items():
            file = Path(folder, f"{kind}.csv")
            file.write_text(text, encoding="utf-8", newline="")
            report = import_file(owner, file, kind)
            if report.problems:
                raise AssertionError(f"the demo's own {kind} were refused: {report.problems[0].sentence()}")
    for act in portfolio.acts:
        _perform(desk, act)


def _perform(desk: Desk, act: Act | ControlAct | RunningAct) -> None:
    """One decision or record of the story, by the person who made it, on its day."""
    moment = moment_of(act)
    desk.clock = lambda: moment
    session = open_session(desk, act.by)
    match act:
        case ControlAct():
            act.do(session)
        case GateAct(verb="tick", checkpoint=str(checkpoint), item=str(item)):
            gates.tick(session, act.initiative, checkpoint, act.lane, item, act.evidence)
        case GateAct(verb="sign", checkpoint=str(checkpoint)):
            gates.sign(session, act.initiative, checkpoint, act.lane, act.waiver)
        case RecordAct():
            _record(session, act)
        case DecisionAct():
            _decide(session, act)
        case GapAct():
            _settle_gap(session, act)
        case RunningAct():
            demo_running_acts.perform(session, act)
        case KeepAct():
            _keep(session, act)
        case TieAct():
            _tie(session, act)
        case _:
            closing.close_lane(session, act.initiative, act.lane, act.waiver)


def _record(session: Session, act: RecordAct) -> None:
    key = records.form(act.form).kind.key
    known = records.listed(session, act.form, act.initiative)
    same = (one for one in known if all(one.values[name] == act.values.get(name, one.values[name]) for name in key))
    opened = next(same, None) or records.blank(session, act.form, act.initiative)
    records.save(session, act.form, opened, {**opened.values, **act.values})


def _decide(session: Session, act: DecisionAct) -> None:
    listed = records.listed(session, "decisions", act.initiative)
    decision_id = next(one.id for one in listed if one.values["title"] == act.title) or ""
    if act.side is None:
        decisions.lock(session, decision_id)
    else:
        decisions.acknowledge(session, decision_id, act.side)


def _keep(session: Session, act: KeepAct) -> None:
    """The forecasts of a week; in earlier weeks only of what was lately live, which is what they are asked about."""
    for initiative_id in keeping.due(session):
        live = initiative_in_view(session, initiative_id).go_live
        if not act.quiet or live is None or (act.day - live).days < LATELY:
            keeping.keep_week(session, initiative_id, groups=not act.quiet)


def _settle_gap(session: Session, act: GapAct) -> None:
    record = known_initiative(session, act.initiative)
    view = triage.triage(session, triage.TriageQuery(initiative_id=record.id))
    rows = view.rows(0, view.matched)
    key = next(row.gap.key for row in rows if (row.gap.audience, row.gap.name) == (act.audience, act.gap))
    match act.verb, act.until:
        case "waive", date() as until:
            triage_acts.waive(session, record.id, key, act.said, until)
        case "snooze", date() as until:
            triage_acts.snooze(session, record.id, key, until)
        case _:
            triage_acts.assign(session, record.id, key, act.said)


def _tie(session: Session, act: TieAct) -> None:
    ids = {row.activity.title: row.activity.id for row in initiative_lists.activity_rows(session, act.initiative)}
    plans.tie(session, act.initiative, ids[act.activity], ids[act.milestone])
