"""The screens that follow one another, by name: one table. Dialogs, which lie over a screen, are not in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context

ScreenFactory = Callable[[Context], DeskScreen]

SCREENS: Final[Mapping[str, tuple[str, str]]] = {
    "portfolio": ("changedesk.screens.portfolio.screen", "PortfolioScreen"),
    "initiative": ("changedesk.screens.initiative.screen", "InitiativeScreen"),
    "calendar": ("changedesk.screens.calendar.screen", "CalendarScreen"),
    "adoption": ("changedesk.screens.adoption.screen", "AdoptionScreen"),
    "value": ("changedesk.screens.adoption.value", "ValueScreen"),
    "golive": ("changedesk.screens.golive.screen", "GoLiveScreen"),
    "records": ("changedesk.screens.records.screen", "RecordsScreen"),
    "gate": ("changedesk.screens.initiative.gate", "GateScreen"),
    "decisions": ("changedesk.screens.initiative.decisions", "DecisionsScreen"),
    "cab": ("changedesk.screens.control.approvals.cab", "CabScreen"),
    "trail": ("changedesk.screens.records.trail", "TrailScreen"),
    "approvals": ("changedesk.screens.control.approvals.queue", "ApprovalsScreen"),
    "changes": ("changedesk.screens.control.changes.listing", "ChangesScreen"),
    "change": ("changedesk.screens.control.changes.change", "ChangeScreen"),
    "policies": ("changedesk.screens.control.rules.policies", "PoliciesScreen"),
    "policy": ("changedesk.screens.control.rules.policy", "PolicyScreen"),
    "reviews": ("changedesk.screens.control.learning.reviews", "ReviewsScreen"),
    "change_kpis": ("changedesk.screens.control.learning.change_kpis", "ChangeKpisScreen"),
    "services": ("changedesk.screens.service.services", "ServicesScreen"),
    "service": ("changedesk.screens.service.service", "ServiceScreen"),
    "client": ("changedesk.screens.service.client", "ClientScreen"),
    "imports": ("changedesk.screens.records.imports", "ImportsScreen"),
    "handover": ("changedesk.screens.service.handover", "HandoverScreen"),
    "catalogue": ("changedesk.screens.control.rules.catalogue", "CatalogueScreen"),
    "readiness": ("changedesk.screens.readiness.screen", "ReadinessScreen"),
    "ready": ("changedesk.screens.people.ready", "ReadyScreen"),
    "people": ("changedesk.screens.people.people", "PeopleScreen"),
    "hit": ("changedesk.screens.people.hit", "HitScreen"),
    "change_plan": ("changedesk.screens.people.change_plan", "ChangePlanScreen"),
    "saturation": ("changedesk.screens.people.saturation", "SaturationScreen"),
}
"""The module and the class of each screen. A new screen is one line here; its commands are in ``commands/``."""


def screens_by_name() -> dict[str, ScreenFactory]:
    """What makes each screen; it is imported when it is first shown."""

    def factory(module: str, name: str) -> ScreenFactory:
        def make(context: Context) -> DeskScreen:
            screen = getattr(import_module(module), name)(context)
            assert isinstance(screen, DeskScreen)
            return screen

        return make

    return {name: factory(*place) for name, place in SCREENS.items()}
