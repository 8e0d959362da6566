"""Downloads of the statistics office become published figures, whichever way the table stands.

The site turns its tables as a user likes: provinces down and months across, months down, one
province with its indicators, several tables below each other. So no form is assumed: each number
takes its month, province and indicator from the words of its row, then of its column, then of the
lines above the table.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words, listed, refuse
from tanzhe.quantity import Quantity, Unit
from tanzhe.sectors import Product, sector_of
from tanzhe.series.additions import Measure, Published
from tanzhe.series.indicators import NOTHING, Said, is_label, is_time, period_of, said
from tanzhe.series.stated_unit import stated_unit

Row = Sequence[object]

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_MOST_NAMED = 6
# Of figures without a measure: the year to date where so many of the steps within years rise.
RISING = 0.9
FEWEST_STEPS = 8


class Figure(NamedTuple):
    """A number and what the words around it say."""

    value: float
    said: Said


class Download(NamedTuple):
    """What a file holds.

    Attributes:
        published: figures of our products.
        unused: what else there is, by its name, and how many numbers.
    """

    published: list[Published]
    unused: Counter[str]


def read_download(
    tables: Iterable[Sequence[Row]],
    where: str,
    *,
    product: str | None = None,
    measure: Measure | None = None,
) -> Download:
    """The figures of a file.

    Args:
        tables: the rows of its sheets.
        where: its name.
        product: product id, where the file does not name it.
        measure: the same.

    Raises:
        InputError: no figure of any product and province, or a unit or measure that must be told.
    """
    figures = [f for rows in tables for f in _figures(rows)]
    named = [f._replace(said=_told(f.said, product, measure)) for f in figures]
    usable = [f for f in named if _is_usable(f.said)]
    if not usable:
        refuse([_nothing(figures, where)])
    unused = Counter(_why(f.said) for f in named if not _is_usable(f.said))
    unsaid = {f.said.product for f in usable if f.said.measure is None}
    decided = {p: _measure([f for f in usable if f.said.product == p], where) for p in unsaid if p}
    published = [_published(f, decided, where) for f in usable]
    return Download(published, unused)


def _told(words: Said, product: str | None, measure: Measure | None) -> Said:
    """Words with what a person told where they say nothing we know."""
    return words._replace(
        product=words.product or product or words.product, measure=words.measure or measure
    )


def _is_usable(words: Said) -> bool:
    return bool(words.product and words.place and words.period) and not words.rate


def _why(words: Said) -> str:
    if words.rate:
        return "增速、比重 growth rates, shares"
    if words.place == "":
        return "全国 nation"
    if words.product == "" and words.name:
        return words.name
    missing = [
        name
        for name, value in (("指标", words.product), ("地区", words.place), ("时间", words.period))
        if not value
    ]
    return f"没有写明{'、'.join(missing)}"


def _figures(rows: Sequence[Row]) -> Iterator[Figure]:
    """Every number of a sheet with its words."""
    above: list[Said] = []
    heads: list[list[Said]] = []
    last, read = "above", _rows(rows)
    for at, line in enumerate(read):
        words = [cell if isinstance(cell, Said) else NOTHING for cell in line.cells]
        if line.numbers:
            own = _joined(word for word in words if word != NOTHING)
            for column, value in line.numbers:
                over = [head[column] for head in reversed(heads) if column < len(head)]
                yield Figure(value, _joined([own, *over, *reversed(above)]))
            last = "numbers"
        elif line.filled > 1 and not line.label:
            heads = [*heads, _carried(words)] if last == "head" else [_carried(words)]
            last = "head"
        elif not heads or line.label or not _goes_on(read, at + 1):
            if last == "numbers":
                above, heads = [], []
            above += [word for word in words if word != NOTHING]
            last = "above"


class _Line(NamedTuple):
    """A row: its cells, the numbers among them with their columns, how many cells are filled."""

    cells: list[Said | float | None]
    numbers: list[tuple[int, float]]
    filled: int
    label: bool


def _rows(rows: Sequence[Row]) -> list[_Line]:
    times, out = set[int](), []
    for row in rows:
        times |= {i for i, cell in enumerate(row) if is_time(cell)}
        cells = _with_plain_months(row, [_read(cell) for cell in row], times)
        numbers = [(i, cell) for i, cell in enumerate(cells) if isinstance(cell, float)]
        filled = sum(cell is not None for cell in cells)
        label = any(is_label(cell) for cell in row if isinstance(cell, str))
        if filled:
            out.append(_Line(cells, numbers, filled, label))
    return out


def _goes_on(lines: Sequence[_Line], at: int) -> bool:
    """Whether a table goes on below a row without numbers: it is a row of it, without figures.

    Below a title there is a header or another title, below the last row a note or nothing.
    """
    while at < len(lines) and not lines[at].numbers and lines[at].filled == 1:
        at += 1
    return at < len(lines) and bool(lines[at].numbers)


def _joined(words: Iterable[Said]) -> Said:
    out = NOTHING
    for word in words:
        out = out.beside(word)
    return out


def _carried(words: list[Said]) -> list[Said]:
    """A header row; a name over merged cells holds for the empty ones to its right."""
    labels = [word for word in words if word != NOTHING]
    gaps = any(a == NOTHING for a in words[1:]) and all(w.product is not None for w in labels)
    if not gaps:
        return words
    out, last = [], NOTHING
    for word in words:
        last = word if word != NOTHING else last
        out.append(last)
    return out


def _read(cell: object) -> Said | float | None:
    """A cell as a number, as words, or None where it is empty."""
    if cell is None or isinstance(cell, bool):
        return None
    if not isinstance(cell, int | float | str):
        month = period_of(cell)
        return Said(period=month) if month else said(str(cell))
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    text = cell.strip()
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", ""))
    return said(text)


def _with_plain_months(
    row: Row, cells: list[Said | float | None], times: set[int]
) -> list[Said | float | None]:
    """202412 is a month at the head of a row, under 时间, and where a row has nothing else."""
    numbers = [i for i, cell in enumerate(cells) if isinstance(cell, float)]
    months = {i: month for i in numbers if (month := period_of(row[i])) is not None}
    first = next((i for i, cell in enumerate(cells) if cell is not None), None)
    header = len(months) == len(numbers) > 1
    heads = {i: m for i, m in months.items() if (i == first or i in times) and numbers != [i]}
    kept = months if header else heads
    return [Said(period=kept[i]) if i in kept else cell for i, cell in enumerate(cells)]


def _measure(figures: list[Figure], where: str) -> Measure:
    """The measure of figures that do not say it, from how they run within the years."""
    told = {f.said.period for f in figures if f.said.measure == "year_to_date"}
    if told and all(str(period).endswith("-02") for period in told):
        return "month"  # 1-2月 beside 3月: a period each
    lines: dict[str | None, list[tuple[str, float]]] = {}
    for figure in figures:
        lines.setdefault(figure.said.place, []).append((figure.said.period or "", figure.value))
    rises = steps = 0
    for points in lines.values():
        known = sorted(point for point in points if point[1] > 0)
        for (before, a), (after, b) in pairwise(known):
            if before[:4] == after[:4]:
                steps, rises = steps + 1, rises + (b >= a)
    if steps < FEWEST_STEPS:
        what = Words(
            "没有写明是当期值还是累计值，月份太少，看不出来",
            "It does not say whether figures are of the month or year to date, and has too few "
            "months to tell",
        )
        do = Words(
            "请加 --measure month（当期值）或 --measure year_to_date（累计值）",
            "Add --measure month or --measure year_to_date",
        )
        refuse([Fault(what, do, where=where)])
    return "year_to_date" if rises >= RISING * steps else "month"


def _published(figure: Figure, decided: dict[str, Measure], where: str) -> Published:
    words = figure.said
    assert words.product and words.place and words.period
    known = sector_of(words.product)
    assert isinstance(known, Product)
    value = figure.value
    if words.unit:
        value *= _factor(words.unit, known, where)
    measure = words.measure or decided[words.product]
    return Published(words.product, words.place, measure, words.period, value)


def _factor(unit: str, product: Product, where: str) -> float:
    """What to multiply a figure by so that it is in the product's unit."""
    try:
        text, scale = stated_unit(unit, product.id, where=where)
        return Quantity(scale, Unit.parse(text)).to(Unit.parse(product.unit)).value
    except InputError as error:
        what = Words(
            f"{product.zh}的单位“{unit}”不能换算为{product.unit}",
            f"The unit “{unit}” of {product.en} cannot become {product.unit}",
        )
        do = Words("请核对指标和单位", "Check the indicator and its unit")
        raise InputError.of(what, do, where=where) from error


def _nothing(figures: list[Figure], where: str) -> Fault:
    """Why nothing of a file can be used, and what to do."""
    some = [f.said for f in figures]
    if some and not any(s.product for s in some):
        names = listed(list(dict.fromkeys(s.name for s in some if s.name))[:_MOST_NAMED])
        what = Words(
            f"没有内置产品的指标{f'，只有：{names.zh}' if names.zh else ''}",
            f"No indicator of a built-in product{f', only: {names.en}' if names.en else ''}",
        )
        do = Words(
            "指标应如“水泥产量_累计值(万吨)”；表中没有写时可加 --product 水泥",
            "An indicator reads like 水泥产量_累计值(万吨); where none is written add --product",
        )
    elif some and not any(s.place for s in some):
        what = Words("没有省份", "No provinces in it")
        do = Words("请下载“分省月度数据”", "Download the provincial months (分省月度数据)")
    elif some and not any(s.period for s in some):
        what = Words("没有月份", "No months in it")
        do = Words("月份应如“2025年6月”", "Months read like 2025年6月")
    else:
        what = Words("没有可用的产量数据", "No output figures in it")
        do = Words(
            "请下载“分省月度数据”中工业产品产量的累计值或当期值",
            "Download output of industrial products by province and month",
        )
    return Fault(what, do, where=where)
