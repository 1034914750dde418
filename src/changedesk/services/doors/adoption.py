"""What a screen may ask about adoption: one initiative, its forecasts, the choice of initiatives, what they brought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from changedesk.services.session import Session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.domain.usage.outlook import Asked, Outlook
    from changedesk.services.adoption.choice import ChoiceRow
    from changedesk.services.adoption.keeping import Keeper
    from changedesk.services.adoption.page import AdoptionPage
    from changedesk.services.adoption.value import ValuePage


@dataclass(frozen=True, slots=True)
class AdoptionDoor:
    """The part of the door that leads to adoption and benefits; each use case is imported when it is first asked for."""

    session: Session

    def choice(self) -> tuple[ChoiceRow, ...]:
        """The initiatives in view with their use, from what is kept of each: no forecast is made for it."""
        from changedesk.services.adoption import choice

        return choice.choice(self.session)

    def page(self, initiative_id: str) -> AdoptionPage:
        """One initiative's counts, states and figures."""
        from changedesk.services.adoption import page

        return page.adoption_page(self.session, initiative_id)

    def outlooks(self, questions: Sequence[Asked]) -> tuple[Outlook, ...]:
        """The forecasts of some series; slow when they are new, so only ever called in the background."""
        from changedesk.services.adoption import forecasts

        return tuple(forecasts.outlook_of(question) for question in questions)

    def value(self, initiative_id: str) -> ValuePage:
        """What an initiative was to bring, and what of it has come."""
        from changedesk.services.adoption import value

        return value.value_page(self.session, initiative_id)

    def keep_week(self, initiative_id: str) -> int:
        """Keep this week's forecasts of an initiative, unless they are kept already."""
        from changedesk.services.adoption import keeping

        return keeping.keep_week(self.session, initiative_id)

    def keeper(self) -> Keeper:
        """Who keeps this week's forecasts of all that is due, batch after batch, while nobody needs the machine."""
        from changedesk.services.adoption.keeping import Keeper

        return Keeper(self.session)

    def to_keep(self) -> int:
        """Of how many initiatives this week's forecast is still to be kept."""
        from changedesk.services.adoption import keeping

        return len(keeping.due(self.session))
