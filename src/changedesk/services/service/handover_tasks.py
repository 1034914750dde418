"""What every service takes over: the checklist of a handover, read once."""

from __future__ import annotations

from functools import cache

from changedesk.domain.service.handover import HandoverTask, tasks_in
from changedesk.resources import data_text


@cache
def tasks() -> tuple[HandoverTask, ...]:
    """What every service takes over."""
    return tasks_in(data_text("lifecycles", "handover.toml"))
