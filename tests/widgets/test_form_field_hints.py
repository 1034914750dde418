"""What an empty field says in grey has room in the field, and what stands under it ends with a clause."""

from __future__ import annotations

from changedesk.domain.field_entry import words_of
from changedesk.domain.forms.control import CHANGE_FORM
from changedesk.domain.forms.registry import FORMS
from changedesk.widgets.canvas import cells, first_that_fits
from changedesk.widgets.forms.field import SHORT, _shorter, hint_of, is_short

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


def test_no_hint_has_two_signs_before_its_words():
    hints = [hint_of(field, words_of(field.column.type)) for form in FORMS.values() for field in form.fields]
    assert any(hint.startswith("Did it do what it was for? met objectives · ") for hint in hints)
    assert [hint for hint in hints if "?:" in hint] == []
