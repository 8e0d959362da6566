"""JSON in the orientations people have gives the table that its CSV would give."""

import json
from pathlib import Path
from typing import Any

import pytest

from tanzhe.errors import InputError
from tanzhe.series.table import table_series

MONTHS = [f"{year}-{month:02d}" for year in range(2018, 2023) for month in range(1, 13)]
VALUES = [900.0 + 37 * i % 91 + 0.5 * i for i in range(len(MONTHS))]
RECORDS = [{"月份": m, "碳排放（万吨）": v} for m, v in zip(MONTHS, VALUES, strict=True)]
NUMBERS = [str(i) for i in range(len(MONTHS))]

ORIENTATIONS: dict[str, Any] = {
    "records": RECORDS,
    "columns": {"月份": MONTHS, "碳排放（万吨）": VALUES},
    "split": {
        "columns": ["月份", "碳排放（万吨）"],
        "data": [list(one) for one in zip(MONTHS, VALUES, strict=True)],
    },
    "rows": [["月份", "碳排放（万吨）"], *map(list, zip(MONTHS, VALUES, strict=True))],
    "pandas": {
        "月份": dict(zip(NUMBERS, MONTHS, strict=True)),
        "碳排放（万吨）": dict(zip(NUMBERS, VALUES, strict=True)),
    },
    "by month": {m: {"碳排放（万吨）": v} for m, v in zip(MONTHS, VALUES, strict=True)},
    "nested": {"code": 0, "data": {"page": 1, "list": RECORDS}},
    "in a list": [{"page": 1, "pages": 1}, RECORDS],
    "deep records": [
        {"time": {"ym": m}, "v": {"碳排放（万吨）": v}} for m, v in zip(MONTHS, VALUES, strict=True)
    ],
}


@pytest.mark.parametrize("name", ORIENTATIONS)
def test_an_orientation_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "t.json"
    path.write_text(json.dumps(ORIENTATIONS[name], ensure_ascii=False), encoding="utf-8")
    series = table_series(path, "云南", "工业")
    assert series.values == tuple(VALUES)
    assert (series.periods[0], series.periods[-1], series.unit) == ("2018-01", "2022-12", "万吨CO2")


def test_one_record_a_line_and_what_is_called_otherwise(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in RECORDS)
    for name, text in (("t.jsonl", lines), ("t.txt", json.dumps(RECORDS, ensure_ascii=False))):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert table_series(path, "云南", "工业").values == tuple(VALUES)


def test_the_unit_beside_the_records_is_theirs(tmp_path: Path) -> None:
    rows = [{"ym": m, "val": v} for m, v in zip(MONTHS, VALUES, strict=True)]
    path = tmp_path / "t.json"
    path.write_text(json.dumps({"meta": {"unit": "kt"}, "rows": rows}), encoding="utf-8")
    assert table_series(path, "云南", "工业").values[0] == pytest.approx(VALUES[0] / 10)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "no table"),
        ('{"a": 1, "b": "x"}', "no table"),
        ('[{"a": 1},', "cannot be read beyond line 1"),
        ('{"x": {"type": "Feature"}}', "no table"),
        ("[" * 200_000 + "]" * 200_000, "nested too deeply"),
    ],
)
def test_what_is_no_table_is_one_message(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "t.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        table_series(path, "云南", "工业")
    assert len(caught.value.faults) == 1
    assert said in caught.value.said("en")
