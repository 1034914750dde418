"""What stands for our signs at a terminal of another alphabet: never a ``?``, which says that something is unknown."""

from __future__ import annotations

import codecs
from typing import Final

NAME: Final = "changedesk"
"""The name by which a stream is told to write them, as its ``errors``."""

STAND_INS: Final = {
    "▲": "!", "◆": "*", "●": "+", "○": "o", "×": "x",
    "↑": "^", "↓": "v", "→": "->", "…": "...", "“": '"', "”": '"',
}  # fmt: skip
"""Each sign that the command line writes; the word beside it says the same. Letters of names that there are not stay ``?``."""


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(STAND_INS.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


codecs.register_error(NAME, _stand_in)
