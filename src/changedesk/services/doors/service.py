"""What a screen may ask and do about what runs: go-lives, services, handovers, clients, reports, imports and their undo."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from changedesk.services.session import Session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.services.golive.choice import GoLiveChoice
    from changedesk.services.golive.page import GoLiveView
    from changedesk.services.golive.tickets import TicketList
    from changedesk.services.imports.undo import ImportEntry
    from changedesk.services.imports.watching import FolderWatch
    from changedesk.services.service.client_view import ClientView
    from changedesk.services.service.handing_over import HandoverRow, HandoverView
    from changedesk.services.service.improving import Began
    from changedesk.services.service.page import ServiceView
    from changedesk.services.service.services import ServicesView


@dataclass(frozen=True, slots=True)
class ServiceDoor:
    """The part of the door that leads to what runs; each use case is imported when it is first asked for."""

    session: Session

    # --- go-live day

    def golives(self) -> tuple[GoLiveChoice, ...]:
        """The go-lives that a service desk looks at, the latest first, then those to come."""
        from changedesk.services.golive import choice as golive_choice

        return golive_choice.choices(self.session)

    def golive(self, initiative_id: str) -> GoLiveView:
        """The go-live of an initiative as it stands now."""
        from changedesk.services.golive import page as golive

        return golive.golive_by_id(self.session, initiative_id)

    def tickets(self, initiative_id: str) -> TicketList:
        """Its tickets one by one, the open ones first."""
        from changedesk.services.golive import tickets as golive_tickets

        return golive_tickets.tickets_of(self.session, initiative_id)

    def confirm(self, code: str, criterion: str, evidence: str) -> None:
        """Say that an exit criterion of hypercare is met."""
        from changedesk.services.golive import acts as golive_acts

        golive_acts.confirm(self.session, code, criterion, evidence)

    def withdraw(self, code: str, criterion: str) -> None:
        """Take such a word back."""
        from changedesk.services.golive import acts as golive_acts

        golive_acts.withdraw(self.session, code, criterion)

    def link_cause(self, ticket_id: str, change: str, reason: str) -> None:
        """Say that a change caused a ticket."""
        from changedesk.services.golive import acts as golive_acts

        golive_acts.link_cause(self.session, ticket_id, change, reason)

    # --- services and what is to be better about them

    def services(self, client: str | None = None) -> ServicesView:
        """Every service in view, those that need somebody first."""
        from changedesk.services.service import services

        return services.services_view(self.session, client)

    def service(self, service_id: str) -> ServiceView:
        """One service with its figures."""
        from changedesk.services.service import page as service_page

        return service_page.service_view(self.session, service_id)

    def remove_service(self, service_id: str) -> None:
        """Remove a service that nothing is linked to."""
        from changedesk.services.service import improving

        improving.remove_service(self.session, service_id)

    def approve(self, improvement_id: str) -> None:
        """Approve an improvement."""
        from changedesk.services.service import improving

        improving.approve(self.session, improvement_id)

    def reject(self, improvement_id: str, reason: str) -> None:
        """Reject one."""
        from changedesk.services.service import improving

        improving.reject(self.session, improvement_id, reason)

    def implement(self, improvement_id: str, evidence: str) -> None:
        """Call one implemented."""
        from changedesk.services.service import improving

        improving.implement(self.session, improvement_id, evidence)

    def initiate(self, improvement_id: str, *, reason: str | None) -> Began:
        """Turn one into an initiative that carries its evidence."""
        from changedesk.services.service import improving

        return improving.initiate(self.session, improvement_id, reason=reason)

    def initiative_id(self, code: str) -> str:
        """The id of the initiative with that code."""
        from changedesk.services import lookup

        return lookup.known_initiative(self.session, code).id

    # --- handing over

    def handovers(self) -> tuple[HandoverRow, ...]:
        """Every handover in view."""
        from changedesk.services.service import handing_over

        return handing_over.handovers(self.session)

    def handover(self, initiative_id: str) -> HandoverView:
        """The handover of an initiative."""
        from changedesk.services.service import handing_over

        return handing_over.handover_view(self.session, initiative_id)

    def tick(self, code: str, item: str, evidence: str) -> None:
        """Mark an item of a handover done."""
        from changedesk.services.service import handing_over

        handing_over.tick(self.session, code, item, evidence)

    def send_back(self, code: str, item: str, reason: str) -> str:
        """Send an item back; returns who did."""
        from changedesk.services.service import handing_over

        return handing_over.send_back(self.session, code, item, reason)

    def take_over(self, code: str) -> str:
        """Take the service over, as its owner; returns who did."""
        from changedesk.services.service import handing_over

        return handing_over.accept(self.session, code)

    # --- clients and reports

    def clients(self) -> tuple[str, ...]:
        """The codes of the clients in view."""
        from changedesk.store import initiatives

        return tuple(one.code for one in initiatives.clients(self.session.desk.reader(), self.session.scope))

    def client_of(self, initiative_id: str) -> str:
        """The code of the client of an initiative in view; empty when there is none with that id."""
        from changedesk.store import initiatives

        found = initiatives.initiative_by_id(self.session.desk.reader(), self.session.scope, initiative_id)
        return found.client if found else ""

    def client(self, code: str) -> ClientView:
        """One client as its provider sees it."""
        from changedesk.services.service import client_view

        return client_view.client_view(self.session, code)

    def write_talking_points(self, view: ClientView, form: str, destination: Path, *, force: bool = False) -> None:
        """Write what there is to say to a client, as ``md`` or ``html``."""
        from changedesk.services.initiative import report

        report.write_talking_points(self.session, view, form, destination, force=force)

    def write_report(self, code: str, form: str, destination: Path, *, force: bool = False) -> None:
        """Write the sponsor's report on an initiative, as ``md`` or ``html``."""
        from changedesk.services.initiative import report

        made = report.report(self.session, code)
        report.write_report(self.session, made, form, destination, force=force)

    # --- files

    def imports(self) -> tuple[ImportEntry, ...]:
        """The latest imports, and which of them can be taken back."""
        from changedesk.services.imports import undo as import_undo

        return import_undo.imports(self.session)

    def undo_import(self, number: int) -> str:
        """Take an import back, wholly or not at all."""
        from changedesk.services.imports import undo as import_undo

        return import_undo.undo_import(self.session, number)

    def watch(
        self,
        folder: Path,
        kind: str,
        profile: str | None = None,
        own_map: Path | None = None,
        values: Mapping[str, str] | None = None,
    ) -> FolderWatch:
        """A folder whose files are imported again whenever they grow: ``poll`` it as often as is useful.

        ``values`` are those that every row of a mapped file gets, such as its client.
        """
        from changedesk.services.imports import file_maps
        from changedesk.services.imports.watching import FolderWatch

        mapping = None
        if profile is not None:
            mapping = file_maps.shipped_map(profile, values or {})
        elif own_map is not None:
            mapping = file_maps.read_map(own_map, values or {})
        return FolderWatch(self.session, folder, kind, mapping)
