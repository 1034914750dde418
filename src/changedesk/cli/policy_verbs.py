"""``policy`` and its verbs, declared once each."""

from __future__ import annotations

from pathlib import Path

import click

from changedesk.cli import policing
from changedesk.cli.invocation import Invocation
from changedesk.cli.options import JSON


@click.group()
def policy() -> None:
    """Approval policies of clients: which votes a change needs."""


@policy.command("show")
@click.argument("client")
@JSON
@click.option("--toml", "as_toml", is_flag=True, help="A file that policy set takes.")
@click.pass_obj
def policy_show(invocation: Invocation, client: str, as_json: bool, as_toml: bool) -> int:
    """What a client requires of its changes now."""
    with invocation.session() as session:
        return policing.show(session, client, as_json, as_toml)


@policy.command("set")
@click.argument("client")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--version", type=int, help="The version that you changed; refused when there is a newer one.")
@click.pass_obj
def policy_set(invocation: Invocation, client: str, file: Path, version: int | None) -> int:
    """Keep FILE as the next version; changes that were submitted keep the one that they have."""
    with invocation.session() as session:
        return policing.set_from(session, client, file, version)
