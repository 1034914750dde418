"""The register of requirements: what the founding documents ask, what ChangeDesk does about it, and which tests prove it.

``python tests/architecture/requirement_register.py`` writes the page docs/requirements.md; ``make requirements`` does it.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
DOCS = TESTS.parent / "docs"
PAGE = DOCS / "requirements.md"

_HEAD = """# Requirements, and what proves them

Each number is one thing that the founding documents say. A test that cites it (`pytest.mark.requirement`) proves what
ChangeDesk does about it; where there is none, the reason stands in its place. This page is generated from
docs/requirements.toml and the tests: `make requirements`.
"""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: its number, what is asked, what ChangeDesk does, and why no test cites it (None: tests do)."""

    number: str
    part: str
    asks: str
    does: str
    reason: str | None


def requirements() -> tuple[Requirement, ...]:
    """All of them, in the order of their numbers."""
    with (DOCS / "requirements.toml").open("rb") as file:
        parts: Mapping[str, Mapping[str, Mapping[str, str]]] = tomllib.load(file)
    return tuple(
        Requirement(number, part, entry["asks"], entry["does"], entry.get("reason"))
        for part, entries in parts.items()
        for number, entry in entries.items()
    )


def citations() -> dict[str, list[str]]:
    """The test files that cite each number, from the folder ``tests``."""
    cited: dict[str, set[str]] = defaultdict(set)
    for path in TESTS.rglob("test_*.py"):
        source = path.read_text(encoding="utf-8")
        if "requirement(" in source:
            for number in _numbers(ast.parse(source)):
                cited[number].add(path.relative_to(TESTS).as_posix())
    return {number: sorted(paths) for number, paths in cited.items()}


def _numbers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "requirement":
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def page(every: Sequence[Requirement], cited: Mapping[str, Sequence[str]]) -> str:
    """The page as Markdown."""
    lines = [_HEAD]
    proven = sum(1 for one in every if one.number in cited)
    lines.append(f"{proven} of {len(every)} are cited by tests; {len(every) - proven} have their reason.\n")
    part = ""
    for one in every:
        if one.part != part:
            part = one.part
            lines.append(f"\n## {part}\n\n| | asked | what ChangeDesk does | proven by |\n|---|---|---|---|")
        proof = "<br>".join(cited.get(one.number, ())) or f"*{one.reason}*"
        lines.append(f"| {one.number} | {one.asks} | {one.does} | {proof} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page(requirements(), citations()))
