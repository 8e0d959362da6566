"""Units as people write them: a prefix and a simple unit, whatever the order of habit."""

import pytest

from tanzhe.errors import InputError
from tanzhe.meters.forms.long import unit_factor
from tanzhe.quantity import Dimension, Unit

WRITTEN = {
    Dimension.MASS: {
        1e4: ["万t", "万吨", "10^4 t", "10⁴t", "1e4 t", "10**4 t", "10,000 t", "10 kt", "万公吨"],
        1e3: ["kt", "Kt", "千吨", "千t", "10^3 t"],
        1e6: ["Mt", "百万吨", "10^6 t", "1000 kt"],
        1e8: ["亿吨", "亿t"],
        1e-3: ["kg", "千克", "公斤"],
    },
    Dimension.VOLUME: {
        1e4: ["万立方米", "万m3", "万Nm3", "万Nm³", "万方", "10^4 m3", "10⁴Nm³"],
        1e3: ["千立方米", "千m³", "1000 m3"],
        1e8: ["亿立方米", "亿方"],
    },
    Dimension.ELECTRICITY: {
        1e4: ["万kWh", "万千瓦时", "万度", "10kkWh", "10 k kWh", "10^4 kWh", "10 MWh"],
        1e6: ["GWh", "gwh", "百万千瓦时", "百万kWh", "k MWh"],
        1e8: ["亿kWh", "亿千瓦时", "亿度", "10^8kWh"],
        1e3: ["MWh", "MW·h", "兆瓦时", "千kWh"],
        1e-3: ["Wh"],
    },
    Dimension.CO2: {
        1e4: ["万tCO2", "万吨CO2", "万吨CO₂", "万吨二氧化碳"],
        1e6: ["MtCO2", "百万吨二氧化碳"],
    },
}


@pytest.mark.parametrize(
    ("dimension", "size", "text"),
    [(d, size, text) for d, sizes in WRITTEN.items() for size, texts in sizes.items()
     for text in texts],
)  # fmt: skip
def test_a_unit_is_read_however_it_is_written(dimension: Dimension, size: float, text: str) -> None:
    unit = Unit.parse(text)
    assert unit.dimension is dimension
    assert unit.size == pytest.approx(size, rel=1e-12)


def test_standard_coal_and_its_multiples() -> None:
    sizes = [Unit.parse(one).size / Unit.TCE.size for one in ("万tce", "万吨标煤", "ktce", "Mtce")]
    assert sizes == pytest.approx([1e4, 1e4, 1e3, 1e6])


@pytest.mark.parametrize(
    "text", ["mt", "MT", "10", "万", "k", "kW", "斤", "吨/人", "10^12 t", "百kWh", "t t", "", "千"]
)
def test_what_is_no_unit_or_two_is_refused(text: str) -> None:
    """mt may be a metric ton or a million tonnes: nobody guesses."""
    with pytest.raises(InputError):
        Unit.parse(text)


def test_every_unit_reads_its_own_text() -> None:
    assert [Unit.parse(unit.text) for unit in Unit] == list(Unit)


def test_readings_and_bills_take_the_same_units() -> None:
    wanted = {"亿kWh": 10**8, "10kkWh": 10**4, "万Nm³": 10**4, "kt": 10**3, "GWh": 10**6}
    assert {text: unit_factor(text) for text in wanted} == wanted
    assert unit_factor("tce") is None and unit_factor("fathom") is None
