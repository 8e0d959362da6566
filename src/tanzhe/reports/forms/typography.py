"""What Word and PDF have in common: amounts that stay whole, CO₂, and widths of columns."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from unicodedata import east_asian_width

from tanzhe.reports.pages.blocks import Line, Table, plain

# WORD JOINER: a number keeps its unit. (Word's own sign, U+200D, does not hold in LibreOffice.)
JOINER, NO_BREAK = "\u2060", "\u00a0"
# LibreOffice tears a unit behind U+00A0 apart rather than begin a line with its number.
_NARROW = "\u202f"
# Of a cell, in letters.
MARGINS = 4
# Of the usual size of letters in a table: 7.5 points.
SMALLEST = 7.5 / 10.5
# Letters of words that a column holds at least: five Chinese characters.
NARROWEST = 10
_AMOUNT = re.compile(r"(?<=\d)(?=[万亿%年月日倍次个项件份期吨])|(?<=[万亿])(?=[吨千元])")
_SPACED = re.compile(
    r"(?<=\d) (?=[万亿]|[kMGT]?(?:t|g|Wh|J|W)(?:CO|ce|\b)|m3|yuan|percentage|(?:month|year)s?\b)"
)
# Units: on either side of their stroke (LibreOffice breaks before it behind a lowered figure), and
# behind 万 or 千 in them.
_RATIO = re.compile(r"(?<=[A-Za-z0-9₂])/(?=[A-Za-z万千亿吨])")
_MULTIPLE = re.compile(r"(?<=[万千亿])(?=[A-Za-z])")
_CO2 = re.compile(r"(?<=CO)[2₂]|(?<=m)3(?![0-9A-Za-z])|(?<=[CHNS])4(?![0-9])|(?<=SF)6")
_TOKEN = re.compile(
    r"(?:[^ \t\n，。；、：（）\u4e00-\u9fff\u2060]|[\u4e00-\u9fff](?=\u2060)|"
    r"\u2060[\u4e00-\u9fff]?)+"
)


def held(text: str) -> str:
    """Text in which numbers keep their units and no unit breaks at its stroke.

    Example:
        >>> held("约12万吨，0.5 kgCO2/kWh").replace(JOINER, "·").replace(NO_BREAK, "_")
        '约12·万·吨，0.5_kgCO2·/·kWh'
    """
    text = _AMOUNT.sub(JOINER, _SPACED.sub(NO_BREAK, text))
    return _MULTIPLE.sub(JOINER, _RATIO.sub(f"{JOINER}/{JOINER}", text))


def kept(text: str) -> str:
    """Text of Word, held together with the narrow space that stands before units in print.

    Example:
        >>> kept("0.5 kWh") == "0.5\u202fkWh"
        True
    """
    return held(text).replace(NO_BREAK, _NARROW)


def scripts(text: str) -> list[tuple[str, str]]:
    """The text in pieces, each with where it stands: on the line, `sub` or `super`.

    Example:
        >>> scripts("0.5 kgCO2/kWh")
        [('0.5 kgCO', ''), ('2', 'sub'), ('/kWh', '')]
    """
    pieces: list[tuple[str, str]] = []
    at = 0
    for match in _CO2.finditer(text):
        pieces.append((text[at : match.start()], ""))
        sign = "2" if match[0] in "2₂" else match[0]
        pieces.append((sign, "super" if text[match.start() - 1] == "m" else "sub"))
        at = match.end()
    pieces.append((text[at:], ""))
    return [piece for piece in pieces if piece[0]]


def is_unbroken(text: str) -> bool:
    """Whether a text holds an address or checksum, which full lines would tear apart.

    Example:
        >>> is_unbroken("见 http://example.com/a/b/c/d/e.html"), is_unbroken("见 tanzhe")
        (True, False)
    """
    return _LONG.search(text) is not None


def letters(text: str) -> int:
    """How wide a text is, in Latin letters."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


# Latin letters that are broader than a figure, and by how much of one, in the fonts of reports.
_BROAD = {
    **dict.fromkeys("CABEFKPRTVXYZ", 0.35), **dict.fromkeys("DGHNOQUw", 0.45),
    **dict.fromkeys("Mm%", 0.7), "W": 0.9,
}  # fmt: skip


def breadth(text: str) -> float:
    """How wide a text is in a cell, in figures.

    Example:
        >>> breadth("75,827.7 MWh"), breadth("1月")
        (13.6, 3)
    """
    return letters(text) + sum(_BROAD.get(sign, 0) for sign in text)


def needs(block: Table) -> list[float]:
    """How many letters the longest cell of each column has."""
    return [
        max(_widest(row[at]) for row in (block.head, *block.rows)) + MARGINS
        for at in range(len(block.head))
    ]


def _widest(cell: Line) -> float:
    return max((breadth(part) for part in plain(cell).split("\n")), default=0)


def shares(block: Table, line: float) -> list[float]:
    """Widths of columns in letters: short ones whole, long ones share what is left.

    No column is narrower than its longest amount, word, unit or short cell, while the line has room
    for that.

    Args:
        block: the table.
        line: letters that a line holds.
    """
    wanted = needs(block)
    least = [
        max(_least(row[at]) for row in (block.head, *block.rows)) + MARGINS
        for at in range(len(block.head))
    ]
    left, widths = line, [0.0] * len(wanted)
    for place, at in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        widths[at] = min(wanted[at], left / (len(wanted) - place))
        left -= widths[at]
    return _at_least(widths, least)


def scale(block: Table, line: float) -> float:
    """How much smaller letters must be for the longest amounts of all columns to stand whole.

    Args:
        block: the table.
        line: letters of the usual size that a line holds.

    Returns:
        1 where they fit, and never less than `SMALLEST`.
    """
    least = sum(
        max(_least(row[at]) for row in (block.head, *block.rows)) + MARGINS
        for at in range(len(block.head))
    )
    return max(SMALLEST, min(1.0, line / least))


def _least(cell: Line) -> float:
    """The letters of a cell's longest amount or word; of Chinese, which breaks anywhere, a few."""
    text = held(plain(cell))
    tokens = (match[0].replace(JOINER, "") for match in _TOKEN.finditer(text))
    longest = max((breadth(one) for one in tokens), default=0)
    return max(longest, min(_widest(cell), NARROWEST))


def _at_least(widths: list[float], least: Sequence[float]) -> list[float]:
    """Narrow columns widened from those that have more than they must."""
    lacking = [max(0.0, low - width) for low, width in zip(least, widths, strict=True)]
    spare = [max(0.0, width - low) for low, width in zip(least, widths, strict=True)]
    missing, free = sum(lacking), sum(spare)
    if not missing or not free:
        return widths
    part = min(1.0, free / missing)
    taken = min(missing, free) / free
    return [
        width + lack * part - room * taken
        for width, lack, room in zip(widths, lacking, spare, strict=True)
    ]


def fits(block: Table, line: float) -> bool:
    """Whether each row of a table stands on one line."""
    return sum(needs(block)) <= line


def title_lines(text: str, most: int) -> str:
    r"""A title broken where the sense allows it, when it is longer than a line.

    Args:
        text: the title.
        most: letters that a line holds.

    Example:
        >>> title_lines("云南省工业碳排放：2021年8月最高，此后下降8.0%", 40)
        '云南省工业碳排放：\n2021年8月最高，此后下降8.0%'
        >>> title_lines("甲省发展改革委关于印发《甲省零碳园区建设行动方案（试行）》的通知", 40)
        '甲省发展改革委关于印发\n《甲省零碳园区建设行动方案\n（试行）》的通知'
    """
    if "\n" in text or letters(text) <= most:
        return text
    pauses = [match.end() for match in _PAUSE.finditer(text)]
    phrases = sorted({*pauses, *(match.end() for match in _PHRASE.finditer(text))})
    for cuts, count in ((pauses, 1), (phrases, 1), (phrases, 2), (phrases, 3)):
        found = [
            lines for chosen in combinations(cuts, count)
            if max(map(letters, lines := _cut(text, chosen))) <= most
        ]  # fmt: skip
        if found:
            best = min(found, key=lambda lines: max(map(letters, lines)) - min(map(letters, lines)))
            return "\n".join(best)
    return text


def _cut(text: str, cuts: Sequence[int]) -> list[str]:
    places = (0, *cuts, len(text))
    return [text[one:other].strip() for one, other in pairwise(places)]


_LONG = re.compile(r"[!-~]{24,}")
_PAUSE = re.compile(r"[：，；、](?=.)|[:,;] (?=.)")
# Where a title of a document may be broken: before the name of another, behind it, before brackets.
_PHRASE = re.compile(r"关于印发(?=《)|(?<=.)(?=《)|》(?=.)|(?<=.)(?=（)")
