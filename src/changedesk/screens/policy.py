"""Approval policy: the policy of one client as a draft, edited step by step and kept as the next version."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from textual.widget import Widget

from changedesk.domain.control.policy import Policy, Route, StepRule
from changedesk.domain.control.policy_problems import policy_problems
from changedesk.domain.words import OUTCOMES, RISK_LEVELS, plain
from changedesk.screens.ask_line import AskLine, Judged, any_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, Chooser
from changedesk.screens.context import Context
from changedesk.screens.form_request import FormRequest, open_form
from changedesk.screens.hints import tabs
from changedesk.screens.policy_draft import (
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
from changedesk.screens.policy_parts import changed_lines
from changedesk.screens.preview import Preview
from changedesk.screens.question import Answer, Question
from changedesk.services.control import step_form
from changedesk.services.control.profiles import Profile
from changedesk.services.records import Record
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line, wrap
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.followed_table import FollowedTable
from changedesk.widgets.frame import TitleLine
from changedesk.widgets.paint import GLYPH, ink
from changedesk.widgets.rows import Column

WORDS: Final = (Column("", 18), Column("", 20, share=1))
PATHS: Final = {"normal": "voted on before it is done", "emergency": "done now, or voted on at once"}
LONGEST: Final = 10_000
"""Hours that a client may ask for before a window."""
NOT_HERE: Final = "The policy is not here yet."
NOT_REMOVED: Final = "A rule of the client stays; enter changes it."


class PolicyScreen(DeskScreen):
    """The policy of one client. Its subject is the client's code."""

    scope = "policy"
    CSS_PATH = "policy.tcss"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._title_line = TitleLine(tabs(context.config.keymap, {}), "approvals")
        self._client = ""
        self._read: Profile | None = None
        self._draft: Policy | None = None
        self._table = FollowedTable(COLUMNS, self._follow, empty="Loading ...")
        self._detail = Drawing(id="detail")
        self._box = Box("Approval policy", id="policy")

    def content(self) -> Iterable[Widget]:
        """The rows, and all of the selected one, or what is wrong."""
        with self._box:
            yield self._table
            yield self._detail

    def reload(self) -> None:
        """Read the policy that holds; a draft that was begun stays."""
        door, client = self.context.services.policies, self._client
        if client and not self._changed:
            self.load("policy", lambda: door.profile(client), self._show)

    def open_subject(self, subject: str) -> None:
        """Edit the policy of this client."""
        if subject and subject != self._client:
            self._client, self._read, self._draft = subject, None, None
        if self.is_attached:
            self.reload()

    def blocked_reason(self, command_id: str) -> str | None:
        """What there is no sense in."""
        scope, _, name = command_id.partition(".")
        if scope != self.scope:
            return None
        if self._draft is None or self._read is None:
            return NOT_HERE
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
            self._edit_rule(RULES[first], draft)
        elif kind == "route":
            self._ask_route(draft.routes[first], lambda route: self._put(with_route(draft, first, route)))
        else:
            step = draft.routes[first].steps[second]
            self._ask_step(step, f"{first} {second}", lambda new: self._put(with_step(draft, first, second, new)))

    def do_new_step(self) -> None:
        """Add a step after the selected one."""
        draft = self._draft
        if draft is None:
            return
        kind, first, second = place_of(self._table.selected_key)
        route, place = (first, second + 1) if kind == "step" else (first if kind == "route" else 0, 0)
        after = key_of("step", route, place)
        self._ask_step(
            None, f"{route} new", lambda step: self._put(with_step(draft, route, place, step, new=True), after)
        )

    def do_new_route(self) -> None:
        """Add a route before the selected one."""
        draft = self._draft
        if draft is None:
            return
        kind, first, _ = place_of(self._table.selected_key)
        place = first if kind != "rule" else 0
        key = key_of("route", place)
        self._ask_route(Route("normal", ()), lambda route: self._put(with_route(draft, place, route, new=True), key))

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

    def do_back(self) -> None:
        """Go back to the clients; a draft that was changed only after a question."""
        if self.notice:
            self.be_quiet()
        elif self._changed:
            text = "The draft was changed and is not kept as a version."
            answers = (Answer("x", "throw it away", "The policy that holds stays as it is."),)
            self.app.push_screen(Question("Leave the policy?", text, answers), self._left)
        else:
            self.go("policies", self._client)

    # --- what happens

    def on_mount(self) -> None:
        """The keys go to the list."""
        super().on_mount()
        self._table.focus()

    def on_virtual_table_row_opened(self, event: FollowedTable.RowOpened) -> None:
        """Enter changes the selected row."""
        event.stop()
        self.perform("policy.edit")

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
        draft, read, door = self._draft, self._read, self.context.services.policies
        if key == "y" and draft is not None and read is not None:
            self.load("keep", lambda: door.keep(self._client, draft, read.version), self._kept)

    def _kept(self, version: int) -> None:
        self._read = self._draft = None
        self.on_desk_changed()
        self.say(f"{self._client}: version {version} holds for changes that are handed in from now on.", "fine")

    def _left(self, key: str | None) -> None:
        if key == "x":
            self._read = self._draft = None
            self.go("policies", self._client)

    # --- what is asked

    def _edit_rule(self, rule: str, draft: Policy) -> None:
        match rule:
            case "records_votes":
                self._put(replace(draft, records_votes=not draft.records_votes))
            case "lead_hours":
                text = "How many hours have to lie between submitting and the window? 0: no least time."
                self._ask_number("Lead time", text, draft.lead_hours, lambda n: self._put(replace(draft, lead_hours=n)))
            case "review_sample":
                text = "One standard change in how many is looked at although it went well? 0: none."
                self._ask_number(
                    "Looked at", text, draft.review_sample, lambda n: self._put(replace(draft, review_sample=n))
                )
            case _:
                choices = [Choice(one, (plain(one), "counts now" if one in draft.success else "")) for one in OUTCOMES]

                def chosen(keys: tuple[str, ...] | None) -> None:
                    if keys:
                        self._put(replace(draft, success=keys))

                title = "Which outcomes count as success?"
                self.app.push_screen(Chooser(title, WORDS, choices, many=True), chosen)

    def _ask_number(self, title: str, text: str, now: int, then: Callable[[int], None]) -> None:
        def judge(typed: str) -> Judged:
            good = typed.strip().isdecimal() and int(typed) <= LONGEST
            return Judged(good, "" if good else f"a whole number up to {LONGEST:,}")

        def given(typed: str | None) -> None:
            if typed is not None:
                then(int(typed))

        self.app.push_screen(AskLine(title, (text,), judge, start=str(now), word="set it"), given)

    def _ask_route(self, route: Route, then: Callable[[Route], None]) -> None:
        """For which changes a route is: path, risks, services."""
        any_risk = Choice("any", ("any risk", "also one that is not known yet"))

        def path(keys: tuple[str, ...] | None) -> None:
            if keys:
                risks = [Choice(risk, (risk, "meant now" if risk in route.risks else "")) for risk in RISK_LEVELS]
                title = "Of which risk? space marks several"
                chooser = Chooser(title, WORDS, [any_risk, *risks], many=True)
                self.app.push_screen(chooser, lambda levels: risk(keys[0], levels))

        def risk(path: str, keys: tuple[str, ...] | None) -> None:
            if keys:
                risks = () if "any" in keys else tuple(one for one in RISK_LEVELS if one in keys)
                text = ("Of which services, several with ; between them? Enter without a word: of any.",)
                start = ";".join(route.services)
                self.app.push_screen(
                    AskLine("Services", text, any_line(), start=start), lambda typed: services(path, risks, typed)
                )

        def services(path: str, risks: tuple[str, ...], typed: str | None) -> None:
            if typed is not None:
                named = tuple(dict.fromkeys(name.strip() for name in typed.split(";") if name.strip()))
                then(replace(route, path=path, risks=risks, services=named))

        paths = [Choice(one, (one, said)) for one, said in PATHS.items()]
        self.app.push_screen(Chooser("For changes of which path?", WORDS, paths), path)

    def _ask_step(self, step: StepRule | None, key: str, then: Callable[[StepRule], None]) -> None:
        """A step in a form; it goes into the draft."""
        door = self.context.services.policies

        def taken(record: Record) -> None:
            then(door.step(record.values))
            self.say(f"Step {record.values['name']} stands in the draft.", "fine")

        request = FormRequest(
            "policy_step",
            saved=taken,
            title=f"Step of {self._client}",
            start=step_form.texts_of(step) if step else {},
            key=f"{self._client} {key}",
        )
        open_form(self, request)
