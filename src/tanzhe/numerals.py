"""Numbers in digits, Chinese numerals and English words: how they look, and what they stand for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanzhe.characters import plain

DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0, "两": 2, "俩": 2, "幺": 1,
}  # fmt: skip
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
TENS = {"廿": 20, "卅": 30}
MULTIPLIERS = {**SMALL, **LARGE}

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
# English number words below a hundred; twenty-one is two of them.
ENGLISH_NUMBERS = {word: n for n, word in enumerate(_UNITS.split())} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), 2)
}
_SCALES = {
    "trillion": 1e12, "billion": 1e9, "bn": 1e9, "million": 1e6, "mn": 1e6, "thousand": 1e3,
    "hundred": 100.0, "k": 1e3,
}  # fmt: skip
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

LONGEST = 30  # characters; longer runs are no numbers but tables or noise

# A run of characters that may be a Chinese numeral.
NUMERAL_CHARS = "零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖两俩幺十拾百佰千仟万亿廿卅"
NUMERAL = f"[{NUMERAL_CHARS}]"
DIGIT = "[零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
NUMBER_CHARS = rf"\d{NUMERAL_CHARS}"
SPACE = "[ \u00a0]"

# Runs of digits are bounded: longer ones are no numbers, and must not cost their length squared.
EXPONENT = r"\d{1,9}(?:\.\d{1,12})?[eE][+-]?\d{1,2}(?![A-Za-z\d])"
# 2×1000MW is none: a power is raised or has its ^.
_POWER = r"\d{1,6}(?:\.\d{1,6})?\^[-+]?\d{1,2}(?![\d.])"
SCIENTIFIC = r"(?:\d{1,9}(?:\.\d{1,12})?\s?[×x*]\s?)?10(?:\^\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"
MIXED = (
    r"\d{1,12}(?:\.\d{1,12})?[亿万千](?:零?\d{1,8}(?:\.\d{1,8})?(?:千万|百万|十万|[千百十]亿"
    r"|[亿万千百十])?){1,4}(?![\d.\-—–~至到%]|个百分)"
)
# 12,345.6 and 12 345.6 and 12，345.6: three digits a group, and no digit after the last.
GROUPED = (
    r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,12})?(?!\d)"
    "|\\d{1,3}(?:\u00a0\\d{3}){1,6}(?:\\.\\d{1,12})?(?!\u00a0?\\d)"
    r"|\d{1,3}(?:，\d{3}){1,6}(?:\.\d{1,12})?(?![\d，]\d?)"
)
# Plain spaces stand between numbers too (a row of a table, 表 1): whoever reads these must see a
# unit behind them.
SPACED = r"(?<!\d\s)(?<![表图注])(?<![表图注]\s)\d{1,3}(?: \d{3}){1,6}(?:\.\d{1,12})?(?!\s?\d)"
_PLAIN = r"\d{1,20}(?:\.\d{1,20})?(?!\d)|(?<![\d.])\.\d{1,12}(?![\d.])"
ARABIC = rf"{SCIENTIFIC}|{_POWER}|{EXPONENT}|{GROUPED}|{SPACED}|{MIXED}|{_PLAIN}"
# 千瓦 and 千克 are units: the last 千 of 三千万千瓦 is none of the number's.
SCALE = r"(?:万亿|万万|千亿|百亿|十亿|千万|百万|十万|亿|万|千(?![瓦伏克米焦卡赫字帕])|百(?!分)|十)"
WORDS = r"(?:\s*(?:trillion|billion|million|thousand|hundred|bn|mn)\b|[kK](?![A-Za-z\d]))"
# 二两 is a weight, 两百 a number; 五兆 alone is one of information, 五兆六十二亿 a number.
_ONE_ZH = rf"(?:(?!千[瓦伏克焦卡米赫帕字])(?:(?!两){NUMERAL}|两(?=[十百千万亿])|兆(?={NUMERAL})))"
CHINESE = rf"(?:(?:两|{_ONE_ZH}){_ONE_ZH}{{0,30}}(?:点{DIGIT}{{1,12}}(?:万亿|亿|万|千|百)?)?)"
NUMERAL_OR_DIGITS = rf"(?:{ARABIC}|{CHINESE})"
_EN = "|".join(sorted(ENGLISH_NUMBERS, key=len, reverse=True))
ENGLISH = (
    rf"(?:(?:{_EN})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?(?:\s+hundred)?)"
    r"(?![A-Za-z-])"
)
_SIGNED = re.compile(
    rf"(?<![{NUMBER_CHARS}.])(?=[-负{NUMBER_CHARS}])(?P<sign>-(?=\d)|负)?"
    rf"(?P<number>{NUMERAL_OR_DIGITS})"
    rf"{SPACE}?(?P<scale>{SCALE})?"
)


@dataclass(frozen=True, slots=True)
class NumberAt:
    """A number in a text.

    Attributes:
        start: offset of its first character.
        end: offset after its last character.
        value: with 万 and 亿 multiplied out.
        scale: what those multiply by; 1 where there are none.
    """

    start: int
    end: int
    value: float
    scale: float


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
    for unit in ("兆", "亿", "万"):
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
    if words[0] == "负":
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


_PARTS = re.compile(r"(零?)(\d+(?:\.\d+)?)([千百十]?)([亿万]*)")


def mixed_number(words: str) -> float | None:
    """Digits with Chinese scales between them; None when a part does not fit under the one before.

    Example:
        >>> mixed_number("3亿5千万"), mixed_number("1亿2千3百万"), mixed_number("3万5")
        (350000000.0, 123000000.0, 35000.0)
    """
    total = section = 0.0  # what a 万 or 亿 has closed, and what stands behind it so far
    closed = below = last = float("inf")
    for zero, digits, small, large in _PARTS.findall(words):
        short = len(digits) == 1 and not (zero or small or large) and last < float("inf")
        part = float(digits) * (last / 10 if short else scale_of(small))  # 3万5 is 35,000
        if part >= below:
            return None
        section, below, last = section + part, MULTIPLIERS.get(small, 0.0), scale_of(small + large)
        if not large:
            continue
        many = scale_of(large)
        if many > closed:  # 1万2千亿
            total, closed = (total + section) * many, last
        elif section * many < closed:
            total, closed = total + section * many, last
        else:
            return None
        section, below = 0.0, float("inf")
    return tidy(total + section) if section < closed else None


def small_number(words: str) -> int | None:
    """A day, month, count or ordinal written in digits or Chinese: 12, 十二, 廿一.

    Example:
        >>> small_number("12"), small_number("十二"), small_number("若干")
        (12, 12, None)
    """
    if words.isascii() and words.isdigit():
        return int(words)
    value = chinese_number(words)
    return None if value is None else int(value)


def scale_of(words: str | None) -> float:
    """What 万亿 or million multiplies by.

    Example:
        >>> scale_of("千万"), scale_of(" million"), scale_of(None)
        (10000000.0, 1000000.0, 1.0)
    """
    if not words:
        return 1.0
    words = words.strip().lower()
    if words in _SCALES:
        return _SCALES[words]
    product = 1.0
    for c in words:
        product *= MULTIPLIERS[c]
    return product


def number_of(words: str) -> float | None:
    """A number in digits, Chinese or English words; None when it is none.

    Args:
        words: as `tanzhe.characters.plain` writes them.

    Example:
        >>> number_of("1,234.5"), number_of("3亿5千万"), number_of("twenty-five"), number_of("10⁴")
        (1234.5, 350000000.0, 25.0, 10000.0)
    """
    if len(words) > LONGEST:
        return None
    if words[0] in "0123456789.":
        return _in_digits(re.sub("[,，\\s]", "", words))
    if words[0].isascii():
        first, *hundred = words.split()
        value = sum(ENGLISH_NUMBERS[part] for part in first.split("-"))
        return float(value * (100 if hundred else 1))
    return chinese_number(words)


def _in_digits(digits: str) -> float | None:
    if power := re.fullmatch(r"(?:([\d.]+)[×x*])?10(?:\^(\d+)|([⁰¹²³⁴⁵⁶⁷⁸⁹]+))", digits):
        exponent = power[2] or power[3].translate(_RAISED)
        return float(f"{power[1] or 1}e{exponent}")
    if power := re.fullmatch(r"([\d.]+)\^([-+]?\d+)", digits):
        return float(power[1]) ** int(power[2])
    if re.fullmatch(r"[\d.]+(?:[eE][+-]?\d+)?", digits):
        return float(digits)
    return mixed_number(digits)


def tidy(value: float) -> float:
    """Drop the last digits that multiplying by 万 leaves: 183.3 * 1e8 is 18330000000."""
    return float(f"{value:.12g}")


def number_in_full(text: str) -> float | None:
    """The number that a whole text is, None where it is none, or more than a number.

    Example:
        >>> number_in_full("1亿2000万"), number_in_full("二万五千"), number_in_full("五百吨")
        (120000000.0, 25000.0, None)
    """
    one = next(numbers_in(text), None)
    return one.value if one and (one.start, one.end) == (0, len(text)) else None


_PERCENT = re.compile("(负?)百分之(负?)(?=.)")


def signed_percent(text: str) -> str:
    """百分之三点五 with the sign that digits have, 三点五%; other texts as they are.

    Example:
        >>> signed_percent("百分之九十三"), signed_percent("93%")
        ('九十三%', '93%')
    """
    found = _PERCENT.match(text)
    return f"{found[1] or found[2]}{text[found.end() :]}%" if found else text


_SPOKEN = "零一二三四五六七八九"


def spoken(number: int) -> str:
    """A whole number as a Chinese numeral, for headings, lists and plans.

    Args:
        number: 0 to 99,999,999.

    Example:
        >>> spoken(3), spoken(10), spoken(21), spoken(10_050)
        ('三', '十', '二十一', '一万零五十')
    """
    if number >= 10_000:
        head, tail = divmod(number, 10_000)
        return f"{spoken(head)}万{_SPOKEN[0] if 0 < tail < 1000 else ''}{_told(tail)}"
    return _told(number).removeprefix("一" if 10 <= number < 20 else "") or _SPOKEN[0]


def _told(number: int) -> str:
    """A number below ten thousand, digit by digit with their scales; "" for none."""
    words = ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            words += f"{_SPOKEN[digit]}{name}"
        elif number and words:
            words = words.rstrip(_SPOKEN[0]) + _SPOKEN[0]
    return words


def in_digits(words: str) -> str:
    """Every Chinese digit of a text by itself in Arabic ones: 二〇二八年 is 2028年.

    Example:
        >>> in_digits("二〇二八年")
        '2028年'
    """
    return "".join(str(DIGITS.get(c, c)) for c in words)


def numbers_in(text: str) -> Iterator[NumberAt]:
    """Every number of a text in digits or Chinese numerals, whatever it counts.

    Args:
        text: any; traditional characters and full-width digits are read as well.

    Returns:
        From left to right, with offsets in `text`.

    Example:
        >>> [one.value for one in numbers_in("二级，20万，1亿2000万，12 345.6吨，二萬五千")]
        [2.0, 200000.0, 120000000.0, 12345.6, 25000.0]
    """
    for match in _SIGNED.finditer(plain(text)):
        value = number_of(match["number"])
        if value is not None:
            scale = scale_of(match["scale"]) * (-1 if match["sign"] else 1)
            yield NumberAt(match.start(), match.end(), tidy(value * scale), abs(scale))
