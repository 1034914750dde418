"""What is typed about a watched folder is understood, or the sentence says what is wrong."""

from pathlib import Path

import pytest

from changedesk.screens.records.watch_entry import HOW, Watched, judged, watched


def test_a_kind_alone_or_with_a_profile_or_a_map_and_values(tmp_path: Path):
    own = tmp_path / "my map.toml"
    own.touch()
    assert watched("tickets") == Watched("tickets")
    assert watched("tickets jira-issues client=alder") == Watched("tickets", "jira-issues", None, {"client": "alder"})
    assert watched(f'tickets "{own}"') == Watched("tickets", None, own, {})
    assert judged("tickets jira-issues client=alder").sentence == "tickets, by jira-issues; every row: client alder"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", HOW),
        ("tick", "kinds that begin so: tickets"),
        ("nothing", "there is no kind nothing; such as tickets"),
        ("tickets none.toml", "there is no file none.toml"),
        ("tickets nobody", "a profile is one of: "),
        ("tickets jira-issues other", "one map is enough: jira-issues or other"),
        ("tickets client=alder", "what all rows get goes with a profile or a map"),
        ("tickets 'open", "a quote is not closed"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, wrong: str):
    found = watched(text)
    assert isinstance(found, str)
    assert found.startswith(wrong)
    assert not judged(text).taken
