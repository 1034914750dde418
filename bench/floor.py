"""The floor: an empty Textual program, against which every figure is a ratio."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class Floor(App[None]):
    """A header, a footer and one line."""

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("Portfolio")
        yield Footer()


if __name__ == "__main__":
    Floor().run()
