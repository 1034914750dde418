"""The measures of an initiative for ``show``: as a part of its document, and as short sections of its text."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.cli.output import say, say_table
from changedesk.domain.data_age import said_age
from changedesk.domain.measures.extended import Side
from changedesk.domain.working import Decision, Risk
from changedesk.services.initiative.measures import DecisionView, Measures


def measures_document(m: Measures, risks: Sequence[Risk]) -> dict[str, object]:
    """The keys that the measures and all ``risks`` add to the document; undefined and unknown are null."""
    f = m.figures
    return {
        "measures": {
            "as_of": f.as_of,
            "age_days": f.age,
            "currency": m.currency,
            "planned_value": f.planned,
            "earned_value": f.earned,
            "actual_cost": f.actual,
            "budget": f.budget,
            "budget_left": _rounded(f.money_left),
            "budget_deviation_percent": _rounded(f.budget_deviation),
            "sv": _rounded(f.sv),
            "spi": _rounded(f.spi),
            "sv_t_days": _rounded(f.sv_t),
            "spi_t": _rounded(f.spi_t),
            "cv": _rounded(f.cv),
            "cpi": _rounded(f.cpi),
            "eac": _rounded(f.eac),
            "tcpi": _rounded(f.tcpi),
            "scope_percent": _rounded(f.scope),
            "scope_as_of": f.scope_as_of,
            "milestones_due": m.milestones.due,
            "milestones_missed": len(m.milestones.missed),
            "milestones_missed_percent": _rounded(m.milestones.percent),
            "change_budget_percent": _rounded(m.change_share),
        },
        "extended": [
            {
                "project_measure": measure.name,
                "project": _side(measure.project),
                "lasting_measure": measure.lasting_name,
                "lasting": _side(measure.lasting),
            }
            for measure in m.extended
        ],
        "questions": [
            {
                "lens": answer.lens.value,
                "question": answer.question,
                "answer": answer.word,
                "sentence": answer.sentence,
                "evidence": list(answer.evidence),
                "as_of": answer.as_of,
            }
            for answer in m.answers
        ],
        "blind_spots": [
            {"rule": spot.rule, "weight": spot.weight, "sentence": spot.sentence, "to_do": spot.to_do}
            for spot in m.blind_spots
        ],
        "risks": {
            total.kind: {
                "total": total.total,
                "open": total.open,
                "unscored": total.unscored,
                "band": total.band,
                "risks": [_risk(risk) for risk in risks if risk.kind == total.kind],
            }
            for total in m.risk_totals
        },
        "decisions": [_decision(view) for view in m.decisions],
        "causal_chains": [
            {
                "resistance": chain.resistance.title,
                "audience": chain.resistance.audience,
                "issue": chain.issue,
                "milestone": chain.milestone,
                "slip_days": chain.slip_days,
                "final": chain.done,
                "sentence": chain.sentence,
            }
            for chain in m.chains
        ],
    }


def say_measures(m: Measures) -> None:
    """The same as text: the six measures, the four questions, blind spots, risks, decisions, chains."""
    say("")
    say_table(
        ("Measure", "The project", "Lasting", "What lasts"),
        [(one.name, _said(one.project, m), one.lasting_name, _said(one.lasting, m)) for one in m.extended],
    )
    say("")
    say("Questions")
    for answer in m.answers:
        say(f"  {answer.lens.value}: {answer.question} {answer.word}")
        say(f"    {answer.sentence}")
    _section(
        "Blind spots" if m.blind_spots else "Blind spots: none",
        [f"{spot.sentence} {spot.to_do}" for spot in m.blind_spots],
    )
    say("")
    for total in m.risk_totals:
        share = "unknown" if total.total is None else str(total.total)
        worst = f"; worst: {total.worst.title} ({total.band}, {total.worst.score})" if total.worst else ""
        say(f"{total.kind.capitalize()} risk: {share}, {total.open} open{worst}")
    if m.waiting:
        _section("Decisions that wait", [view.waits_for or "" for view in m.waiting])
    if m.chains:
        _section("How resistance moved the plan", [chain.sentence for chain in m.chains])


def _section(title: str, lines: list[str]) -> None:
    say("")
    say(title)
    for line in lines:
        say(f"  {line}")


def _said(side: Side, m: Measures) -> str:
    old = "" if side.event or side.as_of is None else said_age((m.today - side.as_of).days)
    return f"{side.value} ({old})" if old else side.value


def _side(side: Side) -> dict[str, object]:
    return {"value": side.value if side.known else None, "note": side.note, "as_of": side.as_of}


def _risk(risk: Risk) -> dict[str, object]:
    return {
        "title": risk.title,
        "probability": risk.probability,
        "impact": risk.impact,
        "score": risk.score,
        "owner": risk.owner,
        "response": risk.response,
        "closed_on": risk.closed_on,
    }


def _decision(view: DecisionView) -> dict[str, object]:
    one: Decision = view.decision
    return {
        "title": one.title,
        "touches_timing": one.touches_timing,
        "touches_adoption": one.touches_adoption,
        "delivery_acknowledged_by": one.delivery_ack,
        "people_acknowledged_by": one.people_ack,
        "locked_at": one.locked_at,
        "waits_for": view.waits_for,
    }


def _rounded(number: float | None) -> float | None:
    """Four decimals: more than a person reads, and none of the noise of binary fractions."""
    return None if number is None else round(number, 4)
