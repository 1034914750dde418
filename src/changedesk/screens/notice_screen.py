"""A screen with a line of keys and a notice: what it says stands in the one where it fits, else in the other."""

from __future__ import annotations

from changedesk.domain.saying import as_sentence
from changedesk.screens.context import Context
from changedesk.screens.loading import LoadingScreen
from changedesk.widgets.frame import KeyLine, Notice


class NoticeScreen(LoadingScreen):
    """A screen that says sentences; a subclass yields both widgets in its frame."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._key_line = KeyLine()
        self._notice = Notice()

    def keyed(self, sentence: str) -> str:
        """A sentence that names commands, with the keys that the reader has for them."""
        return self.context.config.keymap.said(sentence)

    def say(self, text: str, level: str = "unknown", *, passing: bool = True) -> None:
        """Say one sentence at the lower edge, with its capital and its full stop; a ``passing`` one goes with the next key.

        ``level`` is late, at_risk, fine or unknown.
        """
        text = as_sentence(self.keyed(text), self.context.login)
        if not (passing and self._key_line.say(text, level)):
            self._notice.show(text, level, passing=passing)

    def be_quiet(self) -> None:
        """Take the sentence away."""
        self._key_line.be_quiet()
        self._notice.hide()

    @property
    def notice(self) -> str:
        """The sentence that is shown now; empty when none is."""
        return self._key_line.said or self._notice.text
