"""What the program takes from inside Textual stands on one page, with the version it was proved on and the tests that prove it.

Names that begin with an underscore are nobody's promise: another version may drop one, call it at another time, or begin to
use a name that is one of ours by now. See docs/decisions/0024-inside-textual.md.
"""

from __future__ import annotations

import ast
import functools
import inspect
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TypeGuard

import pytest
from sources import Module, imports, modules

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "decisions" / "0024-inside-textual.md"
ROWS = re.findall(r"^\| (`.+?`) \| .+? \| .+? \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.M)
OF_NAMED_TUPLES = {"_replace", "_asdict", "_make", "_fields", "_field_defaults"}
PRIVATE = re.compile(r"_[a-z]")


def _names(tree: ast.AST) -> set[str]:
    """The names with one underscore that are read or written of something."""
    found = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and not _is_of_python(node.value)}
    return {name for name in found if PRIVATE.match(name)}


def _is_of_python(owner: ast.AST) -> bool:
    return isinstance(owner, ast.Name) and owner.id in sys.stdlib_module_names


def _is_self(owner: ast.AST) -> bool:
    return isinstance(owner, ast.Name) and owner.id == "self"


def _own_names(tree: ast.AST) -> set[str]:
    """What is made here: what stands in classes and modules, and what is given to ``self``."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_self(node.value):
            names.add(node.attr)
        elif isinstance(node, ast.ClassDef):
            steps = (step for step in node.body if isinstance(step, ast.Assign | ast.AnnAssign))
            names |= {made.id for step in steps for made in ast.walk(step) if _is_made(made)}
    return {name for name in names if PRIVATE.match(name)}


def _is_made(made: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(made, ast.Name) and isinstance(made.ctx, ast.Store)


@functools.cache
def _inside(cls: type) -> frozenset[str]:
    """What one of Textual's classes has for itself."""
    node: ast.AST = _tree(cls.__module__)
    for name in cls.__qualname__.split("."):
        node = next(one for one in ast.walk(node) if isinstance(one, ast.ClassDef) and one.name == name)
    return frozenset(_own_names(node))


@functools.cache
def _tree(module: str) -> ast.Module:
    """The tree of one of Textual's modules: Python would read all of it again for each of its classes."""
    return ast.parse(inspect.getsource(sys.modules[module]))


def _is_textuals(cls: type) -> bool:
    return cls.__module__.partition(".")[0] == "textual"


def _classes(module: Module) -> Iterator[tuple[type, ast.ClassDef]]:
    """The classes of a module that are widgets, screens, messages or the program itself, with their trees."""
    loaded = import_module(f"changedesk.{module.place.removesuffix('.py').replace('/', '.')}")
    for node in module.tree.body:
        cls = getattr(loaded, node.name, None) if isinstance(node, ast.ClassDef) else None
        if isinstance(node, ast.ClassDef) and isinstance(cls, type) and any(map(_is_textuals, cls.__mro__)):
            yield cls, node


def _taken(module: Module) -> set[str]:
    """The names inside Textual that a module knows: what its classes share with Textual's, and what it reaches into."""
    found = {name for name, _ in imports(module) if name.startswith("textual._")}
    found |= _names(module.tree) - _own() - OF_NAMED_TUPLES
    for cls, node in _classes(module):
        inside = {name for base in cls.__mro__ if _is_textuals(base) for name in _inside(base)}
        found |= inside & (_own_names(node) | _names(node))
    return found


@functools.cache
def _own() -> frozenset[str]:
    """Every name with one underscore that is made by us where anything is drawn."""
    return frozenset(name for module in _drawing_modules() for name in _own_names(module.tree))


def _drawing_modules() -> list[Module]:
    return [module for module in modules() if module.room in ("app", "screens", "widgets")]


def test_what_is_taken_from_inside_textual_is_what_the_page_says() -> None:
    found = {name for module in _drawing_modules() for name in _taken(module)}
    assert found == {name for names, _ in ROWS for name in re.findall(r"`([\w.]+)`", names)}


def test_the_page_was_written_for_the_version_that_is_installed() -> None:
    proved = re.search(r"Proved on Textual (\S+)\.$", PAGE.read_text(encoding="utf-8"), re.M)
    assert proved is not None
    assert version("textual") == proved[1], (
        f"Textual {version('textual')} is installed: run the tests that {PAGE.name} names, look at each row, and write the"
        " version there"
    )
    assert f'"textual=={proved[1]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("names", "tests"), ROWS)
def test_each_row_names_tests_that_are_there(names: str, tests: str) -> None:
    named = re.findall(r"`([\w/]+\.py)`(?:: `(\w+)`)?", tests)
    assert named, names
    for file, test in named:
        assert f"def {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")
