"""The people side for the rules' tests, with everything that a test does not speak of left unremarkable."""

from typing import Any

from domain_builders import day

from changedesk.domain.material import Material
from changedesk.domain.people.gaps import Gap
from changedesk.domain.people.people_side import (
    Behaviour,
    ContactReason,
    Impact,
    ReadinessItem,
    Stakeholder,
    SurveyAnswer,
)
from changedesk.domain.people.standing import GroupStanding, OpenItem, PeopleStanding, people_standing_of


def an_impact(audience: str = "Warehouse", degree: int = 3, aspect: str = "tools", **texts: Any) -> Impact:
    """The tools change, middling."""
    values: dict[str, Any] = {"yesterday": None, "tomorrow": None} | texts
    return Impact(f"{audience}/{aspect}", 1, audience, aspect, degree, **values)


def an_item(status: str = "not_ready", audience: str | None = "Warehouse", **other: Any) -> ReadinessItem:
    """Something about a group that is not ready, without a day or an owner."""
    values: dict[str, Any] = {
        "id": "x", "rev": 1, "about": "audience" if audience else "support", "audience": audience, "item": "Knows why",
        "status": status, "kind": None, "weight": None, "due": None, "checkpoint": None, "lane": "people",
        "owner": None, "evidence": None, "action": None,
    } | other  # fmt: skip
    return ReadinessItem(**values)


def a_reason(reason: str = "Lost phone", expected: int | None = 10, **other: Any) -> ContactReason:
    """A reason to call that nothing answers yet."""
    values: dict[str, Any] = {"script": None, "article": None, "escalation": None} | other
    return ContactReason(reason, 1, reason, expected, **values)


def a_stakeholder(name: str = "Dora", **other: Any) -> Stakeholder:
    """Somebody of the coalition with power and interest, never seen to act."""
    values: dict[str, Any] = {
        "id": name, "rev": 1, "name": name, "role": None, "audiences": ("Warehouse",), "power": 4, "interest": 4,
        "stance_now": 0, "stance_wanted": 2, "coalition": True, "last_act": None, "last_act_on": None, "owner": None,
    } | other  # fmt: skip
    return Stakeholder(**values)


def an_answer(*scores: int | None, answers: int = 1, audience: str = "Warehouse", on: int = 90) -> SurveyAnswer:
    """What so many answered on day ``on``."""
    return SurveyAnswer(audience, day(on), scores, answers)


def a_behaviour(title: str = "One queue", metric: str | None = "compliance") -> Behaviour:
    """A behaviour that a metric shows."""
    return Behaviour(title, 1, None, title, None, metric)


def a_group(name: str = "Warehouse", **other: Any) -> GroupStanding:
    """40 people, hit 3 of 5, looked at, live on day 200, nothing observed and nothing planned."""
    values: dict[str, Any] = {
        "id": name, "name": name, "site": None, "headcount": 40, "go_live": day(200), "degree": 3, "asked": True,
        "ready": 0.0, "known": 1.0, "state": None, "percent": None, "best": None, "plan": (), "next_work": None, "old_way": None,
    } | other  # fmt: skip
    return GroupStanding(**values)


def an_open_item(status: str = "not_ready", audience: str | None = "Warehouse", **other: Any) -> OpenItem:
    """Something that is not ready."""
    values: dict[str, Any] = {
        "id": "x", "about": "audience" if audience else "support", "audience": audience, "item": "Knows why",
        "status": status, "kind": None, "due": None, "checkpoint": None, "owner": None, "action": None,
    } | other  # fmt: skip
    return OpenItem(**values)


def a_people_standing(**other: Any) -> PeopleStanding:
    """An active initiative with one group, going live on day 200."""
    values: dict[str, Any] = {
        "initiative_id": "i", "client": "alder", "code": "MFA", "title": "MFA everywhere", "state": "active",
        "go_live": day(200), "went_live": False, "locked": False, "roles_hit": 0, "roles_trained": 0,
        "groups": (a_group(),), "items": (), "marks": (),
    } | other  # fmt: skip
    return PeopleStanding(**values)


def a_gap(**other: Any) -> Gap:
    """A readiness item of 40 people that is not ready, hit 3 of 5, going live on day 200."""
    values: dict[str, Any] = {
        "key": "item/x", "kind": "readiness", "initiative_id": "i", "client": "alder", "code": "MFA",
        "title": "MFA everywhere", "audience": "Warehouse", "name": "Knows why", "status": "not_ready", "degree": 3,
        "headcount": 40, "shortfall": 1.0, "unknown": False, "by": day(200), "live": False, "wave": False, "locked": False,
        "due": None, "owner": None, "action": "Ask", "item_id": "x",
    } | other  # fmt: skip
    return Gap(**values)


def people_of(m: Material) -> PeopleStanding:
    """How the people of a material stand, without anything observed."""
    return people_standing_of(
        m.initiative, m.activities, m.audiences, m.targets, (), m.impacts, m.readiness, m.decisions, m.workarounds, ()
    )
