"""Finding a name in a vocabulary, or the nearest ones."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from tanzhe.errors import UnknownName, Words, listed


def folded(name: str) -> str:
    """A name without width, case, spaces, hyphens and underscores.

    Example:
        >>> folded("ＣＮ－YN"), folded("Inner Mongolia") == folded("InnerMongolia")
        ('cnyn', True)
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in plain if c not in " \t-_－—'’")


def repeated(names: Iterable[str]) -> list[str]:
    """Names that stand more than once, in order of the alphabet.

    Example:
        >>> repeated(["b", "a", "b", "c", "a"])
        ['a', 'b']
    """
    return sorted(name for name, number in Counter(names).items() if number > 1)


def find_name(
    name: str,
    index: Mapping[str, str],
    *,
    kind: Words,
    examples: str,
    english: Mapping[str, str] | None = None,
) -> str:
    """The id that `name` stands for.

    Args:
        name: as the user typed it.
        index: folded names to ids.
        kind: what is looked for, e.g. 地区 / region.
        examples: names that would be understood.
        english: id to English name, where the ids are Chinese names.

    Raises:
        UnknownName: nobody knows the name; the message lists the nearest names.
    """
    key = folded(name)
    if key in index:
        return index[key]
    near = get_close_matches(key, index, n=3, cutoff=0.5) or [
        known for known in index if key and (key in known or known in key)
    ]
    ids = list(dict.fromkeys(index[n] for n in near))[:3]
    hint = listed(ids).zh
    in_english = listed((english or {}).get(one, one) for one in ids).en
    raise UnknownName.of(
        Words(f"不认识的{kind.zh}：“{name}”", f"Unknown {kind.en}: “{name}”"),
        Words(
            f"您是否想用：{hint}？" if hint else f"可以写：{examples}",
            f"Did you mean: {in_english}?" if hint else f"Try: {examples}",
        ),
    )
