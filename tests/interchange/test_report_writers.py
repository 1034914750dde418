"""A report as Markdown and as a page: all of it is text, nothing of it is markup, and nothing asks for anything outside."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from changedesk.domain.report import (
    Bullets,
    LaneBar,
    LaneChart,
    LineChart,
    Mark,
    PhaseBar,
    Prose,
    Report,
    Section,
    Table,
    Verdict,
    Verdicts,
)
from changedesk.interchange.markdown_text import escaped
from changedesk.interchange.minutes import MinutesItem, minutes_page
from changedesk.interchange.report_html import html
from changedesk.interchange.report_markdown import markdown
from changedesk.interchange.svg import WIDTH, Days, nice_top, rows_of
from changedesk.interchange.svg_lanes import lanes
from changedesk.interchange.svg_lines import lines

TODAY = date(2026, 11, 26)
HOSTILE = '<script src="//evil">x</script> [go](javascript:x) | **b** &amp; \x1b[31m https://evil.example "\' `rm`'


def a_report(said: str = "Fine words") -> Report:
    """A report in which every text is ``said``."""
    day = TODAY
    phases = (PhaseBar(said, day - timedelta(days=40), day - timedelta(days=2), 0.5, late=True),)
    marks = (
        Mark(day, said, "today"),
        Mark(day, said, "go_live"),
        Mark(day, said, "checkpoint", 1),
        Mark(day, said, "wave"),
    )
    series = tuple((day - timedelta(days=n), float(n)) for n in range(40, 0, -1))
    band = tuple((d, value - 1, value + 1) for d, value in series)
    return Report(
        said,
        said,
        "late",
        said,
        (
            Section(said, (Prose(said), Bullets((said, said), ("late", "fine")), Bullets((said,)))),
            Section(said, (Table((said, said), ((said, said),), frozenset({1})),)),
            Section(said, (Verdicts((Verdict(said, said, said, "at_risk", ((f"  {said}", said, said),)),)),)),
            Section(said, (LaneChart(said, (LaneBar(said, said, phases),), marks),)),
            Section(said, (LineChart(said, said, bars=series, band=band, marks=marks[1:2]),)),
            Section(said, (LineChart(said, said, points=series, target=20.0, target_text=said, top=100),)),
        ),
        said,
        day,
    )


class Page(HTMLParser):
    """What a page holds: its elements with attributes, its text, and whether every element is closed."""

    VOID = frozenset({"meta", "line", "rect", "polygon", "polyline", "circle"})

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


HARMLESS = frozenset(
    {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "p", "b", "section", "ul", "li", "table",
        "thead", "tbody", "tr", "th", "td", "div", "figure", "figcaption", "footer", "svg", "text", "tspan", "line", "rect",
        "polygon", "polyline", "circle",
    }
)  # fmt: skip


@pytest.mark.parametrize("said", ["Fine words", HOSTILE, "</style><script>x</script>", '"><img src=x onerror=y>', ""])
def test_a_page_holds_text_and_drawings_and_asks_for_nothing(said: str) -> None:
    page = Page(html(a_report(said)))
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= HARMLESS
    for _, attributes in page.elements:
        assert not {"src", "href", "xlink:href", "action", "srcset", "data", "poster"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        assert "url(" not in (attributes.get("style") or "") + (attributes.get("fill") or "")
    style = html(a_report(said)).split("<style>")[1].split("</style>")[0]
    assert not re.search(r"url\(|@import|https?:", style)
    policy = next(found for tag, found in page.elements if tag == "meta" and "http-equiv" in found)
    assert "default-src 'none'" in (policy["content"] or "")


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_whatever_is_said_is_text_on_the_page(said: str) -> None:
    page = Page(html(a_report(said)))
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= HARMLESS


def test_the_page_says_everything_that_the_report_says() -> None:
    page = " ".join(Page(html(a_report("Distinct"))).text)
    assert page.count("Distinct") >= 25
    assert "▲ Late" in page
    assert "● Fine" in page


def test_a_verdict_and_a_level_are_told_by_words_and_not_by_colour_alone() -> None:
    for level, word in (("late", "Late"), ("at_risk", "At risk"), ("fine", "Fine"), ("unknown", "Unknown")):
        assert word in html(replace(a_report(), level=level))
        assert f"**{word}**" in markdown(replace(a_report(), level=level))


@given(st.text(max_size=80))
@example("0@|0")
@example("_https://evil.example or 0https://evil.example")
@example("_www.evil.example")
@example("me@_evil.example")
@settings(max_examples=200)
def test_nothing_that_is_said_acts_in_markdown(said: str) -> None:
    line = escaped(said)
    assert "\n" not in line
    bare = re.sub(r"\\.", " ", line)
    assert not set(bare) & set("`*_[]<>|&~#$\\")
    assert not re.search(r"(?i)(https?|ftp|mailto):|www\.", bare)
    assert not re.search(r"\w@\\?\w", line)
    assert not re.match(r"\d+[.)]|[-+=:]", line)


def test_minutes_of_a_board_bring_no_address_that_can_be_followed() -> None:
    lure = "see https://evil.example or www.evil.example ~~now~~ &lt;b&gt; and me@evil.example"
    page = minutes_page(lure, [("Chair", lure)], [MinutesItem("CHG-1", lure, lure, "", [lure], "approved", lure)])
    assert not re.search(r"https:|www\.|(?<!\\)[~&@]", page)
    assert page.count("evil") == 18


def test_a_hostile_report_has_as_many_table_cells_as_a_harmless_one() -> None:
    def cells(text: str) -> list[int]:
        rows = [line for line in text.splitlines() if line.startswith("| ")]
        return [len(re.findall(r"(?<!\\)\|", row)) for row in rows]

    assert cells(markdown(a_report(HOSTILE))) == cells(markdown(a_report("x")))
    headings = [line for line in markdown(a_report(HOSTILE)).splitlines() if line.startswith("#")]
    assert len(headings) == 7


def test_a_chart_in_markdown_is_the_table_of_what_it_shows() -> None:
    text = markdown(a_report("x"))
    assert "Wed 25 Nov | 1 | 0 to 2" in text
    assert "Sat 17 Oct to Tue 24 Nov | 50 %, late" in text
    of_next_year = replace(a_report("x"), today=date(2027, 1, 8))
    assert "Wed 25 Nov 2026 | 1 | 0 to 2" in markdown(of_next_year)


@given(st.lists(st.tuples(st.floats(0, 700), st.floats(1, 80)), max_size=20))
def test_no_two_texts_of_a_row_overlap(found: list[tuple[float, float]]) -> None:
    extents = sorted((begin, begin + width) for begin, width in found)
    by_row: dict[int, list[tuple[float, float]]] = {}
    for extent, row in zip(extents, rows_of(extents), strict=True):
        by_row.setdefault(row, []).append(extent)
    for row in by_row.values():
        assert all(one[1] <= other[0] for one, other in pairwise(row))


@given(st.floats(0.01, 1e6))
def test_the_top_of_a_scale_holds_all_of_it_and_not_much_more(value: float) -> None:
    assert value <= nice_top(value) <= 2 * value * 1.001


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 2000))
def test_ticks_are_few_and_lie_on_the_scale(first: date, length: int) -> None:
    days = Days(first, first + timedelta(days=length), 4, WIDTH - 4)
    ticks = days.ticks()
    assert len(ticks) <= 9
    assert all(days.first <= day <= days.last for day, _ in ticks)
    assert all(4 <= days.middle(day) <= WIDTH for day, _ in ticks)


@given(
    st.lists(
        st.tuples(st.integers(-400, 400), st.integers(0, 200), st.text("abc d", min_size=1, max_size=25)), max_size=9
    )
)
@settings(max_examples=60, deadline=None)
def test_no_phase_is_drawn_over_the_edge(found: list[tuple[int, int, str]]) -> None:
    phases = tuple(
        PhaseBar(name, TODAY + timedelta(days=start), TODAY + timedelta(days=start + length), 0.3, late=False)
        for start, length, name in found
    )
    drawn = lanes(LaneChart("said", (LaneBar("Delivery", "", phases),), (Mark(TODAY, "today", "today"),)))
    for x, width in re.findall(r'<rect x="([\d.-]+)" y="[\d.]+" width="([\d.]+)"', drawn):
        assert -0.1 <= float(x) <= float(x) + float(width) <= WIDTH + 2


def test_charts_without_a_day_are_nothing() -> None:
    assert lanes(LaneChart("said", (), ())) == ""
    assert lines(LineChart("said", "%")) == ""
