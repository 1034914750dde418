"""The verbs of ``change`` by which one learns from changes; what they say is in :mod:`changedesk.cli.control.learning`."""

from __future__ import annotations

from typing import Final

import click

from changedesk.cli.control import learning
from changedesk.cli.on_desk import on_desk
from changedesk.cli.options import CLIENT, JSON
from changedesk.errors import BadInput
from changedesk.services.session import Session

_OWNER = click.option("--owner", metavar="LOGIN", help="Who does it.")
_DUE = click.option("--due", metavar="YYYY-MM-DD")


@click.command("questions")
@click.option("--client", help="Whose questions; without it those of a client that has none of its own.")
@JSON
@on_desk
def change_questions(session: Session, client: str | None, as_json: bool) -> int:
    """The questions that make the risk, with the words that answer them."""
    return learning.questions(session, client, as_json)


@click.command("like")
@click.argument("number")
@JSON
@on_desk
def change_like(session: Session, number: str, as_json: bool) -> int:
    """How changes like this one have ended."""
    return learning.like(session, number, as_json)


@click.command("lessons")
@click.argument("number", required=False)
@CLIENT
@JSON
@on_desk
def change_lessons(session: Session, number: str | None, client: str | None, as_json: bool) -> int:
    """The lessons that matter for a change; without a number every lesson."""
    return learning.lessons(session, number, client, as_json)


@click.command("reviews")
@CLIENT
@JSON
@on_desk
def change_reviews(session: Session, client: str | None, as_json: bool) -> int:
    """What is owed after changes: reviews, actions, proposals, suspended templates."""
    return learning.owed(session, client, as_json)


@click.command("action")
@click.argument("number")
@click.option("--text", required=True, help="What has to be done.")
@_OWNER
@_DUE
@on_desk
def change_action(session: Session, number: str, text: str, owner: str | None, due: str | None) -> int:
    """Add an action that the review of a change asks for; prints its id."""
    return learning.add_action(session, number, text, owner, due)


@click.command("action-done")
@click.argument("number")
@click.argument("action", metavar="ID")
@on_desk
def change_action_done(session: Session, number: str, action: str) -> int:
    """Say that an action is done."""
    return learning.finish_action(session, number, action)


@click.command("proposal")
@click.argument("proposal", metavar="ID")
@click.option("--accept", is_flag=True)
@click.option("--decline", is_flag=True)
@click.option("--reason", help="Why it is declined.")
@_OWNER
@_DUE
@on_desk
def change_proposal(
    session: Session, proposal: str, accept: bool, decline: bool, reason: str | None, owner: str | None, due: str | None
) -> int:
    """Accept what a review proposes for a template or a policy, so that it becomes an action; or decline it."""
    if accept == decline:
        raise BadInput("a proposal is decided by one of --accept and --decline")
    return learning.decide(session, proposal, accept, reason, owner, due)


@click.command("kpis")
@CLIENT
@click.option("--days", type=click.IntRange(1, 36_500), default=365, show_default=True, help="So far back.")
@JSON
@on_desk
def change_kpis(session: Session, client: str | None, days: int, as_json: bool) -> int:
    """Is change control healthy? Shares of closed changes with n and 95 % interval."""
    return learning.figures(session, client, days, as_json)


VERBS: Final[tuple[click.Command, ...]] = (
    change_questions,
    change_like,
    change_lessons,
    change_reviews,
    change_action,
    change_action_done,
    change_proposal,
    change_kpis,
)
"""What ``change`` has besides its own verbs."""
