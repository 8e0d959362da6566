"""Which language the command line speaks: Chinese, English, or both where nobody chose."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import get_args

from tanzhe.errors import Language, Words

VARIABLE = "TANZHE_LANG"
_CHOSEN: ContextVar[Language | None] = ContextVar("language", default=None)
_CJK = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
# Help is written as Chinese followed by English: 起始月 first month.
_MIXED = re.compile(
    rf"(?P<zh>.*[{_CJK}])\s*(?P<en>[^{_CJK}]*?[a-z]{{2}}[^{_CJK}]*?)(?P<more>\s\s\[[^\]]*\])?", re.S
)
_EXAMPLE = re.compile(r"[:：]\s*(?=tanzhe )")


def chosen() -> Language | None:
    """The language that was asked for, or None for both."""
    return _CHOSEN.get()


def choose(arguments: Sequence[str]) -> str | None:
    """Take the language from `--lang` wherever it stands, else from TANZHE_LANG.

    Args:
        arguments: as typed after `tanzhe`.

    Returns:
        A word that is no language, if one was given.
    """
    wanted: str | None = os.environ.get(VARIABLE, "").strip() or None
    for at, one in enumerate(arguments):
        if one == "--":
            break
        if one == "--lang" and at + 1 < len(arguments):
            wanted = arguments[at + 1]
        elif one.startswith("--lang="):
            wanted = one.partition("=")[2]
    known = next((one for one in get_args(Language) if one == wanted), None)
    _CHOSEN.set(known)
    return wanted if wanted is not None and known is None else None


@contextmanager
def kept() -> Iterator[None]:
    """Afterwards the language is again what it was."""
    before = _CHOSEN.get()
    try:
        yield
    finally:
        _CHOSEN.set(before)


def of_documents() -> Language:
    """The language of what is written: Chinese unless English was asked for."""
    return chosen() or "zh"


def told(zh: str, en: str) -> str:
    """A sentence of an answer: Chinese unless English was asked for, never both.

    Example:
        >>> told("达到", "met")
        '达到'
    """
    return Words(zh, en).said(of_documents())


def said(zh: str | Words, en: str = "", *, joint: str = " ") -> str:
    """A sentence in the language chosen, or in both.

    Args:
        zh: the Chinese, or both.
        en: the English, where `zh` is the Chinese alone.
        joint: what stands between the two.

    Example:
        >>> said("完成", "done"), said(Words("完成", "done"))
        ('完成 done', '完成 done')
    """
    words = zh if isinstance(zh, Words) else Words(zh, en)
    language = chosen()
    if language is not None:
        return words.said(language)
    return words.zh if words.zh == words.en else f"{words.zh}{joint}{words.en}"


def split(text: str) -> Words:
    """A help text in its two languages: the English begins after the last Chinese character.

    Example:
        >>> split("起始月 first month"), split("列出 List: tanzhe turns 云南 工业")[1]
        (Words(zh='起始月', en='first month'), 'List: tanzhe turns 云南 工业')
    """
    if text == "输出 JSON":  # names of formats end no sentence of either language
        return Words(text, "write JSON")
    head, *examples = _EXAMPLE.split(text, maxsplit=1)
    example = examples[0] if examples else ""
    found = _MIXED.fullmatch(head)
    zh, en = (found["zh"], found["en"].strip()) if found else (head, head)
    more = (found["more"] or "") if found else ""
    if example:
        return Words(f"{zh}：{example}", f"{en}: {example}")
    return Words(zh + _in_chinese(more), en + more)


def _in_chinese(more: str) -> str:
    """Click's remarks on an option: [default: x; required]."""
    return more.replace("default: ", "默认 ").replace("required", "必填")


def resolved(text: str) -> str:
    """A help text in the language chosen, or as it stands."""
    if chosen() is not None:
        return split(text).said(of_documents())
    return said(split(text)) if text == "输出 JSON" else text
