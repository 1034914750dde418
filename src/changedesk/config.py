"""The configuration: one TOML file in which every key is optional.

``CHANGEDESK_CONFIG`` names the file, else it is ``config.toml`` in the platform's folder for configuration.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field, fields
from pathlib import Path
from typing import Any, Final

from changedesk.domain.thresholds import DEFAULT_THRESHOLDS, HIGHEST, Thresholds
from changedesk.errors import BadInput
from changedesk.keymap import Keymap, keymap
from changedesk.theme import DEFAULT_THEME
from changedesk.values import dataclass

LARGEST_DAYS: Final = 3650
SETTINGS: Final = ("theme", "timezone", "checkpoints", "keys", "thresholds")
"""What the file may set."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a person may choose.

    ``theme`` is as written in the file and may be unknown: the dashboard then says so and takes the dark one.
    ``timezone`` is an IANA name, None is the computer's own. ``checkpoints`` is the folder in which the end of each audit
    chain is kept, None is the one of the desk.
    """

    theme: str = DEFAULT_THEME
    timezone: str | None = None
    keymap: Keymap = field(default_factory=lambda: keymap({}))
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    checkpoints: Path | None = None
    file: Path | None = None


def config_file() -> Path:
    """Where the configuration is looked for."""
    named = os.environ.get("CHANGEDESK_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("changedesk", appauthor=False) / "config.toml"


def read_config(file: Path | None) -> Config:
    """Read the configuration; a file that is not there means that nothing was chosen.

    Raises :class:`BadInput` with file, key, value and what is allowed.
    """
    file = file or config_file()
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from error
    import tomllib

    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} is not a TOML file: {error}") from error
    for key in table:
        if key not in SETTINGS:
            raise BadInput(f"{file}, {key}: there is no such setting", f"settings are {', '.join(SETTINGS)}")
    return Config(
        theme=_text(file, table, "theme", DEFAULT_THEME),
        timezone=_timezone(file, table),
        keymap=keymap(_keys(file, table), str(file)),
        thresholds=_thresholds(file, table),
        checkpoints=_folder(file, table, "checkpoints"),
        file=file,
    )


def _text(file: Path, table: Mapping[str, Any], key: str, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        raise BadInput(f"{file}, {key} = {value!r}: a text in quotes is wanted")
    return value


def _folder(file: Path, table: Mapping[str, Any], key: str) -> Path | None:
    """A folder; ``~`` is the user's own, and a path that does not begin at the root begins where the file lies."""
    if key not in table:
        return None
    named = _text(file, table, key, "")
    if not named:
        raise BadInput(f"{file}, {key} = {named!r}: a folder is wanted", "name one, or leave the setting out")
    return file.parent / Path(named).expanduser()


def _timezone(file: Path, table: Mapping[str, Any]) -> str | None:
    if "timezone" not in table:
        return None
    name = _text(file, table, "timezone", "")
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(
            f"{file}, timezone = {name!r}: there is no such zone", "allowed: a name such as Europe/Berlin"
        ) from error
    return name


def _table(file: Path, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise BadInput(f"{file}, {key} = {value!r}: a table is wanted, begun by a line [{key}]")
    return value


def _keys(file: Path, table: Mapping[str, Any]) -> dict[str, str]:
    """Command id to key. TOML reads an id without quotes as a table in a table: both are understood."""
    changes: dict[str, str] = {}
    for name, value in _table(file, table, "keys").items():
        nested = {f"{name}.{part}": key for part, key in value.items()} if isinstance(value, dict) else {name: value}
        for command_id, key in nested.items():
            if not isinstance(key, str):
                raise BadInput(f"{file}, [keys] {command_id} = {key!r}: a key in quotes is wanted")
            changes[command_id] = key
    return changes


def _thresholds(file: Path, table: Mapping[str, Any]) -> Thresholds:
    names = [entry.name for entry in fields(Thresholds)]
    values: dict[str, int] = {}
    for name, value in _table(file, table, "thresholds").items():
        if name not in names:
            raise BadInput(
                f"{file}, [thresholds] {name}: there is no such threshold", f"thresholds are {', '.join(names)}"
            )
        highest = HIGHEST.get(name, LARGEST_DAYS)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= highest:
            unit = "a whole number" if name in HIGHEST else "whole days"
            wanted = f"{unit} from 0 to {highest} {'is' if name in HIGHEST else 'are'} wanted"
            raise BadInput(f"{file}, [thresholds] {name} = {value!r}: {wanted}")
        values[name] = value
    return Thresholds(**values)
