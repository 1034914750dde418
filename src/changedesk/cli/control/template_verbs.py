"""``template`` and its verbs: the catalogue of standard changes on the command line."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import click

from changedesk.cli.on_desk import on_desk
from changedesk.cli.options import CLIENT, JSON
from changedesk.cli.output import say, say_json, say_table, utc
from changedesk.domain.control.template import Template
from changedesk.domain.proportion import Proportion, said_interval, said_share
from changedesk.domain.saying import day_month
from changedesk.errors import BadInput
from changedesk.services.control.rules import catalogue, templates
from changedesk.services.control.rules.catalogue import Entry
from changedesk.services.lookup import refuse_unknown_client
from changedesk.services.records.observing import parse_day
from changedesk.services.session import Session
from changedesk.services.zones import client_zone

_CLIENT = click.option("--client", help="Whose template; may be left out when only one client has the name.")
_NAME = click.argument("name")


@click.group()
def template() -> None:
    """Standard changes: propose, approve, retire, and how well they go."""


@template.command("list")
@CLIENT
@click.option("--all", "retired", is_flag=True, help="Retired ones, too.")
@JSON
@on_desk
def template_list(session: Session, client: str | None, retired: bool, as_json: bool) -> int:
    """The catalogue: what needs somebody first."""
    refuse_unknown_client(session, client)
    found = catalogue.catalogue(session, client, retired=retired)
    if as_json:
        say_json([document(entry) for entry in found])
        return 0
    say_table(
        ("Name", "Client", "State", "Version", "Uses", "Went well", "95 %", "Until", "Title"),
        [
            (
                entry.name,
                entry.client,
                entry.state,
                str(entry.shown.version),
                str(len(entry.uses)),
                said_share(entry.ever),
                said_interval(entry.ever),
                _until(session, entry.shown),
                str(entry.shown.body.get("title", "")),
            )
            for entry in found
        ],
        right=frozenset({3, 4, 5, 6}),
    )
    return 0


@template.command("show")
@_NAME
@_CLIENT
@JSON
@on_desk
def template_show(session: Session, name: str, client: str | None, as_json: bool) -> int:
    """One standard change: its body, what a use may alter, and how its uses ended."""
    entry = catalogue.entry(session, name, client)
    if as_json:
        say_json(document(entry))
        return 0
    shown = entry.shown
    say(f"{entry.name}  {shown.body.get('title', '')}")
    say(f"{entry.client}, {entry.state}, version {shown.version}, for a risk up to {shown.max_risk}")
    for why in (shown.suspended_why, shown.retired_why):
        if why:
            say(f"Because    {why}")
    if shown.approver:
        say(f"Approved   by {shown.approver}, until {_until(session, shown)}")
    say(f"Proposed   by {shown.proposer}")
    for field, value in shown.body.items():
        said = ", ".join(value) if isinstance(value, tuple) else str(value)
        say(f"{field:<15} {said}")
    say(f"Open       {', '.join(shown.allowed) or 'only the window and the people'}")
    say(f"Uses       {_went(entry.ever)}; since its approval {_went(entry.since)}")
    if entry.proposed is not None and entry.holds is not None:
        say(f"Waiting    version {entry.proposed.version}, proposed by {entry.proposed.proposer}")
    return 0


@template.command("propose")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--client", help="Whose template; else the one that the file names.")
@on_desk
def template_propose(session: Session, file: Path, client: str | None) -> int:
    """Propose a standard change, or its next version, from a TOML file (docs/standard-changes.md)."""
    draft = templates.draft_in(file)
    whose = client or draft.client
    if not whose:
        raise BadInput(f"{file} names no client", "name it there, or with --client")
    version = templates.propose(
        session,
        whose,
        draft.name,
        draft.body,
        allowed=draft.allowed,
        max_risk=draft.max_risk,
        min_success=draft.min_success,
    )
    say(f"{draft.name}: version {version} is proposed; somebody else approves it")
    return 0


@template.command("approve")
@_NAME
@_CLIENT
@click.option("--until", metavar="YYYY-MM-DD", help="When it has to be looked at again; open when left out.")
@click.option("--reason", help="What was mended, for a suspended one.")
@on_desk
def template_approve(session: Session, name: str, client: str | None, until: str | None, reason: str | None) -> int:
    """Approve what somebody else has proposed, or a suspended or expired one again."""
    entry = catalogue.entry(session, name, client)
    ends = None
    if until is not None:
        ends = datetime.combine(parse_day(until), time(), client_zone(session, entry.client))
    templates.approve(session, entry.client, name, ends, reason=reason)
    version = (entry.proposed or entry.shown).version
    say(f"{name}: version {version} is approved{f' until {until}' if until else ''}")
    return 0


@template.command("retire")
@_NAME
@_CLIENT
@click.option("--reason", required=True)
@on_desk
def template_retire(session: Session, name: str, client: str | None, reason: str) -> int:
    """Take it out of the catalogue; what was done by it stays."""
    entry = catalogue.entry(session, name, client)
    templates.retire(session, entry.client, name, reason)
    say(f"{name}: retired")
    return 0


def _until(session: Session, shown: Template) -> str:
    if shown.approved_until is None:
        return "open" if shown.state == "approved" else ""
    day = shown.approved_until.astimezone(client_zone(session, shown.client)).date()
    return day_month(day, session.today)


def _went(share: Proportion) -> str:
    if not share.whole:
        return "none"
    return f"{share.whole}, {said_share(share)} went well ({said_interval(share)})"


def document(entry: Entry) -> dict[str, object]:
    """One standard change as a document."""
    shown = entry.shown
    return {
        "name": entry.name,
        "client": entry.client,
        "state": entry.state,
        "version": shown.version,
        "proposed_version": entry.proposed.version if entry.proposed else None,
        "body": dict(shown.body),
        "allowed": list(shown.allowed),
        "max_risk": shown.max_risk,
        "min_success": shown.min_success,
        "approved_until": utc(shown.approved_until),
        "proposer": shown.proposer,
        "approver": shown.approver,
        "suspended_why": shown.suspended_why,
        "retired_why": shown.retired_why,
        "uses": len(entry.uses),
        "went_well": entry.ever.part,
        "uses_since_approval": entry.since.whole,
        "went_well_since_approval": entry.since.part,
        "success_percent": entry.ever.percent,
        "success_interval": [100 * share for share in entry.ever.interval] if entry.ever.interval else None,
    }


VERBS = (template,)
