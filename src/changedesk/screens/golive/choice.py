"""Choosing the go-live that the screen shows, among all of a desk: found by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from changedesk.domain.saying import day_month
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.far_days import in_days_or_month
from changedesk.services.golive.choice import GoLiveChoice
from changedesk.widgets.lists.rows import Column

COLUMNS: Final = (
    Column("For", 7, whole=10),
    Column("Initiative", 20, share=3),
    Column("Client", 9, share=1, priority=2),
    Column("Go-live", 9, align="right"),
    Column("Day", 15, priority=1),
)


def pick_go_live(
    screen: DeskScreen, found: Sequence[GoLiveChoice], shown: str, today: date, chosen: Callable[[str], None]
) -> None:
    """Choose one of these, in the order in which the keys go through them; ``shown`` is the id of the present one."""
    choices = [Choice(one.initiative_id, _texts(one, today)) for one in found]
    choose_one(screen, "Which go-live?", COLUMNS, choices, chosen, start=shown)


def _texts(one: GoLiveChoice, today: date) -> tuple[str, ...]:
    return one.code, one.title, one.client, in_days_or_month(one.day, today), day_month(one.day, today)
