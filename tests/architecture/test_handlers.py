"""What a screen or a widget does about an event, it does once."""

from __future__ import annotations

import ast

from sources import modules

PLAIN_METHODS = {"on_event"}
"""What looks like a handler and is none: Textual calls the lowest one alone."""


def test_no_handler_calls_the_one_above_it() -> None:
    """Textual calls the handler of every class of a screen by itself: one that calls the next has all of it done twice."""
    twice = [
        f"{module.place}:{node.lineno}"
        for module in modules()
        for node in module.nodes
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("on_")
        and node.attr not in PLAIN_METHODS
        and ast.unparse(node.value) == "super()"
    ]
    assert twice == []
