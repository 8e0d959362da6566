"""Every shape of an episode has its family and its words, and every register tells it."""

from typing import get_args

import pytest
import yaml
from house.test_house import SOURCE
from reports.made import yunnan

from tanzhe.model import Episodes
from tanzhe.model.episode import FAMILIES, EpisodeShape, Family
from tanzhe.reports import render
from tanzhe.reports.registers.register import registers

SHAPES = get_args(EpisodeShape)
LABELS = yaml.safe_load((SOURCE / "reports/registers/shared/labels.yaml").read_text("utf-8"))


def test_every_shape_has_a_family_and_every_family_a_shape() -> None:
    assert tuple(FAMILIES) == SHAPES
    assert set(FAMILIES.values()) == set(get_args(Family))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("way", ["up", "down"])
def test_every_shape_has_its_words(shape: str, way: str) -> None:
    for choice in ("shape", "shape_plain", "shape_raw"):
        words = LABELS[choice].get(f"{shape}_{way}")
        assert words, f"add {shape}_{way} to `{choice}` of reports/registers/shared/labels.yaml"
        *zh, en = words
        assert "".join(zh) and en.isascii() and en


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("sure", [0.9, 0.3])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_register_tells_every_shape(shape: EpisodeShape, sure: float, language: str) -> None:
    findings = yunnan()
    found = findings.found
    assert isinstance(found, Episodes)
    trend = -2.0 if FAMILIES[shape] == "trend" else None
    changed = [one.model_copy(update={"shape": shape, "trend_change": trend,
                                      "shape_probability": sure})
               for one in found.episodes]  # fmt: skip
    told = findings.model_copy(
        update={"found": found.model_copy(update={"episodes": tuple(changed)})}
    )
    for name in registers():
        text = render(told, name, "md", language)  # type: ignore[arg-type]
        assert isinstance(text, str) and len(text) > 500
        assert f"{shape}_" not in text.replace("\\", "")
