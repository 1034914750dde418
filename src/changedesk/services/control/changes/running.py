"""Doing a change: start, also on somebody's word in an emergency, then how and when it ended and what shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from changedesk.domain.control.business import RETRO_HOURS
from changedesk.domain.control.ran import Ran
from changedesk.domain.control.template import why_suspended
from changedesk.domain.kinds.kind import TEXT_LENGTH
from changedesk.domain.plaintext import clean
from changedesk.domain.words import OUTCOMES, state_said
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.acting import Act, acting, implementer_of
from changedesk.services.control.changes.asking import hand_in, needed_reason, rewrite, round_told
from changedesk.services.control.changes.ran import ran_refused
from changedesk.services.one_line import one_line
from changedesk.services.session import Session
from changedesk.store import clients
from changedesk.store.control import afterwards, decisions, templates
from changedesk.store.scope import Scope
from changedesk.store.times import seconds
from changedesk.values import dataclass

FILE_LIMIT: Final = 10_000_000
"""Bytes of one file that is kept as evidence."""
_REFERENCE: Final = 100
NOW_TOLD: Final = Ran()
"""The desk was told when it happened."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence that is handed in: a text, or a file's content under its name."""

    text: str | None = None
    name: str | None = None
    content: bytes = b""


def start(session: Session, number: str) -> None:
    """Start a change that is scheduled, in its window."""
    with acting(session, number, "change.run", implementer_of) as act:
        before = act.change
        act.refuse("start")
        began = seconds(act.transaction.now)
        act.write({"state": "implementing", "actual_start": began})
        act.tell("started", before, {"began": began})


def act_first(session: Session, number: str, authorisers: Sequence[str], incident: str | None) -> None:
    """Begin an emergency on somebody's word; the votes have to follow until ``retro_due``.

    In a hard freeze the word of two different people is needed.
    """
    with acting(session, number, "change.run", implementer_of) as act:
        if incident and act.change.state == "draft":
            said = one_line(incident, _REFERENCE, "incident")
            rewrite(act, replace(act.change.content, incident=said), "edited", None)
        before = act.change
        who = tuple(dict.fromkeys(authorisers))
        refused = _refuse_word(act, who)
        if refused:
            raise RuleRefused(f"{before.number} cannot start: {refused}")
        hand_in(act)
        now, began = act.transaction.now, seconds(act.transaction.now)
        hours = clients.terms(act.transaction.conn, before.client).retro_hours
        due = now + timedelta(hours=RETRO_HOURS if hours is None else hours)
        act.write(
            {
                "state": "implementing",
                "actual_start": began,
                "authorisers": ";".join(who),
                "retro_due": due,
                "opened_at": now,
            }
        )
        words = [act.person(one) for one in who]
        act.tell("acted_first", before, {"began": began, "authorisers": words, "retro_due": due, **round_told(act)})


def _refuse_word(act: Act, who: tuple[str, ...]) -> str | None:
    change = act.change
    if change.content.path != "emergency":
        return "only an emergency is begun before it is voted on"
    if change.state != "draft":
        return f"it is {state_said(change.state)}; only a draft is begun on somebody's word"
    if change.hold:
        return f"it is on hold: {change.hold}"
    if not who:
        return "it needs the name of whoever allowed it (--authoriser)"
    if not change.content.incident:
        return "it needs the incident or threat behind it (--incident)"
    known = decisions.known_logins(act.transaction.conn, Scope(None))
    strange = [one for one in who if one not in known]
    if strange:
        return f"nobody on this desk has the login {strange[0]}"
    barred = change.people | {act.session.actor.login} if not act.session.actor.owns_desk else change.people
    own = [one for one in who if one in barred]
    if own:
        return f"{own[0]} asks for it or does it, and cannot allow it"
    freezes = act.s.freezes + act.s.freezes_now
    if freezes and len(who) < 2:
        return f"inside the hard freeze {freezes[0].title} it takes the word of two different people"
    return None


def finish(
    session: Session,
    number: str,
    outcome: str,
    proofs: Sequence[Proof],
    *,
    caused_p1: bool = False,
    ran: Ran = NOW_TOLD,
) -> tuple[str, ...]:
    """Say how a change ended, with evidence of what was done; ``ran`` is when, where that is said afterwards.

    Gives what it took with it, a sentence each: a standard change may suspend its template.
    """
    if outcome not in OUTCOMES or outcome == "backed_out":
        raise BadInput("the outcome is successful, with_issues or failed; what was taken back is backed out")
    given = [proof for proof in proofs if proof.content or (proof.text and proof.text.strip())]
    if not given:
        raise BadInput("evidence of what was done is needed", "say it with --evidence, or name a file with @")
    return _end(session, number, outcome, None, given, caused_p1=caused_p1, ran=ran)


def back_out(
    session: Session,
    number: str,
    reason: str,
    proofs: Sequence[Proof] = (),
    *,
    caused_p1: bool = False,
    ran: Ran = NOW_TOLD,
) -> tuple[str, ...]:
    """Say that a change was taken back, and why; the reason is its evidence. ``ran`` is when, where it is said afterwards.

    Gives what it took with it, as :func:`finish` does.
    """
    reason = needed_reason(reason)
    return _end(session, number, "backed_out", reason, [Proof(text=reason), *proofs], caused_p1=caused_p1, ran=ran)


def _end(
    session: Session,
    number: str,
    outcome: str,
    reason: str | None,
    proofs: Sequence[Proof],
    *,
    caused_p1: bool,
    ran: Ran,
) -> tuple[str, ...]:
    with acting(session, number, "change.run", implementer_of) as act:
        before = act.change
        act.refuse("finish")
        refused = ran_refused(act.transaction.conn, act.s, ran)
        if refused:
            raise RuleRefused(refused[1])
        hashes = [_keep(act, proof) for proof in proofs]
        began, ended = (seconds(moment) for moment in ran.times(before, act.transaction.now))
        act.write(
            {
                "state": "review",
                "outcome": outcome,
                "outcome_reason": reason,
                "caused_p1": int(caused_p1),
                "actual_start": began,
                "actual_end": ended,
            }
        )
        verb = "backed_out" if outcome == "backed_out" else "finished"
        told = {"outcome": outcome, "reason": reason, "evidence": hashes, "caused_p1": caused_p1}
        act.tell(verb, before, {**told, "began": began, "ended": ended, "said": ran.said})
        return suspend_if_needed(act)


def add_evidence(session: Session, number: str, proof: Proof) -> str:
    """Add evidence to a change that is being done or reviewed; gives its SHA-256."""
    with acting(session, number, "change.run", implementer_of) as act:
        before = act.change
        act.refuse("evidence")
        sha256 = _keep(act, proof)
        act.write({})
        act.tell("evidence_added", before, {"evidence": [sha256], "name": proof.name})
        return sha256


def _keep(act: Act, proof: Proof) -> str:
    if len(proof.content) > FILE_LIMIT:
        raise BadInput(f"{proof.name} has {len(proof.content):,} bytes; at most {FILE_LIMIT:,} are kept as evidence")
    if proof.name is None:
        text = one_line(proof.text, 2 * TEXT_LENGTH)
        return afterwards.write_evidence(act.transaction, act.change.id, text, None, text.encode())
    return afterwards.write_evidence(act.transaction, act.change.id, None, clean(proof.name, _REFERENCE), proof.content)


def suspend_if_needed(act: Act) -> tuple[str, ...]:
    """A standard change that fails too often suspends its own template, and says why: gives that as a sentence."""
    content = act.change.content
    if content.path != "standard" or content.template is None:
        return ()
    conn = act.transaction.conn
    kept = templates.template(conn, act.change.client, content.template)
    if kept is None or kept.state != "approved":
        return ()
    success = decisions.current_policy(conn, act.change.client)[2].success
    uses = templates.uses(conn, act.change.client, kept.name, kept.approved_at)
    why = why_suspended(uses, kept.min_success, success)
    if why is None:
        return ()
    templates.move_template(act.transaction, kept, {"state": "suspended", "suspended_why": why})
    act.transaction.record("template.suspended", kept.id, {"template": kept.name, "why": why, "change": act.change.id})
    return (f"the standard change {kept.name} is suspended: {why}",)
