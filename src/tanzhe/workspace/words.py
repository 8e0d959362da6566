"""Text made searchable: Chinese characters one by one, Latin words whole."""

import re
from collections.abc import Iterator

# One token a CJK character, one a Latin word or number; everything else separates.
_TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]|[^\W_\u3400-\u9fff]+")


def tokens(text: str) -> list[str]:
    """Characters and words of a text, in lower case.

    Example:
        >>> tokens("云南限电 COVID-19")
        ['云', '南', '限', '电', 'covid', '19']
    """
    found: list[str] = _TOKEN.findall(text.lower())
    return found


def token_text(text: str) -> str:
    """The text as it goes into the index."""
    return " ".join(tokens(text))


def phrases(query: str) -> list[list[str]]:
    """What a query asks for: each word between spaces is a phrase, all must be found.

    Quotes, stars, brackets and NEAR are just characters.

    Example:
        >>> phrases('限电 "yunnan" NEAR(*')
        [['限', '电'], ['yunnan'], ['near']]
    """
    return [found for word in query.split() if (found := tokens(word))]


def match_expression(query: str) -> str:
    """The query in the language of FTS5, every token quoted; "" when nothing is asked.

    Example:
        >>> match_expression("限电 云南")
        '"限 电" AND "云 南"'
    """
    return " AND ".join('"' + " ".join(words) + '"' for words in phrases(query))


def find_span(text: str, phrase: list[str]) -> tuple[int, int] | None:
    """First place of a phrase in the original text: start and end offset.

    Example:
        >>> find_span("省内：限 电", ["限", "电"])
        (3, 6)
    """
    return next(find_spans(text, phrase), None)


def find_spans(text: str, phrase: list[str]) -> Iterator[tuple[int, int]]:
    """All places of a phrase in the original text, left to right."""
    between = r"(?:[\W_])*"  # what the index drops between tokens
    parts = [
        rf"(?<![^\W_\u3400-\u9fff]){re.escape(w)}(?![^\W_\u3400-\u9fff])"
        if w.isascii()
        else re.escape(w)
        for w in phrase
    ]
    for match in re.finditer(between.join(parts), text, re.I):
        yield match.start(), match.end()
