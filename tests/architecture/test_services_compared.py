"""How names of services are compared is said in one place."""

from __future__ import annotations

import ast

from sources import Module, offending

HOME = "domain/service/names.py"


def _compared(module: Module) -> list[str]:
    """Where services are compared as sets, searched, or folded by hand."""
    if module.place == HOME:
        return []
    return [
        f"{node.lineno}: {text}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call | ast.BinOp | ast.Compare)
        for text in [ast.unparse(node)]
        if _by_hand(node) and "service" in text
    ]


def _by_hand(node: ast.Call | ast.BinOp | ast.Compare) -> bool:
    match node:
        case ast.BinOp(op=ast.BitAnd()):
            return True
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Attribute(attr="services")]):
            return True
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr="casefold" | "lower")
        ):
            return "service" in name
    return False


def test_nothing_compares_services_but_the_module_for_it() -> None:
    """Compared by the letter, a name in capitals is a way around a freeze, a risk rule and a route."""
    assert offending(_compared) == {}
