"""The standard changes of the demo: proposed, approved, used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random

from changedesk.domain.control.policy import DEFAULT_POLICY
from changedesk.domain.control.review import is_sampled
from changedesk.services.demo.clocks import Clocks
from changedesk.services.demo.homes import Homes
from changedesk.services.demo.lives import ControlAct, life_of
from changedesk.services.demo.story import Story
from changedesk.services.session import Session

MINUTES = 45
"""A use takes so long at most."""


def template_acts(story: Story, template: Story, when: Clocks, homes: Homes) -> Iterator[ControlAct]:
    """A template from being proposed on; one without an ``approver`` waits for somebody to approve it."""
    client, name = template["client"], template["name"]
    proposed = when.at(client, template["day"], "10:00")
    yield ControlAct(proposed, template["by"], partial(_propose, template))
    if "approver" not in template:
        return
    until = when.now + timedelta(days=template["approved_for"] + template["day"])
    yield ControlAct(proposed + timedelta(hours=5), template["approver"], partial(_approve, client, name, until))
    board = story["boards"][client]
    uses = template["uses"]
    for place, outcome in enumerate(uses, 1):
        days = template["day"] + 14 + (-14 - template["day"]) * place // (len(uses) + 1)
        services = [board["services"][place % len(board["services"])]]
        if "services" not in template["allowed"]:
            services = template["body"].get("services", [])
        days, hour = homes.near(client, services, days, MINUTES, Random(f"{client}/{name}/{place}").randrange) or (
            days,
            "12:15",
        )
        change = {
            "number": f"{name[:3].upper()}-{client[:1].upper()}{place:02d}",
            "client": client,
            "path": "standard",
            "template": name,
            "start": [days, hour],
            "minutes": MINUTES,
            "services": services,
            "requester": board["requester"],
            "implementer": board["implementers"][place % len(board["implementers"])],
            "life": [["start", -45, "new"], ["start", -35, "submit"], ["start", 1, "start"], _end(outcome)],
        }
        yield from life_of(change, when)
        looked_at = outcome != "successful" or is_sampled(f"{client}/{change['number']}", DEFAULT_POLICY.review_sample)
        reviewed = [_review(story, place, outcome, days, board["manager"])] if looked_at else []
        yield from life_of({**change, "life": [*reviewed, [days + 1, "16:00", "close", board["manager"]]]}, when)


def _end(outcome: str) -> list[object]:
    if outcome == "backed_out":
        return ["start", 26, "back_out", "The check failed; taken back as the template says"]
    return ["start", 17, "finish", outcome, "Done as the template says; the check is in the ticket"]


def _review(story: Story, place: int, outcome: str, days: float, manager: str) -> list[object]:
    found = [one for one in story["reviews"] if one["outcome"] == outcome]
    return [days + 1, "15:00", "review", manager, found[place % len(found)]]


def _propose(story: Story, session: Session) -> None:
    from changedesk.services.control.rules import templates

    body = {name: tuple(value) if isinstance(value, list) else value for name, value in story["body"].items()}
    templates.propose(
        session, story["client"], story["name"], body, allowed=tuple(story["allowed"]), max_risk=story["max_risk"]
    )


def _approve(client: str, name: str, until: datetime, session: Session) -> None:
    from changedesk.services.control.rules import templates

    templates.approve(session, client, name, until)
