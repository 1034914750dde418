"""Reading XML that somebody else wrote: without a DOCTYPE, within limits, and only the elements that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from changedesk.errors import RefusedFile

DEPTH_LIMIT = 32
TEXT_LIMIT = 4_000
"""Of an element's text so many characters are kept."""
ELEMENT_LIMIT = 20_000_000
_CHUNK = 1 << 16


@dataclass(slots=True)
class Element:
    """An element that was asked for: the texts of its plain children, and those children that hold others."""

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The text of a child, empty when it is missing."""
        return self.texts.get(name, "")

    def named(self, name: str) -> list[Element]:
        """The children of that name that hold others."""
        return [child for child in self.children if child.name == name]


def read_elements(
    file: BinaryIO, root: str, wanted: Mapping[tuple[str, ...], Callable[[Element], None]], what: str
) -> dict[str, str]:
    """Walk an XML document and hand over every element at one of the ``wanted`` paths below the root, when it is complete.

    Returns the texts of the root's plain children. ``what`` names the format for sentences. Names are taken without their
    namespace. Raises RefusedFile for what is no such document, has a DOCTYPE, or goes beyond
    the limits.
    """
    walk = _Walk(root, wanted, what)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.characters
    parser.StartDoctypeDeclHandler = walk.doctype
    parser.EntityDeclHandler = walk.doctype
    try:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code) or "it cannot be understood"
        raise RefusedFile.whole(f"this is no complete XML: {said} in line {error.lineno}") from None
    except (LookupError, ValueError):
        raise RefusedFile.whole("the file names a character encoding that is not known; save it as UTF-8") from None
    return walk.facts


class _Walk:
    """The state of one walk: where it is, and what is being collected."""

    def __init__(self, root: str, wanted: Mapping[tuple[str, ...], Callable[[Element], None]], what: str) -> None:
        self.facts: dict[str, str] = {}
        self._root = root
        self._wanted = wanted
        self._what = what
        self._path: list[str] = []
        self._open: list[Element] = []
        self._text: list[str] = []
        self._kept = 0
        self._elements = 0
        self._leaf = False

    def start(self, name: str, _attributes: object) -> None:
        name = name.rpartition(" ")[2]
        self._elements += 1
        if not self._path and name != self._root:
            raise RefusedFile.whole(f"this is no {self._what}: it begins with {name[:60]}, not with {self._root}")
        if len(self._path) >= DEPTH_LIMIT:
            raise RefusedFile.whole(f"the elements lie more than {DEPTH_LIMIT} deep, which no {self._what} does")
        if self._elements > ELEMENT_LIMIT:
            raise RefusedFile.whole(f"the file has more than {ELEMENT_LIMIT:,} elements")
        if self._leaf and self._open:
            # What looked like plain text holds elements: it becomes a child by itself.
            child = Element(self._path[-1])
            self._open[-1].children.append(child)
            self._open.append(child)
        self._path.append(name)
        if not self._open and tuple(self._path[1:]) in self._wanted:
            self._open.append(Element(name))
            self._leaf = False
        else:
            self._leaf = True
        self._text.clear()
        self._kept = 0

    def end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        if self._leaf:
            text = "".join(self._text).strip()
            if self._open:
                self._open[-1].texts.setdefault(name, text)
            elif len(self._path) == 2:
                self.facts.setdefault(name, text)
        elif self._open:
            done = self._open.pop()
            if not self._open:
                self._wanted[tuple(self._path[1:])](done)
        self._path.pop()
        self._leaf = False
        self._text.clear()

    def characters(self, text: str) -> None:
        if self._leaf and self._kept < TEXT_LIMIT:
            self._text.append(text[: TEXT_LIMIT - self._kept])
            self._kept += len(text)

    def doctype(self, *_: object) -> None:
        raise RefusedFile.whole(
            "the file has a DOCTYPE, which can make a program do what it should not; it is not read"
        )
