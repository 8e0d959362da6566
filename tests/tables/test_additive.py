"""What may be added up and what not, and what messages suggest; on both sides."""

from pathlib import Path

import pytest

from tanzhe.errors import InputError
from tanzhe.model import Series
from tanzhe.series.table import table_series
from tanzhe.tables.choices import DEFAULT, Choices
from tanzhe.tables.numbers import notation

MONTHS = [f"{y}-{m:02d}" for y in (2020, 2021, 2022) for m in range(1, 13)]
VALUES = [300 + 10 * (i**3 % 37) for i in range(36)]


def rows(column: str, kinds: dict[str, float], beside: dict[str, str] | None = None) -> list[str]:
    head = f"日期,{column}{',说明' if beside else ''},碳排放（万吨）"
    more = beside or {}
    return [
        head,
        *(f"{m},{kind}{',' + more[kind] if more else ''},{v * share:g}"
          for m, v in zip(MONTHS, VALUES, strict=True) for kind, share in kinds.items()),
    ]  # fmt: skip


def read(folder: Path, lines: list[str], *summed: str, sector: str = "工业") -> Series:
    path = folder / "t.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    choices = Choices(sum_by=summed) if summed else DEFAULT
    return table_series(path, "云南", sector, choices)


def said(folder: Path, lines: list[str], *summed: str) -> str:
    with pytest.raises(InputError) as caught:
        read(folder, lines, *summed)
    assert len(caught.value.faults) == 1
    return caught.value.said("zh")


def test_a_total_that_is_the_sum_of_the_others_is_taken(tmp_path: Path) -> None:
    kinds = {"煤炭": 0.7, "天然气": 0.3, "总计": 1.0}
    assert read(tmp_path, rows("品种", kinds)).values == pytest.approx(VALUES)
    # Called a total, but no sum of what stands beside it: a person must choose.
    assert "--where" in said(tmp_path, rows("品种", kinds | {"总计": 1.2}))


@pytest.mark.parametrize(
    ("column", "kinds"),
    [
        ("品种", {"煤炭": 0.7, "天然气": 0.3, "": 1.0}),
        ("品种", {"煤炭": 0.7, "其中：原煤": 0.5, "天然气": 0.3}),
        ("品种", {"煤炭": 0.7, "天然气": 0.3, "化石能源": 1.0}),
        ("fuel", {"coal": 0.6, "of which: raw coal": 0.5, "gas": 0.4}),
    ],
)
def test_totals_and_parts(tmp_path: Path, column: str, kinds: dict[str, float]) -> None:
    lines = rows(column, kinds)
    assert "--sum-by" not in said(tmp_path, lines)
    assert read(tmp_path, lines, column).values == pytest.approx(VALUES)


def test_kinds_that_share_nothing_are_offered(tmp_path: Path) -> None:
    lines = rows("品种", {"煤炭": 0.7, "天然气": 0.2, "油品": 0.1})
    assert '--sum-by "品种"' in said(tmp_path, lines)
    assert read(tmp_path, lines, "品种").values == pytest.approx(VALUES)


@pytest.mark.parametrize(
    ("column", "kinds"),
    [
        ("版本", {"初步": 0.9, "修订": 1.0}),
        ("数据状态", {"初步数": 0.9, "修订数": 1.0}),
        ("scenario", {"A": 0.9, "B": 1.0}),
        ("gas", {"co2": 1.0, "ch4": 0.1}),
        ("种类", {"CO2": 1.0, "CH4": 0.1, "CO2e": 1.1}),
        ("地区", {"云南": 1.0, "四川": 1.2}),
        ("MSN", {"CLEIEUS": 1.0, "TEEIEUS": 1.5}),
    ],
)
def test_never_added(tmp_path: Path, column: str, kinds: dict[str, float]) -> None:
    beside = {"CLEIEUS": "Coal", "TEEIEUS": "Total Energy"} if column == "MSN" else None
    lines = rows(column, kinds, beside)
    assert "--sum-by" in said(tmp_path, lines, column)
    if column != "地区":
        assert "--sum-by" not in said(tmp_path, lines)


def test_provinces_make_the_nation(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("\n".join(rows("地区", {"云南": 0.5, "四川": 0.5})), encoding="utf-8")
    series = table_series(path, "全国", "工业", Choices(sum_by=("地区",)))
    assert series.values == pytest.approx(VALUES)


def test_the_example_is_what_was_asked(tmp_path: Path) -> None:
    lines = ["日期,工业排放（万吨）,电力排放（万吨）,合计（万吨）"]
    lines += [f"{m},{v},{v / 2},{v * 2}" for m, v in zip(MONTHS, VALUES, strict=True)]
    path = tmp_path / "t.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    for sector in ("电力", "工业"):
        with pytest.raises(InputError) as caught:
            table_series(path, "云南", sector)
        assert f'--column "{sector}排放（万吨）"' in caught.value.said("zh")


def test_points_of_thousands_are_asked_as_commas_are() -> None:
    assert notation(["1.278", "1.176", "965"], ";").doubt is not None
    assert notation(["1.278", "965", "1.176"], ",").doubt is not None  # a thousandfold apart
    assert notation(["1.278", "1.176", "0.965"], ";").doubt is None
    assert notation(["1.278", "1.17", "2.5"], ";").doubt is None
    assert notation(["1.278", "1.176", "2.965"], ",").doubt is None
    assert notation(["1.278", "1.176", "965"], ";", ",").decimal == ","
