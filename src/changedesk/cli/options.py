"""Options that several verbs have, worded once, and what is refused of them, by the names under which they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from changedesk.errors import Problem, RefusedFile

JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")
CLIENT = click.option("--client", help="Only this client.")
FORCE = click.option("--force", is_flag=True, help="Write over an existing file.")
ANY_FILE = click.Path(allow_dash=True)
"""A file, or ``-`` for standard input or output."""


def typed() -> dict[str, str]:
    """The options of the verb that runs, as they are typed, by the fields that they write."""
    return {
        one.name: one.opts[0]
        for one in click.get_current_context().command.params
        if isinstance(one, click.Option) and one.name
    }


@contextmanager
def said_as_typed() -> Iterator[None]:
    """Say what is refused of a record by the options that wrote it: ``--start is missing``, not ``planned_start``."""
    try:
        yield
    except RefusedFile as refused:
        options = typed()
        raise RefusedFile(refused.message, [_as_typed(problem, options) for problem in refused.problems]) from None


def _as_typed(problem: Problem, options: Mapping[str, str]) -> Problem:
    option = options.get(problem.column)
    if option is None:
        return problem
    said = re.sub(rf"^{re.escape(problem.column)}\b", option, problem.problem)
    return Problem(problem.row, "", said if said.startswith(option) else f"{option}: {said}")
