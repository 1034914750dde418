"""Activities and standings for the rules' tests, with everything that a test does not speak of left unremarkable."""

from datetime import date, timedelta
from typing import Any

from changedesk.domain.records import Activity, Observation
from changedesk.domain.standing import AdoptionStanding, GateStanding, LaneStanding, Standing

START = date(2026, 9, 1)


def day(n: int) -> date:
    """The n-th day of the plan."""
    return START + timedelta(days=n)


def an_activity(name: str = "a", **other: Any) -> Activity:
    """A delivery activity that ends on day 10; ``baseline_end`` follows ``planned_end`` unless given."""
    values: dict[str, Any] = {
        "id": name, "rev": 1, "lane": "delivery", "phase": "execution", "title": name, "kind": None, "audience": None,
        "owner": None, "planned_start": None, "planned_end": day(10), "actual_start": None, "actual_end": None,
        "weight": None, "percent_complete": None, "milestone": None, "baseline_start": None, "baseline_weight": None,
    } | other  # fmt: skip
    values.setdefault("baseline_end", values["planned_end"])
    return Activity(**values)


def a_lane(**other: Any) -> LaneStanding:
    """A lane half done and on plan: reached on the day it was due, the rest not due before day 365."""
    values: dict[str, Any] = {
        "earned": 1.0, "total": 2.0, "reached_on": day(0), "due_on": day(0), "next_due_on": day(365),
        "begins": day(-30), "ends": day(365), "finished": False,
    } | other  # fmt: skip
    return LaneStanding(**values)


def a_gate(name: str = "execution", **other: Any) -> GateStanding:
    """A checkpoint in use that nobody has signed, due on day 100, with nothing missing."""
    values: dict[str, Any] = {
        "name": name, "due": day(100), "in_use": True, "delivery_signed": False, "people_signed": False,
        "delivery_missing": 0, "people_missing": 0,
    } | other  # fmt: skip
    return GateStanding(**values)


def an_adoption(**other: Any) -> AdoptionStanding:
    """Nothing observed yet."""
    values: dict[str, Any] = {
        "state": "not_started", "percent": None, "observed_on": None, "trend": (), "worst": None,
        "worst_percent": None, "target": None, "by": None,
    } | other  # fmt: skip
    return AdoptionStanding(**values)


def a_standing(**other: Any) -> Standing:
    """An initiative on plan with both owners, going live on day 200."""
    values: dict[str, Any] = {
        "initiative_id": "i", "client": "alder", "code": "MFA", "title": "MFA everywhere", "state": "active",
        "project_owner": "project.owner", "change_owner": "change.owner", "sponsor": None, "go_live": day(200),
        "went_live": False, "delivery": a_lane(), "people": a_lane(), "service": None, "gates": (),
        "adoption": an_adoption(), "charter_on": day(-30), "people_begin": day(-30), "late_start": False,
        "ends_at_go_live": False, "only_comms_and_training": False, "headcount": 100,
    } | other  # fmt: skip
    return Standing(**values)


def an_observation(week: int, used: float, of: float = 100, **other: Any) -> Observation:
    """An observed count of users, so many weeks after day 0."""
    values: dict[str, Any] = {
        "id": f"o{week}", "rev": 1, "audience": "everybody", "metric": "utilization", "date": day(7 * week),
        "numerator": used, "denominator": of, "method": "observed",
    } | other  # fmt: skip
    return Observation(**values)
