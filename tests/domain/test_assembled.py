"""What a list shows of an initiative, put together from its records."""

from typing import Any

import pytest
from domain_builders import an_activity, day
from working_builders import a_target, an_audience, an_initiative

from changedesk.domain.assemble import standing_of
from changedesk.domain.lifecycle import parse_lifecycle
from changedesk.domain.standing import Standing
from changedesk.domain.usage.calibration import KeptForecast
from changedesk.resources import data_text

LIFECYCLE = parse_lifecycle(data_text("lifecycles", "standard.toml"))
FORECAST = KeptForecast(
    None, "utilization", day(99), day(98), "r", "data", 80, day(150), 0.4, None, None, None, (0.0, 0.0, 0.0), ()
)


def assembled(**records: Any) -> Standing:
    """The standing of an initiative by these records and no others."""
    of: dict[str, Any] = dict.fromkeys(("activities", "targets", "adoptions", "readiness"), ())
    usual = {"initiative": an_initiative(), "audiences": (an_audience(),), "gates": (), **of, **records}
    return standing_of(LIFECYCLE, **usual)


def test_an_initiative_without_work_for_the_service_has_no_service_lane() -> None:
    assert assembled().service is None
    served = assembled(activities=(an_activity("Write the runbook", lane="service", phase="prepare"),)).service
    assert served is not None
    assert served.progress == 0


@pytest.mark.parametrize(("whose", "chance"), [(None, (0.4, day(99))), ("Warehouse", (None, None))])
def test_the_forecast_of_everybody_says_nothing_of_the_target_of_one_group(whose: str | None, chance: Any) -> None:
    adoption = assembled(targets=(a_target(audience=whose),), kept=FORECAST).adoption
    assert (adoption.target, adoption.by, adoption.target_of) == (80, day(150), whose)
    assert (adoption.chance, adoption.chance_on) == chance
