"""``policy`` and its verbs, declared once each."""

from __future__ import annotations

from pathlib import Path

import click

from changedesk.cli.control import policing
from changedesk.cli.on_desk import on_desk
from changedesk.cli.options import JSON
from changedesk.services.session import Session


@click.group()
def policy() -> None:
    """Approval policies of clients: which votes a change needs."""


@policy.command("show")
@click.argument("client")
@JSON
@click.option("--toml", "as_toml", is_flag=True, help="A file that policy set takes.")
@on_desk
def policy_show(session: Session, client: str, as_json: bool, as_toml: bool) -> int:
    """What a client requires of its changes now."""
    return policing.show(session, client, as_json, as_toml)


@policy.command("set")
@click.argument("client")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--version", type=int, help="The version that you changed; refused when there is a newer one.")
@on_desk
def policy_set(session: Session, client: str, file: Path, version: int | None) -> int:
    """Keep FILE as the next version; changes that were submitted keep the one that they have."""
    return policing.set_from(session, client, file, version)


VERBS = (policy,)
