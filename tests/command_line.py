"""Commands on one desk, and what they said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from changedesk.cli.main import run


class Shell:
    """Runs commands in this process; ``said`` is what the last one had on standard error."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys
        self.said = ""

    def __call__(self, *words: str, by: str = "", status: int = 0) -> str:
        """What a command prints; ``by`` is whom it acts for, ``status`` how it has to end."""
        found, out = self.give(*words, by=by)
        assert found == status, self.said
        return out

    def give(self, *words: str, by: str = "") -> tuple[int, str]:
        """How a command ends, and what it prints."""
        found = run([*(["--as", by] if by else []), *words, "--db", str(self.path)])
        out, self.said = self._capsys.readouterr()
        return found, out

    def json(self, *words: str, by: str = "") -> Any:
        """The document that a command prints."""
        return json.loads(self(*words, "--json", by=by))

    def take(self, text: str, *words: str, status: int = 0, kind: str = "changes") -> dict[str, Any]:
        """The report on importing a file with this content."""
        file = self.path.with_name("theirs.csv")
        file.write_bytes(text.encode())
        return dict(json.loads(self("import", str(file), "--kind", kind, "--json", *words, status=status)))
