"""The change plan: who hears, learns and does what when, what the plan leaves out, and which behaviours are to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.commands import key_to
from changedesk.domain.saying import day_month
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.context import Context
from changedesk.screens.people.change_plan_flags import BehavioursSection, FlagsSection
from changedesk.screens.people.change_plan_parts import AudiencesSection, StepsSection
from changedesk.screens.people.sections import SectionsScreen
from changedesk.screens.records.closing import ask_to_close_record
from changedesk.services.initiative import plans
from changedesk.services.initiative.lists import ActivityRow, activity_rows
from changedesk.services.lookup import code_in_view
from changedesk.services.people.change_plan import ChangePlanPage, change_plan_page
from changedesk.services.people.head import Head
from changedesk.widgets.lists.rows import Column

NOTHING: Final = "-"
NO_MILESTONE: Final = (
    "This initiative has no milestone yet: r, then a lists its activities; one of them can be a milestone."
)
NOT_TIED: Final = f"Only an activity that is not done is tied: {key_to('change_plan.next')} shows when each is."
NOT_CLOSED: Final = f"Only an activity that is not done is closed: {key_to('change_plan.next')} shows when each is."


class ChangePlanScreen(SectionsScreen[ChangePlanPage]):
    """What is planned for the people of one initiative."""

    scope = "change_plan"

    def __init__(self, context: Context) -> None:
        super().__init__(context, (AudiencesSection(), StepsSection(), FlagsSection(), BehavioursSection()))

    def read(self, initiative: str) -> ChangePlanPage:
        """The page as it is now."""
        return change_plan_page(self.context.session, initiative)

    def head(self, page: ChangePlanPage) -> Head:
        """Whose page it is."""
        return page.head

    def part_blocked(self, name: str) -> str | None:
        """Only activities are closed."""
        if name in ("close", "tie"):
            is_open = self.shown is not None and self.section.closes(self.shown, self.selected_key)
            return None if is_open else NOT_CLOSED if name == "close" else NOT_TIED
        return None

    def do_close(self) -> None:
        """Say that the selected activity is done as of today."""
        ask_to_close_record(self, "activities", self.selected_key, self._done)

    def do_tie(self) -> None:
        """Choose the milestone that the selected activity moves with."""
        page, activity, session = self.shown, self.selected_key, self.context.session
        if page is None:
            return
        code, today = page.head.code, page.head.today

        def ask(rows: Sequence[ActivityRow]) -> None:
            stones = [row.activity for row in rows if row.activity.milestone]
            if not stones:
                self.say(NO_MILESTONE, "at_risk")
                return
            choices = [
                *(Choice(one.id, (one.title, day_month(one.last_day, today))) for one in stones),
                Choice(NOTHING, ("none", "it stays where it is when delivery moves")),
            ]
            columns = (Column("Milestone", 28, share=1), Column("", 18, share=1))
            choose_one(self, "Which milestone does it move with?", columns, choices, chosen)

        def chosen(key: str) -> None:
            stone = None if key == NOTHING else key
            said = "It moves with that milestone now." if stone else "It moves with no milestone now."
            self.load("tie", lambda: plans.tie(session, code, activity, stone), lambda _: self._done(said))

        self.read_to_ask(
            "milestones", lambda: activity_rows(session, code_in_view(session, page.head.initiative_id)), ask
        )
