"""A small dashboard with two main screens that show hardly anything, to try the shell around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from textual.widget import Widget

from builders import NOW
from changedesk.app import DeskApp
from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.lists.table import VirtualTable


class Wall:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


class FakePortfolio(DeskScreen):
    """Three initiatives."""

    scope = "portfolio"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table = VirtualTable((Column("Initiative", 10, share=1),))
        self.reloads = 0
        self.done: list[str] = []
        self.reasons: dict[str, str] = {}

    def content(self) -> Iterable[Widget]:
        return (self.table,)

    def reload(self) -> None:
        self.reloads += 1
        self.table.show(ListSource(Row(key, (cell(key),)) for key in ("mfa", "psa", "erp")))

    @property
    def subject(self) -> str:
        return self.table.selected_key

    def open_subject(self, subject: str) -> None:
        self.table.select(subject)

    def blocked_reason(self, name: str) -> str | None:
        return self.reasons.get(name)

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        self.go("initiative", event.key)

    def do_open(self) -> None:
        self.table.action_open()

    def do_filter(self) -> None:
        self.done.append("filter")

    def do_sort(self) -> None:
        self.done.append("sort")

    def do_group(self) -> None:
        self.done.append("group")


class FakeInitiative(DeskScreen):
    """One initiative, by its id."""

    scope = "initiative"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown = ""

    @property
    def subject(self) -> str:
        return self.shown

    def open_subject(self, subject: str) -> None:
        self.shown = subject


def a_dashboard(**changes: Any) -> DeskApp:
    """The shell on the two small screens."""
    context = replace(Context(clock=lambda: NOW), **changes)
    return DeskApp(context, {"portfolio": FakePortfolio, "initiative": FakeInitiative})


def seen(app: DeskApp) -> str:
    """What stands on the screen, line by line."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines)


def when(values: list[int]) -> Callable[[], int]:
    """A revision that is read from a list's last entry."""
    return lambda: values[-1]
