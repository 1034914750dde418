"""``new``, ``observe`` and ``sign``: work on an initiative, declared once each."""

from __future__ import annotations

import click

from changedesk.cli.initiative import working
from changedesk.cli.on_desk import on_desk
from changedesk.domain.words import CHECKPOINTS, METHODS, SIGNING_LANES
from changedesk.services.session import Session


@click.command()
@click.option("--playbook", required=True, help="What it follows: one that is shipped, or of your own.")
@click.option("--client", required=True)
@click.option("--go-live", required=True, metavar="YYYY-MM-DD")
@click.option("--code", help="Its short name; proposed from the playbook when left out.")
@click.option("--title")
@on_desk
def new(session: Session, playbook: str, client: str, go_live: str, code: str | None, title: str | None) -> int:
    """Make an initiative from a playbook, dates counted back from go-live; prints its code."""
    return working.new(session, playbook, client, go_live, code, title)


@click.command()
@click.argument("code")
@click.option("--audience", required=True)
@click.option("--metric", required=True)
@click.option("--date", "day", required=True, metavar="YYYY-MM-DD")
@click.option("--value", required=True, metavar="NUM/DEN")
@click.option("--method", type=click.Choice(METHODS), default="observed", show_default=True)
@on_desk
def observe(session: Session, /, code: str, **options: str) -> int:
    """Record one observation; the same key again replaces it, and the audit keeps the old value."""
    return working.observe(session, code, **options)


@click.command()
@click.argument("code")
@click.option("--checkpoint", required=True, type=click.Choice(CHECKPOINTS))
@click.option("--lane", required=True, type=click.Choice(SIGNING_LANES))
@click.option("--waiver", help="Why it is signed although items are open.")
@on_desk
def sign(session: Session, /, code: str, **options: str) -> int:
    """Sign a checkpoint for a lane."""
    return working.sign(session, code, **options)


VERBS = (new, observe, sign)
