"""Clients and policies: what does each client require of its changes, and in what do two of them differ?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual.containers import Horizontal
from textual.widget import Widget

from changedesk.commands import key_to
from changedesk.domain.saying import day_month
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.context import Context
from changedesk.screens.control.rules.policy_parts import compared_lines, profile_lines, version_lines
from changedesk.screens.filtered import FilteredScreen
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.screens.labelled import plain_lines
from changedesk.screens.loading import NOT_READ
from changedesk.screens.none_yet import NO_CLIENT
from changedesk.screens.preview import Preview
from changedesk.screens.read_on import ReadOnScreen
from changedesk.services.control.rules.profiles import ClientLine, Profile, client_lines, profile
from changedesk.widgets.box import Box
from changedesk.widgets.followed_page import FollowedPage
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.page import Lines, Page
from changedesk.widgets.paint import GLYPH, LOADING

COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Client", 11, share=1),
    Column("Name", 14, share=2, from_width=120),
    Column("Policy", 7),
)
NAMES: Final = (Column("Client", 14), Column("Name", 20, share=1))
VERSIONS: Final = (Column("Version", 9), Column("Made", 14), Column("By", 14, share=1))
NONE_LIKE_IT: Final = f"No client is like that; {key_to('app.back')} shows all of them."
TITLE: Final = "What does it require?"
NOTHING: Final = (
    "How a client has its changes approved stands here: its hours, its routes with their steps, who votes on each."
)


class PoliciesScreen(ReadOnScreen, FilteredScreen):
    """The clients, and beside them the profile and the policy of the selected one. Its subject is a client's code."""

    scope = "policies"
    home = "approvals"
    enter = "open"
    filter_hint = "words of code, name"
    CSS_PATH = "policies.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-broad")]  # noqa: RUF012 Textual declares it so

    def __init__(self, context: Context) -> None:
        super().__init__(context, COLUMNS)
        self._wanted = ""
        self._lines: tuple[ClientLine, ...] = ()
        self._profile: Profile | None = None
        self._list = Box("Clients", keys=self.keys_of(("filter", "filter")), id="clients")
        self._page = FollowedPage(self._profile_lines, self._say_position)
        words = (("open", "edit"), ("compare", "compare"), ("versions", "versions"))
        self._box = Box(TITLE, keys=self.keys_of(*words), id="profile")

    def content(self) -> Iterable[Widget]:
        """The clients and the page of the selected one."""
        with Horizontal(id="both"):
            with self._list:
                yield self._table
            with self._box:
                yield self._page

    def reload(self) -> None:
        """Read the clients as they are now."""
        self.load(self.scope, lambda: client_lines(self.context.session), self._show)

    def open_subject(self, subject: str) -> None:
        """Select this client; what other screens are about selects nothing."""
        self._wanted = subject
        if self.is_attached:
            self._table.select(subject)

    @property
    def page(self) -> Page:
        """What the selected client requires."""
        return self._page

    def blocked_reason(self, name: str) -> str | None:
        """What there is not yet."""
        profile = self._profile
        if name == "filter":
            return super().blocked_reason(name)
        if profile is None:
            return NOT_READ if self._lines else self.lacks(self.scope, NO_CLIENT)
        if name in ("versions", "compare", "profile") and profile.client.code != self._table.selected_key:
            return NOT_READ  # what stands there is still that of the client before, under its own name
        if name == "versions" and not profile.versions:
            return f"There is no version yet: {profile.client.code} has no policy of its own."
        if name == "compare" and len(self._lines) < 2:
            return "There is no other client in view."
        return super().blocked_reason(name)

    # --- commands

    def do_open(self) -> None:
        """Edit the policy."""
        self.go("policy", self._table.selected_key)

    def do_compare(self) -> None:
        """Show another client beside this one."""
        mine, session = self._profile, self.context.session
        if mine is None:
            return
        others = [Choice(one.code, (one.code, one.name)) for one in self._lines if one.code != mine.client.code]

        def chosen(client: str) -> None:
            self.read_to_ask(
                "compare", lambda: profile(session, client), lambda other: self._show_compared(mine, other)
            )

        choose_one(self, f"{mine.client.code} beside which client?", NAMES, others, chosen)

    def do_versions(self) -> None:
        """Show an earlier version."""
        profile, today = self._profile, self.context.clock().date()
        if profile is None:
            return
        versions = {str(one.version): one for one in profile.versions}
        choices = [
            Choice(key, (key, day_month(one.made_at.date(), today), one.made_by)) for key, one in versions.items()
        ]

        def chosen(version: str) -> None:
            title = f"{profile.client.code}, version {version}"
            self.app.push_screen(Preview(title, lambda width: version_lines(versions[version], width), ()))

        choose_one(self, f"Policy of {profile.client.code}", VERSIONS, choices, chosen)

    def do_profile(self) -> None:
        """Change the zone, hours and terms of the client."""
        if self._profile is not None:
            open_form(self, FormRequest("clients", self._profile.client.id, done=self._done))

    def do_changes(self) -> None:
        """List the changes of the client."""
        self.go("changes", f"client {self._table.selected_key}")

    def leave(self) -> None:
        """Go back to the decisions."""
        self.go("approvals")

    # --- how it works

    def _show(self, lines: Sequence[ClientLine]) -> None:
        self._lines, self._profile = tuple(lines), None
        self._fill()
        if self._wanted:
            self._table.select(self._wanted)
            self._wanted = ""

    def _fill(self) -> None:
        words = self._words.strip()
        found = [line for line in self._lines if _has(line, words)]
        self._table.show(ListSource(_row(line) for line in found), empty=NONE_LIKE_IT if words else NO_CLIENT)
        shown = f"{len(found):,} of {len(self._lines):,}"
        self._list.set_title("Clients", self.narrowed((f"“{words}”" if words else "",), shown), "key")
        if not found:
            self._profile = None
            self._box.set_title(TITLE)
            self._page.refresh_lines()
        self._follow()

    def _follow(self) -> None:
        code = self._table.selected_key
        self._list.set_note(self._table.position_text)
        if code and (self._profile is None or self._profile.client.code != code):
            session = self.context.session
            self.load("profile", lambda: profile(session, code), self._show_profile)

    def _show_profile(self, profile: Profile) -> None:
        other = self._profile is None or self._profile.client.code != profile.client.code
        self._profile = profile
        self._box.set_title(profile.client.code, profile.client.name or "", "explain")
        if other:
            self._page.to_top()
        else:
            self._page.refresh_lines()

    def _profile_lines(self, width: int) -> Lines:
        if self._profile is None:
            there_is_none = not self._lines and not self.lacks(self.scope, "")
            return list(plain_lines(NOTHING, width, "explain")) if there_is_none else ((LOADING,),)
        return profile_lines(self._profile, self.context.clock(), width, self.context.config.keymap)

    def _say_position(self) -> None:
        self._box.set_note(self._page.position_text)
        self.refresh_keys()

    def _show_compared(self, mine: Profile, other: Profile) -> None:
        title = f"{mine.client.code} and {other.client.code}"
        now = self.context.clock()
        self.app.push_screen(Preview(title, lambda width: compared_lines(mine, other, now, width), ()))


def _has(line: ClientLine, words: str) -> bool:
    text = f"{line.code} {line.name or ''}".casefold()
    return all(word in text for word in words.casefold().split())


def _row(line: ClientLine) -> Row:
    version = f"v{line.version}" if line.version else "default"
    return Row(
        line.code,
        (
            cell(GLYPH["late"], "late") if line.overdue else cell(GLYPH["at_risk"] if line.vacant else "", "risk"),
            cell(line.code),
            cell(line.name, "explain"),
            cell(version, "ink" if line.version else "explain"),
        ),
    )
