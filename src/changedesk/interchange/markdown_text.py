"""Text of the desk inside a Markdown page: it is read, and acts on nothing."""

from __future__ import annotations

import re
from typing import Final

from changedesk.domain.plaintext import clean

_SIGNS: Final = re.compile(r"([\\`*_\[\]<>|&~#$])")
_LINKS: Final = re.compile(r"(https?|ftp|mailto)(?=:)|www(?=\.)", re.IGNORECASE)
_MAIL: Final = re.compile(r"(?<=[\w.+-])@(?=\\?\w)")
_FIRST: Final = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=:]))")


def escaped(text: str) -> str:
    """Text as text: one line, without anything that Markdown or HTML would act on, be it a sign or an address."""
    line = _MAIL.sub(r"\@", _SIGNS.sub(r"\\\1", " ".join(clean(text).split())))
    return _FIRST.sub(r"\1\\", _LINKS.sub(r"\g<0>\\", line))
