"""Closing a lane is its owner's decision; the project does not close before somebody answers for the outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import TODAY, a_desk, an_initiative, as_person, found, staffed
from changedesk.errors import RuleRefused
from changedesk.services.initiative.closing import close_lane
from changedesk.services.initiative.gate_page import closing_view, gate_page
from changedesk.services.initiative.page import initiative
from changedesk.services.initiative.signing import close_for
from changedesk.services.records import records
from changedesk.services.service import handing_over
from changedesk.services.service.handover_tasks import tasks
from changedesk.services.session import open_session
from changedesk.store.proving import check
from running_desk import a_service, of_service, people


@pytest.mark.requirement("R140")
def test_the_project_closes_only_when_somebody_answers_for_the_outcome(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().with_work("delivery", "closure", "Closed out", TODAY, TODAY).brought_in().on(desk)
        pat = as_person(desk, "pat")
        nobody = "MFA has no owner of the outcome; name who answers for it in operations"
        assert closing_view(pat, "MFA", "delivery").lacking == nobody
        with pytest.raises(RuleRefused, match=nobody):
            close_lane(pat, "MFA", "delivery")
        opened = records.listed(open_session(desk), "initiatives")[0]
        records.save(open_session(desk), "initiatives", opened, opened.values | {"outcome_owner": "chris"})
        close_lane(pat, "MFA", "delivery")
        assert found(desk, "SELECT kind FROM lane WHERE closed_at IS NOT NULL") == [("delivery",)]


def test_whoever_waives_reads_of_open_work_and_of_a_missing_owner_at_once(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().with_work("delivery", "closure", "Close it out", TODAY).brought_in().on(desk)
        pat = as_person(desk, "pat")
        said = (
            "MFA has open work in its delivery lane (0 % done);"
            " MFA has no owner of the outcome; name who answers for it in operations"
        )
        assert closing_view(pat, "MFA", "delivery").lacking == said
        close_lane(pat, "MFA", "delivery", "the client leaves")
        assert found(desk, "SELECT closure_basis FROM lane WHERE closed_at IS NOT NULL") == [("the client leaves",)]


@pytest.mark.requirement("R22")
def test_the_people_lane_is_closed_by_its_own_owner_and_not_at_go_live(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live().on(desk)
        with pytest.raises(RuleRefused, match="closed by its change owner chris"):
            close_lane(as_person(desk, "pat"), "MFA", "people")
        with pytest.raises(RuleRefused, match="90 days after go-live"):
            close_lane(as_person(desk, "chris"), "MFA", "people", " \u200b ")


def test_a_lane_of_what_is_cancelled_is_closed_no_more_whatever_the_reason(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().in_state("cancelled").on(desk)
        pat = as_person(desk, "pat")
        said = "MFA is cancelled; its lanes end with it and are closed no more"
        assert closing_view(pat, "MFA", "delivery").refused == said
        with pytest.raises(RuleRefused, match=said):
            close_lane(pat, "MFA", "delivery", "done all the same")
        assert found(desk, "SELECT count(*) FROM lane WHERE closed_at IS NOT NULL") == [(0,)]


@pytest.mark.requirement("R138")
@pytest.mark.requirement("R160")
def test_the_delivery_of_what_a_service_is_to_run_closes_when_its_owner_has_accepted_it(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        people(desk)
        done = of_service(a_service(desk)).with_work("delivery", "closure", "Closed out", TODAY, TODAY)
        done.with_fields(outcome_owner="chris").brought_in().on(desk)
        pat = as_person(desk, "pat")
        said = "the handover to Mail is open: 0 of 9 items are there, nobody has taken it over"
        assert closing_view(pat, "MFA", "delivery").lacking == said
        assert said not in (closing_view(pat, "MFA", "people").lacking or ""), "acceptance is of what was delivered"
        with pytest.raises(RuleRefused, match=said):
            close_lane(pat, "MFA", "delivery")
        for task in tasks():
            handing_over.tick(pat, "MFA", task.key, "wiki/7")
        handing_over.accept(as_person(desk, "sam"), "MFA")
        close_lane(pat, "MFA", "delivery")
        assert check.check(desk, None).problems == ()


@pytest.mark.requirement("R138")
def test_a_closed_lane_says_who_closed_it_and_on_which_day(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().live().on(desk)
        close_for(open_session(desk), "MFA", "delivery", "the client leaves")
        delivery, other = initiative(as_person(desk, "chris"), "MFA").lanes
        assert (delivery.closed_on, delivery.closed_by) == (TODAY, "pat")
        assert (other.closed_on, other.closed_by) == (None, None)
        side = gate_page(as_person(desk, "chris"), "MFA").side("delivery")
        assert (side.closed_by, side.closed_over) == ("pat, recorded by desk.owner", "the client leaves")
