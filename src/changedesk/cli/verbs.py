"""The verbs, declared once each: name, options, help."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from changedesk.cli import (
    board_verbs,
    change_verbs,
    desk_verbs,
    forecasting,
    learning_verbs,
    planning,
    policy_verbs,
    reading,
    service_verbs,
    template_verbs,
    transfer,
    watching,
    working,
)
from changedesk.cli import triage as gaps
from changedesk.cli.invocation import Invocation
from changedesk.domain.kinds import KINDS
from changedesk.domain.words import CHECKPOINTS, METHODS, SIGNING_LANES
from changedesk.errors import BadInput

_EVERYWHERE = """\b
Before or after every verb:
  --db FILE      the desk (else CHANGEDESK_DB, else your own data folder)
  --as LOGIN     act for a person of a personal desk
  --config FILE  settings
  --read-only    open the dashboard for reading alone
"""
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")
_CLIENT = click.option("--client", help="Only this client.")
_ANY_FILE = click.Path(allow_dash=True)


def dispatch(invocation: Invocation, arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status; wrong use becomes one sentence."""
    try:
        # Not `main`: it would turn a closed pipe and Ctrl+C into exits of its own.
        with _verbs.make_context("changedesk", list(arguments), obj=invocation) as context:
            status: object = _verbs.invoke(context)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.UsageError as error:
        name = error.ctx.command_path if error.ctx else "changedesk"
        raise BadInput(error.format_message().rstrip("."), f"see: {name} --help") from None
    except click.ClickException as error:
        raise BadInput(error.format_message()) from None
    return status if isinstance(status, int) else 0


@click.group(epilog=_EVERYWHERE, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="changedesk", message="%(version)s")
def _verbs() -> None:
    """Delivery and adoption of every initiative, side by side. Without a verb the dashboard opens."""


@_verbs.command()
@click.option("--personal/--shared", default=True, help="One person's desk, or one for the accounts of this host.")
@click.pass_obj
def init(invocation: Invocation, personal: bool) -> int:
    """Make a new, empty desk; an existing file is refused."""
    return desk_verbs.init(invocation, "personal" if personal else "shared")


@_verbs.command()
@click.option("--no-open", is_flag=True, help="Make it, and leave the dashboard closed.")
@click.pass_obj
def demo(invocation: Invocation, no_open: bool) -> int:
    """Make the demo portfolio in a new desk and open it."""
    return desk_verbs.demo(invocation, opening=not no_open)


@_verbs.command("import")
@click.argument("files", nargs=-1, required=True, type=_ANY_FILE)
@click.option(
    "--kind",
    required=True,
    type=click.Choice([*KINDS, transfer.PLAN, transfer.CALENDAR]),
    help="What the rows are; plan: MS Project XML, calendar: ICS.",
)
@click.option("--initiative", metavar="CODE", help="Whose plan it is, or whose rows when a map leaves that out.")
@click.option("--client", metavar="CODE", help="Whose calendar it is, or whose rows when a map leaves that out.")
@click.option("--every-client", is_flag=True, help="The calendar is every client's.")
@click.option("--profile", help="A shipped map for the files of another tool.")
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="A map of your own (docs/profiles.md).")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--skip-refused", is_flag=True, help="Take the rows that can be taken, list the others.")
@_JSON
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
    wanted = transfer.Wanted(kind, initiative, whose, profile, map_file, dry_run, skip_refused, as_json)
    with invocation.session() as session:
        return transfer.run_import(session, files, wanted)


@_verbs.command()
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
    wanted = transfer.Wanted(kind, initiative, client, profile, map_file, skip_refused=skip_refused)
    with invocation.session() as session:
        return watching.run_watch(session, folder, wanted, every)


@_verbs.command()
@click.option("--undo", "number", type=int, metavar="NUMBER", help="Take this import back, wholly or not at all.")
@_JSON
@click.pass_obj
def imports(invocation: Invocation, number: int | None, as_json: bool) -> int:
    """The latest imports, and which of them can be taken back."""
    with invocation.session() as session:
        return transfer.run_undo(session, number) if number is not None else transfer.run_imports(session, as_json)


@_verbs.command()
@click.option("--kind", required=True, type=click.Choice(list(KINDS)), help="What to write.")
@click.option("--format", "form", type=click.Choice(["csv", "json", "ics"]), default="csv", show_default=True)
@_CLIENT
@click.option("--force", is_flag=True, help="Write over an existing file.")
@click.argument("dest", type=_ANY_FILE)
@click.pass_obj
def export(invocation: Invocation, kind: str, form: str, client: str | None, force: bool, dest: str) -> int:
    """Write a kind of record to DEST; - is standard output."""
    with invocation.session() as session:
        return transfer.run_export(session, kind, form, dest, client, force)


@_verbs.command()
@_CLIENT
@_JSON
@click.pass_obj
def status(invocation: Invocation, client: str | None, as_json: bool) -> int:
    """Every initiative, by how much it needs attention."""
    with invocation.session() as session:
        return reading.status(session, client, as_json)


@_verbs.command()
@_CLIENT
@_JSON
@click.option("--fail-on", type=float, metavar="SCORE", help="End with 1 when a gap reaches this score.")
@click.pass_obj
def triage(invocation: Invocation, client: str | None, as_json: bool, fail_on: float | None) -> int:
    """What is not ready, not used or slipping, over all initiatives: which gap first, and why."""
    with invocation.session() as session:
        return gaps.triage(session, client, as_json, fail_on)


@_verbs.command()
@click.argument("code")
@_JSON
@click.pass_obj
def show(invocation: Invocation, code: str, as_json: bool) -> int:
    """One initiative, both lanes side by side."""
    with invocation.session() as session:
        return reading.show(session, code, as_json)


@_verbs.command()
@_CLIENT
@click.option(
    "--weeks", type=click.IntRange(1, 53), default=5, show_default=True, help="How far ahead, from this week on."
)
@click.option("--service", "services", multiple=True, help="For the earliest feasible time: what the change touches.")
@click.option(
    "--hours", type=float, default=1.0, show_default=True, help="For the earliest feasible time: how long it takes."
)
@click.option("--implementer", metavar="LOGIN", help="For the earliest feasible time: who does it.")
@_JSON
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
    """Windows, changes, what does not go together, who is overloaded, and when a change could run."""
    wish = planning.Asked(services, hours, implementer)
    with invocation.session() as session:
        return planning.calendar(session, client, weeks, wish, as_json)


@_verbs.command()
@click.argument("code")
@click.option("--audience", required=True)
@click.option("--metric", required=True)
@click.option("--date", "day", required=True, metavar="YYYY-MM-DD")
@click.option("--value", required=True, metavar="NUM/DEN")
@click.option("--method", type=click.Choice(METHODS), default="observed", show_default=True)
@click.pass_obj
def observe(invocation: Invocation, /, code: str, **options: str) -> int:
    """Record one observation; the same key again replaces it, and the audit keeps the old value."""
    with invocation.session() as session:
        return working.observe(session, code, **options)


@_verbs.command()
@click.argument("code", required=False)
@click.option("--metric", default="utilization", show_default=True, help="What is forecast.")
@click.option("--audience", help="Only this group.")
@click.option("--keep", is_flag=True, help="Keep this week's forecasts of all initiatives, for cron.")
@_JSON
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


@_verbs.command()
@click.option("--playbook", required=True, help="What it follows: one that is shipped, or of your own.")
@click.option("--client", required=True)
@click.option("--go-live", required=True, metavar="YYYY-MM-DD")
@click.option("--code", help="Its short name; proposed from the playbook when left out.")
@click.option("--title")
@click.pass_obj
def new(invocation: Invocation, playbook: str, client: str, go_live: str, code: str | None, title: str | None) -> int:
    """Make an initiative from a playbook, dates counted back from go-live; prints its code."""
    with invocation.session() as session:
        return working.new(session, playbook, client, go_live, code, title)


@_verbs.command()
@click.argument("code")
@click.option("--checkpoint", required=True, type=click.Choice(CHECKPOINTS))
@click.option("--lane", required=True, type=click.Choice(SIGNING_LANES))
@click.option("--waiver", help="Why it is signed although items are open.")
@click.pass_obj
def sign(invocation: Invocation, /, code: str, **options: str) -> int:
    """Sign a checkpoint for a lane."""
    with invocation.session() as session:
        return working.sign(session, code, **options)


@_verbs.command()
@click.option("--checkpoint", type=click.Path(path_type=Path), help="A checkpoint that was kept elsewhere.")
@_JSON
@click.pass_obj
def verify(invocation: Invocation, checkpoint: Path | None, as_json: bool) -> int:
    """Prove that the audit chain, the file and the decisions hold."""
    with invocation.session() as session:
        return desk_verbs.verify(session, checkpoint, as_json)


@_verbs.command()
@click.argument("dest", type=click.Path(path_type=Path))
@click.pass_obj
def checkpoint(invocation: Invocation, dest: Path) -> int:
    """Write the end of the audit chain to DEST, to be kept elsewhere."""
    with invocation.session() as session:
        return desk_verbs.checkpoint(session, dest)


@_verbs.command()
@click.argument("dest", type=click.Path(path_type=Path))
@click.pass_obj
def backup(invocation: Invocation, dest: Path) -> int:
    """Copy the desk to DEST while it is in use."""
    with invocation.session() as session:
        return desk_verbs.backup(session, dest)


@_verbs.command()
@click.argument("src", type=click.Path(path_type=Path))
@click.pass_obj
def restore(invocation: Invocation, src: Path) -> int:
    """Put the backup SRC in place of the desk; what was there is kept beside it."""
    return desk_verbs.restore(invocation, src)


@_verbs.command()
@_JSON
@click.pass_obj
def doctor(invocation: Invocation, as_json: bool) -> int:
    """Look the desk over and say what to do about what is not well."""
    with invocation.session() as session:
        return desk_verbs.doctor(session, invocation.checkpoints, as_json)


for _verb in learning_verbs.VERBS:
    change_verbs.change.add_command(_verb)
for _verb in (
    change_verbs.change,
    change_verbs.approvals,
    change_verbs.delegate,
    policy_verbs.policy,
    template_verbs.template,
    board_verbs.cab,
    board_verbs.audit,
    *service_verbs.VERBS,
):
    _verbs.add_command(_verb)
