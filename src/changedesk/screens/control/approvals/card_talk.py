"""A change that is decided on, in a conversation: its conflicts are accepted, and what changed since it was seen is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from changedesk.domain.counted import counted
from changedesk.screens.ask_line import AskLine, some_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.preview import Preview
from changedesk.services.control.approvals.acknowledging import acknowledge
from changedesk.services.control.approvals.card import Since
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import ink


def ask_to_acknowledge(host: DeskScreen, name: str, number: str, done: Callable[[], None]) -> None:
    """Accept the conflicts of a change, for a reason."""
    session = host.context.session

    def given(reason: str | None) -> None:
        if reason:
            host.load("acknowledge", lambda: acknowledge(session, name, reason), acknowledged)

    def acknowledged(many: int) -> None:
        done()
        host.say(f"{number}: {counted(many, 'conflict')} acknowledged.", "fine")

    text = ("Everybody who votes sees that you accept them, and why.",)
    host.app.push_screen(AskLine(f"Accept the conflicts of {number}", text, some_line("say why"), word="accept"), given)


def show_since(host: DeskScreen, found: Since | None, number: str) -> None:
    """Show field by field what changed."""
    if found is None:
        host.say(f"{number} is as it was first written.")
        return
    title = f"{number}: revision {found.since} to {found.revision}"
    host.app.push_screen(Preview(title, lambda width: since_lines(found, width), ()))


def since_lines(found: Since, width: int) -> Lines:
    """The fields that changed, each as it was and as it is."""
    lines: list[Sequence[Span]] = [(ink(f"Written {found.made_at} by {found.made_by}.", "explain"),), ()]
    if not found.changes:
        lines.append((ink("Nothing differs: it was edited and edited back. Votes on the old one still do not count."),))
    for one in found.changes:
        lines.append((ink(one.label, bold=True),))
        for sign, text, token in (("-", one.before or "nothing", "explain"), ("+", one.after or "nothing", "ink")):
            for place, line in enumerate(wrap(text, width - 4)):
                lines.append((Span(f"  {sign if not place else ' '} ", Look("key")), ink(line, token)))
    return lines
