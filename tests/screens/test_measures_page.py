"""The page of measures, and the three questions about who owns a piece of work."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press, settled
from shells import seen

from builders import TODAY, a_desk, an_initiative, record, staffed
from changedesk.screens.initiative.measures import figure_rows, measures_lines
from changedesk.services.door import Door
from changedesk.services.initiative.page import initiative
from changedesk.widgets.canvas import Span, cells
from changedesk.widgets.page import Page


def text_of(lines: Iterable[Iterable[Span]]) -> str:
    return "\n".join("".join(span.text for span in line).rstrip() for line in lines)


def page(desk, width=116):
    return text_of(measures_lines(initiative(door_of(desk).session, "MFA").measures, width))


def page_of_nothing(desk):
    an_initiative().planned_for(None).named("NONE").on(desk)
    return text_of(measures_lines(initiative(door_of(desk).session, "NONE").measures, 116))


def risky(desk):
    one = an_initiative().with_fields(budget=1000, currency="EUR").on(staffed(desk))
    record(desk, "risk", initiative_id=one, title="Refusal", kind="adoption", probability=5, impact=4)
    record(desk, "decision", initiative_id=one, title="Wave 2 first", touches_timing=1, touches_adoption=1)
    record(
        desk, "resistance", initiative_id=one, title="Slower", first_seen="2026-11-01", issue="Untrained", milestone="Pilot"
    )  # fmt: skip
    return one


@pytest.mark.requirement("R141")
@pytest.mark.requirement("R142")
@pytest.mark.requirement("R143")
@pytest.mark.requirement("R144")
@pytest.mark.requirement("R145")
@pytest.mark.requirement("R146")
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_six_measures_stand_twice_beside_each_other(demo: Door, size):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "m")
        lines = seen(pilot.app).splitlines()
        await press(pilot, "pagedown")
        lines += seen(pilot.app).splitlines()
        for left, right in (
            ("What the project is judged by", "What lasts after it"),
            ("Scope", "Fit for purpose"),
            ("Time", "Speed to value"),
            ("Cost", "Total cost"),
            ("Quality", "Operational reliability"),
            ("Stakeholders", "Adoption and satisfaction"),
            ("Value", "Benefits realised"),
        ):
            assert any(left in line and right in line.partition(left)[2] for line in lines), left
        page = pilot.app.screen.query_one(Page)
        for keys, down in ((["home"], 0), (["down", "down"], 2)):
            await press(pilot, *keys)
            assert f"{page.size.height + down} of {len(page.lines)} lines" in seen(pilot.app)
        await press(pilot, "escape")
        assert "Two lanes" in seen(pilot.app)


@pytest.mark.parametrize("width", [40, 76, 96, 156])
def test_no_line_of_the_page_is_wider_than_its_place(demo: Door, width: int):
    for code in ("MFA", "PSA"):
        for line in measures_lines(initiative(demo.session, code).measures, width):
            assert cells("".join(span.text for span in line)) <= width


@pytest.mark.requirement("R17")
@pytest.mark.requirement("R34")
@pytest.mark.requirement("R69")
@pytest.mark.requirement("R107")
def test_blind_spots_chains_risks_and_waiting_decisions_are_said_with_what_to_do(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        risky(desk)
        text = page(desk)
    assert "◆ There is no delivery plan.\n  Add its activities, or start from a playbook." in text
    assert "Slower → Untrained → Pilot, which is not in the plan" in text
    assert "Delivery: unknown, no delivery risk was ever named" in text
    assert "Adoption: 20, 1 open; worst: Refusal (severe, 20)" in text
    assert "Decisions  1 waits for an acknowledgement" in text
    assert "The project's figures  unknown until a snapshot says planned, earned and spent" in text


@pytest.mark.requirement("R33")
@pytest.mark.requirement("R133")
def test_constraints_stand_kind_by_kind_and_resistance_with_the_days_it_was_heard_before_go_live(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        assert "Constraints  none is known" in page_of_nothing(desk)
        one = risky(desk)
        for title, owner in (("Build", "pat"), ("Test", "pat"), ("Loose", None)):
            record(
                desk, "activity", initiative_id=one, lane="delivery", phase="execution", title=title, owner=owner,
                planned_end=TODAY.isoformat(),
            )  # fmt: skip
        text = page(desk)
    assert (
        "resources     ◆ Nobody's time is given to Loose.\n"
        "              · pat has 2 open activities, all at the same time.\n"
        "deadlines     · Go-live: Mon 25 Jan 2027, in 60 d."
    ) in text
    assert "◆ Slower; heard 85 days before go-live; no corrective action is chosen yet" in text


@pytest.mark.requirement("R19")
@pytest.mark.requirement("R129")
@pytest.mark.requirement("R131")
def test_the_projects_figures_say_undefined_and_unknown_apart(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        one = risky(desk)
        record(
            desk, "snapshot", initiative_id=one, day=TODAY.isoformat(), planned_value=0, earned_value=10, actual_cost=0
        )
        found = initiative(door_of(desk).session, "MFA").measures
        values = {name: value for name, value, _ in figure_rows(found.figures, found.currency)}
    assert values["SPI"] == values["CPI"] == values["Deviation"] == "n/a"
    assert (values["SV"], values["Left"], values["EAC"], values["Scope"]) == ("10 EUR", "1,000 EUR", "?", "?")


def test_of_what_was_cancelled_nothing_is_called_known_or_held(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        an_initiative().with_fields(state="cancelled").on(staffed(desk))
        text = page(desk)
    assert "Blind spots  none: it was cancelled" in text
    assert "Constraints  none: it was cancelled" in text


@pytest.mark.requirement("R67")
@pytest.mark.requirement("R68")
@pytest.mark.requirement("R69")
@pytest.mark.requirement("R70")
async def test_three_answers_say_who_owns_it(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        an_initiative().on(staffed(desk))
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await press(pilot, "enter", "ctrl+p", *"who owns", "enter")
            assert "nobody yet" in seen(pilot.app)
            for key, owner in (
                ("1", "the project owner: pat"),
                ("2", "both owners: pat and chris"),
                ("1", "the change owner: chris"),
                ("3", "both owners"),
            ):
                await press(pilot, key)
                assert owner in seen(pilot.app)
            await press(pilot, "escape")
            assert "Who owns this?" not in seen(pilot.app)


async def test_an_owner_who_is_not_named_is_said_so(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        an_initiative().owned_by(None, "chris").on(staffed(desk))
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await press(pilot, "enter", "O", "1")
            assert "the project owner, who is not named yet" in seen(pilot.app)
            await press(pilot, "2")
            assert "both owners" in seen(pilot.app)
