"""Approval policy: the policy of one client as a draft, edited step by step and kept as the next version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget

from changedesk.domain.control.policy import Policy, Route, StepRule
from changedesk.domain.control.policy_problems import policy_problems
from changedesk.screens.context import Context
from changedesk.screens.control.rules.policy_draft import (
    COLUMNS,
    RULES,
    key_of,
    moved,
    place_of,
    policy_rows,
    selected_text,
    with_route,
    with_step,
    without,
)
from changedesk.screens.control.rules.policy_parts import changed_lines
from changedesk.screens.control.rules.policy_talk import ask_route, ask_step, edit_rule
from changedesk.screens.listed import ListScreen
from changedesk.screens.loading import NOT_READ
from changedesk.screens.preview import Preview
from changedesk.screens.question import Answer, Question
from changedesk.services.control.rules.policies import set_policy
from changedesk.services.control.rules.profiles import Profile, profile
from changedesk.widgets.canvas import Line, wrap
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.paint import GLYPH, ink

NOT_REMOVED: Final = "A rule of the client stays; enter changes it."


class PolicyScreen(ListScreen):
    """The policy of one client. Its subject is the client's code."""

    scope = "policy"
    home = "approvals"
    enter = "edit"
    CSS_PATH = "policy.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._client = ""
        self._read: Profile | None = None
        self._draft: Policy | None = None
        self._detail = Drawing(id="detail")
        self._box = self.boxed("Approval policy", self._detail, id="policy")

    def content(self) -> Iterable[Widget]:
        """The rows, and all of the selected one, or what is wrong."""
        yield self._box

    def reload(self) -> None:
        """Read the policy that holds; a draft that was begun stays."""
        session, client = self.context.session, self._client
        if client and not self._changed:
            self.load("policy", lambda: profile(session, client), self._show)

    def open_subject(self, subject: str) -> None:
        """Edit the policy of this client."""
        if subject and subject != self._client:
            self._client, self._read, self._draft = subject, None, None
            self.begin_anew()
        elif self.is_attached:
            self.reload()

    def blocked_reason(self, name: str) -> str | None:
        """What there is no sense in."""
        if self._draft is None or self._read is None:
            return NOT_READ
        kind, _, _ = place_of(self._table.selected_key)
        if name in ("remove", "up", "down") and kind == "rule":
            return NOT_REMOVED
        if name == "new_step" and not self._draft.routes:
            return "A step belongs to a route; make one first."
        if name == "save" and not self._changed:
            return "Nothing was changed."
        return None

    # --- commands

    def do_edit(self) -> None:
        """Change the selected rule, route or step."""
        draft = self._draft
        if draft is None:
            return
        kind, first, second = place_of(self._table.selected_key)
        if kind == "rule":
            edit_rule(self, RULES[first], draft, self._put)
        elif kind == "route":
            ask_route(self, draft.routes[first], lambda route: self._put(with_route(draft, first, route)))
        else:
            step = draft.routes[first].steps[second]
            key = f"{first} {second}"
            ask_step(self, self._client, key, step, lambda new: self._put(with_step(draft, first, second, new)))

    def do_new_step(self) -> None:
        """Add a step after the selected one."""
        draft = self._draft
        if draft is None:
            return
        kind, first, second = place_of(self._table.selected_key)
        route, place = (first, second + 1) if kind == "step" else (first if kind == "route" else 0, 0)

        def put(step: StepRule) -> None:
            self._put(with_step(draft, route, place, step, new=True), key_of("step", route, place))

        ask_step(self, self._client, f"{route} new", None, put)

    def do_new_route(self) -> None:
        """Add a route before the selected one."""
        draft = self._draft
        if draft is None:
            return
        kind, first, _ = place_of(self._table.selected_key)
        place = first if kind != "rule" else 0
        key = key_of("route", place)
        ask_route(self, Route("normal", ()), lambda route: self._put(with_route(draft, place, route, new=True), key))

    def do_remove(self) -> None:
        """Remove the selected step or route from the draft."""
        draft, key = self._draft, self._table.selected_key
        if draft is not None:
            self._put(without(draft, key))

    def do_up(self) -> None:
        """One place earlier."""
        self._move(-1)

    def do_down(self) -> None:
        """One place later."""
        self._move(1)

    def do_save(self) -> None:
        """Show what changes, and keep it as the next version."""
        draft, read = self._draft, self._read
        if draft is None or read is None:
            return
        problems = policy_problems(draft)
        if problems:
            self.say(f"Not kept: {'; '.join(problems[:3])}.", "late", passing=False)
            return
        title = f"Version {read.version + 1} for {self._client}"
        answers = (Answer("y", "keep it"),)
        self.app.push_screen(
            Preview(title, lambda width: changed_lines(read.policy, draft, width), answers), self._agreed
        )

    def leave(self) -> None:
        """Go back to the clients; a draft that was changed only after a question."""
        if self._changed:
            text = "The draft was changed and is not kept as a version."
            answers = (Answer("x", "throw it away", "The policy that holds stays as it is."),)
            self.app.push_screen(Question("Leave the policy?", text, answers), self._left)
        else:
            self.go("policies", self._client)

    # --- how it works

    @property
    def _changed(self) -> bool:
        return self._read is not None and self._draft is not None and self._draft != self._read.policy

    def _show(self, read: Profile) -> None:
        if self._changed:
            return
        self._read, self._draft = read, read.policy
        self._fill()

    def _put(self, draft: Policy, key: str = "") -> None:
        """Go on with another draft."""
        self._draft = draft
        self._fill()
        if key:
            self._table.select(key)

    def _fill(self) -> None:
        draft, read = self._draft, self._read
        if draft is None or read is None:
            return
        self._table.show(policy_rows(draft))
        version = f"version {read.version}" if read.version else "no version of its own yet"
        key = self.context.config.keymap.shown("policy.save")
        answer = f"changed, {key} keeps version {read.version + 1}" if self._changed else version
        self._box.set_title(f"Approval policy of {self._client}", answer, "key" if self._changed else "explain")
        self._follow()

    def _follow(self) -> None:
        draft = self._draft
        if draft is None:
            return
        problems = policy_problems(draft)
        text = selected_text(draft, self._table.selected_key)

        def draw(width: int, height: int) -> tuple[Line, ...]:
            lines: list[Line] = [(ink(line, "explain"),) for line in wrap(text, width)]
            lines += [(ink(line, "late"),) for one in problems for line in wrap(f"{GLYPH['late']} {one}", width)]
            return tuple(lines[:height])

        self._detail.show(draw)
        self._box.set_note(self._table.position_text)
        self.refresh_keys()

    def _move(self, step: int) -> None:
        if self._draft is not None:
            self._put(*moved(self._draft, self._table.selected_key, step))

    def _agreed(self, key: str | None) -> None:
        draft, read, session = self._draft, self._read, self.context.session
        if key == "y" and draft is not None and read is not None:
            self.load("keep", lambda: set_policy(session, self._client, draft, read=read.version), self._kept)

    def _kept(self, version: int) -> None:
        self._read = self._draft = None
        self.read_again()
        self.say(f"Version {version} of {self._client} holds for changes that are handed in from now on.", "fine")

    def _left(self, key: str | None) -> None:
        if key == "x":
            self._read = self._draft = None
            self.go("policies", self._client)
