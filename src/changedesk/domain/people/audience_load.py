"""The load of a group of people in a week, as whoever plans changes looks at it (how it comes about: saturation)."""

from __future__ import annotations

from datetime import date

from changedesk.domain.people.saturation import GroupLoad, Level, Source, level_of
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class AudienceWeek:
    """The load of one group, named with its site, in the week that begins on the Monday ``week``; the heaviest source first."""

    client: str
    audience: str
    week: date
    load: float
    capacity: float
    sources: tuple[Source, ...]
    site: str | None = None

    @property
    def name(self) -> str:
        """Its name without its site, for where no other group is called so."""
        return self.audience.removesuffix(f", {self.site}")

    @property
    def share(self) -> float:
        """The load as a share of what the group can bear."""
        return self.load / self.capacity

    @property
    def level(self) -> Level:
        """late when it is full or more, at_risk when it nearly is, else fine."""
        return level_of(self.share)


def weeks_of(group: GroupLoad) -> tuple[AudienceWeek, ...]:
    """The weeks of a group, in order."""
    return tuple(
        AudienceWeek(group.client, group.called, week.monday, week.load, group.capacity, week.sources, group.site)
        for week in group.weeks
    )
