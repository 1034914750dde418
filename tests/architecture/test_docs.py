"""What the documentation points at is there: pages and their sections, commands with their options, targets of make."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from changedesk.cli.invocation import split_options
from changedesk.cli.verbs import program
from changedesk.screens.glossary import COLOURS, WORDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")) if path.name not in ("CHANGELOG.md", "keys.md")
)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


@dataclass(frozen=True)
class Named:
    """A command that a page names, and whether it is shown to be typed as it stands."""

    page: str
    text: str
    whole: bool


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)


def blocks(page: Path) -> Iterator[str]:
    """The lines of its blocks of code, fenced or indented, without prompts."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"```\w*\n(.*?)```", text, re.S):
        yield from block.splitlines()
    yield from (line for line in prose(page).splitlines() if line.startswith("    "))


def commands() -> Iterator[Named]:
    """Every ``changedesk ...`` of every page."""
    for page in PAGES:
        place = page.relative_to(ROOT).as_posix()
        for line in blocks(page):
            # A line may run it on another host or at a time; behind it stands what becomes of its output.
            if found := re.search(r"(?:^|\s)(?:/\S*/bin/)?changedesk((?: +(?![|>#&]|2>)[^|>#&]+)?)", line):
                yield Named(place, found[1].strip(), whole=True)
        for code in re.findall(r"`([^`\n]+)`", prose(page)):
            if code.startswith("changedesk "):
                yield Named(place, code.removeprefix("changedesk "), whole=False)


COMMANDS = list(dict.fromkeys(commands()))


def resolved(words: Sequence[str]) -> tuple[click.Command, list[str]]:
    """The verb that the words name, and what is left of them for it."""
    command: click.Command = program
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        following = command.get_command(click.Context(command), name)
        assert following is not None, f"there is no verb {name}"
        command = following
    return command, rest


def section(heading: str) -> str:
    """A heading as the end of an address."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("named", COMMANDS, ids=lambda named: f"{named.page}: {named.text}"[:70])
def test_a_command_that_a_page_names_is_one(named: Named) -> None:
    _, words = split_options(shlex.split(named.text.removesuffix("...")))
    command, rest = resolved(words)
    if command is program:
        assert rest == []  # the dashboard
        return
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {
        "--help"
    }
    assert {word for word in rest if word.startswith("--")} <= options
    if named.whole and "--help" not in rest and not named.text.endswith("..."):
        # Fails as the program does when something is missing, or is no word of the option.
        command.make_context(named.text, rest)


def test_pages_name_many_commands() -> None:
    assert len({named.text for named in COMMANDS}) > 50


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_points_at_is_there(page: Path) -> None:
    missing = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        place = (page.parent / file).resolve() if file else page
        if not place.exists():
            missing.append(target)
        elif anchor:
            headings = re.findall(r"^#+ (.*)$", place.read_text(encoding="utf-8"), re.M)
            missing += [target] if anchor not in map(section, headings) else []
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_target_of_make_that_a_page_names_is_one(page: Path) -> None:
    named = set(re.findall(r"`make ([a-z-]+)`", prose(page)))
    named |= {found[1] for line in blocks(page) if (found := re.match(r"\s*make ([a-z-]+)", line))}
    assert named <= TARGETS


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_a_file_that_a_page_of_the_tree_names_is_where_it_says(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w*]+/)+[\w*.]*)`", text))
    assert named
    places = (ROOT, ROOT / "src" / "changedesk")
    assert [path for path in sorted(named) if not any([*place.glob(path.rstrip("/"))] for place in places)] == []


def test_the_words_that_the_readme_explains_are_those_that_the_help_explains() -> None:
    section = (
        (ROOT / "README.md").read_text(encoding="utf-8").split("## What the words mean", 1)[1].split("\n## ", 1)[0]
    )
    words = {word.casefold() for word in re.findall(r"\*\*([^*]+)\*\*", section)}
    explained = {word for word, _ in WORDS} | {sign.word for sign in COLOURS}
    assert words - explained == set()
