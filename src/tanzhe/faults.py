"""What is wrong and what to do about it, by a code; the words are rows of `data/faults.csv`."""

from tanzhe import bundled
from tanzhe.errors import Fault, Words

# Read when the program starts: where a fault is told, no file may be left to open.
_KNOWN = {
    row["code"]: (Words(row["what"], row["what_en"]), Words(row["do"], row["do_en"]))
    for row in bundled.rows("tanzhe.data", "faults.csv")
}


def fault_of(code: str, *, where: str = "", **filled: object) -> Fault:
    """A fault by its code.

    Args:
        code: of a row of `faults.csv`: the room, the module, what is wrong.
        where: file, line, column, year, clause or address.
        filled: what stands for each {name} in its words; of what has `zh` and `en` the one that
            fits.

    Example:
        >>> fault_of("web.inbox.gone", where="3f2a").what.en
        'That file is not here any more'
    """
    what, do = (words_filled(words, filled) for words in _KNOWN[code])
    return Fault(what, do, where=where)


def words_filled(words: Words, filled: dict[str, object]) -> Words:
    """Words with each {name} filled in, in both languages."""
    zh = {name: getattr(one, "zh", one) for name, one in filled.items()}
    en = {name: getattr(one, "en", one) for name, one in filled.items()}
    return Words(words.zh.format(**zh), words.en.format(**en))
