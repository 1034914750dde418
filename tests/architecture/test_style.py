"""What a reader of the code can rely on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from sources import Module, modules, offending

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


def test_every_public_name_says_what_it_is() -> None:
    def silent(module: Module) -> list[str]:
        names = [node.name for node in _public(module.tree) if not ast.get_docstring(node) and not _is_override(node)]
        return names if ast.get_docstring(module.tree) or not module.tree.body else ["the module", *names]

    assert offending(silent) == {}


def test_nothing_is_printed_past_the_one_place_that_cleans_it() -> None:
    def printing(module: Module) -> list[int]:
        calls = [node.func for node in module.nodes if isinstance(node, ast.Call)]
        return [
            call.lineno
            for call in calls
            if isinstance(call, ast.Name) and call.id in ("print", "breakpoint", "eval", "exec")
        ]

    assert offending(printing) == {}


def test_no_error_is_swallowed_outside_the_one_boundary() -> None:
    def broad(module: Module) -> list[int]:
        return [
            handler.lineno
            for handler in module.nodes
            if isinstance(handler, ast.ExceptHandler)
            and (
                handler.type is None
                or (isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException"))
            )
            # What is undone and then raised again is not swallowed.
            and not any(isinstance(step, ast.Raise) and step.exc is None for step in handler.body)
        ]

    assert offending(broad).keys() <= BOUNDARIES


def test_what_a_subclass_gives_is_abstract_so_that_the_type_checker_misses_it() -> None:
    def raised(module: Module) -> list[int]:
        return [
            node.lineno
            for node in module.nodes
            if isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
        ]

    assert offending(raised) == {}


def test_the_values_of_the_domain_are_frozen() -> None:
    def loose(module: Module) -> list[str]:
        return [
            node.name
            for node in module.nodes
            if module.room == "domain" and isinstance(node, ast.ClassDef)
            for decorator in node.decorator_list
            if isinstance(decorator, ast.Call)
            and getattr(decorator.func, "id", "") == "dataclass"
            and not {"frozen", "slots"} <= {keyword.arg for keyword in decorator.keywords}
        ]

    assert any(module.room == "domain" for module in modules())
    assert offending(loose) == {}


def test_values_that_never_change_are_made_the_cheap_way() -> None:
    """See docs/decisions/0023; what changes is made by Python's own decorator, by its full name beside the other."""

    def costly(module: Module) -> list[int]:
        own = {
            alias.asname or alias.name
            for node in module.nodes
            if isinstance(node, ast.ImportFrom) and node.module == "dataclasses"
            for alias in node.names
        }
        decorators = [one for node in module.nodes if isinstance(node, ast.ClassDef) for one in node.decorator_list]
        return [
            one.lineno
            for one in decorators
            if isinstance(one, ast.Call)
            and getattr(one.func, "id", "") == "dataclass"
            and "dataclass" in own
            and {keyword.arg for keyword in one.keywords} >= {"frozen", "slots"}
        ]

    assert offending(costly) == {}


def test_how_far_off_a_day_is_is_said_by_one_function() -> None:
    def by_hand(module: Module) -> list[int]:
        written = (part for node in module.nodes if isinstance(node, ast.JoinedStr) for part in node.values)
        texts = (part for part in written if isinstance(part, ast.Constant) and isinstance(part.value, str))
        return [part.lineno for part in texts if re.match(r" (d|days?) ago\b| ago\b", str(part.value))]

    assert set(offending(by_hand)) == {"domain/saying.py"}


def test_no_screen_writes_a_key_down_that_a_reader_may_have_changed() -> None:
    """A sentence names the command, by ``key_to``. Enter and what a dialog has for itself nobody changes."""
    named = re.compile(
        r"(?:^|[:;,.] |\band )(?:[a-zA-Z/]|esc|tab|space) (?:[a-z]+s\b|does\b)|\bover with [a-z]\b|, n there"
    )

    def written(module: Module) -> list[str]:
        if module.room != "screens" or module.place == "screens/forms/conflict.py":
            return []
        sayings = {id(node.value) for node in module.nodes if isinstance(node, ast.Expr)}
        texts = (node for node in module.nodes if isinstance(node, ast.Constant) and id(node) not in sayings)
        return [text.value for text in texts if isinstance(text.value, str) and named.search(text.value)]

    assert offending(written) == {}
