"""The closed vocabularies of the field, as they stand in files and on screens."""

from __future__ import annotations

from typing import Final

INITIATIVE_STATES: Final = ("draft", "active", "live", "closed", "cancelled")

LANES: Final = ("delivery", "people", "service")

PHASES: Final[dict[str, tuple[str, ...]]] = {
    "delivery": ("initiation", "planning", "execution", "monitoring_and_control", "hypercare", "closure"),
    "people": (
        "impact",
        "preparation",
        "communication",
        "training",
        "manager_enablement",
        "support",
        "reinforcement",
    ),
    "service": ("strategy", "design", "transition", "operation", "continual_improvement"),
}
"""The phases of each lane in their order (R42, R45, R117)."""

ACTIVITY_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "delivery": ("build", "test", "migration", "cutover", "governance", "vendor"),
    "people": (
        "communication",
        "training",
        "manager_enablement",
        "support_readiness",
        "design_review",
        "reinforcement",
        "assessment",
    ),
    "service": ("handover", "monitoring", "review"),
}
"""Each kind of activity belongs to exactly one lane (R25, R37)."""

CHECKPOINTS: Final = ("initiation", "planning", "execution", "go_live", "sustain_30", "sustain_90")
"""The shared checkpoints in their order; both lanes sign each (R60)."""

AFTER_GO_LIVE: Final = CHECKPOINTS[CHECKPOINTS.index("go_live") + 1 :]
"""Those that say that the new way has lasted."""

SIGNING_LANES: Final = ("delivery", "people")

BENEFIT_KINDS: Final = ("benefit", "disbenefit")
"""What is sought, and what is borne for it."""

METHODS: Final = ("observed", "tested", "self_reported")

OUTCOME_METRICS: Final = ("utilization", "proficiency", "compliance", "satisfaction")
OUTPUT_METRICS: Final = ("training",)
"""Outputs never colour adoption (R47, R105)."""

ROLES: Final = (
    "administrator",
    "change_manager",
    "cab",
    "ecab",
    "requester",
    "implementer",
    "project_owner",
    "change_owner",
    "sponsor",
    "people_manager",
    "trainer",
    "service_owner",
    "service_desk_lead",
    "auditor",
)

RISK_KINDS: Final = ("delivery", "adoption")
DEPENDENCIES: Final = ("FS", "SS", "FF", "SF")
RESISTANCE_ACTIONS: Final = ("training", "sequence", "communication", "support", "design", "manager")
"""What can be done about resistance (R33)."""

ASPECTS: Final = (
    "processes",
    "systems",
    "tools",
    "job_roles",
    "behaviours",
    "mindset",
    "reporting",
    "performance_reviews",
    "compensation",
    "location",
)
"""The ten aspects of impact, in their order (DOMAIN 1.2)."""

READINESS_ABOUT: Final = ("audience", "manager", "sponsor", "support", "service")
"""What a readiness item is about (DOMAIN 2.1); only the first belongs to a group and counts towards its readiness."""

LEANING: Final = {"manager": "managers", "sponsor": "sponsor", "support": "service desk", "service": "service"}
"""How it is said what all groups lean on, by what a readiness item is about."""

READINESS_STATUSES: Final = ("unknown", "not_ready", "partial", "ready")

READINESS_KINDS: Final = (
    "message",
    "training",
    "practice",
    "briefing",
    "commitment",
    "script",
    "escalation",
    "article",
    "access",
)
"""What is to be ready: what people were told, taught or tried, what their managers and sponsors do, what the desk has."""

ELEMENTS: Final = ("awareness", "desire", "knowledge", "ability", "reinforcement")
"""The five elements of readiness in the order in which people go through them (DOMAIN 1.2)."""

CONFIDENCE_OF: Final = ("sponsor", "client")
"""Whose confidence in an initiative is asked for (R15)."""

WORKAROUND_KINDS: Final = ("workaround", "shadow_process")
"""A way around the new one, or an old one that is kept alive beside it (R8, R9)."""


CHANGE_PATHS: Final = ("standard", "normal", "emergency")
CHANGE_STATES: Final = (
    "draft",
    "assessing",
    "authorizing",
    "scheduled",
    "implementing",
    "review",
    "closed",
    "rejected",
    "cancelled",
)
OUTCOMES: Final = ("successful", "with_issues", "failed", "backed_out")
RISK_LEVELS: Final = ("low", "medium", "high")
VOTES: Final = ("approve", "reject", "request_changes", "abstain")
STEP_RULES: Final = ("any", "at_least", "majority", "all", "percent")
ON_TIMEOUT: Final = ("escalate", "reject")
"""What a deadline that passes does; it never approves (invariant 8)."""

WINDOW_KINDS: Final = ("freeze_hard", "freeze_soft", "maintenance", "holiday")
TEMPLATE_STATES: Final = ("draft", "proposed", "approved", "suspended", "retired")
REVIEW_RESULTS: Final = ("met_objectives", "backed_out", "needs_further_change", "not_met_but_stays")
"""The four ends that a review after implementation finds (DOMAIN 1.5)."""

CAUSES: Final = ("technical", "adoption", "both", "none")
"""Where a change failed, if it did (R78)."""


SERVICE_STATES: Final = ("strategy", "design", "transition", "operation", "continual_improvement", "retired")
"""The life of a service; it goes round between transition and continual improvement until it is retired (R117, R177)."""

AGREEMENT_KINDS: Final = ("SLA", "OLA", "UC")
"""With the client, within the own house, with a supplier (R180)."""

AGREEMENT_METRICS: Final = ("availability", "mtrs", "mtbf", "csat", "sla_attainment", "incidents")
METRIC_NAMES: Final = dict(
    zip(AGREEMENT_METRICS, ("availability", "MTRS", "MTBF", "CSAT", "SLA attainment", "incidents"), strict=True)
)
"""What an agreed metric is called in a sentence."""
"""What can be agreed: percent, hours, hours, percent, percent, incidents a month."""

SIGNAL_KINDS: Final = ("monitoring", "incident_trend", "problem_record", "feedback")
"""Where it shows that a service falls short (R168)."""

IMPROVEMENT_KINDS: Final = ("process", "platform", "capability")
"""What an improvement changes: how it is done, what it runs on, what it can do (R170)."""

IMPROVEMENT_STATES: Final = ("proposed", "approved", "initiated", "implemented", "rejected")


_SAID: Final = {
    "freeze hard": "hard freeze",
    "freeze soft": "soft freeze",
    "cab": "CAB",
    "ecab": "ECAB",
    "vcab": "VCAB",
    "cab meeting": "CAB meeting",
}
"""Words that stand in files with what they are first, for the sake of order, and in speech with it last; and initials."""


def plain(word: str) -> str:
    """A word of a vocabulary as a person reads it: ``go_live`` becomes ``go-live``, ``freeze_hard`` a ``hard freeze``."""
    said = word.replace("_", " ").replace("go live", "go-live")
    return _SAID.get(said, said)


def ending_said(outcome: str) -> str:
    """How a change ended, as what is said of it: ``was successful``, ``ended with issues``, ``failed``, ``was backed out``."""
    return {"failed": "failed", "with_issues": "ended with issues"}.get(outcome, f"was {plain(outcome)}")


def state_said(state: str) -> str:
    """The state of a change after ``is``: ``a draft``, ``in review``, ``scheduled``."""
    return {"draft": "a draft", "review": "in review"}.get(state, plain(state))
