"""Finding an initiative on Adoption by some letters: of two thousand nobody goes through the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from changedesk.screens.adoption.choice import QUESTION, standing_of
from changedesk.screens.adoption.parts import STATES
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.far_days import in_days_or_month
from changedesk.screens.none_yet import NO_INITIATIVE
from changedesk.services.adoption.choice import ChoiceRow
from changedesk.widgets.lists.rows import Column

COLUMNS: Final = (
    Column("Code", 6, whole=10),
    Column("Initiative", 24, share=3),
    Column("Client", 8, share=1),
    Column("Go-live", 9),
    Column("Use", 12),
)


def find_initiative(
    screen: DeskScreen, found: Sequence[ChoiceRow], shown: str, today: date, chosen: Callable[[str], None]
) -> None:
    """Choose one of these by some letters, in the order of the list; ``shown`` is the id of the present one."""
    choices = [Choice(one.standing.initiative_id, _texts(one, today)) for one in found]
    choose_one(screen, QUESTION, COLUMNS, choices, chosen, empty=screen.keyed(NO_INITIATIVE), start=shown)


def _texts(one: ChoiceRow, today: date) -> tuple[str, ...]:
    it = one.standing
    state = "no count yet" if it.went_live and it.adoption.percent is None else STATES[standing_of(one)][1]
    return it.code, it.title, it.client, in_days_or_month(it.go_live, today), state
