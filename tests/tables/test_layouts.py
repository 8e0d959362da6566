"""Every layout is read right, at once or after doing what its one message says."""

from pathlib import Path

import pytest

import tables.variants  # noqa: F401  (registers more layouts)
from tables.layouts import LAYOUTS, Layout
from tanzhe.errors import InputError
from tanzhe.model import Series
from tanzhe.series.table import table_series
from tanzhe.tables.choices import DEFAULT, Choices


def read(path: Path, asked: Layout, choices: Choices = DEFAULT) -> Series:
    return table_series(path, asked.region, asked.sector, choices)


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str, tmp_path: Path) -> None:
    asked = LAYOUTS[name]
    path = asked.write(tmp_path)
    if asked.said:
        with pytest.raises(InputError) as caught:
            read(path, asked)
        assert len(caught.value.faults) == 1
        assert asked.said in caught.value.said("en")
    if asked.values is None:
        return
    series = read(path, asked, asked.choices or DEFAULT)
    assert series.values == pytest.approx(list(asked.values), rel=1e-6, abs=0.11)
    assert (series.periods[0], series.unit) == (asked.first, asked.unit)
