"""What comes from the keyboard, and what it is bound to."""

from __future__ import annotations

from textual import events
from textual.dom import DOMNode

Typed = events.Key | events.Paste
"""One key, or a text that was pasted."""


def text_of(typed: Typed) -> str:
    """The text that it puts into a line, one line of it; empty for a key that is no letter."""
    if isinstance(typed, events.Paste):
        return " ".join(typed.text.split())
    return typed.character or "" if typed.is_printable else ""


async def follow_binding(node: DOMNode, key: str) -> bool:
    """Do what a key is bound to at a widget or at a screen; false when it is bound to nothing there."""
    for binding in node._bindings.key_to_bindings.get(key, ()):
        if await node.app.run_action(binding.action, node):
            return True
    return False
