"""The screens that follow one another, by name: one table. Dialogs, which lie over a screen, are not in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context

ScreenFactory = Callable[[Context], DeskScreen]

SCREENS: Final[Mapping[str, tuple[str, str]]] = {
    "portfolio": ("changedesk.screens.portfolio", "PortfolioScreen"),
    "initiative": ("changedesk.screens.initiative", "InitiativeScreen"),
    "calendar": ("changedesk.screens.calendar", "CalendarScreen"),
    "adoption": ("changedesk.screens.adoption", "AdoptionScreen"),
    "value": ("changedesk.screens.value", "ValueScreen"),
    "golive": ("changedesk.screens.golive", "GoLiveScreen"),
    "records": ("changedesk.screens.records", "RecordsScreen"),
    "gate": ("changedesk.screens.gate", "GateScreen"),
    "decisions": ("changedesk.screens.decisions", "DecisionsScreen"),
    "cab": ("changedesk.screens.cab", "CabScreen"),
    "trail": ("changedesk.screens.trail", "TrailScreen"),
    "approvals": ("changedesk.screens.approvals", "ApprovalsScreen"),
    "changes": ("changedesk.screens.changes", "ChangesScreen"),
    "change": ("changedesk.screens.change", "ChangeScreen"),
    "policies": ("changedesk.screens.policies", "PoliciesScreen"),
    "policy": ("changedesk.screens.policy", "PolicyScreen"),
    "reviews": ("changedesk.screens.reviews", "ReviewsScreen"),
    "change_kpis": ("changedesk.screens.change_kpis", "ChangeKpisScreen"),
    "services": ("changedesk.screens.services", "ServicesScreen"),
    "service": ("changedesk.screens.service", "ServiceScreen"),
    "client": ("changedesk.screens.client", "ClientScreen"),
    "imports": ("changedesk.screens.imports", "ImportsScreen"),
    "handover": ("changedesk.screens.handover", "HandoverScreen"),
    "catalogue": ("changedesk.screens.catalogue", "CatalogueScreen"),
    "readiness": ("changedesk.screens.readiness", "ReadinessScreen"),
    "ready": ("changedesk.screens.ready", "ReadyScreen"),
    "people": ("changedesk.screens.people", "PeopleScreen"),
    "hit": ("changedesk.screens.hit", "HitScreen"),
    "change_plan": ("changedesk.screens.change_plan", "ChangePlanScreen"),
    "saturation": ("changedesk.screens.saturation", "SaturationScreen"),
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
