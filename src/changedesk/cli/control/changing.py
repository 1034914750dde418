"""What the verbs of changes do and say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from changedesk.cli.control import learning
from changedesk.cli.control.learning_documents import rate_document, risk_document
from changedesk.cli.options import said_as_typed, typed
from changedesk.cli.output import say, say_json, say_table
from changedesk.domain.control.approval import Vote, written_down
from changedesk.domain.control.base_rate import said_briefly, said_shared
from changedesk.domain.control.differences import ASKED, fields_said
from changedesk.domain.control.guards import foreseen
from changedesk.domain.control.ran import ran_of
from changedesk.domain.control.situation import UNAUTHORISED
from changedesk.domain.counted import listed
from changedesk.domain.kinds.control import CHANGE
from changedesk.domain.saying import day_time, zone_name
from changedesk.domain.words import VOTES, plain
from changedesk.errors import BadInput
from changedesk.services.control import reading
from changedesk.services.control.approvals import acknowledging, delegating, voting
from changedesk.services.control.changes import asking, assessing, base_rate, running
from changedesk.services.control.changes.document import document, row_document
from changedesk.services.control.changes.ran import ran_said
from changedesk.services.control.changes.running import Proof
from changedesk.services.control.learning import reviewing
from changedesk.services.control.reading import StepView
from changedesk.services.lookup import refuse_unknown_client
from changedesk.services.records.observing import parse_day
from changedesk.services.session import Session

_NEEDED: Final = tuple(column.name for column in CHANGE.columns if column.required)
"""The fields without which there is no change."""


def _texts(written: Mapping[str, object]) -> dict[str, str]:
    """What was given, as the fields of a form."""
    texts = {}
    for name, value in written.items():
        if isinstance(value, tuple):
            if value:
                texts[name] = ";".join(str(one) for one in value)
        elif value is not None:
            texts[name] = str(value)
    return texts


def new(session: Session, number: str | None, written: Mapping[str, object]) -> int:
    """Ask for a change; its number is the only thing on standard output."""
    texts, options = _texts(written), typed()
    # What a template says need not be typed.
    there = {"title"} if texts.get("template") else set()
    lacking = [options[name] for name in _NEEDED if name not in there and not texts.get(name, "").strip()]
    if lacking:
        raise BadInput(f"a change needs {listed(lacking, len(lacking))}", "see: changedesk change new --help")
    with said_as_typed():
        named = asking.new(session, texts, number)
    say(named)
    return 0


def edit(session: Session, number: str, revision: int | None, written: Mapping[str, object]) -> int:
    """Edit a change."""
    texts = _texts(written)
    if not texts:
        raise BadInput("say what to change", "see: changedesk change edit --help")
    with said_as_typed():
        now = asking.edit(session, number, texts, revision)
    say(f"{number}: revision {now}")
    return 0


def submit(session: Session, number: str, incident: str | None) -> int:
    """Hand a draft in."""
    say(f"{number}: {asking.submit(session, number, incident)}")
    return 0


def assess(session: Session, number: str, risk: str | None, answers: Sequence[str], comment: str | None) -> int:
    """Record the risk, from answers or by hand."""
    if answers:
        return learning.assess(session, number, answers, risk, comment)
    if risk is None:
        raise BadInput("say the --risk, or give --answers", "changedesk change questions shows them")
    now = asking.assess(session, number, risk, comment)
    say(f"{number}: risk {risk}, revision {now}")
    return 0


def vote(session: Session, number: str, options: Mapping[str, object]) -> int:
    """Vote."""
    said = [decision for decision in VOTES if options[decision]]
    if len(said) != 1:
        raise BadInput("a vote is one of --approve, --reject, --request-changes and --abstain")
    decision = said[0]
    revision = options["revision"]
    state = voting.vote(
        session,
        number,
        decision,
        comment=_maybe(options["comment"]),
        revision=revision if isinstance(revision, int) else None,
        seat=_maybe(options["seat"]),
        evidence=_maybe(options["evidence"]),
    )
    held = voting.held_by(session, number)
    say(f"{number}: {plain(decision)}, now {state}" + (f", held back because {held}" if held else ""))
    return 0


def acknowledge(session: Session, number: str, reason: str, conflicts: Sequence[str]) -> int:
    """Accept conflicts."""
    count = acknowledging.acknowledge(session, number, reason, conflicts)
    say(f"{number}: {count} acknowledged")
    return 0


def start(session: Session, number: str, act_first: bool, authorisers: Sequence[str], incident: str | None) -> int:
    """Start a change."""
    if act_first:
        running.act_first(session, number, authorisers, incident)
    elif authorisers or incident:
        raise BadInput("--authoriser and --incident go with --act-first")
    else:
        running.start(session, number)
    say(f"{number}: implementing")
    return 0


def finish(
    session: Session,
    number: str,
    outcome: str,
    evidence: Sequence[str],
    caused_p1: bool,
    began: str | None,
    ended: str | None,
) -> int:
    """Say how a change ended."""
    ran = ran_said(session, number, began, ended)
    followed = running.finish(
        session, number, outcome, [_proof(word) for word in evidence], caused_p1=caused_p1, ran=ran
    )
    say("; ".join((f"{number}: review, {plain(outcome)}", *followed)))
    return 0


def back_out(
    session: Session,
    number: str,
    reason: str,
    evidence: Sequence[str],
    caused_p1: bool,
    began: str | None,
    ended: str | None,
) -> int:
    """Say that a change was taken back."""
    ran = ran_said(session, number, began, ended)
    followed = running.back_out(
        session, number, reason, [_proof(word) for word in evidence], caused_p1=caused_p1, ran=ran
    )
    say("; ".join((f"{number}: review, backed out", *followed)))
    return 0


def _proof(word: str) -> Proof:
    """A text, or after @ the file that holds the evidence."""
    if not word.startswith("@") or len(word) == 1:
        return Proof(text=word)
    path = Path(word[1:])
    if path.is_symlink() or not path.is_file():
        raise BadInput(f"{path} is no file that can be kept as evidence")
    if path.stat().st_size > running.FILE_LIMIT:
        raise BadInput(f"{path} is larger than {running.FILE_LIMIT:,} bytes, the most that is kept as evidence")
    return Proof(name=path.name, content=path.read_bytes())


def review(session: Session, number: str, findings: str, more: Mapping[str, object]) -> int:
    """Keep a review."""
    followed = reviewing.review(session, number, findings, **more)  # type: ignore[arg-type]  # options have its words' types
    say("; ".join((f"{number}: reviewed", *followed)))
    return 0


def close(session: Session, number: str) -> int:
    """Close a change."""
    reviewing.close(session, number)
    say(f"{number}: closed")
    return 0


def stop(session: Session, verb: str, number: str, reason: str) -> int:
    """Cancel, hold or release a change."""
    asking.STOPS[verb](session, number, reason)
    say(f"{number}: {'cancelled' if verb == 'cancel' else 'on hold' if verb == 'hold' else 'released'}")
    return 0


def delegate(session: Session, to: str, first: str, until: str, role: str | None, reason: str | None) -> int:
    """Let somebody stand in."""
    delegating.give_delegation(session, to, parse_day(first), parse_day(until), role, reason)
    say(f"{to} stands in for {session.actor.login} from {first} to {until}")
    return 0


# --- reading


def list_changes(session: Session, state: str | None, client: str | None, as_json: bool) -> int:
    """The changes in view."""
    refuse_unknown_client(session, client)
    changes = reading.listed(session, state=state, client=client)
    if as_json:
        say_json([row_document(change) for change in changes])
        return 0
    say_table(
        ("Number", "Client", "Path", "State", "Risk", "Window (UTC)", "Title"),
        [
            (
                change.number,
                change.client,
                change.content.path,
                f"{change.state}{', on hold' if change.hold else ''}",
                change.content.risk or "?",
                f"{change.content.planned_start:%Y-%m-%d %H:%M}",
                change.title,
            )
            for change in changes
        ],
    )
    return 0


def show(session: Session, number: str, as_json: bool) -> int:
    """One change with all that decides about it."""
    view = reading.change_view(session, number)
    risk, rate = assessing.seen_of(session, view.change), base_rate.of_change(session, number)
    if as_json:
        say_json(
            {
                **document(view),
                "risk_assessment": risk_document(risk) if risk and risk.answered else None,
                "base_rate": rate_document(rate),
            }
        )
        return 0
    change, content, s = view.change, view.change.content, view.s
    hold = f", on hold: {change.hold}" if change.hold else ""
    say(f"{change.number}  {content.title}")
    say(f"{change.client}, {content.path}, {change.state}{hold}, revision {change.revision}")
    zone = zone_name(view.zone, s.now, session.wall_clock)
    begin, end = (day_time(moment, view.zone, s.now) for moment in (content.planned_start, content.planned_end))
    say(f"Window     {begin} to {end}{f', {zone}' if zone else ''}")
    if ran := ran_of(change, view.zone, s.now):
        say(f"Ran        {ran}")
    known = partial(fields_said, content, said=str)
    for label, value in (
        *known(("services",)),
        ("Serves", " / ".join(part for part in (content.initiative, content.milestone) if part)),
        ("Risk", f"{content.risk or '?'}{assessing.said_behind(risk)}"),
        ("Past", f"{said_briefly(rate)}; {said_shared(rate)}" if rate.n else said_briefly(rate)),
        *known(ASKED),
        ("Outcome", plain(change.outcome) if change.outcome else None),
    ):
        if value:
            say(f"{label:<10} {value}")
    for conflict in s.conflicts:
        seen = f"; seen by {conflict.acknowledged_by}" if conflict.acknowledged_by else ""
        say(f"Conflict   {conflict.sentence}{seen}")
    if s.light is not None:
        signed = {"delivery": s.light.delivery, "people": s.light.people}
        lights = ", ".join(f"{lane} {'signed' if done else 'unsigned'}" for lane, done in signed.items())
        say(f"Go-live    change {s.approval}; gate of {s.light.initiative}: {lights}")
    for step in view.steps:
        say(f"Step {step.step.order}     {step.step.name}: {step.rule}, {step.result}{_cast(step)}")
    if change.authorisers:
        say(f"Begun      on the word of {listed(list(change.authorisers))}")
    if change.retro_due:
        late = ", overdue" if s.retro_overdue else ""
        say(f"Retro      votes due {day_time(change.retro_due, view.zone, s.now)}{late}")
    if s.authorised is False:
        say(f"Leave      {UNAUTHORISED}")
    for sentence in view.missing:
        say(f"Missing    {sentence}")
    for sentence in foreseen(s):
        say(f"Foreseen   {sentence}")
    return 0


def _cast(step: StepView) -> str:
    return "".join(f"; {vote.who} {plain(vote.decision)}{_recorded(vote)}" for vote in step.cast)


def _recorded(vote: Vote) -> str:
    return f", {written_down(vote)}" if vote.recorded_by else ""


def _maybe(value: object) -> str | None:
    return str(value) if value else None
