"""The program's own modules as syntax trees, for the tests that hold its shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import changedesk

ROOT = Path(changedesk.__file__).parent


@dataclass(frozen=True)
class Module:
    """A module: its place below the package, and its tree."""

    place: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The folder it lies in; a module beside the folders is a room by itself."""
        return self.place.split("/")[0].removesuffix(".py")


def modules() -> tuple[Module, ...]:
    """Every module of the program."""
    return tuple(
        Module(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(ROOT.rglob("*.py"))
    )


def imports(module: Module) -> Iterator[tuple[str, bool]]:
    """What a module imports, as dotted names, and whether only when it is needed (inside a function or for types)."""
    late = {
        id(inner)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        or (isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.place} imports relatively"
            name = node.module or ""
            if name == "changedesk":
                yield from ((f"changedesk.{alias.name}", id(node) in late) for alias in node.names)
            else:
                yield name, id(node) in late
