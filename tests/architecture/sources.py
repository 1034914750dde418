"""The program's own modules as syntax trees, for the tests that hold its shape."""

from __future__ import annotations

import ast
import functools
import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import changedesk

ROOT = Path(changedesk.__file__).parent


@dataclass(frozen=True, eq=False)
class Module:
    """A module: its place below the package, and its tree."""

    place: str
    tree: ast.Module

    @functools.cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of its tree, in the order of :func:`ast.walk`."""
        return tuple(ast.walk(self.tree))

    @property
    def room(self) -> str:
        """The folder it lies in; a module beside the folders is a room by itself."""
        return self.place.split("/")[0].removesuffix(".py")


@functools.cache
def modules() -> tuple[Module, ...]:
    """Every module of the program, read once in a process; the collector of garbage does not go over them with every test."""
    gc.disable()
    read = tuple(
        Module(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(ROOT.rglob("*.py"))
    )
    gc.freeze()
    gc.enable()
    return read


def offending(what: Callable[[Module], Iterable[object]]) -> dict[str, list[object]]:
    """The places of the modules in which something is found that should not be there, each with what was found."""
    found = {module.place: [*what(module)] for module in modules()}
    return {place: found[place] for place in found if found[place]}


@functools.cache
def imports(module: Module) -> tuple[tuple[str, bool], ...]:
    """What a module imports, as dotted names, and whether only when it is needed (inside a function or for types)."""
    return tuple(_imports(module))


def _imports(module: Module, node: ast.AST | None = None, late: bool = False) -> Iterator[tuple[str, bool]]:
    for child in ast.iter_child_nodes(node or module.tree):
        if isinstance(child, ast.Import):
            yield from ((alias.name, late) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{module.place} imports relatively"
            name = child.module or ""
            whole = name == "changedesk"
            yield from ((f"changedesk.{alias.name}", late) for alias in child.names) if whole else ((name, late),)
        elif isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _imports(module, child, late or _is_late(child))


def _is_late(node: ast.AST) -> bool:
    """Whether what stands in it is done only when it is called, or for types alone."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or (
        isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    )
