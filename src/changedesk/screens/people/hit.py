"""Who is hit, how hard, and who stands behind it: the people side of one initiative in six parts."""

from __future__ import annotations

from typing import Final

from changedesk.screens.context import Context
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.people.hit_backing import SponsorsSection, StakeholdersSection
from changedesk.screens.people.hit_confidence import ConfidenceSection
from changedesk.screens.people.hit_habits import ResistanceSection, WorkaroundsSection
from changedesk.screens.people.hit_impact import ImpactSection
from changedesk.screens.people.sections import SectionsScreen
from changedesk.screens.records.closing import ask_to_close_record
from changedesk.services.people.head import Head
from changedesk.services.people.page import PeoplePage, people_page

ONLY_IMPACT: Final = "Aspects are chosen in the part Impact."
NOT_CLOSED: Final = "Only resistance and old ways that are open are closed."


class HitScreen(SectionsScreen[PeoplePage]):
    """Impact, stakeholders, sponsors, resistance, workarounds and confidence of one initiative."""

    scope = "hit"

    def __init__(self, context: Context) -> None:
        self._impact, self._resistance = ImpactSection(), ResistanceSection()
        super().__init__(
            context,
            (
                self._impact,
                StakeholdersSection(),
                SponsorsSection(),
                self._resistance,
                WorkaroundsSection(),
                ConfidenceSection(),
            ),
        )

    def read(self, initiative: str) -> PeoplePage:
        """The page as it is now."""
        return people_page(self.context.session, initiative)

    def head(self, page: PeoplePage) -> Head:
        """Whose page it is."""
        return page.head

    def part_blocked(self, name: str) -> str | None:
        """Aspects are chosen in the heat map, and only some entries are closed."""
        if name in ("left", "right"):
            return None if self.section is self._impact else ONLY_IMPACT
        if name == "close":
            closes = self.shown is not None and self.section.closes(self.shown, self.selected_key)
            return None if closes else NOT_CLOSED
        return None

    # --- commands

    def do_left(self) -> None:
        """Choose the aspect to the left."""
        self._impact.move(-1)
        self.renew()

    def do_right(self) -> None:
        """Choose the aspect to the right."""
        self._impact.move(1)
        self.renew()

    def do_close(self) -> None:
        """Close the selected entry as of today."""
        form = "resistance" if self.section is self._resistance else "workarounds"
        ask_to_close_record(self, form, self.selected_key, self._done)

    def do_workaround(self) -> None:
        """Note an old way: what it is, and Enter."""
        if self.shown is not None:
            code = self.shown.head.code
            open_form(self, self.told(FormRequest("workarounds", "", code, quick="title")))
