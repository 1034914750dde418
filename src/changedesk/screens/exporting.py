"""Asking for the file that something is written into: Markdown or HTML by its ending; nothing is overwritten unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from changedesk.screens.ask_line import AskLine, Judged
from changedesk.screens.base import DeskScreen
from changedesk.screens.question import ask_first

FORMS: Final = {".md": "md", ".html": "html"}
"""The ending of a file and the form that it is written in."""

Write = Callable[[str, Path, bool], None]
"""Writes the form into the file; true overwrites one that is there."""


def form_of(text: str) -> Judged:
    """Whether a file of that name can be written, and what it becomes."""
    path = Path(text.strip()).expanduser()
    if not text.strip():
        return Judged(False, "the name of a file that ends with .md or .html")
    if path.suffix.lower() not in FORMS:
        return Judged(False, "the name ends with .md (Markdown) or .html (one page that can be printed)")
    if path.is_dir() or not path.absolute().parent.is_dir():
        return Judged(False, f"there is no folder {path.absolute().parent}")
    return Judged(True, f"It goes to {path.absolute()}{'; there is such a file already' if path.exists() else ''}")


def ask_for_report(screen: DeskScreen, code: str, title: str) -> None:
    """Write the sponsor's report on an initiative."""
    session = screen.context.session

    def write(form: str, path: Path, force: bool) -> None:
        from changedesk.services.initiative import report

        report.write_report(session, report.report(session, code), form, path, force=force)

    text = f"The sponsor's page on {title}: both lanes, charts, decisions, risks, next steps; one file by itself."
    ask_for_file(screen, "Write the report", text, f"{code}-report.html", write)


def ask_for_file(screen: DeskScreen, title: str, text: str, start: str, write: Write) -> None:
    """Ask for the file and write it, after a question where there is one already."""

    def do(path: Path, force: bool) -> None:
        form = FORMS[path.suffix.lower()]
        screen.load("export", lambda: write(form, path, force), lambda _: screen.say(f"Written: {path}", "fine"))

    def named(answer: str | None) -> None:
        if not answer:
            return
        path = Path(answer).expanduser()
        if path.exists():
            there = f"There is a file {path} already."
            ask_first(screen, "Write over it?", there, "write over it", lambda: do(path, force=True))
        else:
            do(path, force=False)

    screen.app.push_screen(AskLine(title, (text,), form_of, start=start, word="write"), named)
