"""``import``, ``watch``, ``imports`` and ``export``: files in and out, declared once each."""

from __future__ import annotations

from pathlib import Path

import click

from changedesk.cli.invocation import Invocation
from changedesk.cli.on_desk import on_desk
from changedesk.cli.options import ANY_FILE, CLIENT, FORCE, JSON
from changedesk.cli.transfer import exchanging, watching
from changedesk.domain.kinds.registry import KINDS
from changedesk.errors import BadInput
from changedesk.services.session import Session


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=ANY_FILE)
@click.option(
    "--kind",
    required=True,
    type=click.Choice([*KINDS, exchanging.PLAN, exchanging.CALENDAR]),
    help="What the rows are; plan: MS Project XML, calendar: ICS.",
)
@click.option("--initiative", metavar="CODE", help="Whose plan it is, or whose rows when a map leaves that out.")
@click.option("--client", metavar="CODE", help="Whose calendar it is, or whose rows when a map leaves that out.")
@click.option("--every-client", is_flag=True, help="The calendar is every client's.")
@click.option("--profile", help="A shipped map for the files of another tool.")
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="A map of your own (docs/profiles.md).")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--skip-refused", is_flag=True, help="Take the rows that can be taken, list the others.")
@JSON
@click.pass_obj
def import_(
    invocation: Invocation,
    files: tuple[str, ...],
    kind: str,
    initiative: str | None,
    client: str | None,
    every_client: bool,
    profile: str | None,
    map_file: Path | None,
    dry_run: bool,
    skip_refused: bool,
    as_json: bool,
) -> int:
    """Take files in, each as a whole or not at all; - is standard input."""
    if client is not None and every_client:
        raise BadInput("--client and --every-client say different things; give one of them")
    whose = "" if every_client else client
    wanted = exchanging.Wanted(kind, initiative, whose, profile, map_file, dry_run, skip_refused, as_json)
    with invocation.session() as session:
        return exchanging.run_import(session, files, wanted)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--kind", required=True, type=click.Choice(list(KINDS)), help="What the rows are.")
@click.option("--initiative", metavar="CODE", help="Whose rows they are when a map leaves that out.")
@click.option("--client", metavar="CODE", help="Whose rows they are when a map leaves that out.")
@click.option("--profile", help="A shipped map for the files of another tool.")
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="A map of your own (docs/profiles.md).")
@click.option("--skip-refused", is_flag=True, help="Take the rows that can be taken, list the others.")
@click.option("--every", type=click.FloatRange(0.2, 3600), default=5.0, show_default=True, metavar="SECONDS")
@click.pass_obj
def watch(
    invocation: Invocation,
    folder: Path,
    kind: str,
    initiative: str | None,
    client: str | None,
    profile: str | None,
    map_file: Path | None,
    skip_refused: bool,
    every: float,
) -> int:
    """Import the files of FOLDER again whenever they grow, until Ctrl+C."""
    wanted = exchanging.Wanted(kind, initiative, client, profile, map_file, skip_refused=skip_refused)
    with invocation.session() as session:
        return watching.run_watch(session, folder, wanted, every)


@click.command()
@click.option("--undo", "number", type=int, metavar="NUMBER", help="Take this import back, wholly or not at all.")
@JSON
@on_desk
def imports(session: Session, number: int | None, as_json: bool) -> int:
    """The latest imports, and which of them can be taken back."""
    return exchanging.run_undo(session, number) if number is not None else exchanging.run_imports(session, as_json)


@click.command()
@click.option("--kind", required=True, type=click.Choice(list(KINDS)), help="What to write.")
@click.option("--format", "form", type=click.Choice(["csv", "json", "ics"]), default="csv", show_default=True)
@CLIENT
@FORCE
@click.argument("dest", type=ANY_FILE)
@on_desk
def export(session: Session, kind: str, form: str, client: str | None, force: bool, dest: str) -> int:
    """Write a kind of record to DEST; - is standard output."""
    return exchanging.run_export(session, kind, form, dest, client, force)


VERBS = (import_, watch, imports, export)
