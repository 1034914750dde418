"""A verb that works on the desk: it is given the session that the invocation opens for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import click

from changedesk.cli.invocation import Invocation
from changedesk.services.session import Session

Said = ParamSpec("Said")


def on_desk(verb: Callable[Concatenate[Session, Said], int]) -> Callable[Said, int]:
    """Open the desk for a verb, and close it behind it."""

    @click.pass_obj
    @wraps(verb)
    def run(invocation: Invocation, /, *args: Said.args, **options: Said.kwargs) -> int:
        with invocation.session() as session:
            return verb(session, *args, **options)

    return run
