"""How ready the people of one initiative are, and what they lean on: groups, checklist, training, the desk, what it is asked."""

from __future__ import annotations

from typing import Final

from changedesk.commands import key_to
from changedesk.domain.people.people_side import ReadinessItem
from changedesk.domain.words import LEANING
from changedesk.screens.context import Context
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.people.ready_checklist import ChecklistSection
from changedesk.screens.people.ready_groups import GroupsSection
from changedesk.screens.people.ready_support import ReasonsSection, TrainingSection
from changedesk.screens.people.sections import SectionsScreen
from changedesk.screens.readiness.acts import ask_what_shows_it
from changedesk.services.people import triage_acts
from changedesk.services.people.head import Head
from changedesk.services.people.readiness import ReadinessPage, readiness_page

NO_ITEM: Final = f"Choose an item first: {key_to('ready.next')} shows the checklist."
IS_READY: Final = f"This item is ready already; {key_to('ready.edit')} changes it."


class ReadyScreen(SectionsScreen[ReadinessPage]):
    """Groups with their pockets, the checklist, training by role, and the desk's answers to what people will ask."""

    scope = "ready"
    home = "readiness"

    def __init__(self, context: Context) -> None:
        thresholds = context.config.thresholds
        super().__init__(
            context,
            (
                GroupsSection(thresholds.barrier, thresholds.pocket),
                ChecklistSection(),
                TrainingSection(),
                ReasonsSection(),
            ),
        )

    def read(self, initiative: str) -> ReadinessPage:
        """The page as it is now."""
        return readiness_page(self.context.session, initiative)

    def head(self, page: ReadinessPage) -> Head:
        """Whose page it is."""
        return page.head

    def part_blocked(self, name: str) -> str | None:
        """Only an item of the checklist that is not ready is done."""
        if name == "done":
            item = self._item
            return NO_ITEM if item is None else IS_READY if item.status == "ready" else None
        return None

    # --- commands

    def do_done(self) -> None:
        """Say that the selected item is ready."""
        page, item, session = self.shown, self._item, self.context.session
        if page is None or item is None:
            return

        def done(evidence: str | None) -> None:
            if evidence:
                self.load(
                    "done",
                    lambda: triage_acts.done(session, page.head.initiative_id, f"item/{item.id}", evidence),
                    lambda _: self._done(f"Ready: {item.item}; {key_to('app.undo')} takes it back."),
                )

        ask_what_shows_it(self, f"{item.audience or LEANING[item.about]}: {item.item}", done)

    def do_survey(self) -> None:
        """Enter an answer: one person, or so many who answered alike."""
        page = self.shown
        if page is None:
            return
        group = next((one.audience.name for one in page.groups if one.audience.id == self.selected_key), "")
        start = {"audience": group, "date": page.head.today.isoformat()}
        request = FormRequest("surveys", "", page.head.code, start=start, key=f"{page.head.code} answer {group}")
        open_form(self, self.told(request))

    @property
    def _item(self) -> ReadinessItem | None:
        page, section = self.shown, self.section
        if page is None or not isinstance(section, ChecklistSection):
            return None
        return section.item(page, self.selected_key)
