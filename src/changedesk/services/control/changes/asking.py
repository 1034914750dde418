"""Asking for a change: a draft, its revisions, submitting it, taking it back, holding it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from changedesk.domain.control.policy import roles_of
from changedesk.domain.control.request import ChangeRequest, Content, changed_fields, content_document
from changedesk.domain.plaintext import clean
from changedesk.errors import BadInput, RuleRefused, Stale
from changedesk.services.control.acting import Act, acting, requester_of
from changedesk.services.control.changes import content as contents
from changedesk.services.control.situation import situation
from changedesk.services.lookup import client_id_in_view
from changedesk.services.one_line import one_line
from changedesk.services.session import Session, authorise
from changedesk.store.control import decisions, requests, templates
from changedesk.store.initiative import initiatives
from changedesk.store.scope import Scope

_AFTER_EDIT = {
    "normal": {"authorizing": "assessing", "scheduled": "assessing", "rejected": "draft"},
    "emergency": {"scheduled": "authorizing", "rejected": "draft"},
    "standard": {"scheduled": "draft", "rejected": "draft"},
}
"""Where an edit takes a change, by path and state; otherwise it stays where it is."""


def new(session: Session, texts: Mapping[str, str], number: str | None = None) -> str:
    """Ask for a change; gives its number. ``texts`` are what a form holds, by the names of its fields."""
    client = texts.get("client", "").strip()
    authorise(session, "change.create", client or None)
    client_id = client_id_in_view(session, client)
    content = replace(_content(session, client, texts, None), requester=session.actor.login)
    number = plain_number(number) if number else None
    with session.desk.write(session.actor.id) as transaction:
        named = number or requests.next_number(transaction.conn)
        change_id = requests.insert(transaction, client_id, named, content)
        if change_id is None:
            raise RuleRefused(f"{client} has a change {named} already")
        change = requests.by_id(transaction.conn, Scope(None), change_id)
        assert change is not None
        requests.keep_revision(transaction, change, session.actor.id)
        act = Act(session, transaction, situation(session, transaction.conn, change))
        act.tell("created", change, {"number": named, "content": _kept(act, content)})
    return named


def edit(session: Session, number: str, texts: Mapping[str, str], revision: int | None = None) -> int:
    """Edit a change; gives its revision. An edit that alters nothing is none.

    ``texts`` are the fields that are written anew; ``revision`` is the one that was read: a stale one is refused.
    """
    with acting(session, number, "change.edit", requester_of) as act:
        refuse_stale(act.change, revision)
        zone = contents.zone_of(session, act.change.client)
        whole = {**contents.texts_of(act.change, zone), **texts}
        if whole["client"] != act.change.client:
            raise RuleRefused(
                f"{act.change.number} belongs to {act.change.client}; a change does not go to another client"
            )
        content = _content(session, act.change.client, whole, act.change.content)
        return rewrite(act, content, "edited", None)


def rewrite(
    act: Act,
    content: Content,
    verb: str,
    comment: str | None,
    undoes: int | None = None,
    more: Mapping[str, object] | None = None,
) -> int:
    """Give a change other content: a new revision, on which no vote counts yet. Gives the revision.

    ``undoes`` is the audit event whose edit is taken back by it; ``more`` is what the audit is told besides.
    """
    before = act.change
    changed = changed_fields(before.content, content)
    if not changed:
        return before.revision
    act.refuse("edit")
    if not requests.write_content(act.transaction, before, content):
        raise Stale(f"{before.number} was changed meanwhile", "look at it again")
    act.look_again()
    state = _AFTER_EDIT[content.path].get(before.state, before.state)
    if content.path != before.content.path:
        state = "draft"
    if state != before.state or state in ("assessing", "authorizing"):
        # The votes so far are void: the step begins to wait anew.
        act.write({"state": state, "opened_at": act.transaction.now})
    requests.keep_revision(act.transaction, act.change, act.session.actor.id)
    was, document = content_document(before.content), content_document(content)
    act.tell(
        verb,
        before,
        {
            "fields": list(changed),
            "before": {name: _named(act, name, was[name]) for name in changed},
            "after": {name: _named(act, name, document[name]) for name in changed},
            "comment": comment,
            **({} if undoes is None else {"undoes": undoes}),
            **(more or {}),
        },
    )
    return act.change.revision


def assess(session: Session, number: str, risk: str, comment: str | None = None) -> int:
    """Record the risk of a change, an edit like any other; gives the revision."""
    with acting(session, number, "change.assess") as act:
        act.refuse("assess")
        return rewrite(act, replace(act.change.content, risk=risk), "assessed", comment)


def submit(session: Session, number: str, incident: str | None = None) -> str:
    """Hand a draft in; gives the state that it is in then. Refused with everything that is missing."""
    with acting(session, number, "change.edit", requester_of) as act:
        if act.change.state != "draft":
            act.refuse("submit")
        if incident and incident != act.change.content.incident:
            rewrite(act, replace(act.change.content, incident=one_line(incident)), "edited", None)
        before = act.change
        hand_in(act)
        act.refuse("submit")
        state = {"standard": "scheduled", "normal": "assessing", "emergency": "authorizing"}[before.content.path]
        act.write({"state": state, "opened_at": act.transaction.now})
        if state == "scheduled":
            act.write({"decided_at": act.transaction.now})
        act.settle()
        act.tell("submitted", before, round_told(act))
        return act.change.state


def hand_in(act: Act) -> None:
    """Begin a new round of votes under the client's present policy, with those who hold its roles now."""
    conn = act.transaction.conn
    policy_id, _, policy = decisions.current_policy(conn, act.change.client)
    panel = decisions.holders(conn, act.change.client, roles_of(policy))
    requests.keep_revision(act.transaction, act.change, act.session.actor.id)
    act.write(
        {
            "policy_id": policy_id,
            "panel": contents.json_text(panel),
            "round": act.change.round + 1,
            "submitted_at": act.transaction.now,
            "decided_at": None,
        }
    )


def round_told(act: Act) -> dict[str, object]:
    """What the audit is told of a round that has begun: by which policy, and who holds its seats."""
    panel = {role: [act.person(who) for who in held] for role, held in act.change.panel.items()}
    return {"policy": act.change.policy, "panel": panel}


def cancel(session: Session, number: str, reason: str) -> None:
    """Take a change back before it is done."""
    _stop(session, number, "cancel", "cancelled", needed_reason(reason), {"state": "cancelled"})


def hold(session: Session, number: str, reason: str) -> None:
    """Hold a change: it does not start, or does not close once it was started."""
    reason = needed_reason(reason)
    _stop(session, number, "hold", "held", reason, {"hold": reason})


def release(session: Session, number: str, reason: str) -> None:
    """Let a held change go on from where it was; nothing else is restored."""
    _stop(session, number, "release", "released", needed_reason(reason), {"hold": None})


STOPS: Final = {"cancel": cancel, "hold": hold, "release": release}
"""What stops a change or lets it go on, by its verb."""


def _stop(session: Session, number: str, verb: str, told: str, reason: str, written: Mapping[str, str | None]) -> None:
    with acting(session, number, "change.stop", requester_of) as act:
        before = act.change
        act.refuse(verb)
        act.write(written)
        act.tell(told, before, {"reason": reason})


def refuse_stale(change: ChangeRequest, revision: int | None) -> None:
    """Refuse what was said of an older revision."""
    if revision is not None and revision != change.revision:
        raise Stale(
            f"{change.number} is revision {change.revision} by now, and this was said of revision {revision}",
            "look at what changed",
        )


def needed_reason(reason: str | None) -> str:
    """A reason in plain words; refused when there is none."""
    said = one_line(reason)
    if not said:
        raise BadInput("a reason is needed", "say it with --reason")
    return said


def plain_number(number: str) -> str:
    """A number as it is kept; refused when it cannot be one."""
    said = clean(number.strip(), 40)
    if not said or said != number.strip() or "/" in said or " " in said:
        raise BadInput("a change number is a short word without spaces and slashes")
    return said


def _content(session: Session, client: str, texts: Mapping[str, str], base: Content | None) -> Content:
    name = texts.get("template", "").strip()
    version = None
    if name:
        template = templates.template(session.desk.reader(), client, name)
        if template is None:
            raise BadInput(f"{client} has no template {name}", "changedesk template list shows them")
        version = template.version
        if base is None or base.template != name:
            texts = contents.filled_from(template, texts)
    content = contents.read(session, texts, base)
    content = replace(content, template_version=version)
    if content.initiative is not None:
        initiative = initiatives.initiative_by_code(session.desk.reader(), session.scope, content.initiative)
        if initiative is None or initiative.client != client:
            raise BadInput(f"{client} has no initiative {content.initiative} in view", "changedesk status lists them")
        if content.milestone is not None:
            titles = {one.title for one in initiatives.activities(session.desk.reader(), initiative.id)}
            if content.milestone not in titles:
                raise BadInput(f"{initiative.code} has no activity {content.milestone}")
    elif content.milestone is not None:
        raise BadInput("a milestone belongs to an initiative; name that, too", "with --initiative")
    return content


def _kept(act: Act, content: Content) -> dict[str, object]:
    return {name: _named(act, name, value) for name, value in content_document(content).items()}


def _named(act: Act, name: str, value: object) -> object:
    if name in ("requester", "implementer") and isinstance(value, str):
        return act.person(value)
    return value
