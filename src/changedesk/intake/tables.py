"""TOML as it comes in: a table, or one sentence that says why it is none."""

from __future__ import annotations

import tomllib

from changedesk.domain.plaintext import clean
from changedesk.errors import BadInput


def read_table(raw: bytes | str, file: str) -> dict[str, object]:
    """The table in a TOML text, or in the bytes of one in UTF-8; ``file`` is what sentences call it. Raises BadInput."""
    try:
        return tomllib.loads(raw if isinstance(raw, str) else raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput(f"{file} is not UTF-8", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{file} is not a TOML file: {clean(str(error), 200)}") from None
