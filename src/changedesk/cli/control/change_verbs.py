"""``change`` and its verbs, declared once each; what they say is in :mod:`changedesk.cli.control.changing`."""

from __future__ import annotations

import click

from changedesk.cli.control import approving, changing, learning_verbs
from changedesk.cli.on_desk import on_desk
from changedesk.cli.options import CLIENT, JSON
from changedesk.domain.control.proposal import ABOUT
from changedesk.domain.words import CHANGE_PATHS, CHANGE_STATES, OUTCOMES, RISK_LEVELS
from changedesk.services.session import Session

_REASON = click.option("--reason", required=True)
_FINISHED = tuple(outcome for outcome in OUTCOMES if outcome != "backed_out")


@click.group()
def change() -> None:
    """Change requests: ask, assess, vote, do, review, close."""


def _content(command: click.decorators.FC) -> click.decorators.FC:
    """The options that say what a change is."""
    for option in (
        click.option("--incident", metavar="ID", help="The incident or threat behind an emergency."),
        click.option("--template", metavar="NAME", help="The standard change that it follows."),
        click.option("--milestone", metavar="TITLE", help="The activity of the initiative that it serves."),
        click.option("--initiative", metavar="CODE"),
        click.option("--implementer", metavar="LOGIN"),
        click.option("--outage-minutes", metavar="N"),
        click.option("--backout-minutes", metavar="N"),
        click.option("--backout", "backout_plan", metavar="TEXT", help="How it is taken back."),
        click.option("--test", "test_plan", metavar="TEXT"),
        click.option("--plan", metavar="TEXT"),
        click.option("--reason", metavar="TEXT", help="Why it is needed."),
        click.option("--risk", type=click.Choice(RISK_LEVELS)),
        click.option("--service", "services", multiple=True, help="Once for each service that it touches."),
        click.option("--end", "planned_end", metavar="TIME"),
        click.option("--start", "planned_start", metavar="TIME", help="ISO 8601; without a zone, in the client's."),
        click.option("--path", type=click.Choice(CHANGE_PATHS)),
        click.option("--title"),
        click.option("--client"),
    ):
        command = option(command)
    return command


def _end(command: click.decorators.FC) -> click.decorators.FC:
    """The options that say what became of a change, and when it ran where that is said afterwards."""
    for option in (
        click.option("--ended", metavar="TIME", help="When it really ended; now when left out."),
        click.option("--began", metavar="TIME", help="When it really began; when it was started here when left out."),
        click.option("--caused-p1", is_flag=True, help="It caused an incident of priority 1."),
    ):
        command = option(command)
    return command


@change.command("new")
@_content
@click.option("--number", help="Its number; given when left out.")
@on_desk
def change_new(session: Session, /, number: str | None, **written: object) -> int:
    """Ask for a change, as a draft; prints its number."""
    return changing.new(session, number, written)


@change.command("edit")
@click.argument("number")
@_content
@click.option("--revision", type=int, help="The revision that you read; an older one is refused.")
@on_desk
def change_edit(session: Session, /, number: str, revision: int | None, **written: object) -> int:
    """Edit a change; whatever alters it is a new revision, on which nobody has voted."""
    return changing.edit(session, number, revision, written)


@change.command("submit")
@click.argument("number")
@click.option("--incident", metavar="ID")
@on_desk
def change_submit(session: Session, number: str, incident: str | None) -> int:
    """Hand a draft in."""
    return changing.submit(session, number, incident)


@change.command("assess")
@click.argument("number")
@click.option(
    "--risk", type=click.Choice(RISK_LEVELS), help="By hand; with answers it can only be higher than they make it."
)
@click.option(
    "--answers", multiple=True, metavar="FILE|QUESTION=WORD", help="As change questions has them; several times."
)
@click.option("--comment")
@on_desk
def change_assess(
    session: Session, number: str, risk: str | None, answers: tuple[str, ...], comment: str | None
) -> int:
    """Record the risk, from answers or by hand; the assessing vote is a vote of its own."""
    return changing.assess(session, number, risk, answers, comment)


@change.command("vote")
@click.argument("number")
@click.option("--approve", is_flag=True)
@click.option("--reject", is_flag=True)
@click.option("--request-changes", is_flag=True)
@click.option("--abstain", is_flag=True)
@click.option("--comment")
@click.option("--revision", type=int, help="The revision that you read; an older one is refused.")
@click.option("--for", "seat", metavar="LOGIN", help="Whom you stand in for, or whose vote you write down.")
@click.option("--evidence", help="What shows the vote that you write down for somebody.")
@on_desk
def change_vote(session: Session, /, number: str, **options: object) -> int:
    """Vote on a change as it stands; an edit voids the vote."""
    return changing.vote(session, number, options)


@change.command("acknowledge")
@click.argument("number")
@_REASON
@click.option("--conflict", "conflicts", multiple=True, metavar="KEY", help="As shown by change show --json; else all.")
@on_desk
def change_acknowledge(session: Session, number: str, reason: str, conflicts: tuple[str, ...]) -> int:
    """Accept conflicts of a change, by name and with a reason."""
    return changing.acknowledge(session, number, reason, conflicts)


@change.command("start")
@click.argument("number")
@click.option("--act-first", is_flag=True, help="Begin an emergency on somebody's word; its votes follow.")
@click.option("--authoriser", "authorisers", multiple=True, metavar="LOGIN", help="Who allowed it; two in a freeze.")
@click.option("--incident", metavar="ID")
@on_desk
def change_start(
    session: Session, number: str, act_first: bool, authorisers: tuple[str, ...], incident: str | None
) -> int:
    """Start a change in its window."""
    return changing.start(session, number, act_first, authorisers, incident)


@change.command("finish")
@click.argument("number")
@click.option("--outcome", required=True, type=click.Choice(_FINISHED))
@click.option("--evidence", multiple=True, required=True, metavar="TEXT|@FILE")
@_end
@on_desk
def change_finish(
    session: Session,
    number: str,
    outcome: str,
    evidence: tuple[str, ...],
    caused_p1: bool,
    began: str | None,
    ended: str | None,
) -> int:
    """Say how it ended, with evidence."""
    return changing.finish(session, number, outcome, evidence, caused_p1, began, ended)


@change.command("back-out")
@click.argument("number")
@_REASON
@click.option("--evidence", multiple=True, metavar="TEXT|@FILE")
@_end
@on_desk
def change_back_out(
    session: Session,
    number: str,
    reason: str,
    evidence: tuple[str, ...],
    caused_p1: bool,
    began: str | None,
    ended: str | None,
) -> int:
    """Say that it was taken back, and why."""
    return changing.back_out(session, number, reason, evidence, caused_p1, began, ended)


@change.command("review")
@click.argument("number")
@click.option("--findings", required=True)
@click.option("--result", help="met_objectives, backed_out, needs_further_change or not_met_but_stays.")
@click.option("--cause", help="technical, adoption, both or none.")
@click.option("--lesson", help="Shown when the next similar change is drafted.")
@click.option("--proposal", help="What to change in the template that it followed, or in the client's policy.")
@click.option("--about", type=click.Choice(ABOUT), help="Which of both the proposal is about.")
@click.option("--impacts", help="What people noticed.")
@click.option("--last-minute", help="What was changed at the last minute.")
@click.option("--informed", help="Whether the business was told that it was taken back.")
@click.option("--adoption-effect", help="What became of the use of what it served.")
@click.option("--incident", "incidents", multiple=True, metavar="ID", help="An incident that it caused; several times.")
@click.option("--caused-p1", is_flag=True, help="One of them had priority 1.")
@click.option("--downtime", "downtime_minutes", type=click.IntRange(0, 1_000_000), metavar="MINUTES")
@on_desk
def change_review(session: Session, /, number: str, findings: str, **more: object) -> int:
    """Keep what was found after it (the post-implementation review)."""
    return changing.review(session, number, findings, more)


@change.command("close")
@click.argument("number")
@on_desk
def change_close(session: Session, number: str) -> int:
    """Close it for good."""
    return changing.close(session, number)


@change.command("cancel")
@click.argument("number")
@_REASON
@on_desk
def change_cancel(session: Session, number: str, reason: str) -> int:
    """Take it back before it is done."""
    return changing.stop(session, "cancel", number, reason)


@change.command("hold")
@click.argument("number")
@_REASON
@on_desk
def change_hold(session: Session, number: str, reason: str) -> int:
    """Hold it from being started, or closed once it was."""
    return changing.stop(session, "hold", number, reason)


@change.command("release")
@click.argument("number")
@_REASON
@on_desk
def change_release(session: Session, number: str, reason: str) -> int:
    """Let a held one go on."""
    return changing.stop(session, "release", number, reason)


@change.command("list")
@click.option("--state", type=click.Choice(CHANGE_STATES))
@CLIENT
@JSON
@on_desk
def change_list(session: Session, state: str | None, client: str | None, as_json: bool) -> int:
    """The changes in view, the latest window first."""
    return changing.list_changes(session, state, client, as_json)


@change.command("show")
@click.argument("number")
@JSON
@on_desk
def change_show(session: Session, number: str, as_json: bool) -> int:
    """One change: what it is, its steps and votes, and what it still needs."""
    return changing.show(session, number, as_json)


@click.command()
@CLIENT
@click.option("--due", is_flag=True, help="What is due for anybody, for mail by cron.")
@click.option("--remind", is_flag=True, help="With --due: put on record that those who are listed are reminded.")
@JSON
@on_desk
def approvals(session: Session, client: str | None, due: bool, remind: bool, as_json: bool) -> int:
    """What waits for your vote, by deadline. With --due, deadlines that have passed are settled first."""
    return approving.approvals(session, client, due, remind, as_json)


@click.command()
@click.option("--to", required=True, metavar="LOGIN")
@click.option("--from-date", "first", required=True, metavar="YYYY-MM-DD")
@click.option("--until", required=True, metavar="YYYY-MM-DD", help="The day on which it is over.")
@click.option("--role", help="For the seats of this role only.")
@click.option("--reason")
@on_desk
def delegate(session: Session, to: str, first: str, until: str, role: str | None, reason: str | None) -> int:
    """Let somebody stand in for you, for 30 days at most."""
    return changing.delegate(session, to, first, until, role, reason)


for _verb in learning_verbs.VERBS:
    change.add_command(_verb)

VERBS = (change, approvals, delegate)
