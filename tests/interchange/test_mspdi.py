"""MS Project files: what is read of them, and what is refused."""

from __future__ import annotations

import contextlib
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.planning.plan import Plan
from changedesk.errors import RefusedFile
from changedesk.interchange import mspdi
from changedesk.interchange.mspdi import read_plan
from plan_files import NAMESPACE, SHARED, Line, plan_xml, someone

TRUTHS = SHARED / "tickets-truths.json"
SAVED_BY_PROJECT = sorted((SHARED / "plans").glob("*.xml"))


def read(text: str | bytes) -> Plan:
    return read_plan(io.BytesIO(text if isinstance(text, bytes) else text.encode()))


def refusal(text: str | bytes) -> list[str]:
    with pytest.raises(RefusedFile) as refused:
        read(text)
    assert refused.value.problems
    return [problem.sentence("plan.xml") for problem in refused.value.problems]


@pytest.mark.skipif(not SAVED_BY_PROJECT, reason="the plans that MS Project saved are not here")
@pytest.mark.parametrize("path", SAVED_BY_PROJECT, ids=lambda path: path.stem)
def test_a_plan_that_ms_project_saved_has_the_counts_that_are_known_of_it(path: object) -> None:
    truth = json.loads(TRUTHS.read_text())["mspdi"][path.name]  # type: ignore[attr-defined]
    with path.open("rb") as file:  # type: ignore[attr-defined]
        plan = read_plan(file)
    assert (len(plan.tasks), len(plan.links), plan.milestone_count, plan.baseline_count) == (
        truth["tasks"],
        truth["links"],
        truth["milestones"],
        truth["with_baseline"],
    )
    assert sum(task.summary for task in plan.tasks) == truth["summary"]


@pytest.mark.requirement("R43")
def test_a_plan_is_read_with_its_tasks_links_milestones_progress_and_owners() -> None:
    plan = read(
        plan_xml(
            Line(1, "Build", level=1, summary=True, finish="2026-12-09"),
            Line(2, "Enrol", "2026-12-01", "2026-12-04", 2, "1.1", percent=40, work="PT32H30M0S"),
            Line(
                3,
                "Live",
                "2026-12-09",
                "2026-12-09",
                2,
                "1.2",
                milestone=True,
                after=((2, 1, 9600),),
                duration="PT0H0M0S",
            ),
            rest=someone("Ann Lee", 2),
        )
    )
    assert plan.milestone_count == 1
    enrol, live = plan.tasks[2], plan.tasks[3]
    assert (enrol.name, enrol.wbs, enrol.owner, enrol.percent_complete, enrol.work_hours) == (
        "Enrol",
        "1.1",
        "Ann Lee",
        40,
        32.5,
    )
    assert (enrol.start, enrol.finish, live.milestone, live.duration_hours) == (
        date(2026, 12, 1),
        date(2026, 12, 4),
        True,
        0,
    )
    assert [(link.predecessor, link.successor, link.kind, link.lag_days) for link in plan.links] == [
        ("2", "3", "FS", 2)
    ]


@pytest.mark.parametrize(("number", "kind"), [(0, "FF"), (1, "FS"), (2, "SF"), (3, "SS")])
def test_links_have_the_type_that_ms_project_gives_them(number: int, kind: str) -> None:
    plan = read(plan_xml(Line(1, "One"), Line(2, "Two", after=((1, number, -4800),))))
    assert [(link.kind, link.lag_days) for link in plan.links] == [(kind, -1)]


@pytest.mark.parametrize(
    ("form", "lag", "days"), [("7", 4800, 1), ("8", 14400, 1), ("5", 600, 0.125), ("19", 50, 1), ("11", 0, 0)]
)
def test_a_lag_is_read_in_the_unit_that_its_format_names(form: str, lag: int, days: float) -> None:
    link = (
        f"<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>{lag}</LinkLag>"
        f"<LagFormat>{form}</LagFormat></PredecessorLink>"
    )
    plan = read(plan_xml(Line(1, "One", duration="PT16H0M0S"), Line(2, "Two", more=link)))
    assert plan.links[0].lag_days == days


def test_what_ends_at_midnight_ends_with_the_day_before() -> None:
    text = plan_xml(Line(1, "Night", start="2026-12-01", finish="2026-12-03")).replace("03T17:00:00", "03T00:00:00")
    assert read(text).tasks[1].finish == date(2026, 12, 2)


def test_blank_lines_of_a_plan_are_no_tasks() -> None:
    plan = read(plan_xml(Line(1, "One"), Line(2, "", more="<IsNull>1</IsNull>")))
    assert [task.name for task in plan.tasks] == ["Migration", "One"]


def test_a_baseline_is_read_with_its_number_and_its_days() -> None:
    plan = read(plan_xml(Line(1, "One", baseline=("2026-11-02", "2026-11-06")), Line(2, "Two")))
    baseline = plan.tasks[1].baseline
    assert baseline is not None
    assert (baseline.number, baseline.start, baseline.finish) == (0, date(2026, 11, 2), date(2026, 11, 6))
    assert plan.baseline_count == 1


def test_a_baseline_that_says_by_when_nothing_is_no_baseline_to_measure_by() -> None:
    endless = "<Baseline><Number>0</Number><Start>2026-11-02T08:00:00</Start></Baseline>"
    assert read(plan_xml(Line(1, "One", more=endless))).tasks[1].baseline is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_plan_is_read_in_the_encodings_that_ms_project_writes(encoding: str) -> None:
    prolog = "" if encoding == "utf-8-sig" else '<?xml version="1.0" encoding="UTF-16"?>'
    assert read(plan_xml(Line(1, "Käyttöönotto"), prolog=prolog).encode(encoding)).tasks[1].name == "Käyttöönotto"


def test_a_name_that_would_steer_a_terminal_is_harmless() -> None:
    assert read(plan_xml(Line(1, "One&#x9;two&#x202e;"))).tasks[1].name == "One two"


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE Project>",
        '<!DOCTYPE Project SYSTEM "http://example.org/evil.dtd">',
        '<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE Project [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_any_doctype_is_refused(doctype: str) -> None:
    said = refusal(plan_xml(Line(1, "One"), prolog='<?xml version="1.0"?>' + doctype))
    assert said == ["plan.xml: the file has a DOCTYPE, which can make a program do what it should not; it is not read"]


def test_entities_that_multiply_are_never_expanded() -> None:
    entities = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    said = refusal(plan_xml(Line(1, "&a11;"), prolog=f"<!DOCTYPE Project [{entities}]>"))
    assert "DOCTYPE" in said[0]


def test_another_xml_is_refused_by_what_it_is() -> None:
    assert refusal("<html><body/></html>") == [
        "plan.xml: this is no MS Project XML: it begins with html, not with Project"
    ]


def test_a_file_cut_short_is_refused_with_the_line() -> None:
    assert "this is no complete XML" in refusal(plan_xml(Line(1, "One"))[:-40])[0]


@pytest.mark.parametrize("text", ["", "id,title\n1,Enrol\n", "<Project", "\0\0\0"])
def test_what_is_no_xml_is_refused(text: str) -> None:
    assert "this is no complete XML" in refusal(text)[0]


def test_an_encoding_that_nobody_knows_is_refused() -> None:
    assert "encoding" in refusal(plan_xml(Line(1, "One"), prolog='<?xml version="1.0" encoding="klingon"?>'))[0]


def test_elements_that_lie_too_deep_are_refused() -> None:
    deep = "<a>" * 100 + "</a>" * 100
    assert "deep" in refusal(f'<Project xmlns="{NAMESPACE}">{deep}</Project>')[0]


def test_every_value_that_cannot_be_read_is_named_with_the_id_of_its_task() -> None:
    said = refusal(
        plan_xml(
            Line(7, "One", start="2026-13-01", percent=140),
            Line(8, "Two", work="8 hours", after=((7, 9, 0),)),
        )
    )
    assert said == [
        'plan.xml row 1, column Start: "2026-13-01T08:00:00" is not a time; it is written as 2026-11-26T17:00:00',
        'plan.xml row 1, column PercentComplete: "140" is not a percentage from 0 to 100',
        'plan.xml row 2, column Work: "8 hours" is not a duration; it is written as PT8H0M0S',
        'plan.xml row 2, column Type: "9" is no type of link; it is one of 0, 1, 2, 3',
    ]


def test_two_tasks_with_one_uid_are_refused() -> None:
    assert "same UID" in refusal(plan_xml(Line(1, "One"), Line(1, "Two")))[0]


def test_a_plan_of_too_many_tasks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mspdi, "TASK_LIMIT", 2)
    assert "more than 2 tasks" in refusal(plan_xml(Line(1, "One"), Line(2, "Two")))[0]


@given(st.binary(max_size=300))
def test_no_bytes_whatever_end_in_anything_but_a_plan_or_a_refusal(noise: bytes) -> None:
    whole = plan_xml(Line(1, "One", after=((0, 1, 0),))).encode()
    for text in (noise, whole[:200] + noise, whole[:-200] + noise + whole[-200:]):
        with contextlib.suppress(RefusedFile):
            assert read(text).tasks[0].name == "Migration"
