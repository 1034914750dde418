"""What completes the fields of a form: words of closed lists, and names that the desk knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from changedesk.domain.field_entry import BETWEEN, beginning
from changedesk.domain.kinds.kind import Names, ToAudiences, Words
from changedesk.screens.forms.request import FormRequest
from changedesk.screens.none_yet import NO_CLIENT, NO_PERSON
from changedesk.services.records.completing import suggestions
from changedesk.services.session import Session
from changedesk.widgets.forms.choices import Choices
from changedesk.widgets.forms.field import FieldEntry
from changedesk.widgets.forms.form import FormBody

NONE_KNOWN: Final = "Nothing is known yet that could stand in {}."
FIRST_MADE: Final = {"clients": NO_CLIENT, "people": NO_PERSON}
"""Where the first of what completes a field is made, by what completes it."""
SEVERAL: Final = (Words, Names, ToAudiences)
"""The types of fields that take several words or names, each completed by itself."""

Load = Callable[[str, Callable[[], Any], Callable[[Any], object]], None]
"""How a screen reads in the background: token, what to call, what to do with the result."""


class Completion:
    """Opens the choices of the field that is typed in, and puts the one that is taken into it."""

    def __init__(
        self,
        body: FormBody,
        choices: Choices,
        session: Session,
        request: FormRequest,
        load: Load,
        say: Callable[[str], object],
    ) -> None:
        self._body = body
        self._choices = choices
        self._session = session
        self._request = request
        self._load = load
        self._say = say
        self._wanted = ""
        self.is_reading = False
        """Whether the names that complete the field are still being read."""

    @property
    def offers(self) -> bool:
        """Whether there is anything that ever completes the current field."""
        entry = self._body.current
        return bool(entry.words) or bool(entry.field.suggest)

    def open(self, *, everything: bool) -> bool:
        """Show what completes the field, or ``everything`` that may stand in it; false when nothing ever does."""
        entry = self._body.current
        self.is_reading = False
        self._wanted = text = _typed(entry)
        words = entry.words
        if words:
            found = words if everything else beginning(words, text) if text else ()
            self._offer(entry, found, text, closed=True)
        elif not entry.field.suggest:
            self._choices.close()
            return False
        elif text or everything:
            self._ask(entry, text, "" if everything else text)
        else:
            self._choices.close()
        return True

    def ends_word(self, text: str) -> bool:
        """Whether this text ends a word of several, so that the choice that is marked is taken for it and the next one begins."""
        return text.strip() == BETWEEN and isinstance(self._body.current.field.column.type, SEVERAL)

    def take(self) -> None:
        """Put the marked choice into the field."""
        entry, word = self._body.current, self._choices.chosen
        self._choices.close()
        if not word:
            return
        if isinstance(entry.field.column.type, SEVERAL):
            before = entry.line.value.rpartition(BETWEEN)[0]
            word = f"{before}{BETWEEN} {word}" if before else word
        entry.take(word)

    def take_typed(self) -> None:
        """The same where something was typed; a list that was only looked at is closed."""
        if _typed(self._body.current):
            self.take()
        self.close()

    def follow(self) -> None:
        """The field stands elsewhere; the choices stay beside it."""
        if self._choices.is_open:
            self._choices.stand_at(self._body.current.place)

    def close(self) -> None:
        """Take the choices away, also those that are still being read."""
        self._wanted = "\0"
        self.is_reading = False
        if self._choices.is_open:
            self._choices.close()

    def _ask(self, entry: FieldEntry, text: str, beginning_with: str) -> None:
        session, request, values = self._session, self._request, self._body.values

        def read() -> tuple[str, ...]:
            return suggestions(
                session, request.form_name, entry.name_of_column, beginning_with, request.initiative or None, values
            )

        def show(found: tuple[str, ...]) -> None:
            if entry is self._body.current and self._wanted == text:
                self.is_reading = False
                self._offer(entry, found, text, closed=False)
                if not found and not text:
                    self._say(FIRST_MADE.get(entry.field.suggest) or NONE_KNOWN.format(entry.field.label))

        self.is_reading = True
        self._load("choices", read, show)

    def _offer(self, entry: FieldEntry, found: Sequence[str], text: str, *, closed: bool) -> None:
        """Show them; marked is what stands in the field already, else the first if it begins with what is typed, if anything."""
        if not found or (tuple(found) == (text,)):
            self._choices.close()
            return
        same = next((place for place, word in enumerate(found) if word.casefold() == text.casefold()), -1)
        begins = found[0].casefold().startswith(text.casefold())
        self._choices.open(found, same if same >= 0 else 0 if closed or begins else -1, entry.place)


def _typed(entry: FieldEntry) -> str:
    """The text that is to be completed: in a field of several words the last one."""
    text = entry.line.value
    return (text.rpartition(BETWEEN)[2] if isinstance(entry.field.column.type, SEVERAL) else text).strip()
