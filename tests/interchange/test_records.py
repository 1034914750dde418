"""Records of a file: numbered as a spreadsheet numbers them, whatever the line ends and the encoding."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from changedesk.errors import BadInput, Problem, RefusedFile
from changedesk.interchange.records import Records
from changedesk.interchange.source import opened


def _rows(folder: Path, content: bytes) -> list[tuple[int, object]]:
    file = folder / "in.csv"
    file.write_bytes(content)
    with opened(file) as source:
        records = Records(source)
        rows = [(number, cells.problem if isinstance(cells, Problem) else cells) for number, cells in records]
        assert records.unchanged()
        return rows


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_encodings_do_not_matter(tmp_path: Path, end: str, encoding: str) -> None:
    text = end.join(["a,b", 'é,"two' + end + 'lines"', "", "x,日本"])
    assert _rows(tmp_path, text.encode(encoding)) == [(2, ["é", f"two{end}lines"]), (4, ["x", "日本"])]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32"])
def test_an_encoding_that_cannot_be_told_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(RefusedFile) as refused:
        _rows(tmp_path, "a,b\nx,y\n".encode(encoding))
    assert "NUL" in refused.value.problems[0].problem


def test_a_cut_utf_16_file_is_refused_at_its_end(tmp_path: Path) -> None:
    assert _rows(tmp_path, "a,b\nx,y\n".encode("utf-16")[:-3]) == [
        (2, "the row holds bytes that are not UTF-16; save the file as UTF-8, or name its encoding in a map")
    ]


def test_a_quote_within_a_plain_cell_is_a_letter(tmp_path: Path) -> None:
    assert _rows(tmp_path, b'a,b\n5" screen,"say ""hi"""\n') == [(2, ['5" screen', 'say "hi"'])]


def test_ragged_rows_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    assert _rows(tmp_path, b"a,b\n1\n1,2,3\n1,2") == [
        (2, "the row has 1 cell, the header has 2"),
        (3, "the row has 3 cells, the header has 2"),
        (4, ["1", "2"]),
    ]


def test_too_many_rows_or_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("changedesk.interchange.records.ROW_LIMIT", 2)
    assert len(_rows(tmp_path, b"a\n1\n2\n")) == 2
    with pytest.raises(RefusedFile) as refused:
        _rows(tmp_path, b"a\n1\n2\n3\n")
    assert "more than 2 rows" in refused.value.problems[0].problem
    monkeypatch.setattr("changedesk.interchange.source.SIZE_LIMIT", 4)
    with pytest.raises(BadInput, match="larger than"):
        _rows(tmp_path, b"a\n1\n2\n")


def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = threading.Thread(target=lambda: pipe.write_bytes(b"a,b\n1,2\n"))
    writing.start()
    with opened(pipe) as source:
        assert list(Records(source)) == [(2, ["1", "2"])]
    writing.join()
