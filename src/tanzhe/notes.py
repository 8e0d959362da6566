"""Notes whose words stand in `data/notes.csv`, by their code."""

from functools import cache

from tanzhe import bundled
from tanzhe.errors import Words
from tanzhe.faults import words_filled
from tanzhe.model import Note


@cache
def _known() -> dict[str, Words]:
    rows = bundled.rows("tanzhe.data", "notes.csv")
    return {row["code"]: Words(row["zh"], row["en"]) for row in rows}


def note_of(code: str, **filled: object) -> Note:
    """A note by its code.

    Args:
        code: of a row of `notes.csv`.
        filled: what stands for each {name} in its words; of what has `zh` and `en` the one that
            fits.

    Example:
        >>> note_of("basket", names=Words("水泥", "cement")).en
        'Products in it: cement.'
    """
    words = _known()[code]
    if not filled:
        return Note(code=code, zh=words.zh, en=words.en)
    told = words_filled(words, filled)
    return Note(code=code, zh=told.zh, en=told.en)
