"""The guard of a playbook file: its keys, their types and bounds; what must hold between them is the domain's rule."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from changedesk.domain.kinds.kind import TEXT_LENGTH
from changedesk.domain.planning.playbook import (
    ExpectedResistance,
    Playbook,
    PlaybookActivity,
    PlaybookAudience,
    PlaybookMetric,
    PlaybookReadiness,
    PlaybookRisk,
    PlaybookTarget,
    ProficiencyCheck,
    SuggestedBenefit,
)
from changedesk.domain.planning.playbook_rules import playbook_faults
from changedesk.domain.words import LANES
from changedesk.intake.faults import fault, refused
from changedesk.intake.lines import HARMLESS, Line, Text
from changedesk.intake.tables import read_table

LARGEST_DAYS: Final = 3650
MOST: Final = 500
"""So many entries a list may have."""
ROLLBACK_LENGTH: Final = 40
"""A way back that is described in fewer characters is none (R76)."""
_OWNERS: Final = {"delivery": "project_owner", "people": "change_owner", "service": "service_owner"}


_Rollback = Annotated[str, StringConstraints(min_length=ROLLBACK_LENGTH, max_length=4 * TEXT_LENGTH), HARMLESS]
_Day = Annotated[int, Field(ge=-LARGEST_DAYS, le=LARGEST_DAYS)]
_Weight = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
_Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
_Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
_Degree = Annotated[int, Field(ge=0, le=5)]
_Rating = Annotated[int, Field(ge=1, le=5)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ActivityTable(_Table):
    """A row of ``delivery``, ``people`` or ``service``."""

    phase: Line
    kind: Line
    title: Text
    plan: Annotated[list[_Day], Field(min_length=2, max_length=2)]
    owner: Line | None = None
    audience: Line | None = None
    weight: _Weight = 1
    milestone: bool = False
    anchor: Text | None = None


class AudienceTable(_Table):
    """An ``[[audiences]]`` table."""

    name: Line
    role: Text
    why_hard: Text
    impacts: Annotated[dict[str, _Degree], Field(min_length=1)]


class ReadinessTable(_Table):
    """A ``[[readiness]]`` table."""

    item: Text
    about: Line
    audience: Line | None = None
    checkpoint: Line
    lane: Line
    weight: _Weight = 1
    kind: Line | None = None
    action: Text | None = None


class ResistanceTable(_Table):
    """A ``[[resistance]]`` table."""

    what: Text
    cause: Text
    action: Line
    answer: Text
    audience: Line | None = None


class ProficiencyTable(_Table):
    """A ``[[proficiency]]`` table."""

    what: Text
    standard: Text
    audience: Line | None = None


class MetricTable(_Table):
    """A ``[[metrics]]`` table."""

    name: Line
    kind: Line
    better: Line
    numerator: Text
    denominator: Text


class TargetTable(_Table):
    """A ``[[targets]]`` table."""

    metric: Line
    audience: Line | None = None
    percent: _Percent
    by: _Day


class RiskTable(_Table):
    """A ``[[risks]]`` table."""

    title: Text
    kind: Line
    probability: _Rating
    impact: _Rating
    response: Text


class BenefitTable(_Table):
    """A ``[[benefits]]`` table."""

    name: Text
    unit: Line
    dependent_share: _Share
    baseline: Text


class PlaybookFile(_Table):
    """A whole playbook file."""

    title: Text
    code: Line
    summary: Text
    tags: Annotated[list[Line], Field(max_length=MOST)] = []
    rollback: _Rollback
    delivery: Annotated[list[ActivityTable], Field(min_length=1, max_length=MOST)]
    people: Annotated[list[ActivityTable], Field(min_length=1, max_length=MOST)]
    service: Annotated[list[ActivityTable], Field(max_length=MOST)] = []
    audiences: Annotated[list[AudienceTable], Field(min_length=1, max_length=MOST)]
    readiness: Annotated[list[ReadinessTable], Field(max_length=MOST)] = []
    resistance: Annotated[list[ResistanceTable], Field(max_length=MOST)] = []
    proficiency: Annotated[list[ProficiencyTable], Field(max_length=MOST)] = []
    metrics: Annotated[list[MetricTable], Field(min_length=1, max_length=MOST)]
    targets: Annotated[list[TargetTable], Field(min_length=1, max_length=MOST)]
    risks: Annotated[list[RiskTable], Field(min_length=1, max_length=MOST)]
    benefits: Annotated[list[BenefitTable], Field(max_length=MOST)] = []


def read_playbook(name: str, text: str, file: str) -> Playbook:
    """The playbook in a TOML text. BadInput names ``file``, the key and the reason; entries of a list count from 1."""
    table = read_table(text, file)
    try:
        playbook = _playbook(name, PlaybookFile.model_validate(table))
    except ValidationError as error:
        raise refused(file, [fault(details) for details in error.errors()]) from error
    if faults := playbook_faults(playbook):
        raise refused(file, faults)
    return playbook


def _playbook(name: str, file: PlaybookFile) -> Playbook:
    rows = {"delivery": file.delivery, "people": file.people, "service": file.service}
    return Playbook(
        name=name,
        code=file.code,
        title=file.title,
        summary=file.summary,
        tags=tuple(file.tags),
        rollback=file.rollback,
        activities=tuple(_activity(lane, row) for lane in LANES for row in rows[lane]),
        audiences=tuple(PlaybookAudience(a.name, a.role, a.why_hard, tuple(a.impacts.items())) for a in file.audiences),
        readiness=tuple(
            PlaybookReadiness(r.item, r.about, r.audience, r.checkpoint, r.lane, r.weight, r.kind, r.action)
            for r in file.readiness
        ),
        resistance=tuple(ExpectedResistance(r.what, r.cause, r.action, r.answer, r.audience) for r in file.resistance),
        proficiency=tuple(ProficiencyCheck(p.what, p.standard, p.audience) for p in file.proficiency),
        metrics=tuple(PlaybookMetric(m.name, m.kind, m.better, m.numerator, m.denominator) for m in file.metrics),
        targets=tuple(PlaybookTarget(t.metric, t.audience, t.percent, t.by) for t in file.targets),
        risks=tuple(PlaybookRisk(r.title, r.kind, r.probability, r.impact, r.response) for r in file.risks),
        benefits=tuple(SuggestedBenefit(b.name, b.unit, b.dependent_share, b.baseline) for b in file.benefits),
    )


def _activity(lane: str, row: ActivityTable) -> PlaybookActivity:
    return PlaybookActivity(
        lane=lane,
        phase=row.phase,
        kind=row.kind,
        title=row.title,
        start=row.plan[0],
        end=row.plan[1],
        owner=row.owner or _OWNERS[lane],
        audience=row.audience,
        weight=row.weight,
        milestone=row.milestone,
        anchor=row.anchor,
    )
