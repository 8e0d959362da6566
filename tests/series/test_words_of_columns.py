"""Intensities and indices are no totals of a period; means a day become such."""

import math
from pathlib import Path

import pytest

from tanzhe.errors import InputError
from tanzhe.series.table import table_series

MONTHS = [f"{year}-{month:02d}" for year in range(2019, 2024) for month in range(1, 13)]
LEVEL = [
    800.0 * (1 + 0.05 * math.cos(at * math.pi / 6) + 0.004 * (at * 7 % 5)) * (0.8 if at > 31 else 1)
    for at in range(60)
]


def _read(folder: Path, heading: str, values: list[float]) -> tuple[float | None, ...]:
    rows = [f"{month},{value:.3f}" for month, value in zip(MONTHS, values, strict=True)]
    path = folder / "t.csv"
    path.write_text("\n".join([f"月份,{heading}", *rows, ""]), encoding="utf-8")
    return table_series(path, "山东", "工业").values


@pytest.mark.parametrize(
    ("heading", "size", "word"),
    [
        ("单位产值碳排放", 1 / 400, "单位产值"),
        ("人均碳排放", 1 / 900, "人均"),
        ("排放强度", 1 / 400, "强度"),
    ],
)
def test_no_total_of_a_period(heading: str, size: float, word: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"“{word}”"):
        _read(tmp_path, heading, [size * one for one in LEVEL])


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("日均二氧化碳排放量（万吨）", 1),
        ("CO2 daily average (kt)", 0.1),
        ("排放量（万吨）", 0),
        ("日均排放量（万吨/日）", 1),
        ("CO2 (kt/day)", 0.1),
        ("排放量（吨/天）", 1),
    ],
)
def test_means_a_day_become_totals(heading: str, factor: float, tmp_path: Path) -> None:
    found = _read(tmp_path, heading, LEVEL)
    lengths = [31, 28, 31] if factor else [1, 1, 1]
    wanted = [round(one, 3) * days for one, days in zip(LEVEL, lengths, strict=False)]
    assert found[:3] == pytest.approx([(factor or 1) * one for one in wanted])


def test_an_index_of_the_year_before_is_asked(tmp_path: Path) -> None:
    index = [101.0 + (at * 7 % 11) / 3 for at in range(12)]
    index += [100 * LEVEL[at] / LEVEL[at - 12] for at in range(12, 60)]
    with pytest.raises(InputError, match="像是以上年同期为 100 的指数"):
        _read(tmp_path, "工业", index)
    assert len(_read(tmp_path, "排放量（万吨）", index)) == 60  # of a unit: quantities


def test_levels_without_a_unit_are_no_index(tmp_path: Path) -> None:
    assert _read(tmp_path, "数值", [one / 8 for one in LEVEL])[0] is not None


@pytest.mark.parametrize(("missing", "told"), [(("01", "02"), True), (("01",), False), ((), False)])
def test_years_without_january_and_february_are_told(
    missing: tuple[str, ...], told: bool, tmp_path: Path
) -> None:
    rows = [
        f"{month},{'' if month[5:] in missing else round(value, 3)}"
        for month, value in zip(MONTHS, LEVEL, strict=True)
    ]
    path = tmp_path / "t.csv"
    path.write_text("\n".join(["月份,当月排放量（万吨）", *rows, ""]), encoding="utf-8")
    codes = {note.code for note in table_series(path, "山东", "工业").notes}
    assert ("no_january_february" in codes) == told
