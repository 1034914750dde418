"""Records of the work on an initiative for the rules' tests, with everything that a test does not speak of unremarkable."""

from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from domain_builders import a_standing, day

from changedesk.domain.material import Material
from changedesk.domain.records import Audience, ChecklistItem, Gate, Initiative, Signature, Target
from changedesk.domain.working import (
    Benefit,
    BenefitObservation,
    Decision,
    Dependency,
    Resistance,
    Risk,
    RiskCount,
    Snapshot,
)

TODAY = day(100)


def an_initiative(**other: Any) -> Initiative:
    """Owned by two people, sponsored, planned for day 200."""
    values: dict[str, Any] = dict.fromkeys((field.name for field in fields(Initiative)), None) | {
        "id": "i", "rev": 1, "client": "alder", "code": "MFA", "title": "MFA everywhere", "project_owner": "pat",
        "change_owner": "chris", "sponsor": "sam", "go_live_planned": day(200), "budget": 1000.0, "currency": "EUR",
        "imported": False,
    } | other  # fmt: skip
    return Initiative(**values)


def material(**other: Any) -> Material:
    """Nothing but the initiative and its standing, on day 100; some fields of the initiative can be named beside it."""
    own = {name: other.pop(name) for name in ("charter", "outcome_owner", "change_budget") if name in other}
    values: dict[str, Any] = {"today": TODAY, "initiative": an_initiative(), "standing": a_standing()} | other
    values["initiative"] = replace(values["initiative"], **own)
    return Material(**values)


def live_material(on: int = 60, **other: Any) -> Material:
    """It went live on that day."""
    values: dict[str, Any] = {
        "initiative": an_initiative(go_live_planned=day(on), go_live_actual=day(on), state="live"),
        "standing": a_standing(go_live=day(on), went_live=True, state="live"),
    } | other
    return material(**values)


def a_snapshot(
    n: int, pv: float | None = None, ev: float | None = None, ac: float | None = None, **scope: float | None
) -> Snapshot:
    """Money as of day n."""
    return Snapshot(f"s{n}", 1, day(n), pv, ev, ac, scope.get("scope_done"), scope.get("scope_total"))


def a_benefit(name: str = "Calls", baseline: float = 100, target: float = 50, **other: Any) -> Benefit:
    """Calls a week, to be halved."""
    values: dict[str, Any] = {"unit": None, "due": None, "owner": None, "dependent_share": None} | other
    return Benefit(id=name, rev=1, name=name, baseline=baseline, target=target, **values)


def seen(n: int, value: float, benefit: str = "Calls") -> BenefitObservation:
    """The benefit's value on day n."""
    return BenefitObservation(benefit, day(n), value)


def a_risk(title: str = "r", kind: str = "delivery", p: int | None = 3, i: int | None = 4, **other: Any) -> Risk:
    """An open risk."""
    values: dict[str, Any] = {"owner": None, "response": None, "closed_on": None} | other
    return Risk(id=title, rev=1, title=title, kind=kind, probability=p, impact=i, **values)


def counts_of(risks: list[Risk]) -> list[RiskCount]:
    """The risks as the desk counts them, in the order of theirs."""
    alike: dict[tuple[str, int | None, bool], list[str]] = {}
    for risk in risks:
        alike.setdefault((risk.kind, risk.score, risk.closed_on is None), []).append(risk.title)
    return [RiskCount(*key, len(titles), min(titles)) for key, titles in alike.items()]


def a_decision(timing: bool = True, adoption: bool = True, **other: Any) -> Decision:
    """An open decision that nobody has acknowledged."""
    values: dict[str, Any] = {"title": "Wave 2 first", "delivery_ack": None, "people_ack": None, "locked_at": None}
    return Decision(id="d", rev=1, touches_timing=timing, touches_adoption=adoption, **values | other)


def a_resistance(**other: Any) -> Resistance:
    """Met on day 10, with nothing known of what came of it."""
    values: dict[str, Any] = {
        "id": "x", "rev": 1, "audience": "Warehouse", "title": "Scanners feel slower", "cause": None, "severity": 3,
        "first_seen": day(10), "owner": None, "action": None, "outcome": None, "issue": None, "milestone": None,
        "closed_on": None,
    } | other  # fmt: skip
    return Resistance(**values)


def a_link(before: str, after: str, kind: str = "FS", lag: float = 0) -> Dependency:
    """One activity hangs on another."""
    return Dependency(before, after, kind, lag)


def an_audience(name: str = "Warehouse", headcount: int = 40, go_live: int | None = None) -> Audience:
    """People of the warehouse."""
    return Audience(name, 1, name, None, None, headcount, None if go_live is None else day(go_live))


def a_target(percent: float = 80, by: int = 150, audience: str | None = None, metric: str = "utilization") -> Target:
    """So many percent of use by day n."""
    return Target("t", audience, metric, percent, day(by))


def moment(seconds: float) -> datetime:
    """So many seconds after the noon of day 100."""
    return datetime.combine(TODAY, time(12), UTC) + timedelta(seconds=seconds)


def a_full_gate(
    ticks: list[float | None],
    signed: float | None,
    evidence: str | None = None,
    *,
    name: str = "execution",
    keys: str = "",
) -> Gate:
    """A checkpoint in use; delivery's items ticked at those seconds (None: open), signed at that second."""
    items = tuple(
        ChecklistItem(
            name, "delivery", keys or f"k{n}", f"item {n}", None if at is None else moment(at), "pat", evidence
        )
        for n, at in enumerate(ticks)
    )
    signatures = () if signed is None else (Signature(name, "delivery", "pat", moment(signed), None, True),)
    return Gate(name, day(100), True, items, signatures)
