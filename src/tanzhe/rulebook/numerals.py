"""Whether the words of a document hold a number."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tanzhe.numerals import numbers_in

_TO = re.compile(r"\s*[-–—~～至到]+\s*")
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
    found = list(numbers_in(words))
    for one in found:
        yield one.value
        if one.value < 0:  # a dash before a number need not be its sign
            yield -one.value
    for first, second in pairwise(found):  # 20-100万: the first is counted in 万 too
        if _TO.fullmatch(words, first.end, second.start):
            yield first.value * second.scale
