"""The change plan: who hears, learns and does what when, what the plan leaves out, and which behaviours are to be seen."""

from __future__ import annotations

from typing import Final

from changedesk.screens.change_plan_parts import AudiencesSection, BehavioursSection, FlagsSection, StepsSection
from changedesk.screens.closing_record import ask_to_close_record
from changedesk.screens.context import Context
from changedesk.screens.sections import SectionsScreen
from changedesk.services.change_plan import ChangePlanPage
from changedesk.services.people_head import Head

NOT_CLOSED: Final = "Only an activity that is not done is closed: tab shows when each is."


class ChangePlanScreen(SectionsScreen[ChangePlanPage]):
    """What is planned for the people of one initiative."""

    scope = "change_plan"

    def __init__(self, context: Context) -> None:
        super().__init__(context, (AudiencesSection(), StepsSection(), FlagsSection(), BehavioursSection()))

    def read(self, initiative: str) -> ChangePlanPage:
        """The page as it is now."""
        page: ChangePlanPage = self.context.services.people.change_plan(initiative)
        return page

    def head(self, page: ChangePlanPage) -> Head:
        """Whose page it is."""
        return page.head

    def part_blocked(self, name: str) -> str | None:
        """Only activities are closed."""
        if name == "close":
            closes = self.shown is not None and self.section.closes(self.shown, self.selected_key)
            return None if closes else NOT_CLOSED
        return None

    def do_close(self) -> None:
        """Say that the selected activity is done as of today."""
        ask_to_close_record(self, "activities", self.selected_key, self.saved)
