import pytest
from drawings import is_exactly, words
from hypothesis import example, given
from hypothesis import strategies as st

from changedesk.widgets.canvas import Canvas, Look, cells, cells_up_to, first_that_fits, fit, whole_sentences, wrap
from changedesk.widgets.one_line import Part, draw_parts
from effort import with_effort


@given(st.lists(st.tuples(st.integers(-5, 20), st.integers(-2, 6), words), max_size=8))
def test_whatever_is_written_the_sheet_keeps_its_size(texts: list[tuple[int, int, str]]) -> None:
    sheet = Canvas(16, 4)
    for x, y, text in texts:
        sheet.put(x, y, text, Look("late"))
    assert is_exactly(sheet.lines(), 16, 4)


@given(words, st.integers(0, 20))
def test_a_fitted_text_is_never_too_wide(text: str, width: int) -> None:
    assert cells(fit(text, width)) <= max(width, 0)


@pytest.mark.fault("F21")
@given(words, st.sampled_from((1, 3_000)), st.integers(0, 200))
def test_a_text_that_takes_more_than_is_asked_for_takes_more_however_long_it_is(
    text: str, times: int, most: int
) -> None:
    long = text * times
    taken = cells_up_to(long, most)
    assert taken == cells(long) or (taken > most and cells(long) > most)


@pytest.mark.fault("F21")
def test_a_title_of_a_megabyte_costs_a_line_nothing() -> None:
    title = "· " + "word " * 200_000
    line, work = with_effort(lambda: draw_parts([Part(title, rank=n) for n in range(6)], 80))
    assert cells("".join(span.text for span in line)) <= 80
    assert work < 20


def test_a_text_is_shortened_after_a_whole_word() -> None:
    assert fit("managers briefed, scripts ready", 20) == "managers briefed…"
    assert fit("executives", 6) == "execu…"
    assert fit("on plan", 7) == "on plan"
    assert fit("the ballot ends, 1 change", 20) == "the ballot ends…"
    assert fit("Notes of the board on it", 16) == "Notes…", "a word that leads on to the next one says nothing alone"
    assert fit("of the board", 8) == "of…"
    assert fit("any one of change.manager; within 48 h", 35) == "any one of change.manager…"
    assert fit("Build and test — delivery", 18) == "Build and test…", "nor does a dash"
    assert fit("ready 41 % of all people", 13) == "ready 41 %…", "but a number keeps its unit, which is no letter"
    assert fit("began 19 d after charter, Mon 14 Sep", 33) == "began 19 d after charter…", "nor does a weekday"
    assert fit("50 % likely by 2 Nov 2027", 21) == "50 % likely…", "and a day without its year is another one"
    assert fit("50 % likely by 2 Nov at most", 21) == "50 % likely by 2 Nov…"


@given(st.lists(words, max_size=8).map(" ".join), st.integers(1, 20))
@example("00000\N{NO-BREAK SPACE}0", 6)
def test_wrapping_loses_nothing_and_keeps_every_word_that_fits_by_itself(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= max(width, 2) for line in lines), "a wide character has two columns at least"
    assert "".join("".join(lines).split()) == "".join(text.split())
    if all(cells(word) <= width for word in text.split()):
        assert " ".join(lines).split() == text.split()


def test_the_longest_form_that_fits_is_taken() -> None:
    assert first_that_fits(("Change lag, median", "Median lag"), 12) == "Median lag"
    assert first_that_fits(("Change lag, median", "Median lag"), 7) == "Median…"


def test_half_a_wide_character_never_remains() -> None:
    sheet = Canvas(4, 1)
    sheet.put(0, 0, "日本")
    sheet.put(1, 0, "x")
    assert [span.text for span in sheet.lines()[0]] == [" x本"]


def test_a_written_space_is_not_blank() -> None:
    sheet = Canvas(5, 1)
    sheet.put(0, 0, "a b")
    assert not sheet.is_blank(1, 0, 1)
    assert sheet.is_blank(3, 0, 2)
    assert not sheet.is_blank(3, 0, 3)


def test_sentences_stand_whole_or_are_counted() -> None:
    said = ["gate 3 is late", "people trail delivery", "the board is open"]
    assert whole_sentences("MFA: ", said, 80, 1) == ["MFA: gate 3 is late; people trail delivery; the board is open"]
    assert whole_sentences("MFA: ", said, 46, 1) == ["MFA: gate 3 is late; 2 more"]
    assert whole_sentences("", said, 50, 1) == ["gate 3 is late; people trail delivery; 1 more"]
    assert whole_sentences("", said, 12, 1) == ["gate 3 is…"]
    assert whole_sentences("", [], 12, 1) == [""]


def test_a_line_is_never_broken_at_a_blank_that_forbids_it():
    span = "(3 to 14)".replace(" ", "\N{NO-BREAK SPACE}")
    assert wrap(f"8 expected {span} today", 16) == ["8 expected", "(3 to 14) today"]


def test_no_line_begins_with_the_dot_between_two_facts():
    assert wrap("Client: alder  ·  Maturity: 2  ·  Review: 5", 27) == ["Client: alder · Maturity:", "2 · Review: 5"]
    assert wrap("Maturity: 2  ·  Review", 11) == ["Maturity:", "2 · Review"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("the snapshot of 06:00, 15 min", ["the snapshot of 06:00,", "15 min"]),
        ("within a minute; put off to Thu 10 Dec, waived", ["within a minute; put off", "to Thu 10 Dec, waived"]),
        ("Sat 7 Nov 20:00, missed by all 15 minutes of it", ["Sat 7 Nov 20:00, missed by", "all 15 minutes of it"]),
        ("196 clean, 33 issues, 8 failed, 22 back-outs", ["196 clean, 33 issues,", "8 failed, 22 back-outs"]),
        ("in the way from Thu 10 Dec 18:00 on", ["in the way from", "Thu 10 Dec 18:00 on"]),
        ("until Christmas 27 Dec 2026 12:00, yearly", ["until Christmas", "27 Dec 2026 12:00, yearly"]),
        ("first workday: 37, 9 to 50 expected", ["first workday: 37,", "9 to 50 expected"]),
        ("Line two until 18:00, ext. 4115", ["Line two until 18:00,", "ext. 4115"]),
        ("Sponsors heard by the 2 of 4 groups", ["Sponsors heard by the", "2 of 4 groups"]),
    ],
)
def test_a_line_parts_no_number_from_what_it_counts_and_no_day_from_its_time(text, lines):
    assert wrap(text, 26) == lines


def test_a_word_longer_than_a_line_goes_on_in_the_next_after_a_joint_where_it_has_one():
    assert wrap("Digest 163f86d338dbcdf7e6ee4a294f7ab04a of it", 16) == [
        "Digest",
        "163f86d338dbcdf7",
        "e6ee4a294f7ab04a",
        "of it",
    ]
    assert wrap("It goes to /home/desk/reports/MFA-report.html", 20) == [
        "It goes to",
        "/home/desk/reports/",
        "MFA-report.html",
    ]


def test_what_has_no_room_on_a_line_is_broken_at_a_blank_that_forbids_it():
    held = "\N{NO-BREAK SPACE}"
    assert wrap(f"Charter:{held}https://desk.example/charter", 28) == ["Charter:", "https://desk.example/charter"]


def test_a_very_long_word_is_broken_in_one_pass():
    lines, work = with_effort(lambda: wrap("x" * 100_000, 40))
    assert (len(lines), "".join(lines)) == (2_500, "x" * 100_000)
    assert work < 20
