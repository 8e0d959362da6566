"""What a query asks for, and where it stands in a text."""

import re
from dataclasses import dataclass

from tanzhe.workspace.folding import folded

# One token a CJK character, one a Latin word or number; everything else separates.
CJK = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_IS_CJK = re.compile(rf"[{CJK}]")
_QUOTED = r'"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|＂[^＂]*＂'
_ASKED = re.compile(rf"([-－−]?)({_QUOTED}|[^\s\"“「『＂]+|\S)")

Phrase = list[str]


@dataclass(frozen=True)
class Asked:
    """The phrases that a document must have, and those that it must not have."""

    wanted: tuple[Phrase, ...]
    unwanted: tuple[Phrase, ...] = ()


def tokens(text: str) -> Phrase:
    """Characters and words of a text, folded.

    Example:
        >>> tokens("雲南限电 COVID-19")
        ['云', '南', '限', '电', 'covid', '19']
    """
    found: Phrase = _TOKEN.findall(folded(text))
    return found


def asked_for(query: str) -> Asked:
    """What a query asks for: words between spaces, all of them; "as quoted"; -not this one.

    Stars, brackets and NEAR are just characters.

    Example:
        >>> asked_for('限电 "yunnan power" -解除')
        Asked(wanted=(['限', '电'], ['yunnan', 'power']), unwanted=(['解', '除'],))
    """
    found: dict[bool, list[Phrase]] = {True: [], False: []}
    for minus, word in _ASKED.findall(query):
        phrase = tokens(word)
        if phrase and phrase not in found[not minus]:
            found[not minus].append(phrase)
    return Asked(tuple(found[True]), tuple(found[False]))


def phrase_pattern(phrase: Phrase) -> re.Pattern[str]:
    """What finds a phrase in a folded text, whatever separates its tokens there.

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
    return re.compile(between.join(parts))
