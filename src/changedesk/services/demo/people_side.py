"""The people side of a demo story as rows of canonical files, and what people decided about its gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from changedesk.domain.words import ELEMENTS
from changedesk.services.demo.acts import GapAct, TieAct
from changedesk.services.demo.story import Row, Story, texts, workday

PLACE: Final = "people-side"
"""The folder of the demo with what is told of the people side."""
_OF_INITIATIVE: Final = ("contact_reasons", "behaviours", "expected_resistance")


def impacts(story: Story) -> Iterator[Row]:
    """How hard each group is hit, aspect by aspect."""
    for audience, degrees in story.get("impacts", {}).items():
        for aspect, degree in degrees.items():
            yield texts({"initiative": story["code"], "audience": audience, "aspect": aspect, "degree": degree})


def readiness_items(story: Story, today: date) -> Iterator[Row]:
    """What has to be ready, and how far it is."""
    for item in story.get("readiness_items", []):
        due = workday(today, item["due"]) if "due" in item else None
        yield texts({"lane": "people", **item, "initiative": story["code"], "due": due})


def stakeholders(story: Story, today: date) -> Iterator[Row]:
    """Who stands where, and when each was last seen to act."""
    for who in story.get("stakeholders", []):
        seen = workday(today, who["last_act_on"]) if "last_act_on" in who else None
        yield texts({**who, "initiative": story["code"], "last_act_on": seen})


def surveys(story: Story, today: date) -> Iterator[Row]:
    """Counted answers, each as the five scores and how many answered so."""
    for survey in story.get("surveys", []):
        day = workday(today, survey["day"])
        for respondent, (*scores, answers) in enumerate(survey["answers"], start=1):
            row = {"initiative": story["code"], "audience": survey["audience"], "date": day, "respondent": respondent}
            yield texts({**row, **dict(zip(ELEMENTS, scores, strict=True)), "answers": answers})


def confidence(story: Story, today: date) -> Iterator[Row]:
    """How far sponsor and client trusted it, and when."""
    for said in story.get("confidence", []):
        yield texts({**said, "initiative": story["code"], "date": workday(today, said["day"])})


def as_told(story: Story, kind: str) -> Iterator[Row]:
    """The rows of a kind that have no days: reasons to call, behaviours, resistance to expect."""
    assert kind in _OF_INITIATIVE
    for row in story.get(kind, []):
        yield texts({**row, "initiative": story["code"]})


def gap_acts(story: Story, today: date) -> Iterator[GapAct]:
    """What was decided about gaps, by the owner of the people lane unless somebody else is named."""
    for told in story.get("gaps", []):
        until = workday(today, told["until"]) if "until" in told else None
        yield GapAct(
            workday(today, told["day"]),
            story["code"],
            told.get("audience"),
            told["gap"],
            told["verb"],
            told.get("owner") or told.get("reason") or "",
            until,
            told.get("by") or story["change_owner"],
        )


def tie_acts(story: Story, today: date) -> Iterator[TieAct]:
    """Which people work moves with which milestone, as the owner of the people lane said when it was planned."""
    for activity, milestone in story.get("ties", {}).items():
        yield TieAct(workday(today, story["tied_on"]), story["code"], activity, milestone, story["change_owner"])
