"""Numbers as people write them in a form: what is taken, and what is told."""

import pytest

from tanzhe.api.parks.assessment import assess
from tanzhe.errors import InputError
from tanzhe.parks.amounts import Refused, Taken, read_amount

TAKEN = [
    ("1.2万", "kWh", 12_000.0),
    ("１．２万", "kWh", 12_000.0),
    ("1.2萬", "kWh", 12_000.0),
    ("1.2亿", "kWh", 1.2e8),
    ("5千", "t", 5000.0),
    ("2百万", "t", 2e6),
    ("2万8千吨", "t", 28_000.0),
    ("一百二十万", "kWh", 1.2e6),
    ("3.5万千瓦时", "kWh", 35_000.0),
    ("3.5万千瓦时", "万千瓦时", 3.5),
    ("3千千瓦时", "kWh", 3000.0),
    ("300百万千瓦时", "kWh", 3e8),
    ("120万度", "MWh", 1200.0),
    ("1.2万kWh/年", "kWh", 12_000.0),
    ("1,200吨", "t", 1200.0),
    ("1，200吨", "t", 1200.0),
    ("12 345.6吨", "t", 12_345.6),
    ("1200吨", "万吨", 0.12),
    ("480万方", "万m3", 480.0),
    ("480万 Nm³", "m3", 4.8e6),
    ("50吨标准煤", "GJ", 1465.38),
    ("1.2亿元", "万元", 12_000.0),
    ("12万张", "MWh", 120_000.0),
    ("2.0715 tCO2/t", "tCO2/t", 2.0715),
    ("30车", "车", 30.0),
]
# What is told holds the whole number; never the digits before 万 alone.
TOLD = [
    ("1.2w", "kWh", "12000"),
    ("1.2K", "kWh", "1200"),
    ("约1.2万", "kWh", "12,000"),
    ("1.2万左右", "kWh", "12,000"),
    ("近5000吨", "t", "5,000"),
    ("100多万吨", "t", "1,000,000"),
    ("100-120", "t", "区间"),
    ("1.2万~1.5万", "kWh", "区间"),
    ("1.2万", "万m3", "12,000 万m3 写 12000"),
    ("1.2亿", "万元", "12,000 万元 写 12000"),
    ("285gce/kWh", "kgce/kWh", "请换算成 kgce/kWh"),
    ("1200吨", "kWh", "请换算成 kWh"),
    ("1200吨", "", "请换算成 本行的计量单位"),
]


@pytest.mark.parametrize(("text", "unit", "value"), TAKEN)
def test_what_is_written_in_full_is_taken(text: str, unit: str, value: float) -> None:
    found = read_amount(text, unit)
    assert isinstance(found, Taken)
    assert found.value == value
    assert text in found.said.zh


@pytest.mark.parametrize(("text", "unit", "words"), TOLD)
def test_what_needs_a_guess_is_told(text: str, unit: str, words: str) -> None:
    found = read_amount(text, unit)
    assert isinstance(found, Refused)
    assert words in f"{found.what.zh}。{found.do.zh}"


@pytest.mark.parametrize("text", ["abc", "1,5000", "1.200,5", "吨", "-", "N/A", ""])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_amount(text, "t") is None


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("1.2万", "12000"), ("3.5万千瓦时", "35000"), ("300,000", "300000"), ("52 MWh", "52000")],
)
def test_text_in_json_is_answered_with_the_whole_number(typed: str, digits: str) -> None:
    tree = {"name": "a", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3}
    with pytest.raises(InputError) as caught:
        assess({**tree, "electricity": [{"supply": "grid", "kwh": typed}]})
    (fault,) = caught.value.faults
    assert f"请只填数字 {digits}，" in fault.do.zh
