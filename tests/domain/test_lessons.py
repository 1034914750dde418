"""Lessons that match a draft, and what they have in common with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.lessons import SHOWN, Lesson, Tag, matching, tags_of
from changedesk.domain.control.proposal import LearnedProposal, refuse_decision
from changedesk.domain.words import CHANGE_PATHS

NOW = datetime(2026, 11, 26, 14, 2, tzinfo=UTC)
SERVICES = ("mail", "erp", "files")
LESSONS = st.lists(
    st.builds(
        Lesson,
        id=st.uuids().map(str),
        client=st.sampled_from(("alder", "birch")),
        number=st.just("CHG-1"),
        text=st.integers(0, 99).map("Lesson {}.".format),
        services=st.lists(st.sampled_from((*SERVICES, "Normal")), max_size=3, unique=True).map(tuple),
        path=st.sampled_from((*CHANGE_PATHS, None)),
        at=st.integers(0, 700).map(lambda days: NOW - timedelta(days=days)),
    ),
    max_size=15,
    unique_by=lambda lesson: lesson.id,
)


def a_lesson(name: str, *services: str, path: str | None = None, client: str = "alder", days: int = 0) -> Lesson:
    return Lesson(name, client, "CHG-1", f"Lesson {name}.", services, path, NOW - timedelta(days=days))


@pytest.mark.requirement("R93")
@pytest.mark.requirement("R104")
def test_a_lesson_of_the_service_comes_before_one_of_the_client_and_the_path():
    found = matching(
        [
            a_lesson("far", "mail", path="normal", client="birch"),
            a_lesson("path", "erp", path="normal"),
            a_lesson("near", "mail", path="normal", days=300),
            a_lesson("other", "erp", path="standard"),
        ],
        "alder",
        ("mail",),
        "normal",
    )
    assert [match.lesson.id for match in found] == ["near", "far", "path"]
    assert [match.why for match in found] == [
        "same service, client and path",
        "same service and path",
        "same client and path",
    ]


@given(LESSONS, st.lists(st.sampled_from(SERVICES), unique=True, max_size=2), st.sampled_from((*CHANGE_PATHS, None)))
def test_every_match_shares_something_and_the_nearest_come_first(lessons, services, path):
    found = matching(lessons, "alder", services, path, limit=100)
    for match in found:
        about_client = "client" in match.same and ("path" in match.same or not match.lesson.tags)
        assert "service" in match.same or about_client
    marks = [("service" not in m.same, "client" not in m.same, "path" not in m.same) for m in found]
    assert marks == sorted(marks)
    for one, two in pairwise(found):
        if one.same == two.same:
            assert one.lesson.at >= two.lesson.at
    assert len(matching(lessons, "alder", services, path)) == min(SHOWN, len(found))


def test_a_lesson_about_nothing_in_particular_is_about_its_whole_client_and_no_other():
    nothing, of_service, of_path = a_lesson("a"), a_lesson("b", "erp"), a_lesson("c", path="standard")
    assert (nothing.tags, of_service.tags, of_path.tags) == ((), ("erp",), ("standard",))
    lessons = [nothing, of_service, of_path, a_lesson("d", client="birch")]
    assert [match.lesson.id for match in matching(lessons, "alder", ("mail",), "normal")] == ["a"]


def test_of_many_lessons_the_five_nearest_are_shown():
    assert len(matching([a_lesson(str(n), "mail") for n in range(9)], "alder", ("mail",), None)) == 5


def test_what_was_taught_twice_is_told_once_as_the_nearest_tells_it():
    again = [replace(a_lesson(name, "mail", client=client), text=text)
             for name, client, text in (("far", "birch", "Rehearse it."), ("near", "alder", "rehearse it."))]  # fmt: skip
    assert [match.lesson.id for match in matching(again, "alder", ("mail",), "normal")] == ["near"]


def test_a_service_in_capitals_is_no_other_service():
    found = matching([a_lesson("far", "Mail", client="birch")], "alder", ("MAIL",), "normal")
    assert [match.same for match in found] == [("service",)]
    assert tags_of([a_lesson("a", "mail"), a_lesson("b", "Mail", "mail")]) == ((Tag("Mail"), 2),)


def test_a_service_that_is_called_as_a_path_is_not_that_path():
    of_path, of_service = a_lesson("a", "erp", path="normal"), a_lesson("b", "Normal", path="standard")
    assert matching([of_path], "birch", ("Normal",), "standard") == ()
    assert [match.same for match in matching([of_service], "alder", ("NORMAL",), "normal")] == [("service", "client")]
    tags = dict(tags_of([of_path, of_service]))
    assert tags == {Tag("Normal"): 1, Tag("erp"): 1, Tag("normal", True): 1, Tag("standard", True): 1}
    for tag, whose in ((Tag("Normal"), of_service), (Tag("normal", True), of_path)):
        assert [one for one in (of_path, of_service) if tag.is_of(one)] == [whose]


@given(LESSONS)
def test_a_tag_is_of_as_many_lessons_as_it_says(lessons):
    for tag, count in tags_of(lessons):
        assert sum(map(tag.is_of, lessons)) == count > 0
    assert all(any(tag.is_of(lesson) for tag, _ in tags_of(lessons)) for lesson in lessons if lesson.tags)


def test_tags_are_counted_services_first():
    lessons = [
        a_lesson("a", "erp", path="normal"),
        a_lesson("b", "mail", path="normal"),
        a_lesson("c", "mail", path="standard"),
    ]
    counts = [(tag.name, tag.is_path, count) for tag, count in tags_of(lessons)]
    assert counts == [("mail", False, 2), ("erp", False, 1), ("normal", True, 2), ("standard", True, 1)]


def test_a_proposal_that_was_learned_says_what_it_would_change_and_is_decided_once():
    made = LearnedProposal("p", 1, "alder", "CHG-1", "policy", None, "Ask earlier.", "open", "mona", NOW)
    of_template = replace(made, template="Restart")
    assert (made.change, made.target, of_template.target) == (
        "alder/CHG-1",
        "the policy of alder",
        "the template Restart",
    )
    assert of_template.action == "Change the template Restart: Ask earlier."
    long, between_words = (replace(made, text=text).action for text in ("x" * 600, "wait longer " * 100))
    assert (len(long), long[-5:]) == (500, "x ...")
    assert (len(between_words), between_words[-5:]) == (499, "r ...")
    assert refuse_decision(made) is None
    decided = replace(made, state="declined", decided_by="nora")
    assert refuse_decision(decided) == "this proposal was declined by nora already"
