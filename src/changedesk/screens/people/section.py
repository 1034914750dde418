"""One part of a page in parts: its list, everything about the selected row, and the forms that its keys open."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final, Generic, TypeVar

from changedesk.screens.forms.request import FormRequest
from changedesk.widgets.canvas import Line
from changedesk.widgets.lists.rows import Column, Row

PageT = TypeVar("PageT")

NOTHING_CHOSEN: Final = "Nothing is selected here."


class Section(Generic[PageT]):
    """One part of a page. ``name`` stands among the tabs, ``question`` over the list, ``empty`` in an empty one."""

    name: ClassVar[str] = ""
    question: ClassVar[str] = ""
    empty: ClassVar[str] = "Nothing is recorded yet."
    picture_width: ClassVar[int] = 0
    """The columns that a picture takes beside the detail; 0 has none."""

    def count(self, page: PageT) -> str:  # noqa: ARG002 - for subclasses
        """What stands behind the name among the tabs: how many there are."""
        return ""

    @abstractmethod
    def columns(self, width: int) -> Sequence[Column]:
        """The columns of the list on a screen of this width."""

    @abstractmethod
    def rows(self, page: PageT, width: int) -> Iterable[Row]:
        """The rows of the list."""

    def answer(self, page: PageT) -> tuple[str, str]:  # noqa: ARG002 - for subclasses
        """What is answered behind the question, and the meaning of its colour."""
        return "", "explain"

    def besides(self, page: PageT) -> tuple[str, str]:  # noqa: ARG002 - for subclasses
        """What the answer goes on with that means something else, and the meaning of that colour."""
        return "", "explain"

    @abstractmethod
    def detail(self, page: PageT, key: str, width: int) -> Sequence[Line]:
        """Everything about the selected row, in as many lines as that takes."""

    def picture(self, page: PageT, key: str, width: int, height: int) -> tuple[Line, ...]:  # noqa: ARG002 - for subclasses
        """What stands beside the detail."""
        return ()

    def edit(self, page: PageT, key: str) -> FormRequest | str:  # noqa: ARG002 - for subclasses
        """The form that Enter opens on a row, or why there is none."""
        return NOTHING_CHOSEN

    def new(self, page: PageT, key: str) -> FormRequest | str:  # noqa: ARG002 - for subclasses
        """The form of a new record, or why there is none."""
        return "Nothing is made here."

    def closes(self, page: PageT, key: str) -> bool:  # noqa: ARG002 - for subclasses
        """Whether the row is something that can be closed."""
        return False
