"""Colours by their meaning, bars, sparklines, and text in its room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import changedesk
from changedesk.theme import PALETTES, TOKENS, theme_after, theme_named
from changedesk.widgets.canvas import cells
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, Paint, bar, fit_spans, ink, sparkline, width_of


def luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


READ = ("ink", "explain", "delivery", "people", "service", "late", "risk", "fine", "unknown", "key")


LEAST = {"changedesk-dark": (4.5, 4.0), "changedesk-light": (4.5, 4.5), "changedesk-contrast": (7.0, 7.0)}
"""How far a theme's inks stand out from the ground of the screen, and from that of the selected row, at the least."""


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("token", READ)
def test_what_has_to_be_read_stands_out_from_the_ground_and_on_the_selected_row(theme, token):
    palette = PALETTES[theme]
    on_ground, on_selection = LEAST[theme]
    assert contrast(palette[token], palette["ground"]) >= on_ground
    assert contrast(palette[token], palette["selection"]) >= on_selection


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("lane", ["delivery", "people", "service"])
def test_the_name_of_a_phase_can_be_read_on_its_bar_done_or_still_to_come(theme, lane):
    palette = PALETTES[theme]
    least, _ = LEAST[theme]
    assert contrast(palette["ground"], palette[lane]) >= least
    assert contrast(palette[lane], palette[f"{lane}-dim"]) >= least


STYLES = Path(changedesk.__file__).parent
ON_GROUND = re.compile(r"background: \$([a-z-]+); color: \$([a-z-]+)")


@pytest.mark.parametrize("theme", PALETTES)
def test_what_a_style_writes_on_a_ground_of_its_own_can_be_read(theme):
    files = (*STYLES.rglob("*.tcss"), *STYLES.rglob("*.py"))
    pairs = {pair for file in files for pair in ON_GROUND.findall(file.read_text(encoding="utf-8"))}
    assert len(pairs) > 2
    palette = PALETTES[theme]
    assert {pair for pair in pairs if contrast(palette[pair[0]], palette[pair[1]]) < 4.5} == set()


def test_every_theme_has_every_colour_and_the_key_for_themes_goes_round():
    assert all(tuple(palette) == TOKENS for palette in PALETTES.values())
    name = "changedesk-dark"
    for _ in PALETTES:
        name = theme_after(name)
    assert name == "changedesk-dark"


def test_a_theme_has_a_short_and_a_full_name():
    assert theme_named("light") == theme_named("changedesk-light") == "changedesk-light"
    assert theme_named("rainbow") is None


def test_every_level_has_a_sign_of_its_own():
    assert set(GLYPH) == set(LEVEL_TOKEN)
    assert len(set(GLYPH.values())) == len(GLYPH)


@given(st.floats(0, 1), st.integers(1, 40))
def test_a_bar_has_exactly_its_width_and_something_is_never_nothing(share, width):
    spans = bar(share, width, "delivery")
    assert width_of(spans) == width
    filled = sum(cells(text) for text, look in spans if look.ink == "delivery")
    assert (filled > 0) == (share > 0)


def test_an_unknown_share_draws_no_bar_in_colour():
    assert {look.ink for _, look in bar(None, 8, "people")} == {"faint"}


def test_a_sparkline_goes_from_bottom_to_top():
    assert sparkline([0.0, 0.5, 1.0], 8) == "▁▄▇"


@given(st.lists(st.floats(0, 1), min_size=1, max_size=200), st.integers(1, 30))
def test_a_sparkline_is_never_wider_than_its_room(values, width):
    assert len(sparkline(values, width)) == min(width, len(values))


@given(st.lists(st.text(max_size=12), max_size=4), st.integers(0, 30), st.sampled_from(["left", "right", "center"]))
def test_spans_take_exactly_their_room(texts, width, align):
    assert width_of(fit_spans([ink(text) for text in texts], width, align)) <= width


def test_a_text_that_is_too_long_ends_after_a_whole_word():
    spans = fit_spans([ink("executives 12 % ready and more")], 16)
    assert "".join(text for text, _ in spans) == "executives 12 %…"


def test_text_from_data_is_cleaned_on_its_way():
    assert ink("\x1b[31mred").text == "[31mred"


def test_a_line_has_exactly_its_width_also_with_wide_characters():
    strip = Paint(PALETTES["changedesk-dark"]).strip([ink("山田山田")], 5)
    assert strip.cell_length == 5


def test_without_colour_what_is_late_is_as_bright_as_what_matters():
    palette = PALETTES["changedesk-dark"]
    plain, mono = Paint(palette), Paint(palette, mono=True)
    assert luminance(str(plain["late"].color.name)) < luminance(str(plain["ink"].color.name))
    for token in ("late", "risk"):
        assert (mono[token].color, mono[token].bold) == (mono["ink"].color, True)
    assert mono["explain"] == plain["explain"]
