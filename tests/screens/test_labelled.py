"""Lines of a detail: a label, and what is said wrapped under itself."""

from __future__ import annotations

import pytest

from changedesk.screens.labelled import said


@pytest.mark.parametrize(
    ("label", "line"), [("tools", "Tools       4 of 5"), ("performance reviews", "Performance reviews 4 of 5")]
)
def test_a_label_that_is_longer_than_its_column_never_touches_what_is_said(label: str, line: str):
    (only,) = said(label, "4 of 5", 40)
    assert "".join(span.text for span in only) == line
