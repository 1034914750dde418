"""``status``, ``triage``, ``show``, ``calendar`` and ``forecast``: what the desk says, declared once each."""

from __future__ import annotations

import click

from changedesk.cli.control import planning
from changedesk.cli.initiative import forecasting, reading
from changedesk.cli.initiative import triage as gaps
from changedesk.cli.invocation import Invocation
from changedesk.cli.on_desk import on_desk
from changedesk.cli.options import CLIENT, JSON
from changedesk.errors import BadInput
from changedesk.services.session import Session


@click.command()
@CLIENT
@JSON
@on_desk
def status(session: Session, client: str | None, as_json: bool) -> int:
    """Every initiative, by how much it needs attention."""
    return reading.status(session, client, as_json)


@click.command()
@CLIENT
@JSON
@click.option("--fail-on", type=float, metavar="SCORE", help="End with 1 when a gap reaches this score.")
@on_desk
def triage(session: Session, client: str | None, as_json: bool, fail_on: float | None) -> int:
    """What is not ready, not used or slipping, over all initiatives: which gap first, and why."""
    return gaps.triage(session, client, as_json, fail_on)


@click.command()
@click.argument("code")
@CLIENT
@JSON
@on_desk
def show(session: Session, code: str, client: str | None, as_json: bool) -> int:
    """One initiative, both lanes side by side."""
    return reading.show(session, code, client, as_json)


@click.command()
@CLIENT
@click.option(
    "--weeks", type=click.IntRange(1, 53), default=5, show_default=True, help="How far ahead, from this week on."
)
@click.option("--service", "services", multiple=True, help="For the earliest feasible time: what the change touches.")
@click.option(
    "--hours", type=float, default=1.0, show_default=True, help="For the earliest feasible time: how long it takes."
)
@click.option("--implementer", metavar="LOGIN", help="For the earliest feasible time: who does it.")
@JSON
@click.pass_obj
def calendar(
    invocation: Invocation,
    client: str | None,
    weeks: int,
    services: tuple[str, ...],
    hours: float,
    implementer: str | None,
    as_json: bool,
) -> int:
    """Windows, changes, what does not go together, how full people are, and when a change could run."""
    wish = planning.Asked(services, hours, implementer)
    with invocation.session() as session:
        return planning.calendar(session, client, weeks, wish, as_json)


@click.command()
@click.argument("code", required=False)
@click.option("--metric", default="utilization", show_default=True, help="What is forecast.")
@click.option("--audience", help="Only this group.")
@click.option("--keep", is_flag=True, help="Keep this week's forecasts of all initiatives, for cron.")
@JSON
@click.pass_obj
def forecast(
    invocation: Invocation, code: str | None, metric: str, audience: str | None, keep: bool, as_json: bool
) -> int:
    """How use will go on: how likely the target is by its day, when it is expected, and how often forecasts held."""
    if keep == (code is not None):
        raise BadInput("forecast needs the code of an initiative, or --keep without one")
    with invocation.session() as session:
        if code is None:
            return forecasting.keep(session)
        return forecasting.forecast(session, code, metric, audience, as_json)


VERBS = (status, triage, show, calendar, forecast)
