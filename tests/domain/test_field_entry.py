"""What is typed into a field of a form, and what it means."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.recurrence_entry import HOW_TO_REPEAT
from changedesk.domain.field_entry import (
    Entry,
    beginning,
    entered,
    how_to_write,
    is_short,
    is_unknown,
    narrowed,
    read_from,
    wall_clock,
    words_of,
    written,
)
from changedesk.domain.forms.registry import FORMS
from changedesk.domain.kinds.kind import (
    CellType,
    Day,
    Moment,
    Number,
    Recurrence,
    Text,
    ToAudiences,
    ToClient,
    Whole,
    Word,
    Words,
    YesNo,
    Zone,
)
from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.moment_entry import HOW_TO_WRITE_MOMENT
from changedesk.domain.words import ACTIVITY_KINDS, CHECKPOINTS, LANES, ROLES, plain

TODAY = date(2026, 11, 22)
TYPES = [
    Text(), Day(), Moment(), Recurrence(), YesNo(), Word(CHECKPOINTS), Words(ROLES), Whole(1, 5), Number(0, 1), Zone(),
    ToClient(),
]  # fmt: skip


def test_an_empty_field_is_unknown():
    for kind in TYPES:
        assert entered(kind, "  ", TODAY) == Entry("")
        assert written(kind, "") == ""


def test_a_number_that_stands_for_unknown_is_shown_and_taken_as_a_question_mark():
    people, minutes = Whole(0, 100, unknown=0), Whole(0, 100)
    assert (written(people, "0"), written(people, "12"), written(people, "")) == ("?", "12", "")
    assert entered(people, "?", TODAY) == entered(people, "0", TODAY) == Entry("0", "nobody knows yet")
    assert entered(people, "12", TODAY) == Entry("12")
    assert (written(minutes, "0"), entered(minutes, "?", TODAY)) == ("0", Entry("?"))
    assert [is_unknown(people, value) for value in ("", "0", "12")] == [True, True, False]
    assert [is_unknown(minutes, value) for value in ("", "0")] == [True, False]


def test_a_day_is_kept_as_in_a_file_and_said_exactly():
    assert entered(Day(), "fri", TODAY) == Entry("2026-11-27", "Fri 27 Nov 2026, in 5 d")


def test_a_day_on_which_something_happened_is_the_last_such_day():
    happened = Day(has_been=True)
    assert entered(happened, "20 aug", TODAY) == Entry("2026-08-20", "Thu 20 Aug 2026, 94 d ago")
    assert entered(happened, "23 nov", TODAY).value == "2025-11-23"
    assert entered(happened, "22 nov", TODAY).value == "2026-11-22"
    assert entered(happened, "29 feb", TODAY).value == "2024-02-29"
    assert entered(happened, "fri", TODAY).value == entered(happened, "last fri", TODAY).value == "2026-11-20"
    assert entered(happened, "tomorrow", TODAY).value == "2026-11-23", "what is said exactly is taken as it is said"
    assert entered(happened, "soon", TODAY).problem.endswith("write yesterday, fri, -2w, 2 nov or 2026-11-02.")
    assert how_to_write(happened) == "as fri, -2w or 2 nov"


HAPPENED = re.compile("date|start|first_seen|last_act_on|(actual|started|opened|closed)_?.*|.*_actual")
"""The names of days on which something happened; every other one is a plan."""
NOT_AS_CALLED = {("holidays", "date"): "a day on which nobody will work"}
ENDS = {
    ("service_periods", "end"): "start",
    ("activities", "planned_end"): "planned_start",
    ("handovers", "planned_end"): "planned_start",
}
"""The last days of periods whose first day is said as well; what expires or is due is a plan by itself."""
EVERY_DAY = [
    (kind.name, column.name, column.type)
    for kind in {**KINDS, **{name: form.kind for name, form in FORMS.items()}}.values()
    for column in kind.columns
    if isinstance(column.type, Day)
]


@pytest.mark.parametrize(("kind", "column", "day"), EVERY_DAY, ids=str)
def test_every_day_is_one_that_has_been_or_a_plan_or_the_end_of_its_period(kind: str, column: str, day: Day):
    happened = bool(HAPPENED.fullmatch(column)) and (kind, column) not in NOT_AS_CALLED
    assert day == Day(has_been=happened, begins=ENDS.get((kind, column), ""))


def test_the_end_of_a_period_is_the_first_such_day_from_its_beginning_on():
    period, plan = FORMS["service_periods"].kind, FORMS["activities"].kind
    start, end = period.column("start").type, period.column("end").type

    def ended(text: str, begins: str, start: CellType = start) -> str:
        return entered(end, text, TODAY, read_from(start, begins, TODAY)).value

    assert ended("30 jun", "2026-06-01") == "2026-06-30"
    assert ended("30 nov", "2026-11-01") == "2026-11-30", "of a period that goes on"
    assert ended("sun", "2026-06-01") == "2026-06-07"
    assert ended("mon", "2026-06-01") == "2026-06-01"
    assert ended("15 jan", "2025-12-01") == "2026-01-15"
    planned = plan.column("planned_start").type
    assert ended("fri", "2027-02-01", planned) == "2027-02-05"
    assert ended("+2w", "2027-02-01", planned) == "2027-02-15"
    assert ended("20 dec", "2027-10-01", planned) == "2027-12-20"
    assert ended("fri", "2026-09-01", planned) == "2026-11-27", "what has begun ends in what is to come"
    assert ended("30 jun", "", planned) == ended("30 jun", "soon") == "2027-06-30"


def test_what_is_no_day_keeps_its_text_and_says_how_to_write_one():
    entry = entered(Day(), "soon", TODAY)
    assert entry == Entry("soon", problem="This is no day: write fri, next fri, +2w, 2 dec or 2026-12-02.")
    assert entered(Recurrence(), "soon", TODAY) == Entry("soon", problem=f"This is no rule: {HOW_TO_REPEAT}.")


@pytest.mark.parametrize(
    ("text", "value"), [("go live", "go_live"), ("Go_Live", "go_live"), ("go", "go_live"), ("sustain 3", "sustain_30")]
)
def test_a_word_is_found_by_its_beginning(text, value):
    entry = entered(Word(CHECKPOINTS), text, TODAY)
    assert (entry.value, entry.problem) == (value, "")


def test_a_whole_word_is_meant_also_where_others_begin_with_it():
    assert entered(Word(("risk", "risk_high")), "Risk", TODAY) == Entry("risk")


def test_a_beginning_of_several_words_names_them():
    assert entered(Word(CHECKPOINTS), "sustain", TODAY).problem == "One of: sustain 30, sustain 90."
    assert entered(Word(LANES), "x", TODAY).problem == "One of: delivery, people, service."


def test_several_words_stand_with_semicolons_each_once():
    assert entered(Words(ROLES), "trainer; spons ;trainer;", TODAY).value == "trainer;sponsor"
    assert written(Words(ROLES), "trainer;change_manager") == "trainer; change manager"


@given(st.sampled_from(TYPES), st.text(max_size=30))
def test_any_text_means_something_or_stays(kind, text):
    entry = entered(kind, text, TODAY)
    assert entry.value or not text.strip() or isinstance(kind, Words)
    if entry.problem and not isinstance(kind, Words):
        assert entry.value == text.strip()


@given(st.sampled_from([kind for kind in TYPES if words_of(kind)]), st.data())
def test_a_value_of_the_desk_is_read_back_as_it_was(kind, data):
    words = kind.words if isinstance(kind, (Word, Words)) else ("yes", "no")
    value = data.draw(st.sampled_from(words))
    assert entered(kind, written(kind, value), TODAY).value == value


@given(st.dates())
def test_a_day_of_the_desk_is_read_back_as_it_was(day):
    assert entered(Day(), written(Day(), day.isoformat()), TODAY).value == day.isoformat()


def test_phases_and_kinds_of_an_activity_follow_its_lane():
    phase = FORMS["activities"].kind.column("phase")
    assert words_of(narrowed(phase.type, "service"))[0] == "strategy"
    assert "training" not in words_of(narrowed(phase.type, "delivery"))
    assert "training" in words_of(narrowed(phase.type, ""))


@pytest.mark.parametrize("lane", ["", "delivery", "people"])
def test_a_kind_that_belongs_to_no_lane_is_chosen_from_the_same_words_beside_every_lane(lane):
    kind = FORMS["readiness_items"].kind.column("kind")
    assert narrowed(kind.type, lane) == kind.type


def test_choices_that_begin_with_the_text_come_first_and_later_words_count():
    assert beginning(("support", "manager enablement", "enablement"), "en") == ("enablement", "manager enablement")


def test_kinds_of_an_activity_follow_its_lane():
    kind = FORMS["activities"].kind.column("kind")
    assert set(words_of(narrowed(kind.type, "people"))) == {plain(word) for word in ACTIVITY_KINDS["people"]}
    assert set(words_of(narrowed(kind.type, "delivery"))) == {plain(word) for word in ACTIVITY_KINDS["delivery"]}


def test_a_moment_with_a_zone_keeps_it_and_one_without_is_by_the_wall_clock():
    exact = "2026-12-02T06:00:30+02:00"
    assert entered(Moment(), exact, TODAY) == Entry(exact, "Wed 2 Dec 2026, in 10 d, 06:00 at +0200 from UTC")
    assert (written(Moment(), exact), written(Moment(), "2026-12-02T06:00:00")) == (exact, "2 Dec 2026 06:00")
    assert entered(Moment(), "2 dec 06:00", TODAY) == Entry("2026-12-02T06:00:00", "Wed 2 Dec 2026, in 10 d, 06:00")


@pytest.mark.parametrize("text", ["soon", "2026-12-02", "2026-12-02T06:00:30", "fri 14:60"])
def test_what_is_no_moment_keeps_its_text_and_says_how_to_write_one(text):
    assert entered(Moment(), text, TODAY) == Entry(text, problem=f"This is no time: {HOW_TO_WRITE_MOMENT}.")


@pytest.mark.parametrize("kind", [Day(), Moment(), Recurrence(), Text()])
def test_what_the_desk_holds_and_nobody_can_read_stands_in_its_field_as_it_is(kind):
    assert written(kind, "now and then") == "now and then"


def test_a_text_that_is_one_of_several_words_and_no_word_of_the_list_says_so():
    assert entered(Words(LANES), "people; x", TODAY) == Entry("people;x", problem="One of: delivery, people, service.")
    assert written(Words(LANES), "people;;service;") == "people; service"


def test_only_closed_lists_have_words_to_choose_from():
    assert [words_of(kind) for kind in (YesNo(), Word(LANES), Words(LANES), Text())] == [
        ("yes", "no"),
        LANES,
        LANES,
        (),
    ]


def test_long_texts_have_the_whole_line():
    assert not is_short(Text())
    assert not is_short(Words(ROLES))
    assert is_short(Day())
    assert is_short(Number(0, 1))


def test_how_a_value_is_written_has_room_in_its_empty_field():
    kinds = (Day(), Moment(), Word(("a",)), YesNo(), Whole(1, 100), Whole(1, 101), Number(0.0, 1.0))
    assert [how_to_write(kind) for kind in kinds] == [
        "as fri, +2w or 2 dec", "as 2 dec 06:00", "one word: ↓ lists them", "yes or no", "1 to 100", "a whole number", "a number",
    ]  # fmt: skip
    assert all(is_short(kind) and len(how_to_write(kind)) <= 22 for kind in kinds)
    assert how_to_write(Text()) == ""
    assert how_to_write(Words(("a",))) == how_to_write(ToAudiences()) == "several with ; between"
    assert how_to_write(Recurrence()) == "as daily, every sun, every 2 weeks"


@pytest.mark.parametrize(
    ("begins", "text", "value"),
    [
        (None, "23:00", "2026-11-22T23:00:00"),
        ("2026-12-01T20:00:00", "23:00", "2026-12-01T23:00:00"),
        ("2026-12-01T22:00:00", "2:00", "2026-12-02T02:00:00"),
        ("2026-12-01T22:00:00", "24:00", "2026-12-02T00:00:00"),
        ("2026-12-01T22:00:00", "today 23:00", "2026-11-22T23:00:00"),
        ("2026-12-01T22:00:00+02:00", "23:00", "2026-11-22T23:00:00"),
        ("tomorrow", "23:00", "2026-11-22T23:00:00"),
    ],
)
def test_a_time_without_a_day_comes_after_what_begins_before_it(begins, text, value):
    assert entered(Moment(), text, TODAY, wall_clock(begins or "")).value == value


@pytest.mark.parametrize(
    ("form", "needed"),
    [
        ("change", "Client, Title, Path, Window from, Window to"),
        ("ending", "Outcome, Shown by"),
        ("review", "Objectives, What was found"),
        ("review_action", "To do"),
        ("template", "Client, Name, Title, Plan, Back-out, Risk, Risk up to, Has to go well"),
        ("policy_step", "Name, Does, Rule, Seats"),
        ("meetings", "Client, Kind, Title, Begins, Ends"),
        ("observation", "Group, Metric, Day, Count, How"),
        ("decisions", "Decision, Touches timing, Touches adoption"),
        ("holidays", "Client, Day, Name"),
    ],
)
def test_a_form_marks_what_a_record_cannot_be_without(form, needed):
    assert ", ".join(field.label for field in FORMS[form].fields if field.column.required) == needed


def test_a_record_ends_on_the_day_that_its_form_has_for_it():
    ends = {name: form.closing for name, form in FORMS.items() if form.closing}
    assert ends.pop("activities") == "actual_end"
    assert ends == dict.fromkeys(("risks", "resistance", "workarounds", "security_exceptions"), "closed_on")
