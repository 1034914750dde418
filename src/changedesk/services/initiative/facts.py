"""A column of facts, and the facts that both columns have."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from changedesk.domain.attention_rules import gate_name
from changedesk.domain.material import Material
from changedesk.domain.measures.fact import Fact
from changedesk.domain.measures.risks import RiskTotal, band, risk_totals
from changedesk.values import dataclass

_ALARMING: Final = {"severe": "late", "high": "risk"}


@dataclass(frozen=True, slots=True)
class FactColumn:
    """A question with its answer (yes, no, not yet, unknown), the reason, and the facts behind it."""

    lane: str
    question: str
    answer: str
    because: str
    facts: tuple[Fact, ...]


def without_alarm(columns: tuple[FactColumn, FactColumn]) -> tuple[FactColumn, FactColumn]:
    """Both columns with every figure as it was, and none that calls for anybody: of what is cancelled."""
    delivery, people = (replace(one, facts=tuple(replace(fact, level="") for fact in one.facts)) for one in columns)
    return delivery, people


def signed(m: Material, lane: str) -> Fact:
    """How many checkpoints a lane has signed."""
    used = [gate for gate in m.gates if gate.in_use]
    done = sum(gate.signature(lane) is not None for gate in used)
    if not used:
        return Fact("Gates", "?", None, "none followed on this desk yet", shorter=("none followed yet",))
    following = next((gate for gate in used if gate.signature(lane) is None), None)
    note = f"next: {gate_name(following.name).lower()}" if following else "all signed"
    note = "" if following and m.standing.cancelled else note
    return Fact("Gates", f"{done} of {len(used)} signed", None, note)


def risks(m: Material, kind: str) -> Fact:
    """The open risks of a kind, and the worst of them (R17)."""
    total = next(total for total in risk_totals(m.risks) if total.kind == kind)
    if not total.named:
        return Fact("Risks", "?", None, f"no {kind} risk was ever named", shorter=("none ever named",))
    if not total.open:
        return Fact("Risks", "none open", None, f"{total.named} closed")
    return Fact("Risks", f"{total.open} open", None, _worst(m, total), "", _ALARMING.get(total.band, ""))


def owner(name: str | None, role: str) -> Fact:
    """Who owns a side."""
    return Fact("Owner", name or "?", None, role if name else f"no {role}")


def _worst(m: Material, total: RiskTotal) -> str:
    """``1 high: Vendor late``: how many are as bad as the worst, and the worst."""
    if total.worst is None:
        return "not rated yet"
    alike = sum(
        risk.count for risk in m.risks if risk.kind == total.kind and risk.open and band(risk.score) == total.band
    )
    said = f"{alike} {total.band}: {total.worst.title}"
    return f"{said}; {total.unscored} not rated" if total.unscored else said
