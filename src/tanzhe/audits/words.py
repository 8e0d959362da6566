"""The tables the checks rest on, read once."""

import re
from dataclasses import dataclass
from functools import cache

from tanzhe import bundled


@dataclass(frozen=True, kw_only=True)
class Notion:
    """Words of one kind: a stage, a noun or a sector.

    Attributes:
        id: stable English id.
        zh: Chinese name.
        words: what texts say.
        slugs: what addresses say; None where addresses do not tell.
        rank: order among its kind, 0 where there is none.
    """

    id: str
    zh: str
    words: re.Pattern[str]
    slugs: re.Pattern[str] | None = None
    rank: int = 0


@cache
def _words() -> dict[str, re.Pattern[str]]:
    tree = bundled.tree("tanzhe.audits.data", "words.yaml")
    return {key: re.compile(words, re.I) for key, words in tree.items()}


def said(notion: str, text: str) -> re.Match[str] | None:
    """The first words of a notion in a text, or None.

    Example:
        >>> said("not_found", "本周期内未监测到相关文件。")[0]
        '未监测到'
    """
    return _words()[notion].search(text)


def every(notion: str, text: str) -> list[re.Match[str]]:
    """All words of a notion in a text."""
    return list(_words()[notion].finditer(text))


def without(notion: str, text: str) -> str:
    """The text with the words of a notion blanked out."""
    return _words()[notion].sub(" ", text)


@cache
def notions(table: str) -> tuple[Notion, ...]:
    """The notions of stages, nouns or sectors, in the order of the table."""
    return tuple(
        Notion(
            id=key,
            zh=row["zh"],
            words=re.compile(row["words"], re.I),
            slugs=re.compile(row["slugs"], re.I) if "slugs" in row else None,
            rank=int(row.get("rank", 0)),
        )
        for key, row in bundled.tree("tanzhe.audits.data", f"{table}.yaml").items()
    )


def notion_in(table: str, text: str) -> Notion | None:
    """The first notion of a table that a text names.

    Example:
        >>> notion_in("nouns", "年度产值").id, notion_in("stages", "投产时间").id
        ('output_value', 'running')
    """
    return next((one for one in notions(table) if one.words.search(text)), None)
