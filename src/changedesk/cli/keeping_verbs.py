"""The verbs of a desk as a whole, from ``init`` to ``doctor``, declared once each."""

from __future__ import annotations

from pathlib import Path

import click

from changedesk.cli import keeping
from changedesk.cli.invocation import Invocation
from changedesk.cli.on_desk import on_desk
from changedesk.cli.options import JSON
from changedesk.errors import BadInput
from changedesk.services.session import Session


@click.command()
@click.option("--personal", is_flag=True, help="One person's desk, as it is when nothing is said.")
@click.option("--shared", is_flag=True, help="One for the accounts of this host.")
@click.pass_obj
def init(invocation: Invocation, personal: bool, shared: bool) -> int:
    """Make a new, empty desk; an existing file is refused."""
    if personal and shared:
        raise BadInput("a desk is --personal or --shared, not both")
    return keeping.init(invocation, "shared" if shared else "personal")


@click.command()
@click.option("--no-open", is_flag=True, help="Make it, and leave the dashboard closed.")
@click.pass_obj
def demo(invocation: Invocation, no_open: bool) -> int:
    """Make the demo portfolio in a new desk and open it."""
    return keeping.demo(invocation, opening=not no_open)


@click.command()
@click.option("--checkpoint", type=click.Path(path_type=Path), help="A checkpoint that was kept elsewhere.")
@JSON
@on_desk
def verify(session: Session, checkpoint: Path | None, as_json: bool) -> int:
    """Prove that the audit chain, the file and the decisions hold."""
    return keeping.verify(session, checkpoint, as_json)


@click.command()
@click.argument("dest", type=click.Path(path_type=Path))
@on_desk
def checkpoint(session: Session, dest: Path) -> int:
    """Write the end of the audit chain to DEST, to be kept elsewhere; - is standard output."""
    return keeping.checkpoint(session, dest)


@click.command()
@click.argument("dest", type=click.Path(path_type=Path))
@on_desk
def backup(session: Session, dest: Path) -> int:
    """Copy the desk to DEST while it is in use."""
    return keeping.backup(session, dest)


@click.command()
@click.argument("src", type=click.Path(path_type=Path))
@click.pass_obj
def restore(invocation: Invocation, src: Path) -> int:
    """Put the backup SRC in place of the desk; what was there is kept beside it."""
    return keeping.restore(invocation, src)


@click.command()
@JSON
@click.pass_obj
def doctor(invocation: Invocation, as_json: bool) -> int:
    """Look the desk over and say what to do about what is not well."""
    with invocation.session() as session:
        return keeping.doctor(session, lambda: invocation.checkpoints, as_json)


VERBS = (init, demo, verify, checkpoint, backup, restore, doctor)
