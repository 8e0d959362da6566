"""Chinese and English numerals and digits as numbers."""

import re

DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0, "两": 2, "俩": 2, "幺": 1,
}  # fmt: skip
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
TENS = {"廿": 20, "卅": 30}
MULTIPLIERS = {**SMALL, **LARGE, "兆": 10**12}

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
# English number words below a hundred; twenty-one is two of them.
ENGLISH_NUMBERS = {word: n for n, word in enumerate(_UNITS.split())} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), 2)
}

LONGEST = 30  # characters; longer runs are no numbers but tables or noise

# A run of characters that may be a Chinese numeral.
NUMERAL = "[零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖两俩幺十拾百佰千仟万萬亿億廿卅]"
DIGIT = "[零〇○一二三四五六七八九]"

# Full-width digits and signs, one character each, so that offsets do not move.
_WIDTH = str.maketrans("０１２３４５６７８９．，％－／", "0123456789.,%-/")


def plain_digits(text: str) -> str:
    """The text with full-width digits and signs as ASCII; offsets stay the same.

    Example:
        >>> plain_digits("２０２１年")
        '2021年'
    """
    return text.translate(_WIDTH)


def _section(words: str) -> int | None:
    """A numeral below ten thousand: 三千零五十."""
    total, digit, scale = 0, None, 10**9
    for c in words:
        if c in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[c]
        elif c in TENS:
            total += TENS[c]
        elif c in SMALL:
            if SMALL[c] >= scale:
                return None
            total += (1 if digit in (None, 0) else digit or 0) * SMALL[c]
            scale, digit = SMALL[c], None
        else:
            return None
    last = digit or 0
    # 一百五 is 150, but 一百零五 is 105.
    if last and scale in (100, 1000) and len(words) > 1 and words[-2] in SMALL:
        return total + last * scale // 10
    return total + last


def _whole(words: str) -> int | None:
    if len(words) > 1 and all(c in DIGITS for c in words):
        return int("".join(str(DIGITS[c]) for c in words))
    for unit in ("亿", "億", "万", "萬"):
        if unit not in words:
            continue
        head, _, tail = words.rpartition(unit)
        many = _whole(head) if head else 1
        if many is None:
            return None
        short = len(tail) == 1 and DIGITS.get(tail, 0) > 0
        rest = DIGITS[tail] * LARGE[unit] // 10 if short else (_whole(tail) if tail else 0)
        return None if rest is None or rest >= LARGE[unit] else many * LARGE[unit] + rest
    return _section(words)


def chinese_number(words: str) -> float | None:
    """The number a Chinese numeral stands for, or None when it is none.

    Args:
        words: 三千零五十, 一百五 (150), 二〇二一 (digit by digit), 一点二亿, 负三.

    Example:
        >>> chinese_number("三万二"), chinese_number("二〇二一"), chinese_number("一点五")
        (32000.0, 2021.0, 1.5)
    """
    if not 0 < len(words) <= LONGEST:
        return None
    if words[0] in "负負":
        inner = chinese_number(words[1:])
        return None if inner is None else -inner
    if "点" in words:
        return _decimal(words)
    whole = _whole(words)
    return None if whole is None else float(whole)


def _decimal(words: str) -> float | None:
    head, _, tail = words.partition("点")
    digits = re.match(f"{DIGIT}+", tail)
    whole = _whole(head) if head else 0
    if whole is None or digits is None:
        return None
    scale = 1
    for c in tail[digits.end() :]:
        if c not in MULTIPLIERS:
            return None
        scale *= MULTIPLIERS[c]
    return float(f"{whole}." + "".join(str(DIGITS[c]) for c in digits[0])) * scale


_PARTS = re.compile(r"零?(\d+(?:\.\d+)?)([亿万千百十]*)")


def mixed_number(words: str) -> float | None:
    """Digits with Chinese scales between them; None when a part does not fit under the one before.

    Example:
        >>> mixed_number("3亿5千万"), mixed_number("1万7千"), mixed_number("3万5")
        (350000000.0, 17000.0, 35000.0)
    """
    total, above = 0.0, float("inf")
    for match in _PARTS.finditer(words):
        value, scale = float(match[1]), 1.0
        for c in match[2]:
            scale *= MULTIPLIERS[c]
        if scale == 1.0 and len(match[1]) == 1 and match[0][0] != "零" and above < float("inf"):
            scale = above / 10  # 3万5 is 35,000
        if value * scale >= above:
            return None
        total, above = total + value * scale, scale
    return float(f"{total:.12g}")


def small_number(words: str) -> int | None:
    """A day, month or ordinal written in digits or Chinese: 12, 十二, 廿一."""
    if words.isascii() and words.isdigit():
        return int(words)
    value = chinese_number(words)
    return None if value is None else int(value)
