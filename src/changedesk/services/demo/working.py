"""The money and the benefits of a demo story as rows of canonical files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from changedesk.services.demo.story import Row, Story, texts, workday


def snapshots(story: Story, today: date) -> Iterator[Row]:
    """The project's figures, each as [day, planned value, earned value, actual cost, scope done, scope in all]."""
    for days, planned, earned, spent, done, total in story.get("snapshots", []):
        yield texts(
            {
                "initiative": story["code"],
                "date": workday(today, days),
                "planned_value": planned,
                "earned_value": earned,
                "actual_cost": spent,
                "scope_done": done,
                "scope_total": total,
            }
        )


def benefits(story: Story, today: date) -> Iterator[Row]:
    """What the initiative is done for."""
    for benefit in story.get("benefits", []):
        yield texts({**benefit, "initiative": story["code"], "due": workday(today, benefit["due"])})


def benefit_observations(story: Story, today: date) -> Iterator[Row]:
    """What was measured of the benefits, each with its points as [day, value]."""
    for series in story.get("benefit_observations", []):
        for days, value in series["points"]:
            day = workday(today, days)
            yield texts({"initiative": story["code"], "benefit": series["benefit"], "date": day, "value": value})


def key_results(story: Story) -> Iterator[Row]:
    """The objectives that it serves, each with its key results and the figures that show them."""
    for objective in story.get("objectives", []):
        for result in objective["key_results"]:
            yield texts({**result, "initiative": story["code"], "objective": objective["objective"]})
