"""Whether the words of a document hold a number."""

import re
import unicodedata
from collections.abc import Iterator

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_TIMES = {"万": 10**4, "亿": 10**8}
# A number, and the 万 or 亿 behind it.
_NUMBER = re.compile(r"(?<![\d.])([-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE]-?\d+)?)\s*([万亿]*)")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?[万亿]*")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*[-–—~至到]+\s*\d+(?:\.\d+)?\s*([万亿]+)")
_SAME = 1e-9


def says_number(words: str, value: float) -> bool:
    """Whether a text holds a number, in digits or in Chinese numerals.

    Args:
        words: exact words of a document.
        value: the number; 200000 is found in 20万, in 20—100万 and in 二十万.

    Example:
        >>> says_number("年综合能源消费量20-100万吨标准煤", 200_000), says_number("二级能耗限额", 2)
        (True, True)
        >>> says_number("不低于90%", 9)
        False
    """
    return any(abs(n - value) <= _SAME * max(1.0, abs(value)) for n in _numbers(words))


def _numbers(words: str) -> Iterator[float]:
    text = unicodedata.normalize("NFKC", words)
    for match in _RANGE.finditer(text):  # 20-100万: the first is counted in 万 too
        yield float(match[1]) * _times(match[2])
    for match in _NUMBER.finditer(text):
        yield from _read(match[1], _times(match[2]))
    for match in _CHINESE.finditer(text):
        yield _chinese(match.group())


def _read(found: str, times: int) -> Iterator[float]:
    number = float(found.replace(",", "").replace("−", "-")) * times
    yield number
    if number < 0:  # 20-100 is a range, not minus a hundred
        yield -number


def _times(text: str) -> int:
    product = 1
    for sign in text:
        product *= _TIMES.get(sign, 1)
    return product


def _chinese(found: str) -> float:
    plain = found.rstrip("万亿")
    whole, _, part = plain.partition("点")
    total, digit = 0, 0
    for sign in whole:
        if sign in _TENS:
            total, digit = total + (digit or 1) * _TENS[sign], 0
        else:
            digit = digit * 10 + _DIGITS[sign]
    number = float(total + digit)
    if part:
        number += float("0." + "".join(str(_DIGITS[sign]) for sign in part))
    return number * _times(found)
