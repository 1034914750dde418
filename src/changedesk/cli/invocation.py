"""What every verb is told: which desk, and for whom. These options stand before or after the verb."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from changedesk.cli.output import complain
from changedesk.errors import BadInput
from changedesk.services.opening import default_path, open_desk, upgrade_ahead
from changedesk.services.session import Choices, Session, chosen, open_session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.config import Config

_WITH_VALUE = ("--db", "--as", "--config")


@dataclass(frozen=True, slots=True)
class Invocation:
    """The options that stand outside the verbs."""

    db: Path | None = None
    acting_for: str | None = None
    config: Path | None = None
    read_only: bool = False

    @property
    def path(self) -> Path:
        """The desk's file: ``--db``, else ``CHANGEDESK_DB``, else the platform's place."""
        return self.db or default_path()

    @property
    def checkpoints(self) -> Path | None:
        """The folder in which the ends of audit chains are kept, None is the one of the desk."""
        return self._settings().checkpoints

    def tell_of_upgrade(self) -> None:
        """Say on a terminal that opening the desk will take a while, so that the wait is not a riddle."""
        if sys.stderr.isatty() and not self.read_only and (sentence := upgrade_ahead(self.path)):
            complain(sentence)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The desk, open, with its actor."""
        self.tell_of_upgrade()
        with open_desk(self.path, read_only=self.read_only) as desk:
            try:
                yield open_session(desk, self.acting_for, choices=cache(self._chosen))
            except UnicodeEncodeError:
                raise BadInput("a word of the command is not valid text", "write it in UTF-8") from None
            finally:
                if desk.has_written:
                    from changedesk.services.checkpoints import keep_at_end

                    if trouble := keep_at_end(desk, lambda: self.checkpoints):
                        complain(trouble)

    def _chosen(self) -> Choices:
        """What the verb's reader has chosen."""
        settings = self._settings()
        return chosen(settings.timezone, settings.thresholds)

    def _settings(self) -> Config:
        """What was chosen; read by the verbs that need it, so that no other fails for a mistake in it."""
        from changedesk.config import read_config

        return read_config(self.config)


def split_options(arguments: Sequence[str]) -> tuple[Invocation, list[str]]:
    """Take the options of the invocation out of the arguments, wherever they stand before ``--``."""
    values: dict[str, str] = {}
    rest: list[str] = []
    read_only = False
    pending = iter(arguments)
    for word in pending:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *pending]
        elif word == "--read-only":
            read_only = True
        elif name in _WITH_VALUE:
            given = value if equals else next(pending, None)
            if not given:
                raise BadInput(f"{name} needs a value")
            values[name] = given
        else:
            rest.append(word)
    path = values.get("--db")
    config = values.get("--config")
    return Invocation(
        Path(path) if path else None, values.get("--as"), Path(config) if config else None, read_only
    ), rest
