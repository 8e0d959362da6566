"""The colours can be read: contrast computed from the token file."""

import re
from importlib.resources import files

import pytest

from tanzhe.reports.charts.tokens import Token, coloured, tokens

TEXT = ("ink", "ink2", "ink3", "link", "low", "high", "flat", "data", "ok", "warn", "bad")
GRAPHICS = ("series", "expect", "ghost", "rule2")
TINTED = ("low", "high", "flat", "data", "ok", "warn", "bad")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dress", Token._fields)
def test_colours_can_be_read(dress: str) -> None:
    def of(name: str) -> str:
        return str(getattr(tokens()[name], dress))

    for ground in ("canvas", "surface"):
        assert [n for n in TEXT if contrast(of(n), of(ground)) < 4.5] == []
    assert [n for n in GRAPHICS if contrast(of(n), of("surface")) < 3] == []
    assert [n for n in TINTED if contrast(of(n), of(f"{n}_tint")) < 4.5] == []
    assert contrast(of("ink"), of("mark")) >= 7


def test_below_and_above_are_equally_light() -> None:
    # In grey the shape alone must tell them apart, so neither may look the stronger one.
    for dress in ("light", "dark"):
        low, high = (luminance(getattr(tokens()[n], dress)) for n in ("low", "high"))
        assert contrast_of(low, high) < 1.3


def contrast_of(one: float, other: float) -> float:
    high, low = max(one, other), min(one, other)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sheet", ["page.css", "chart.css"])
def test_reports_wear_the_same_colours(sheet: str) -> None:
    text = files("tanzhe.reports.forms").joinpath(sheet).read_text(encoding="utf-8")
    named = re.findall(r"--(?:tz-)?(\w+):\$(\w+)\.(\w+)", text)
    assert len(named) > 15
    for name, _, token in named:
        assert token == {"text": "ink", "muted": "ink2"}.get(name, name)
    # Print may be stronger than the page's own print colours; no other colour stands there.
    printed = {"#000", "#333", "#ddd", "#777", "#fff"}
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", text)) <= printed
    assert "$" not in coloured(text)
