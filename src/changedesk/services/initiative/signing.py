"""Who signs for a lane at this keyboard, and signing and closing in that person's name."""

from __future__ import annotations

from dataclasses import replace

from changedesk.domain.gates import OWNER_OF_LANE
from changedesk.domain.records import Initiative
from changedesk.domain.roles import refusal
from changedesk.domain.words import plain
from changedesk.errors import RuleRefused
from changedesk.services.initiative import closing, gates
from changedesk.services.lookup import known_initiative
from changedesk.services.session import Session
from changedesk.store import people
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Signer:
    """Who would act for a lane: a login, the lane and its role; ``recorded_by`` when it is done for somebody else.

    ``refused`` says why nobody can at this keyboard.
    """

    login: str
    lane: str
    role: str
    recorded_by: str | None
    refused: str | None


def owner_of(initiative: Initiative, lane: str) -> str | None:
    """Whoever answers for the ``delivery`` or ``people`` lane."""
    return initiative.project_owner if lane == "delivery" else initiative.change_owner


def signer_of(session: Session, initiative: Initiative, lane: str, action: str = "checkpoint.sign") -> Signer:
    """Who would act for the lane, and why not."""
    owner, role = owner_of(initiative, lane), plain(OWNER_OF_LANE[lane])
    refused = None
    try:
        acting = session_for(session, owner)
    except RuleRefused as error:
        acting, refused = session, error.sentence
    if owner is None:
        refused = f"{initiative.code} has no {role}; name one first"
    elif refused is None and acting.actor.login != owner:
        refused = f"the {lane} side of {initiative.code} belongs to its {role} {owner}"
    elif refused is None:
        refused = refusal(acting.actor, action, initiative.client)
        if refused and acting is not session:
            refused = f"the {role} {refused}"
    recorder = session.actor.login if acting is not session else None
    return Signer(acting.actor.login, lane, role, recorder, refused)


def session_for(session: Session, owner: str | None) -> Session:
    """The session in which the owner of a lane acts: on a personal desk its owner records for them; else one acts oneself."""
    if not session.actor.owns_desk or owner is None or owner == session.actor.login:
        return session
    actor = people.actor_for_person(session.desk.reader(), owner)
    if actor is None:
        raise RuleRefused(f"no person of this desk has the login {owner}; add one, or name another owner")
    return replace(session, actor=actor, recorded_by=session.actor.id)


def sign_for(session: Session, code: str, checkpoint: str, lane: str, waiver: str | None = None) -> str:
    """Sign a checkpoint for a lane; on a personal desk it is recorded for the lane's owner. Returns who signed."""
    acting = session_for(session, owner_of(known_initiative(session, code), lane))
    gates.sign(acting, code, checkpoint, lane, waiver)
    return acting.actor.login


def close_for(session: Session, code: str, lane: str, waiver: str | None = None) -> str:
    """Close a lane, with the same rule of who does it. Returns who closed it."""
    acting = session_for(session, owner_of(known_initiative(session, code), lane))
    closing.close_lane(acting, code, lane, waiver)
    return acting.actor.login
