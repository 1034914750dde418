"""What an empty field says in grey has room in the field, and what stands under it ends with a clause."""

from __future__ import annotations

from changedesk.domain.forms.control import CHANGE_FORM
from changedesk.domain.forms.registry import FORMS
from changedesk.widgets.canvas import cells, first_that_fits
from changedesk.widgets.form_field import SHORT, _led, _shorter, is_short

BESIDE_LESSONS = 54
"""The columns under a field of a new change, at 120 of the terminal."""


def test_what_an_empty_short_field_means_is_not_cut():
    meant = {
        (name, field.column.name): f"means {field.when_empty}"
        for name, form in FORMS.items()
        for field in form.fields
        if field.when_empty and is_short(field.column.type)
    }
    assert meant
    assert {key: said for key, said in meant.items() if cells(said) > SHORT - 2} == {}


def test_a_change_says_what_its_fields_mean_in_whole_clauses_beside_the_lessons():
    helps = [field.help for field in CHANGE_FORM.fields]
    assert [said for said in helps if first_that_fits(_shorter(said), BESIDE_LESSONS).endswith("…")] == []


def test_a_semicolon_that_is_meant_as_a_sign_ends_no_clause():
    assert _shorter("Several with ; between them; none: every freeze") == (
        "Several with ; between them; none: every freeze",
        "Several with ; between them",
    )


def test_a_question_leads_to_its_words_without_a_colon():
    assert [_led("Does a manager let it pass?"), _led("Where it showed")] == [
        "Does a manager let it pass?",
        "Where it showed:",
    ]
