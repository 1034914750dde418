"""The words of services and projects: their lives, what a review names as a cause, and no trademark among what is shown."""

from __future__ import annotations

import re

import pytest

from changedesk.commands import COMMANDS
from changedesk.domain.kinds.kind import Word
from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.service.running import Agreement
from changedesk.domain.words import CAUSES, PHASES, SERVICE_STATES
from changedesk.resources import data_text
from changedesk.screens.glossary import COLOURS, MARKS, OF_SCREEN, SIGNS, WORDS

TRADEMARKS = re.compile(r"\b(PRINCE2|ITIL|COBIT|PMBOK|PMP|CAPM|ADKAR|Prosci)\b", re.IGNORECASE)


@pytest.mark.requirement("R153")
@pytest.mark.requirement("R176")
@pytest.mark.requirement("R177")
def test_a_project_ends_and_a_service_goes_round_until_it_is_retired():
    assert PHASES["delivery"][-1] == "closure"
    assert set(PHASES["service"]) < set(SERVICE_STATES)
    assert SERVICE_STATES[-1] == "retired"


@pytest.mark.requirement("R156")
def test_both_are_judged_by_outcomes_so_a_cause_may_be_technical_or_adoption():
    assert {"technical", "adoption", "both"} <= set(CAUSES)


@pytest.mark.requirement("R175")
def test_the_playbook_of_a_server_upgrade_agrees_outages_with_those_who_run_it():
    text = data_text("playbooks", "server-upgrade.toml")
    assert "Outage windows agreed with the owners" in text
    assert "Roll-back rehearsed and timed" in text


@pytest.mark.requirement("R170")
def test_an_improvement_redesigns_a_process_upgrades_a_platform_or_adds_a_capability():
    assert KINDS["improvements"].column("kind").type == Word(("process", "platform", "capability"))


@pytest.mark.requirement("R188")
def test_no_framework_is_named_among_what_is_shown():
    shown = [
        word for sign in (*SIGNS, *MARKS, *COLOURS, *(s for one in OF_SCREEN.values() for s in one)) for word in sign
    ]
    shown += [text for pair in WORDS for text in pair]
    shown += [text for command in COMMANDS for text in (command.title, command.help, command.word)]
    assert [text for text in shown if TRADEMARKS.search(text)] == []


def test_an_agreement_is_said_with_whoever_it_was_made_with():
    made, inside = (Agreement("a", "UC", "availability", 99.5, None, partner) for partner in ("Acme", None))
    assert (made.with_whom, inside.with_whom) == (" with Acme", "")
