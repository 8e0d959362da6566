"""A works that opened within the data is judged from its first figure on."""

from pathlib import Path

import pytest

from tanzhe import load
from tanzhe.api.series.episode import episodes
from tanzhe.model import Series


def table(folder: Path, zeros: int, *, months: int = 90, hole: int | None = None) -> Series:
    lines = ["月份,排放量（吨）"]
    for at in range(months):
        value = 0 if at < zeros or at == hole else 40_000 + 900 * (at * 7 % 5)
        lines.append(f"{2016 + at // 12}-{at % 12 + 1:02d},{value}")
    path = folder / "works.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return load("某厂", "排放", path)


def test_it_begins_with_the_first_figure_and_says_so(tmp_path: Path) -> None:
    series = table(tmp_path, 40)
    assert series.periods[0] == "2019-05" and None not in series.values
    (note,) = [one for one in series.notes if one.code == "started"]
    assert "2019年5月以前数值为零" in note.zh and "from 2019-05 on" in note.en
    assert "zeros_not_published" not in {one.code for one in series.notes}
    assert episodes(series).episodes == ()


@pytest.mark.parametrize("zeros", [0, 2])
def test_a_late_figure_is_no_opening(tmp_path: Path, zeros: int) -> None:
    series = table(tmp_path, zeros)
    assert "started" not in {one.code for one in series.notes}
    assert series.periods[0] == "2016-01"


def test_a_later_zero_keeps_its_note(tmp_path: Path) -> None:
    codes = {one.code for one in table(tmp_path, 40, hole=60).notes}
    assert {"started", "zeros_not_published"} <= codes
