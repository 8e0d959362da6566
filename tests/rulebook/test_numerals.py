"""Whether the words of a document hold a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhe.rulebook.numerals import says_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("≤0.2吨/吨标准煤", 0.2),
        ("≤ 0.20 吨/吨标准煤", 0.2),
        ("年综合能源消费量20万-100万吨标准煤", 200_000),
        ("年综合能源消费量20万-100万吨标准煤", 1_000_000),
        ("20—100万吨标准煤", 200_000),
        ("20至100万吨标准煤", 1_000_000),
        ("200,000 tce", 200_000),
        ("二十万吨标准煤", 200_000),
        ("达到或优于二级能耗限额标准", 2),
        ("达到或优于2级", 2),
        ("１００％", 100),
        ("不低于百分之九十", 90),
        ("10个及以上", 10),
        ("十个及以上", 10),
        ("-28 kgce/t", -28),
        ("零点三", 0.3),
        ("1.5亿千瓦时", 150_000_000),
        ("≥90%", 90.0),
        ("占比为0", 0),
    ],
)
def test_found(words: str, value: float) -> None:
    assert says_number(words, value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("不低于90%", 9),
        ("不低于90%", 0.9),
        ("0.25", 0.2),
        ("1.90", 90),
        ("20万吨", 20.5),
        ("见附表", 2),
        ("", 0),
        ("国发〔2025〕987号", 98),
        ("三级", 2),
    ],
)
def test_not_found(words: str, value: float) -> None:
    assert not says_number(words, value)


@given(st.floats(min_value=0, max_value=1e7, allow_nan=False))
def test_a_number_is_found_in_its_own_words(value: float) -> None:
    number = round(value, 4)
    assert says_number(f"应不超过{number:.4f}吨", number)


@given(st.text(max_size=60), st.floats(allow_nan=False, allow_infinity=False))
def test_any_text_can_be_asked(words: str, value: float) -> None:
    assert says_number(words, value) in (True, False)
