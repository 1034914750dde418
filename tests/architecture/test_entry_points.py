"""What programs of others call stays under its name, wherever the modules around it go."""

from __future__ import annotations

from importlib import import_module
from inspect import signature

import pytest

CALLED = {
    "changedesk.domain.adoption:forecast": ("t", "y", "horizon", "cap", "target", "history"),
    "changedesk.domain.adoption:relapse_statistic": ("t", "y", "n"),
    "changedesk.domain.golive:expected_tickets": ("day", "count", "weekday"),
    "changedesk.domain.golive:ticket_statistic": ("count", "expected", "dispersion"),
    "changedesk.__main__:main": (),
}
"""Each entry point as module and name, and the arguments that it is called with."""

THRESHOLDS = ("changedesk.domain.adoption:RELAPSE_THRESHOLD", "changedesk.domain.golive:TICKET_THRESHOLD")


def _named(name: str) -> object:
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)


@pytest.mark.parametrize("name", CALLED)
def test_what_benchmarks_and_the_console_call_is_there_under_its_name(name: str) -> None:
    called = _named(name)
    assert callable(called)
    assert tuple(signature(called).parameters)[: len(CALLED[name])] == CALLED[name]


@pytest.mark.parametrize("name", THRESHOLDS)
def test_the_alarms_say_above_which_value_they_sound(name: str) -> None:
    threshold = _named(name)
    assert isinstance(threshold, float)
    assert threshold > 0
