"""``golive``, ``report``, ``client``, ``services``, ``handover`` and ``improvement``, declared once each."""

from __future__ import annotations

from typing import Final

import click

from changedesk.cli.on_desk import on_desk
from changedesk.cli.options import ANY_FILE, CLIENT, FORCE, JSON
from changedesk.cli.service import going_live, handing, reporting, serving
from changedesk.domain.counted import listed
from changedesk.domain.early_life.hypercare import SAID
from changedesk.errors import BadInput
from changedesk.services.initiative.report import FORMATS
from changedesk.services.session import Session

_FORMAT = click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Else what the ending of DEST says, and without one md."
)
_PAGES: Final = (".html", ".htm")


def _form(form: str | None, dest: str) -> str:
    """The format that was named, else the one that the name of the file promises."""
    return form or ("html" if dest.casefold().endswith(_PAGES) else "md")


@click.command()
@click.argument("code")
@click.option("--confirm", type=click.Choice(tuple(SAID)), help="Say that this exit criterion is met.")
@click.option("--withdraw", type=click.Choice(tuple(SAID)), help="Take such a word back.")
@click.option("--evidence", metavar="TEXT", help="What shows that it is met.")
@JSON
@on_desk
def golive(
    session: Session, code: str, confirm: str | None, withdraw: str | None, evidence: str | None, as_json: bool
) -> int:
    """Today's tickets against what was to be expected, why people call, who answers, when hypercare may end."""
    if confirm is not None and withdraw is not None:
        raise BadInput("--confirm and --withdraw are two acts; give one of them")
    if evidence is not None and confirm is None:
        raise BadInput("--evidence goes with --confirm")
    if confirm is not None:
        return going_live.confirm(session, code, confirm, evidence or "")
    if withdraw is not None:
        return going_live.withdraw(session, code, withdraw)
    return going_live.golive(session, code, as_json)


@click.command()
@click.argument("number")
@click.option("--change", required=True, metavar="NUMBER", help="The change that caused it.")
@click.option("--reason", required=True, help="Why you think so.")
@click.option("--client", help="Whose ticket it is, where two clients use the number.")
@on_desk
def cause(session: Session, number: str, change: str, reason: str, client: str | None) -> int:
    """Say that a change caused a ticket: nothing but a person's word ever does."""
    return going_live.cause(session, number, change, reason, client)


@click.command()
@click.argument("code")
@_FORMAT
@FORCE
@click.argument("dest", type=ANY_FILE)
@on_desk
def report(session: Session, code: str, form: str | None, force: bool, dest: str) -> int:
    """Write the sponsor's report on CODE to DEST; - is standard output."""
    return reporting.report(session, code, _form(form, dest), dest, force)


@click.command()
@click.argument("code")
@click.option(
    "--talking-points",
    "dest",
    type=ANY_FILE,
    metavar="DEST",
    help="Write what there is to say; - is standard output.",
)
@_FORMAT
@FORCE
@JSON
@on_desk
def client(session: Session, code: str, dest: str | None, form: str | None, force: bool, as_json: bool) -> int:
    """One client: load since each go-live against before, hours, confidence, what non-adoption costs."""
    if dest is not None:
        return reporting.talking_points(session, code, _form(form, dest), dest, force)
    return reporting.client(session, code, as_json)


@click.command()
@click.argument("name", required=False)
@click.option("--client", help="Only this client, or whose service it is.")
@JSON
@on_desk
def services(session: Session, name: str | None, client: str | None, as_json: bool) -> int:
    """Every service, those that need somebody first; or the one of that NAME with its figures."""
    return (
        serving.services(session, client, as_json) if name is None else serving.service(session, name, client, as_json)
    )


@click.command()
@click.argument("code", required=False)
@click.option("--tick", metavar="ITEM", help="Say that it is there; see the items with --json.")
@click.option("--evidence", metavar="TEXT", help="What shows it.")
@click.option("--send-back", metavar="ITEM", help="Say that it is not there, as the owner of the service.")
@click.option("--reason", metavar="TEXT", help="Why it is sent back.")
@click.option("--accept", is_flag=True, help="Take it over, as the owner of the service.")
@CLIENT
@JSON
@on_desk
def handover(
    session: Session,
    code: str | None,
    tick: str | None,
    evidence: str | None,
    send_back: str | None,
    reason: str | None,
    accept: bool,
    client: str | None,
    as_json: bool,
) -> int:
    """Every handover to operations; or that of CODE: its checklist, plan and actual, and taking it over."""
    given = {"--tick": tick is not None, "--send-back": send_back is not None, "--accept": accept}
    acts = [name for name, is_given in given.items() if is_given]
    if len(acts) > 1:
        raise BadInput(f"{listed(acts)} are acts of their own; give one of them")
    if evidence is not None and tick is None:
        raise BadInput("--evidence goes with --tick")
    if reason is not None and send_back is None:
        raise BadInput("--reason goes with --send-back")
    if code is None:
        if acts:
            raise BadInput(f"{acts[0]} needs the CODE of an initiative", "changedesk handover lists them")
        return handing.handovers(session, client, as_json)
    if tick is not None:
        return handing.tick(session, code, tick, evidence or "")
    if send_back is not None:
        return handing.send_back(session, code, send_back, reason or "")
    return handing.accept(session, code) if accept else handing.handover(session, code, as_json)


@click.group()
def improvement() -> None:
    """Improvements of a service: decide on them, and turn them into initiatives."""


def _named(command: click.decorators.FC) -> click.decorators.FC:
    for option in (
        click.option("--service", required=True),
        click.option("--client", required=True),
        click.argument("limitation"),
    ):
        command = option(command)
    return command


@improvement.command()
@_named
@on_desk
def approve(session: Session, client: str, service: str, limitation: str) -> int:
    """Approve it; a signal has to speak for it."""
    return serving.approve(session, client, service, limitation)


@improvement.command()
@_named
@click.option("--reason", required=True)
@on_desk
def reject(session: Session, client: str, service: str, limitation: str, reason: str) -> int:
    """Reject it."""
    return serving.reject(session, client, service, limitation, reason)


@improvement.command()
@_named
@click.option("--evidence", required=True, help="What shows that it is done.")
@on_desk
def implement(session: Session, client: str, service: str, limitation: str, evidence: str) -> int:
    """Call it implemented."""
    return serving.implement(session, client, service, limitation, evidence)


@improvement.command()
@_named
@click.option("--playbook", help="What the new initiative follows.")
@click.option("--go-live", metavar="YYYY-MM-DD")
@click.option("--initiative", metavar="CODE", help="An initiative that is there already and answers it.")
@click.option("--reason", help="Why an incidental one is worth an initiative.")
@on_desk
def initiate(session: Session, /, client: str, service: str, limitation: str, **wanted: str | None) -> int:
    """Turn it into an initiative, which carries its evidence; prints the code."""
    return serving.initiate(session, client, service, limitation, **wanted)


VERBS = (golive, cause, report, client, services, handover, improvement)
