"""Client isolation: every query carries the clients whose records its reader may see."""

from __future__ import annotations

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """The short codes of the clients in view; None is every client of the desk."""

    clients: frozenset[str] | None

    def where(self, column: str) -> tuple[str, tuple[str, ...]]:
        """An SQL condition on a column of client codes, with its values."""
        if self.clients is None:
            return "1", ()
        marks = ", ".join("?" * len(self.clients))
        return f"{column} IN ({marks})", tuple(sorted(self.clients))

    def narrowed(self, client: str | None) -> Scope:
        """The same scope, or that one client of it; a client outside the scope leaves nothing in view."""
        if client is None:
            return self
        return Scope(frozenset({client}) if self.clients is None or client in self.clients else frozenset())
