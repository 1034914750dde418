"""The kinds of files that a desk takes in and gives out: each is declared once, and here is the order of their import.

Reading, checking, staging, applying and exporting all follow the declaration: a new kind is one more :class:`Kind` in the
module of its matter, and its place here.
"""

from __future__ import annotations

from typing import Final

from changedesk.domain import kinds_initiative as initiative
from changedesk.domain import kinds_people_side as people_side
from changedesk.domain import kinds_service as service
from changedesk.domain import kinds_working as working
from changedesk.domain.kind import Kind
from changedesk.domain.kinds_adoption import KEY_RESULTS
from changedesk.domain.kinds_control import CHANGES, WINDOWS

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        initiative.CLIENTS,
        initiative.PEOPLE,
        initiative.INITIATIVES,
        initiative.AUDIENCES,
        initiative.ACTIVITIES,
        initiative.TARGETS,
        initiative.SNAPSHOTS,
        initiative.BENEFITS,
        initiative.BENEFIT_OBSERVATIONS,
        KEY_RESULTS,
        people_side.IMPACTS,
        people_side.READINESS,
        people_side.READINESS_ITEMS,
        people_side.CONTACT_REASONS,
        people_side.STAKEHOLDERS,
        people_side.SURVEYS,
        people_side.CONFIDENCE,
        people_side.BEHAVIOURS,
        people_side.EXPECTED_RESISTANCE,
        working.RESISTANCE,
        working.WORKAROUNDS,
        WINDOWS,
        CHANGES,
        service.SERVICES,
        service.AGREEMENTS,
        service.SERVICE_PERIODS,
        service.SIGNALS,
        service.IMPROVEMENTS,
        service.SUPPORT_HOURS,
        service.SECURITY_EXCEPTIONS,
        service.DUTIES,
        service.HANDOVERS,
        service.TICKETS,
        initiative.OBSERVATIONS,
    )
}
"""Every kind of file by its name, in the order in which they are imported."""
