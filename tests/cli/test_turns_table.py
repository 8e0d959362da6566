"""The table of `tanzhe turns`: whose change it is, and every note once."""

import pytest
from reports.made import odd, point, series, yunnan

from tanzhe.api.turning import YEAR_ON_YEAR
from tanzhe.cli.table import turns_table
from tanzhe.model import Note, Series, TurningPoint, TurningPoints

EDGE = Note(code="calendar_edge", zh="春节造成的台阶。", en="A step of the Spring Festival.")
ALONE = Note(code="no_company", zh="没有其他地区可比。", en="No other regions.")
UNIT = Note(code="unit_not_stated", zh="表格没有写明单位。", en="No unit stated.")


def table(own: Series, *points: TurningPoint) -> list[str]:
    manifest = yunnan().points.manifest
    return turns_table(TurningPoints(series=own, points=points, manifest=manifest)).splitlines()


@pytest.mark.parametrize(
    ("region", "whose"),
    [("CN-YN", "本地"), ("CN-BJ", "本地"), ("苏州工业园", "本地"), ("CN", "全国")],
)
def test_the_scope_is_right_for_every_kind_of_place(region: str, whose: str) -> None:
    rows = table(series(region), point("2021-09"), point("2020-02", scope="national"))
    assert [row.split()[5] for row in rows[2:4]] == [whose, "全国共有"]
    assert not any("本省" in row for row in rows)


def test_every_note_stands_once_with_its_mark() -> None:
    own = series().model_copy(update={"notes": (UNIT, UNIT)})
    edges = [point(f"{y}-03", scope="calendar", notes=(ALONE, EDGE)) for y in range(2018, 2022)]
    rows = table(own, point("2021-09", notes=(YEAR_ON_YEAR, EDGE)), *edges)
    assert [row.split()[-1] for row in rows[1:7]] == ["注", "[1]", *["[1][2]"] * 4]
    assert rows[7:] == [f"[1] {EDGE.zh}", f"[2] {ALONE.zh}", f"数据：{UNIT.zh}"]


def test_the_notes_of_the_data_stand_where_nothing_was_found() -> None:
    found = table(series().model_copy(update={"notes": (UNIT,)}))
    assert found[1].startswith("未找到转折点") and found[2:] == [f"数据：{UNIT.zh}"]


def test_an_odd_year_is_no_odd_month() -> None:
    own = series().model_copy(
        update={"frequency": "year", "merged": False, "periods": ("2020", "2021"),
                "values": (1.0, 2.0), "provisional_from": None}
    )  # fmt: skip
    (row,) = (line for line in table(own, odd("2020-02")) if line.startswith("2020-02"))
    assert row.split()[3] == "单年异常"
