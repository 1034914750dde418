"""What a reader of the code can rely on."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from sources import Module, modules

ALL = modules()
BOUNDARIES = {"cli/main.py", "background.py"}
"""Where an error of any kind becomes a sentence, or is carried over to whoever waits for a thread."""


def _public(node: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from _public(child)


def _is_override(node: ast.AST) -> bool:
    decorators = getattr(node, "decorator_list", [])
    return any(getattr(one, "attr", getattr(one, "id", "")) in ("setter", "override") for one in decorators)


@pytest.mark.parametrize("module", ALL, ids=lambda module: module.place)
def test_every_public_name_says_what_it_is(module: Module) -> None:
    assert ast.get_docstring(module.tree) or not module.tree.body
    silent = [node.name for node in _public(module.tree) if not ast.get_docstring(node) and not _is_override(node)]
    assert silent == []


@pytest.mark.parametrize("module", ALL, ids=lambda module: module.place)
def test_nothing_is_printed_past_the_one_place_that_cleans_it(module: Module) -> None:
    calls = [node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    assert not [
        call for call in calls if isinstance(call, ast.Name) and call.id in ("print", "breakpoint", "eval", "exec")
    ]


@pytest.mark.parametrize("module", ALL, ids=lambda module: module.place)
def test_no_error_is_swallowed_outside_the_one_boundary(module: Module) -> None:
    broad = [
        handler.lineno
        for handler in ast.walk(module.tree)
        if isinstance(handler, ast.ExceptHandler)
        and (
            handler.type is None
            or (isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException"))
        )
        # What is undone and then raised again is not swallowed.
        and not any(isinstance(step, ast.Raise) and step.exc is None for step in handler.body)
    ]
    assert not broad or module.place in BOUNDARIES, f"{module.place} lines {broad}"


@pytest.mark.parametrize("module", ALL, ids=lambda module: module.place)
def test_what_a_subclass_gives_is_abstract_so_that_the_type_checker_misses_it(module: Module) -> None:
    raised = [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
    ]
    assert not raised, f"{module.place} lines {raised}"


@pytest.mark.parametrize("module", [m for m in ALL if m.room == "domain"], ids=lambda module: module.place)
def test_the_values_of_the_domain_are_frozen(module: Module) -> None:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "dataclass":
                    given = {keyword.arg for keyword in decorator.keywords}
                    assert {"frozen", "slots"} <= given, node.name
