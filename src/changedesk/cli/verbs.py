"""Every verb of the command line: where they come together, and how one is run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Final

import click

from changedesk.cli.invocation import Invocation
from changedesk.errors import BadInput

VERBS: Final[Mapping[str, Sequence[str]]] = {
    "changedesk.cli.keeping_verbs": ("init", "demo", "verify", "checkpoint", "backup", "restore", "doctor"),
    "changedesk.cli.transfer.file_verbs": ("import", "watch", "imports", "export"),
    "changedesk.cli.initiative.reading_verbs": ("status", "triage", "show", "calendar", "forecast"),
    "changedesk.cli.initiative.working_verbs": ("new", "observe", "sign"),
    "changedesk.cli.control.change_verbs": ("change", "approvals", "delegate"),
    "changedesk.cli.control.policy_verbs": ("policy",),
    "changedesk.cli.control.template_verbs": ("template",),
    "changedesk.cli.control.board_verbs": ("cab", "audit"),
    "changedesk.cli.service.running_verbs": (
        "golive", "cause", "report", "client", "services", "handover", "improvement",
    ),
}  # fmt: skip
"""The verbs that each module declares in its ``VERBS``: a verb imports what it needs, and not what all the others need."""

_EVERYWHERE = """\b
Before or after every verb:
  --db FILE      the desk (else CHANGEDESK_DB, else your own data folder)
  --as LOGIN     act for a person of a personal desk
  --config FILE  settings
  --read-only    open the dashboard for reading alone
"""


def dispatch(invocation: Invocation, arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status; wrong use becomes one sentence."""
    try:
        # Not `main`: it would turn a closed pipe and Ctrl+C into exits of its own.
        with program.make_context("changedesk", list(arguments), obj=invocation) as context:
            status: object = program.invoke(context)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.UsageError as error:
        name = error.ctx.command_path if error.ctx else "changedesk"
        if error.ctx and isinstance(error.ctx.command, click.Group) and error.format_message().startswith("Usage:"):
            raise BadInput(
                f"{name} needs one of its verbs: {', '.join(error.ctx.command.list_commands(error.ctx))}"
            ) from None
        # What it offers to choose from stands on lines of its own there.
        raise BadInput(" ".join(error.format_message().split()).rstrip("."), f"see: {name} --help") from None
    except click.ClickException as error:
        raise BadInput(error.format_message()) from None
    return status if isinstance(status, int) else 0


class _Verbs(click.Group):
    """The verbs by their names, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all of them."""
        self._load(VERBS)
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb with that name; where there is none, what it resembles is looked for among all of them."""
        self._load([module for module, verbs in VERBS.items() if cmd_name in verbs] or VERBS)
        return super().get_command(ctx, cmd_name)

    def _load(self, modules: Iterable[str]) -> None:
        for module in modules:
            for verb in import_module(module).VERBS:
                self.add_command(verb)


@click.group(
    cls=_Verbs, epilog=_EVERYWHERE, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="changedesk", message="%(version)s")
def program() -> None:
    """Delivery and adoption of every initiative, side by side. Without a verb the dashboard opens."""
