"""The people side of an initiative on its pages: readiness, impact, who stands behind it, the plan, saturation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from builders import TODAY, a_client, a_desk, an_initiative, as_person, found, record, staffed
from changedesk.cli.initiative.reading_documents import initiative_document
from changedesk.domain.thresholds import Thresholds
from changedesk.errors import BadInput, Denied, RefusedFile
from changedesk.services.initiative.gate_page import gate_page
from changedesk.services.initiative.page import initiative as initiative_view
from changedesk.services.initiative.report import report, write_report
from changedesk.services.people import change_plan, readiness, saturation
from changedesk.services.people import page as people_page
from changedesk.services.portfolio.page import portfolio
from changedesk.services.records import records
from changedesk.services.session import Choices, Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check


def in_days(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as desk:
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    return open_session(desk)


@pytest.fixture
def initiative(desk: Desk) -> str:
    """100 nurses and 20 clerks, going live in 60 days."""
    return an_initiative().with_audience("Nurses", 100).with_audience("Clerks", 20).on(desk)


def audience(desk: Desk, initiative: str, name: str = "Nurses") -> str:
    return found(desk, "SELECT id FROM audience WHERE initiative_id = ? AND name = ?", initiative, name)[0][0]


def save(session: Session, form: str, **values: str) -> records.Record:
    blank = records.blank(session, form, "MFA")
    return records.save(session, form, blank, blank.values | values)


# readiness


@pytest.mark.requirement("R63")
def test_a_page_says_how_ready_each_group_is_and_what_it_leans_on(owner: Session, initiative: str) -> None:
    item = {"about": "audience", "audience": "Nurses"}
    save(owner, "readiness_items", item="Knows why", status="ready", **item)
    save(owner, "readiness_items", item="Tried", status="unknown", **item)
    save(owner, "readiness_items", about="support", item="Scripts", status="partial", kind="script")
    save(owner, "contact_reasons", reason="Lost phone", expected="40", script="7")
    page = readiness.readiness_page(owner, initiative)
    assert page.percent == pytest.approx(100 * 50 / 120)
    assert page.sentence == "42 % of 120 people are ready; 58 % of it is unknown and counts as not ready"
    clerks, nurses = page.groups
    assert (clerks.audience.name, clerks.score.percent, clerks.pocket) == ("Clerks", None, True)
    assert (nurses.score.percent, nurses.score.unknown, nurses.pocket) == (50, 1, True)
    assert [(part.about, part.score.percent) for part in page.parts] == [("support", 50)]
    assert page.support.scripts.share == 1


def test_the_thresholds_are_those_of_whoever_looks(owner: Session, initiative: str) -> None:
    save(owner, "readiness_items", about="audience", audience="Nurses", item="Tried", status="partial")
    for respondent in range(5):
        save(
            owner, "surveys", audience="Nurses", date="2026-11-20", respondent=str(respondent),
            awareness="3", desire="2", knowledge="4", ability="4", reinforcement="4",
        )  # fmt: skip
    of_another = replace(owner, choices=partial(Choices, None, Thresholds(pocket=40, barrier=2)))
    pages = [readiness.readiness_page(whose, initiative) for whose in (owner, of_another)]
    strict, mild = (next(one for one in page.groups if one.audience.name == "Nurses") for page in pages)
    assert (strict.pocket, strict.survey.barrier) == (True, "awareness")
    assert (mild.pocket, mild.survey.barrier) == (False, "desire")


@pytest.mark.requirement("R63")
def test_pockets_are_found_over_all_initiatives_the_nearest_go_live_first(desk: Desk, owner: Session) -> None:
    for code, days in (("LATER", 90), ("SOON", 10), ("LIVE", -10)):
        builder = an_initiative().named(code).with_audience("Nurses", 100)
        on = TODAY + timedelta(days=days)
        made = (builder.live(on) if days < 0 else builder.planned_for(on)).on(desk)
        record(desk, "readiness", initiative_id=made, audience_id=audience(desk, made), item="Tried", status="partial")
    made = an_initiative().named("NO-DAY").with_audience("Nurses", 100).planned_for(None).on(desk)
    record(desk, "readiness", initiative_id=made, audience_id=audience(desk, made), item="Tried", status="partial")
    made = an_initiative().named("AT").with_audience("Nurses", 100).planned_for(TODAY + timedelta(days=5)).on(desk)
    for status, weight in (("ready", 7), ("not_ready", 3)):
        item = {"item": status, "status": status, "weight": weight}
        record(desk, "readiness", initiative_id=made, audience_id=audience(desk, made), **item)
    # A group on the threshold, at 70 %, is no pocket.
    assert [(row.code, row.pocket.go_live, row.pocket.percent) for row in readiness.all_pockets(owner)] == [
        ("SOON", TODAY + timedelta(days=10), 50),
        ("LATER", TODAY + timedelta(days=90), 50),
        ("NO-DAY", None, 50),
    ]
    assert readiness.all_pockets(owner, "birch") == ()


def test_readiness_is_another_number_than_the_work_that_is_done(desk: Desk, owner: Session, initiative: str) -> None:
    save(owner, "readiness_items", about="audience", audience="Nurses", item="Tried", status="ready")
    view = initiative_view(owner, "MFA")
    assert view.readiness.percent == pytest.approx(100 * 100 / 120)
    fact = next(fact for fact in view.columns[1].facts if fact.name == "Ready")
    assert (fact.value, fact.note) == ("83 %", "17 % unknown, Clerks wholly")
    (row,) = portfolio(owner).rows(0, 1)
    assert (row.ready, row.people) == (pytest.approx(100 / 120), None)
    assert check.stale_summaries(desk) == []


def test_a_group_of_which_nobody_knows_anything_is_unknown_and_never_the_worst(owner: Session, initiative: str) -> None:
    save(owner, "readiness_items", about="audience", audience="Nurses", item="Tried", status="partial")

    def ready() -> str:
        return next(fact.note for fact in initiative_view(owner, "MFA").columns[1].facts if fact.name == "Ready")

    assert ready() == "worst Nurses 50 %; 17 % unknown, Clerks wholly"
    shown = initiative_document(owner, initiative_view(owner, "MFA"))["readiness"]
    assert isinstance(shown, dict)
    assert (shown["worst_audience"], shown["worst_ready_percent"]) == ("Nurses", 50)
    assert shown["unknown_audiences"] == ["Clerks"]
    written = BytesIO()
    write_report(owner, report(owner, "MFA"), "md", written)
    assert (
        "the least ready group is Nurses with 50 %. Of Clerks nobody knows anything yet." in written.getvalue().decode()
    )
    save(owner, "readiness_items", about="audience", audience="Clerks", item="Tried", status="not_ready")
    assert ready() == "worst Clerks 0 %"


def test_a_gate_says_what_is_not_ready_before_it_can_be_signed(desk: Desk, owner: Session, initiative: str) -> None:
    save(owner, "readiness_items", about="manager", item="Briefed", status="partial", checkpoint="planning")
    page = gate_page(owner, "MFA", 2)
    assert "1 item of readiness for planning is not ready: Briefed (partly ready)" in page.side("people").lacking
    assert not any("readiness" in said for said in page.side("delivery").lacking)


# what people answer is not for everybody


@pytest.mark.requirement("R108")
def test_single_answers_are_seen_only_by_those_who_run_the_survey(desk: Desk, owner: Session, initiative: str) -> None:
    answer = {"audience": "Nurses", "date": "2026-11-20", "respondent": "1", "desire": "2"}
    saved = save(owner, "surveys", **answer)
    pat, chris = as_person(desk, "pat"), as_person(desk, "chris")
    assert records.fetch(chris, "surveys", saved.id).values["desire"] == "2"
    for look in (lambda: records.fetch(pat, "surveys", saved.id), lambda: records.listed(pat, "surveys", "MFA")):
        with pytest.raises(Denied, match="see single survey answers"):
            look()
    group = next(one for one in readiness.readiness_page(pat, initiative).groups if one.audience.name == "Nurses")
    assert (group.survey.hidden, group.survey.answers, group.survey.distribution) == (True, None, ())


def test_an_answer_names_nobody_and_says_something(owner: Session, initiative: str) -> None:
    for values, column in (
        ({"respondent": "ann@x.example", "desire": "2"}, "respondent"),
        ({"respondent": "1"}, "awareness"),
    ):
        with pytest.raises(RefusedFile) as refused:
            save(owner, "surveys", audience="Nurses", date="2026-11-20", **values)
        assert [problem.column for problem in refused.value.problems] == [column]


def test_an_item_about_a_group_names_it_and_one_about_the_desk_need_not(owner: Session, initiative: str) -> None:
    with pytest.raises(RefusedFile) as refused:
        save(owner, "readiness_items", about="audience", item="Tried", status="ready")
    assert refused.value.problems[0].problem == "an item about an audience names the audience"
    save(owner, "readiness_items", about="support", item="Tried", status="ready")


# who is hit, and who stands behind it


@pytest.mark.requirement("R8")
@pytest.mark.requirement("R9")
@pytest.mark.requirement("R33")
def test_the_people_page_has_impact_stakeholders_confidence_and_habits(owner: Session, initiative: str) -> None:
    save(owner, "impacts", audience="Nurses", aspect="tools", degree="4", yesterday="Paper", tomorrow="A screen")
    save(
        owner, "stakeholders", stakeholder="Dora", audiences="Nurses", power="5", interest="2", stance_now="0",
        stance_wanted="2", coalition="yes", last_act="Spoke", last_act_on="2026-11-20",
    )  # fmt: skip
    save(owner, "stakeholders", stakeholder="Otto", last_act="Spoke", last_act_on="2026-11-20")
    for day, score in (("2026-09-01", "5"), ("2026-10-01", "4"), ("2026-11-20", "2")):
        save(owner, "confidence", whose="sponsor", date=day, score=score)
    save(owner, "resistance", title="Not on my phone", audience="Nurses", first_seen="2026-11-20", severity="4")
    for title in ("not on my phone", "Yet another thing"):
        save(owner, "expected_resistance", title=title, audience="Nurses")
    save(
        owner, "workarounds", title="Paper", first_seen="2026-11-01", count="3", retire_by="2026-11-20", tolerated="yes"
    )
    page = people_page.people_page(owner, initiative)
    assert [(row.audience.name, row.highest) for row in page.heat.rows] == [("Nurses", 4), ("Clerks", None)]
    assert page.unrated == ("Clerks",)
    who, _ = page.stakeholders
    assert (who.quadrant, who.stance_gap, who.act.fresh) == ("keep_satisfied", 2, True)
    assert (page.fresh_acts, page.coalition) == (1, 1), "who is of no coalition is not counted in one"
    assert page.coverage.uncovered == ("Clerks",)
    sponsor, client = page.confidence
    assert (sponsor.latest, sponsor.moved, client.latest) == (2, -2, None)
    assert page.resistance[0].lead_days == 66
    assert [one.title for one in page.expected] == ["Yet another thing"]
    (old_way,) = page.workarounds
    assert (old_way.retirement.state, old_way.entry.tolerated, page.on_old_ways) == ("overdue", True, 3)


def test_a_stakeholder_speaks_to_groups_that_there_are_also_under_a_new_name(
    desk: Desk, owner: Session, initiative: str
) -> None:
    with pytest.raises(RefusedFile, match="not saved") as refused:
        save(owner, "stakeholders", stakeholder="Dora", audiences="Nurses;Pilots")
    assert refused.value.problems[0].problem == "this initiative has no audience Pilots"
    saved = save(owner, "stakeholders", stakeholder="Dora", audiences="Nurses; Clerks")
    assert saved.values["audiences"] == "Clerks;Nurses"
    group = records.fetch(owner, "audiences", audience(desk, initiative))
    records.save(owner, "audiences", group, group.values | {"audience": "Ward nurses"})
    assert records.fetch(owner, "stakeholders", saved.id).values["audiences"] == "Clerks;Ward nurses"


def test_the_list_of_people_sides_is_read_from_the_summaries(desk: Desk, owner: Session, initiative: str) -> None:
    save(owner, "impacts", audience="Nurses", aspect="tools", degree="4")
    an_initiative().named("OLD").in_state("closed").with_audience("all").on(desk)
    (row,) = people_page.people_rows(owner)
    one = row.sums
    assert (one.code, one.groups, one.unrated, one.hardest, one.headcount, one.ready) == ("MFA", 2, 1, 4, 120, None)


def test_people_sides_stand_by_the_nearest_go_live_then_by_code(desk: Desk, owner: Session, initiative: str) -> None:
    for code, days in (("LATE", 90), ("BEFORE", -3), ("SOON", 5), ("ALSO", 60)):
        an_initiative().named(code).planned_for(TODAY + timedelta(days=days)).on(desk)
    replace(an_initiative().named("NEVER"), go_live_planned=None).on(desk)
    rows = people_page.people_rows(owner)
    assert [row.sums.code for row in rows] == ["BEFORE", "SOON", "ALSO", "MFA", "LATE", "NEVER"]


@pytest.mark.parametrize("page", [readiness.readiness_page, people_page.people_page, change_plan.change_plan_page])
def test_a_page_of_another_client_is_as_unknown_as_one_that_does_not_exist(desk: Desk, page: Any) -> None:
    other = an_initiative().named("PSA").of("birch").on(desk)
    for wanted in (other, "nothing"):
        with pytest.raises(BadInput, match="no longer in view"):
            page(as_person(desk, "max"), wanted)


@pytest.mark.requirement("R65")
def test_the_change_plan_of_an_initiative_says_what_it_leaves_out(desk: Desk, owner: Session, initiative: str) -> None:
    record(
        desk, "activity", initiative_id=initiative, lane="people", phase="training", kind="training",
        title="Course", planned_end=in_days(20),
    )  # fmt: skip
    plan = change_plan.change_plan_page(owner, initiative).plan
    assert [step.activity.title for step in plan.steps] == ["Course"]
    assert [flag.rule for flag in plan.flags] == ["ends_at_go_live", "only_comms_and_training", "unanchored"]


# saturation


def loaded(desk: Desk, code: str, days: int, *, client: str = "alder", degree: int = 4, **group: Any) -> str:
    """An initiative that asks much of 100 nurses of the wards."""
    made = an_initiative().named(code).of(client).planned_for(TODAY + timedelta(days=days)).on(desk)
    nurses = record(desk, "audience", initiative_id=made, name="Nurses", site="Wards", headcount=100, **group)
    record(desk, "impact", audience_id=nurses, aspect="tools", degree=degree)
    return made


def test_two_initiatives_of_a_client_saturate_the_same_people_and_collide(desk: Desk, owner: Session) -> None:
    loaded(desk, "MFA", 14)
    loaded(desk, "PSA", 14, degree=3)
    loaded(desk, "ERP", 14, client="birch")
    view = saturation.saturation(owner)
    assert [(group.client, group.codes) for group in view.groups] == [("alder", ("MFA", "PSA")), ("birch", ("ERP",))]
    week = view.groups[0].peak
    assert (week.share, week.level, [source.code for source in week.sources]) == (1.5, "late", ["MFA", "PSA"])
    (found_one,) = view.collisions
    assert (found_one.codes, found_one.client, found_one.peak) == (("MFA", "PSA"), "alder", 1.5)
    assert view.mondays[0] == date(2026, 11, 23)
    assert len(view.mondays) == 13


def test_what_a_client_says_that_its_people_can_bear_counts(desk: Desk, owner: Session) -> None:
    loaded(desk, "MFA", 14)
    client = records.fetch(owner, "clients", a_client(desk))
    records.save(owner, "clients", client, client.values | {"capacity": "20"})
    (group,) = saturation.saturation(owner, "alder").groups
    assert (group.capacity, group.peak.share) == (20, 0.5)


def test_what_is_closed_asks_nothing_and_the_client_alone_can_be_asked_for(desk: Desk, owner: Session) -> None:
    made = loaded(desk, "MFA", 14)
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE initiative SET state = 'closed', rev = rev + 1 WHERE id = ?", (made,))
        transaction.record("test.changed", made, {})
    assert saturation.saturation(owner).groups == ()
    loaded(desk, "PSA", 14, client="birch")
    assert saturation.saturation(owner, "alder").groups == ()
    assert saturation.saturation(as_person(desk, "max")).groups == ()


def test_people_work_takes_time_in_its_weeks_for_its_group_or_for_all(desk: Desk, owner: Session) -> None:
    made = loaded(desk, "MFA", 200)
    nurses = audience(desk, made)
    for title, kind, whose in (("Guides", "training", nurses), ("Letter", "communication", None)):
        record(
            desk, "activity", initiative_id=made, lane="people", phase="training", kind=kind, title=title,
            audience_id=whose, planned_start=in_days(7), planned_end=in_days(8),
        )  # fmt: skip
    (group,) = saturation.saturation(owner).groups
    assert [week.share for week in group.weeks[:3]] == [0, 0.5, 0]
