"""The kinds of files that a desk takes in and gives out: each is declared once, and here is the order of their import.

Reading, checking, staging, applying and exporting all follow the declaration: a new kind is one more :class:`Kind` in the
module of its matter, and its place here.
"""

from __future__ import annotations

from typing import Final

from changedesk.domain.kinds import initiative, people_side, service, working
from changedesk.domain.kinds.adoption import KEY_RESULTS
from changedesk.domain.kinds.control import CHANGES, WINDOWS
from changedesk.domain.kinds.kind import Kind

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
