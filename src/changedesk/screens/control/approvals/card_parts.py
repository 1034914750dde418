"""The card of a decision as lines: what, why, when, for whom, how risky, how it is taken back, who has said what."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final

from changedesk.domain.control.approval import Vote, needed, written_down
from changedesk.domain.control.base_rate import BaseRate, said_also
from changedesk.domain.control.differences import LABELS
from changedesk.domain.control.looking_back import said_minutes
from changedesk.domain.control.ran import ran_of
from changedesk.domain.control.request import ChangeRequest, Content
from changedesk.domain.control.situation import Situation
from changedesk.domain.control.windows import Conflict
from changedesk.domain.counted import counted, listed
from changedesk.domain.proportion import said_interval, said_share
from changedesk.domain.saying import day_time, length, zone_name
from changedesk.domain.words import plain
from changedesk.screens.control.moments import window_said
from changedesk.screens.light_parts import light_spans
from changedesk.screens.sheet import Said, Sheet
from changedesk.services.control.approvals.card import Card
from changedesk.services.control.changes.assessing import RiskView, said_behind
from changedesk.services.control.lights import Served
from changedesk.services.control.reading import ChangeView, StepView
from changedesk.widgets.canvas import Look, Span, cells, first_that_fits
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import GLYPH, ink

LABEL: Final = 10
BOTH_LIGHTS: Final = 44
"""The columns that both lights take on one line with their whole names."""
RISKS: Final = {"high": "late", "medium": "at_risk", "low": "fine"}
TOKENS: Final = {"late": "late", "at_risk": "risk", "fine": "fine", "unknown": "explain"}
OUTCOMES: Final = {
    "successful": ("clean", "clean"),
    "with_issues": ("issue", "issues"),
    "failed": ("failed", "failed"),
    "backed_out": ("back-out", "back-outs"),
}
"""The ends of changes, of one and of several, short enough to be counted side by side."""
UNSAID: Final = {
    "reason": "nobody has said why",
    "incident": "no incident is named",
    "test_plan": "nothing is said about tests",
    "plan": "no plan is written down",
}
"""What is said of a field that nobody has filled."""
VOTES: Final = {
    "approve": ("✓", "fine"),
    "reject": ("✗", "late"),
    "request_changes": ("↺", "risk"),
    "abstain": ("–", "explain"),
}
"""The sign and the colour of each vote."""


def card_lines(card: Card, reader: str, wall: datetime, width: int) -> Lines:
    """All that a vote is given on; ``wall`` is the time on the reader's wall."""
    sheet = Sheet(width, LABEL)
    view = card.view
    content = view.change.content
    sheet.plain(content.title, bold=True)
    told(sheet, view.change, "reason")
    window(sheet, view, wall)
    if ran := ran_of(view.change, view.zone, view.s.now):
        sheet.say("Ran", f"{ran}, {plain(view.change.outcome)}" if view.change.outcome else ran)
    services(sheet, content)
    if card.served is not None:
        serves(sheet, card.served)
    risk(sheet, view, card.risk)
    past(sheet, card.rate)
    told(sheet, view.change, "incident")
    back_out(sheet, view)
    told(sheet, view.change, "test_plan")
    conflicts(sheet, view.s)
    votes(sheet, view, reader)
    needs(sheet, view, wall)
    told(sheet, view.change, "plan")
    asks = f"{content.requester} asks, " if content.requester else ""
    sheet.say("People", f"{asks}{content.implementer or '?'} does it", "explain")
    return sheet.page()


def told(sheet: Sheet, change: ChangeRequest, name: str) -> None:
    """One of the fields that say why and how, or that nothing is said; an incident is missed in an emergency alone."""
    text = getattr(change.content, name)
    if text:
        sheet.say(LABELS[name], text)
    elif name != "incident" or change.content.path == "emergency":
        sheet.say(LABELS[name], UNSAID[name], _gap(change, "risk"))


def _gap(change: ChangeRequest, token: str) -> str:
    """The colour of what is not said of a change: of what is over, nobody can say it any more."""
    return "explain" if change.state in ("closed", "cancelled") else token


def services(sheet: Sheet, content: Content) -> None:
    """What it touches."""
    sheet.say("Services", ", ".join(content.services) or "none named: every freeze concerns it")


def window(sheet: Sheet, view: ChangeView, wall: datetime) -> None:
    """When it runs by the client's clock, and for how long people cannot work."""
    content, now = view.change.content, view.s.now
    minutes = content.outage_minutes
    outage = "outage unknown" if minutes is None else f"{minutes} min outage" if minutes else "no outage"
    zone = zone_name(view.zone, now, wall)
    said = window_said(content.planned_start, content.planned_end, view.zone, now)
    # With leave or without, nobody starts it then.
    over = view.change.state in ("draft", "assessing", "authorizing", "scheduled") and content.planned_end < now
    words = ", ".join(one for one in (said, "over" if over else "", zone, outage) if one)
    sheet.say("Window", words, "late" if over else "ink", GLYPH["late"] if over else "")


def serves(sheet: Sheet, served: Served) -> None:
    """The initiative that it serves, and both lights: an approval says nothing about the people (R106)."""
    long, short = served.title, served.code
    if served.milestone:
        long, short = f"{served.title}, {served.milestone}", f"{served.code}: {served.milestone}"
    sheet.say("Serves", first_that_fits((long, short), sheet.room) if cells(short) <= sheet.room else long)
    lights = served.lights
    change = "change authorised" if sheet.room >= BOTH_LIGHTS else "authorised"
    sheet.spans("", [light_spans(change, lights.change), light_spans("business ready", lights.business)], gap=2)
    if not lights.business.on:
        sheet.say("", lights.business.sentence, "explain")


def risk(sheet: Sheet, view: ChangeView, found: RiskView | None) -> None:
    """How risky it is, what drives that most, and what is odd about it."""
    level = view.change.content.risk
    if level is None:
        sheet.say("Risk", "not assessed", "explain", GLYPH["unknown"])
        return
    known = RISKS[level]
    sheet.say("Risk", f"{level}{said_behind(found)}", TOKENS[known], GLYPH[known])
    if found is None:
        sheet.say("", "the questions of its client cannot be read", "risk", GLYPH["at_risk"])
    elif found.doubt:
        sheet.say("", found.doubt, "risk", GLYPH["at_risk"])


def past(sheet: Sheet, rate: BaseRate) -> None:
    """How changes like it have ended; what was given up to find enough of them."""
    if not rate.n:
        sheet.say("Like it", "none has been done yet", "explain")
        return
    ended = ", ".join(counted(count, *OUTCOMES[word]) for word, count in rate.counts if count)
    without = f", {rate.unauthorised:,} of them without leave" if rate.unauthorised else ""
    sheet.say("Like it", f"{rate.n:,} done: {ended}{without}")
    took = "" if rate.median_minutes is None else f", median {said_minutes(rate.median_minutes)}"
    sheet.say(
        "", f"success {said_share(rate.success)} ({said_interval(rate.success).removesuffix(' %')}){took}", "explain"
    )
    if rate.also:
        sheet.say("", said_also(rate), "explain")
    if rate.given_up:
        same, any_of = listed(rate.same, len(rate.same)), listed(rate.given_up, len(rate.given_up))
        sheet.say("", f"same {same}; any {any_of}", "explain")


def back_out(sheet: Sheet, view: ChangeView) -> None:
    """How it is taken back, and how long that takes."""
    content = view.change.content
    minutes = "? min" if content.backout_minutes is None else f"{content.backout_minutes} min"
    if content.backout_plan:
        sheet.say("Back-out", f"{content.backout_plan}, {minutes}")
    else:
        token = _gap(view.change, "late")
        sheet.say("Back-out", "no plan to take it back", token, GLYPH["late"] if token == "late" else "")


def conflicts(sheet: Sheet, s: Situation) -> None:
    """What it runs into, and who has seen that; what would be said in the same words again is counted."""
    if not s.conflicts:
        sheet.say("Conflicts", "none with freezes or other changes", "fine", "✓")
    times = Counter(conflict_said(conflict) for conflict in s.conflicts)
    for number, ((text, token, sign), count) in enumerate(times.items()):
        again = f" ({count:,} times)" if count > 1 else ""
        sheet.say("Conflicts" if number == 0 else "", f"{text}{again}", token, sign)


def conflict_said(conflict: Conflict) -> tuple[str, str, str]:
    """A conflict with the colour and the sign of how it stands."""
    if conflict.blocks:
        return f"{conflict.sentence} is in the way", "late", GLYPH["late"]
    if conflict.note:
        return conflict.sentence, "risk", GLYPH["at_risk"]
    if conflict.acknowledged_by:
        why = f": {conflict.reason}" if conflict.reason else ""
        return f"{conflict.sentence}, seen by {conflict.acknowledged_by}{why}", "explain", "✓"
    return f"{conflict.sentence}, not acknowledged", "risk", GLYPH["at_risk"]


def votes(sheet: Sheet, view: ChangeView, reader: str) -> None:
    """Every step with its seats: who has said what, who has not, who has to."""
    s = view.s
    for number, step in enumerate(view.steps):
        label = "Votes" if number == 0 else ""
        sheet.spans(label, [(ink(f"{step.step.name}:", "explain"),), *_seats(step, reader)], gap=2)
        for vote in step.cast:
            if vote.comment:
                sheet.say("", f"{vote.voter}: {vote.comment}", "explain")
            if vote.recorded_by and vote.evidence:
                sheet.say("", f"{vote.voter}'s vote: {written_down(vote)}", "explain")
    if not view.steps:
        sheet.say("Votes", _no_votes(s), "explain")
    if s.change.authorisers:
        sheet.say("Begun", f"on the word of {listed(list(s.change.authorisers))}", "risk")


def _no_votes(s: Situation) -> str:
    """Why nobody votes on it: a standard change has the approval of its template."""
    if s.change.content.path != "standard":
        return "no step asks for votes"
    return "its template stands for the votes" if s.template else "a template stands for the votes, and none is named"


def _seats(step: StepView, reader: str) -> list[Said]:
    cast = {vote.seat: vote for vote in step.cast}
    seats = []
    for seat in step.step.seats:
        name = "you" if seat == reader else seat
        must = " has to" if seat in step.step.mandatory and seat not in cast else ""
        seats.append(_seat(name, cast.get(seat), must))
    return seats or [(ink("nobody holds a seat", "late"),)]


def _seat(name: str, vote: Vote | None, must: str) -> Said:
    if vote is None:
        return (ink(name), Span(f" ○{must}", Look("explain")))
    sign, token = VOTES[vote.decision]
    by = f" by {vote.voter}" if vote.on_behalf_of else ""
    word = "" if vote.decision == "approve" else f" {plain(vote.decision)}"
    return (ink(f"{name}{by}"), Span(f" {sign}{word}", Look(token)))


def needs(sheet: Sheet, view: ChangeView, wall: datetime) -> None:
    """What the open step asks for, how much of it is there, and whatever else is missing."""
    step = view.s.waiting_step
    # Who votes afterwards is not asked for the review.
    rest = [] if view.change.acted_first and step is not None else list(view.missing)
    if step is not None:
        shown = next(one for one in view.steps if one.step.order == step.order)
        approvals = sum(vote.decision == "approve" for vote in shown.cast)
        more = max(needed(step) - approvals, 0)
        waits = more or sum(vote.decision != "reject" for vote in shown.cast) < step.quorum
        so_far = f", {more} more" if more and approvals else "" if waits else ", enough"
        sheet.say("Needs", f"{step.name}: {shown.rule}{so_far}")
        # Seats and conflicts stand above already.
        said = (f"of the step {step.name}", "not acknowledged")
        rest = [sentence for sentence in rest if not any(words in sentence for words in said)]
    for sentence in rest:
        sheet.say("" if step is not None else "Needs", sentence, "risk")
    deadlines(sheet, view, wall)


def deadlines(sheet: Sheet, view: ChangeView, wall: datetime) -> None:
    """Until when the open step waits, what a missed deadline means, and until when votes are owed: by the client's clock."""
    s, step = view.s, view.s.waiting_step
    shown = view.step_view(step)
    if shown is not None and shown.ballot is not None:
        over = ", over" if s.now > shown.ballot else ""
        sheet.say("Ballot", f"until {_by_client(shown.ballot, view, wall)}{over}", "late" if over else "ink")
    if step is not None and shown is not None and shown.due is not None and not s.change.acted_first:
        when = _by_client(shown.due, view, wall)
        rejects = step.on_timeout == "reject"
        if s.now <= shown.due:
            sheet.say("Until", f"{when}{'; rejected after that' if rejects else ''}")
        else:
            told = "it is rejected" if rejects else f"{step.escalate_to or 'change managers'} told"
            sheet.say("Until", f"{when}, over: {told}", "late")
    if s.change.retro_due is not None and s.approval == "pending":
        over = f"over by {length(s.now - s.change.retro_due)}" if s.retro_overdue else "votes are owed until then"
        token = "late" if s.retro_overdue else "risk"
        sheet.say("Until", f"{_by_client(s.change.retro_due, view, wall)}, {over}", token)


def _by_client(moment: datetime, view: ChangeView, wall: datetime) -> str:
    said, zone = day_time(moment, view.zone, view.s.now), zone_name(view.zone, view.s.now, wall)
    return f"{said} {zone}" if zone else said
