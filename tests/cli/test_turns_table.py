"""The table of `tanzhe turns`: whose change it is, and every note once."""

import pytest
from reports.made import odd, point, series, yunnan

from tanzhe.api.turning import YEAR_ON_YEAR
from tanzhe.cli.aligned import width
from tanzhe.cli.table import turns_table
from tanzhe.errors import Language
from tanzhe.model import Note, Series, TurningPoint, TurningPoints

EDGE = Note(code="calendar_edge", zh="春节造成的台阶。", en="A step of the Spring Festival.")
ALONE = Note(code="no_company", zh="没有其他地区可比。", en="No other regions.")
UNIT = Note(code="unit_not_stated", zh="表格没有写明单位。", en="No unit stated.")


def table(own: Series, *points: TurningPoint, columns: int = 100) -> list[str]:
    manifest = yunnan().points.manifest
    found = TurningPoints(series=own, points=points, manifest=manifest)
    return turns_table(found, columns=columns).splitlines()


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
    assert [row.split()[-1] for row in rows[1:7]] == ["注", "[1]", *["[1,2]"] * 4]
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


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80, 95, 96, 120])
def test_it_fits_and_loses_nothing(language: Language, columns: int) -> None:
    long = Note(code="long", zh="春节移动造成的台阶，" * 20, en="A step of the festival. " * 20)
    points = [
        point("2021-09", kind="slope", notes=(long, ALONE)),
        point("2020-02", scope="national", until="2020-04", kind="pulse", notes=(EDGE,)),
        point("2016-03", scope="calendar", notes=(EDGE,)),
    ]
    own = series("内蒙古自治区鄂尔多斯零碳产业园").model_copy(update={"notes": (UNIT,)})
    found = TurningPoints(series=own, points=tuple(points), manifest=yunnan().points.manifest)
    told = turns_table(found, language, columns)
    assert all(width(line) <= columns for line in told.splitlines())
    joined = "".join(told.split())
    for part in ("2021-09", "2020-04", "[3]", long.said(language), UNIT.said(language)):
        assert "".join(part.split()) in joined
    assert ("可信度" in told) is (language == "zh") and ("Whose" in told) is (language == "en")
