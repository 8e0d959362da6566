"""Text made searchable: Chinese characters one by one, Latin words whole."""

import re
from collections.abc import Iterator

# One token a CJK character, one a Latin word or number; everything else separates.
CJK = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_IS_CJK = re.compile(rf"[{CJK}]")


def tokens(text: str) -> list[str]:
    """Characters and words of a text, in lower case.

    Example:
        >>> tokens("云南限电 COVID-19")
        ['云', '南', '限', '电', 'covid', '19']
    """
    found: list[str] = _TOKEN.findall(text.lower())
    return found


def phrases(query: str) -> list[list[str]]:
    """What a query asks for: each word between spaces is a phrase, all must be found.

    Quotes, stars, brackets and NEAR are just characters.

    Example:
        >>> phrases('限电 "yunnan" NEAR(*')
        [['限', '电'], ['yunnan'], ['near']]
    """
    return [found for word in query.split() if (found := tokens(word))]


def phrase_pattern(phrase: list[str]) -> re.Pattern[str]:
    """What finds a phrase in the original text, whatever separates its tokens there.

    Example:
        >>> phrase_pattern(["限", "电"]).search("省内：限 电").span()
        (3, 6)
    """
    between = r"[\W_]*"  # what the index drops between tokens
    whole = rf"(?<![^\W_{CJK}]){{}}(?![^\W_{CJK}])"
    parts = (
        re.escape(token) if _IS_CJK.match(token) else whole.format(re.escape(token))
        for token in phrase
    )
    return re.compile(between.join(parts), re.I)


def find_spans(text: str, phrase: list[str]) -> Iterator[tuple[int, int]]:
    """All places of a phrase in the original text, left to right."""
    for match in phrase_pattern(phrase).finditer(text):
        yield match.span()
