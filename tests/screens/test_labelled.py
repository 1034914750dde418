"""Lines of a detail: a label, and what is said wrapped under itself."""

from drawings import as_text

from changedesk.screens.labelled import said


def test_a_label_that_is_longer_than_its_column_never_touches_what_is_said():
    assert as_text(said("tools", "4 of 5", 40)) == ["tools       4 of 5"]
    assert as_text(said("performance reviews", "2 of 5", 40)) == ["performance reviews 2 of 5"]
