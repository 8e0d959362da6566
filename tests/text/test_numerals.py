"""One reading of numbers, whoever asks: a table of cases, and numbers written by another hand."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tanzhe.numerals import chinese_number, number_in_full, numbers_in, signed_percent, spoken
from tanzhe.parks.amounts import Taken, read_amount
from tanzhe.parks.office.cells import Wrong, read_share, value_of
from tanzhe.parks.office.cells import read_number as read_cell
from tanzhe.tables.numbers import read_number as read_table
from tanzhe.text import read_quantities

CASES = yaml.safe_load((Path(__file__).parents[1] / "rules" / "numerals.yaml").read_text("utf-8"))
WHOLE = [*CASES["chinese"].items(), *CASES["mixed"].items(), *CASES["digits"].items()]


@pytest.mark.parametrize(("words", "number"), WHOLE)
def test_a_number_alone(words: str, number: float | None) -> None:
    assert number_in_full(words) == number


@pytest.mark.parametrize(("words", "number"), [one for one in WHOLE if one[1] is not None])
def test_every_reader_says_the_same(words: str, number: float) -> None:
    amount = read_amount(words, "t")
    assert isinstance(amount, Taken)
    assert amount.value == number
    assert value_of(read_cell(words, "t")) == number
    if " " not in words or words[0].isdigit():
        assert [one.value for one in read_quantities(f"共{words}吨")] == [number]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        *CASES["mixed"].items(),
        *(one for one in CASES["chinese"].items() if set(one[0]) & set("百千万亿")),
    ],
)
def test_a_table_says_the_same(words: str, number: float | None) -> None:
    assert read_table(words).value == number


@pytest.mark.parametrize("label", ["十一", "三", "百", "万", "千", "二", "百色", "一次产业"])
def test_a_label_of_a_table_is_no_number(label: str) -> None:
    assert read_table(label).value is None


@pytest.mark.parametrize(("words", "number"), CASES["percent"].items())
def test_percentages(words: str, number: float) -> None:
    assert value_of(read_share(words)) == pytest.approx(number / 100)
    read = read_table(words)
    assert (read.value, read.percent) == (number, True)
    assert [(one.value, one.unit) for one in read_quantities(words)] == [(number, "%")]
    assert signed_percent(words).endswith(("%", "％"))


@pytest.mark.parametrize(("words", "numbers"), CASES["inside"].items())
def test_numbers_inside_a_text(words: str, numbers: list[float]) -> None:
    assert [one.value for one in numbers_in(words)] == numbers


def written(number: int) -> str:
    """A Chinese numeral by places, each digit with its own: not how `spoken` does it."""
    places = ["", "十", "百", "千", "万", "十万", "百万", "千万"]
    digits = [int(c) for c in str(number)][::-1]
    words = ""
    for at in range(len(digits) - 1, -1, -1):
        if digits[at]:
            words += "零一二三四五六七八九"[digits[at]] + places[at][: 1 if at % 4 else None]
        elif not words.endswith("零"):
            words += "零"
        if at == 4:
            words = words.rstrip("零") + "万"
    return words.rstrip("零").replace("万万", "万") or "零"


@given(st.integers(0, 99_999_999))
def test_a_numeral_is_read_back(number: int) -> None:
    assert chinese_number(written(number)) == chinese_number(spoken(number)) == number


@given(st.integers(1, 9999), st.integers(0, 9999), st.sampled_from(["万", "亿"]))
def test_digits_with_scales_are_read_back(high: int, low: int, scale: str) -> None:
    many = {"万": 10**4, "亿": 10**8}[scale]
    rest = f"{low}" if low > 9 else ""
    assert number_in_full(f"{high}{scale}{rest}") == high * many + (low if rest else 0)


@given(st.decimals(0, 10**6, places=4))
def test_decimals_are_read_back(number: float) -> None:
    text = f"{number:f}"
    assert number_in_full(text) == float(text)
    assert number_in_full(
        text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    ) == float(text)


def test_headings_count_as_officials_do() -> None:
    assert [spoken(n) for n in (1, 10, 11, 20, 21, 100, 110, 1005)] == [
        "一", "十", "十一", "二十", "二十一", "一百", "一百一十", "一千零五",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["12.5²", "12①", "12.5¹", "３８.２③"])
def test_a_footnote_is_no_digit(words: str) -> None:
    assert read_table(words).value == float(words[:-1])
    assert isinstance(read_cell(words, "t"), Wrong)
