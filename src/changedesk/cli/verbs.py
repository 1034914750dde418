"""Every verb of the command line: where they come together, and how one is run."""

from __future__ import annotations

from collections.abc import Sequence

import click

from changedesk.cli import keeping_verbs
from changedesk.cli.control import board_verbs, change_verbs, learning_verbs, policy_verbs, template_verbs
from changedesk.cli.initiative import reading_verbs, working_verbs
from changedesk.cli.invocation import Invocation
from changedesk.cli.service import running_verbs
from changedesk.cli.transfer import file_verbs
from changedesk.errors import BadInput

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


@click.group(epilog=_EVERYWHERE, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="changedesk", message="%(version)s")
def program() -> None:
    """Delivery and adoption of every initiative, side by side. Without a verb the dashboard opens."""


for _verb in learning_verbs.VERBS:
    change_verbs.change.add_command(_verb)
for _verb in (
    *keeping_verbs.VERBS,
    *file_verbs.VERBS,
    *reading_verbs.VERBS,
    *working_verbs.VERBS,
    change_verbs.change,
    change_verbs.approvals,
    change_verbs.delegate,
    policy_verbs.policy,
    template_verbs.template,
    board_verbs.cab,
    board_verbs.audit,
    *running_verbs.VERBS,
):
    program.add_command(_verb)
