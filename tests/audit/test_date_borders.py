"""Dates of items on both sides of what is possible."""

import pytest

from audit.made import audited, text_of

CASES = [
    # The report was made on 5 January 2025.
    ({"when": "2025年1月5日", "point": "转折点：2025年1月"}, False),
    ({"when": "2025年1月6日", "point": "转折点：2025年1月"}, True),
    # A whole year's result is there in its December.
    ({"when": "2021年11月30日", "effect": "2021年全年发电量达1200亿千瓦时"}, True),
    ({"when": "2021年12月1日", "effect": "2021年全年发电量达1200亿千瓦时"}, False),
    ({"when": "2021年12月", "effect": "2021年全年发电量达1200亿千瓦时"}, False),
    ({"when": "2021年11月", "effect": "2021年全年发电量达1200亿千瓦时"}, True),
    ({"when": "2021年11月", "effect": "2021年3月发电量达1200亿千瓦时"}, False),
    # What is told as of a month is not a month older than the event.
    ({"when": "2021年10月28日", "effect": "截至2021年9月已完成压减3万吨"}, False),
    ({"when": "2021年10月29日", "effect": "截至2021年9月已完成压减3万吨"}, False),
    ({"when": "2021年10月30日", "effect": "截至2021年9月已完成压减3万吨"}, True),
    # A yearly cut takes ten months to be known.
    ({"when": "2021年9月10日", "effect": "截至2022年6月，年减少碳排放30万吨"}, True),
    ({"when": "2021年9月10日", "effect": "截至2022年7月，年减少碳排放30万吨"}, False),
    ({"when": "2021年9月10日", "effect": "截至2021年9月，年减少碳排放30万吨"}, True),
    ({"when": "2021年9月10日", "effect": "截至2021年8月，年减少碳排放30万吨"}, False),
    ({"when": "2021年9月10日", "effect": "截至2022年6月，减少碳排放30万吨"}, False),
    # A cause is no younger than what it brings about.
    ({"when": "2021年9月10日", "effect": "由于2021年9月11日限电减产3万吨"}, True),
    ({"when": "2021年9月10日", "effect": "由于2021年9月10日限电减产3万吨"}, False),
    ({"when": "2021年9月10日", "effect": "由于2021年8月限电减产3万吨"}, False),
]


@pytest.mark.parametrize(("change", "told"), CASES, ids=lambda value: str(value)[:60])
def test_both_sides(change: dict[str, str], told: bool) -> None:
    found = {one.kind for one in audited(text_of(**change)).findings}
    assert ("date_implausible" in found) is told


@pytest.mark.parametrize(
    ("when", "outside"),
    [
        ("2021年6月30日", True), ("2021年7月1日", False), ("2021年6月", True),
        ("2021年7月", False), ("2021年12月31日", False), ("2022年1月1日", True),
        ("2022年1月", True), ("2021年6月至7月", False), ("2021年12月至2022年1月", False),
        ("2021年5月1日至31日", True), ("2021年1月至2022年3月", True),
    ],
)  # fmt: skip
def test_the_window_of_a_point(when: str, outside: bool) -> None:
    found = {one.kind for one in audited(text_of(when=when)).findings}
    assert ("date_out_of_window" in found) is outside
