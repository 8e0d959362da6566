"""Laws that hold for any text and any bytes."""

import time
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanzhe.characters import plain, simplified
from tanzhe.errors import TanzheError
from tanzhe.numerals import chinese_number
from tanzhe.text import (
    MEDIA_TYPES,
    Document,
    Span,
    read_bodies,
    read_bytes,
    read_dates,
    read_document_numbers,
    read_places,
    read_quantities,
    read_titles,
)
from tanzhe.text.files.document import clean_text

WORDS = st.sampled_from(
    [
        "2021",
        "21",
        "5",
        "10",
        "13",
        "30",
        "99999999",
        "年",
        "月",
        "日",
        "号",
        "至",
        "-",
        "—",
        "/",
        ".",
        ",",
        "上旬",
        "底",
        "末",
        "初",
        "前",
        "年底",
        "季度",
        "第",
        "上半年",
        "今年",
        "去年",
        "当年",
        "十",
        "二",
        "〇",
        "百",
        "千",
        "万",
        "亿",
        "点",
        "分之",
        "%",
        "成",
        "吨",
        "千瓦",
        "元",
        "约",
        "以上",
        "下降",
        "增长",
        "“十四五”",
        "云南",
        "吉林",
        "市",
        "省",
        "限电",
        "公司",
        "〔2021〕",
        "《",
        "》",
        "(",
        "）",
        "May",
        "Q3",
        "billion",
        "$",
        "倍",
        "半",
        "几",
        "多",
        "\x00",
        "\n",
        "\u3000",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=24).map("".join))


@settings(max_examples=300)
@given(TEXTS, st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2060, 12, 31))))
def test_spans_are_cut_from_the_text(text: str, reference: date | None) -> None:
    found: list[Span] = [
        *read_dates(text, reference),
        *read_quantities(text, reference),
        *read_places(text),
        *read_bodies(text),
        *read_document_numbers(text),
        *read_titles(text),
    ]
    assert all(0 <= s.start < s.end and text[s.start : s.end] == s.text for s in found)


@settings(max_examples=200)
@given(TEXTS)
def test_dates_and_quantities_do_not_overlap(text: str) -> None:
    for spans in (read_dates(text, date(2022, 1, 1)), read_quantities(text)):
        for one, other in pairwise(spans):
            assert one.end <= other.start  # type: ignore[attr-defined]


@settings(max_examples=200)
@given(TEXTS)
def test_a_date_ends_after_it_begins(text: str) -> None:
    assert all(s.first_day <= s.last_day for s in read_dates(text, date(2022, 1, 1)))
    assert all(q.low <= q.value <= q.high for q in read_quantities(text))


@given(st.integers(0, 99_999_999))
def test_numerals_say_what_they_mean(number: int) -> None:
    assert chinese_number(spoken(number)) == number


def spoken(number: int) -> str:
    """The usual Chinese numeral, written independently of the parser."""
    if number >= 10_000:
        head, tail = divmod(number, 10_000)
        gap = "零" if 0 < tail < 1000 else ""
        return spoken(head) + "万" + (gap + spoken(tail) if tail else "")
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
        gap = bool(words) and not digit
    return words or "零"


STYLES = (
    "{0}", "{0:,}", "{1} {2}", "{1}\u00a0{2}", "{1}\u2009{2}", "{1}\u202f{2}", "{1}，{2}",
)  # fmt: skip
UNIT_STYLES = (("千瓦时", "kW·h", "kWh", "kW•h", "KWh"), ("吨", "噸", "t", "公吨"), ("元", "圆"))


@given(
    st.integers(1000, 999_999),
    st.sampled_from(UNIT_STYLES),
    st.data(),
    st.sampled_from(("", " ", "\u00a0", "\u2009")),
)
def test_a_number_reads_the_same_in_every_style(
    number: int, units: tuple[str, ...], data: st.DataObject, gap: str
) -> None:
    head, tail = divmod(number, 1000)
    written = [style.format(number, head, f"{tail:03}") for style in STYLES]
    written.append("".join(chr(ord(c) + 0xFEE0) for c in str(number)))
    written.append(spoken(number))
    text = f"产量为{data.draw(st.sampled_from(written))}{gap}{data.draw(st.sampled_from(units))}。"
    (found,) = read_quantities(text)
    assert (found.value, found.unit) == (number, units[0])
    assert text[found.start : found.end] == found.text


_TRADITIONAL = str.maketrans(
    "万亿吨电点个两号后时间为产业厂发会议从", "萬億噸電點個兩號後時間為產業廠發會議從"
)


@settings(max_examples=200)
@given(TEXTS)
def test_traditional_reads_as_simplified(text: str) -> None:
    other = text.translate(_TRADITIONAL)
    assert simplified(other) == simplified(text)
    day = date(2022, 1, 1)
    for read in (read_quantities, read_places, read_bodies):
        assert [(s.start, s.end) for s in read(text)] == [(s.start, s.end) for s in read(other)]
    dates = [[(s.start, s.first_day) for s in read_dates(t, day)] for t in (text, other)]
    assert dates[0] == dates[1]


@given(st.text(max_size=200))
def test_plain_text_keeps_its_offsets(text: str) -> None:
    assert len(plain(text)) == len(text) and plain(plain(text)) == plain(text)


@given(st.text(max_size=200).map(lambda text: text.encode("gb2312", "ignore").decode("gb2312")))
def test_simplified_text_stays_as_it_is(text: str) -> None:
    assert simplified(text) == text.translate(str.maketrans("於後徵", "于后征"))


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


HEADS = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><body>", b"\xef\xbb\xbf", b"\xff\xfe", b"GIF8")


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(HEADS),
    st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda t: t.encode("gb18030"))),
    st.sampled_from(sorted(set(MEDIA_TYPES.values()))),
)
def test_any_bytes_give_a_document_or_a_typed_error(head: bytes, body: bytes, kind: str) -> None:
    try:
        document = read_bytes(head + body, kind, "x")
    except TanzheError as error:
        assert error.faults[0].what.zh and error.faults[0].do.zh and error.faults[0].what.en
    else:
        assert isinstance(document, Document) and document.text
        assert read_bytes(head + body, kind, "x").text == document.text


@pytest.mark.parametrize(
    "text",
    [
        *("年" * 20000, "1" * 20000, "一" * 20000, "2021年" * 5000, "《" * 9000),
        *("1 234" * 5000, "一 百" * 8000, "5日、" * 8000, "kW·" * 8000, "t/(" * 8000),
        *(
            "。25" * 8000,
            "至25日" * 6000,
            "每月5日、" * 5000,
            "并且" * 9000,
            "1天" * 9000,
            "，345" * 6000,
        ),
    ],
)
def test_no_text_takes_forever(text: str, tmp_path: Path) -> None:
    begun = time.perf_counter()
    read_dates(text, date(2022, 1, 1))
    read_quantities(text)
    read_places(text)
    read_bodies(text)
    read_titles(text)
    read_document_numbers(text)
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize("kind", sorted(set(MEDIA_TYPES.values())))
@pytest.mark.parametrize(
    "raw",
    [b"<!-- --> " * 60 + b"<div>", b"<!--" * 500, b"\xef\xbb\xbf" + b"<!---->\n" * 200 + b"<html>"],
)
def test_comments_before_a_page_do_not_hang_its_reading(raw: bytes, kind: str) -> None:
    begun = time.perf_counter()
    with suppress(TanzheError):
        read_bytes(raw, kind, "x")
    assert time.perf_counter() - begun < 2
