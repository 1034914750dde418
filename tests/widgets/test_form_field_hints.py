"""What an empty field says in grey has room in the field."""

from __future__ import annotations

from changedesk.domain.forms.registry import FORMS
from changedesk.widgets.canvas import cells
from changedesk.widgets.form_field import SHORT, hint_of, is_short


def test_what_an_empty_short_field_means_is_not_cut():
    meant = {
        (name, field.column.name): f"means {field.when_empty}"
        for name, form in FORMS.items()
        for field in form.fields
        if field.when_empty and is_short(field.column.type)
    }
    assert meant
    assert {key: said for key, said in meant.items() if cells(said) > SHORT - 2} == {}


def test_no_hint_has_two_signs_before_its_words():
    hints = [hint_of(field) for form in FORMS.values() for field in form.fields]
    assert any(hint.startswith("Did it do what it was for? met objectives · ") for hint in hints)
    assert [hint for hint in hints if "?:" in hint] == []
