"""The meters of a park: whose each is, what it counts, below which other, from when to when."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

from tanzhe.errors import Fault, Words, listed, refuse
from tanzhe.meters.clock import day_begin, instant, said_time
from tanzhe.model import Record
from tanzhe.model.park import Generation, Supply
from tanzhe.tables import Grid
from tanzhe.tables.grid import cell_at, is_blank, text_of

Carrier = Literal["electricity", "heat", "natural_gas", "water", "steam"]
Kind = Literal["register", "interval", "power"]
HeatSource = Literal["bought", "sold", "own"]
# The unit of a carrier, and what a million of the smallest figure kept is.
UNITS: dict[str, tuple[str, ...]] = {
    "electricity": ("kWh",),
    "heat": ("GJ",),
    "natural_gas": ("Nm3", "m3"),
    "water": ("m3",),
    "steam": ("t",),
}
CARRIER_WORDS: dict[str, Words] = {
    "electricity": Words("电力", "electricity"),
    "heat": Words("热力", "heat"),
    "natural_gas": Words("天然气", "natural gas"),
    "water": Words("水", "water"),
    "steam": Words("蒸汽", "steam"),
}
# Headings by field, as meter lists write them.
HEADINGS: dict[str, tuple[str, ...]] = {
    "meter": ("meter", "表号", "计量表", "计量点", "表计编号"),
    "firm": ("firm", "企业", "户名", "用能单位"),
    "carrier": ("carrier", "能源品种", "介质", "能源种类"),
    "unit": ("unit", "单位", "计量单位"),
    "parent": ("parent", "上级表", "母表", "总表"),
    "multiplier": ("multiplier", "倍率"),
    "digits": ("digits", "位数", "整数位数"),
    "decimals": ("decimals", "小数", "小数位数"),
    "kind": ("kind", "类型", "数据类型"),
    "start": ("from", "启用", "启用日期"),
    "end": ("to", "停用", "停用日期"),
    "remark": ("remark", "备注"),
    "supply": ("supply", "供应方式"),
    "generation": ("generation", "发电类型"),
    "heat": ("heat", "热力来源"),
    "gj_per_t": ("gj_per_t", "每吨折热", "每吨折热(GJ/t)", "焓(GJ/t)"),
    "capacity": ("capacity_kW", "capacity", "额定功率", "额定功率(kW)", "容量(kW)"),
    "points": ("points", "别名", "其他编号"),
}
_CHOICES: dict[str, dict[str, str]] = {
    "carrier": {words.zh: key for key, words in CARRIER_WORDS.items()}
    | {"电": "electricity", "热": "heat", "燃气": "natural_gas", "自来水": "water"},
    "kind": {"示数": "register", "读数": "register", "区间": "interval", "功率": "power"},
    "supply": {"网购电": "grid", "专线直供": "direct", "自发自用": "onsite", "外送": "exported",
               "绿电交易": "green_trade", "核电交易": "nuclear_trade"},
    "generation": {"非化石能源": "nonfossil", "化石能源": "fossil", "余热": "waste_heat"},
    "heat": {"外购": "bought", "外供": "sold", "自产": "own"},
}  # fmt: skip
_WORDS_OF = {
    "carrier": Carrier,
    "kind": Kind,
    "supply": Supply,
    "generation": Generation,
    "heat": HeatSource,
}


_NUMBERS = ("digits", "decimals", "capacity", "gj_per_t")


class Meter(Record):
    """One meter as declared, for one span of days.

    Attributes:
        meter: its name in the park.
        firm: whose consumption it counts.
        carrier: what it counts.
        unit: kWh, GJ, Nm3, m3 or t; figures after the multiplier are in it.
        parent: the meter it stands behind, or "".
        multiplier: of current and voltage transformers.
        digits: whole digits of the register: it wraps at ten to this power.
        decimals: digits behind the point.
        kind: count that grows, energy of intervals, or mean power.
        start: first day it counts.
        end: last day it counts, or None.
        remark: anything.
        supply: which row of the electricity ledger it gives, or None: an inner meter.
        generation: what made the power or the heat, where the ledger asks.
        heat: of heat and steam: bought, sold, or made in the park from energy counted elsewhere;
            None: an inner meter.
        gj_per_t: GJ a tonne of steam counts for, as the contract says, or None.
        capacity: rated kW (or unit an hour), after the multiplier, or None.
        points: its names in other systems: point of MyEMS, address, topic.
    """

    meter: str
    firm: str
    carrier: Carrier
    unit: str
    parent: str = ""
    multiplier: float = 1.0
    digits: int | None = None
    decimals: int | None = None
    kind: Kind = "register"
    start: date
    end: date | None = None
    remark: str = ""
    supply: Supply | None = None
    generation: Generation | None = None
    heat: HeatSource | None = None
    gj_per_t: float | None = None
    capacity: float | None = None
    points: tuple[str, ...] = ()

    @property
    def begins(self) -> int:
        """First instant it counts, seconds UTC."""
        return day_begin(self.start)

    @property
    def ends(self) -> int | None:
        """The instant it stops to count, or None."""
        return None if self.end is None else day_begin(self.end + timedelta(days=1))


class Tree(NamedTuple):
    """All meters of a park, by name and then by day.

    Attributes:
        meters: each span of each meter.
    """

    meters: tuple[Meter, ...] = ()

    @property
    def names(self) -> list[str]:
        """Names, sorted."""
        return sorted({one.meter for one in self.meters})

    def of(self, name: str) -> tuple[Meter, ...]:
        """The spans of a meter, in order."""
        return tuple(one for one in self.meters if one.meter == name)

    def aliases(self) -> dict[str, str]:
        """Every name of other systems, and the meter's own, to the meter's own."""
        known = {one.meter: one.meter for one in self.meters}
        for one in self.meters:
            known |= dict.fromkeys(one.points, one.meter)
        return known

    def children(self, name: str) -> list[str]:
        """Meters right behind a meter."""
        return sorted({one.meter for one in self.meters if one.parent == name})

    def successor(self, name: str) -> str | None:
        """The meter that took its place: same firm, carrier and parent, from the next day on."""
        last = self.of(name)[-1]
        if last.end is None:
            return None
        follows = last.end + timedelta(days=1)
        same = (last.firm, last.carrier, last.parent)
        for one in self.meters:
            at = one.start == follows and one.meter != name
            if at and (one.firm, one.carrier, one.parent) == same:
                return one.meter
        return None

    def joined(self, others: Iterable[Meter]) -> "Tree":
        """With other spans; a span of the same meter and first day takes the older one's place."""
        spans = {(one.meter, one.start): one for one in self.meters}
        spans |= {(one.meter, one.start): one for one in others}
        return Tree(tuple(spans[key] for key in sorted(spans)))


def is_tree(grid: Grid) -> bool:
    """Whether a table is a list of meters: it names meter, carrier and firm."""
    found = _columns(grid)
    return {"meter", "carrier", "firm"} <= set(found)


def read_tree(grid: Grid) -> list[Meter]:
    """The meters of a table, refused whole with every fault at once.

    Raises:
        InputError: each fault with its row and column.
    """
    columns = _columns(grid)
    faults: list[Fault] = []
    found: list[Meter] = []
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        cells = {field: cell_at(row, at) for field, at in columns.items()}
        reader = _Cells(grid.file, line, cells, faults)
        before = len(faults)
        meter = reader.meter()
        if len(faults) == before and meter is not None:
            found.append(meter)
    faults.extend(_wrong_together(found, grid.file))
    refuse(faults)
    return found


def _columns(grid: Grid) -> dict[str, int]:
    titles = [re.sub(r"\s", "", text_of(cell)).casefold() for cell in grid.rows[0]]
    places: dict[str, int] = {}
    for field, names in HEADINGS.items():
        wanted = {re.sub(r"\s", "", name).casefold() for name in names}
        for at, title in enumerate(titles):
            if title in wanted:
                places.setdefault(field, at)
    return places


class _Cells:
    """The cells of one row; what is wrong with them is collected."""

    def __init__(self, file: str, line: int, cells: dict[str, object], faults: list[Fault]) -> None:
        self._file, self._line, self._cells, self._faults = file, line, cells, faults

    def _fault(self, field: str, what: Words, do: Words) -> None:
        heading = HEADINGS[field][0]
        where = f"{self._file} 第 {self._line} 行 row {self._line}, {heading}"
        self._faults.append(Fault(what=what, where=where, do=do))

    def _text(self, field: str, *, needed: bool = False) -> str:
        text = text_of(self._cells.get(field))
        if needed and not text:
            self._fault(field, Words("空着", "It is empty"), Words("请填写", "Fill it in"))
        return text

    def _choice(self, field: str, default: str | None) -> str | None:
        text = self._text(field)
        if not text:
            return default
        known = get_args(_WORDS_OF[field])
        found = _CHOICES[field].get(text, text)
        if found in known:
            return found
        names = listed([*known, *_CHOICES[field]])
        self._fault(
            field, Words(f"不认识“{text}”", f"“{text}” is not known"),
            Words(f"可用：{names.zh}", f"Known: {names.en}"),
        )  # fmt: skip
        return default

    def _number(self, field: str) -> Decimal | None:
        text = self._text(field).replace(",", "")
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and number >= 0:
            return number
        self._fault(
            field, Words(f"“{text}”不是数", f"“{text}” is no number"),
            Words("请填非负的数", "Give a number of zero or more"),
        )  # fmt: skip
        return None

    def _day(self, field: str) -> date | None:
        cell = self._cells.get(field)
        if is_blank(cell):
            return None
        seconds = instant(cell)
        if seconds is None:
            do = Words("请写成 2025-01-01", "Write it as 2025-01-01")
            self._fault(field, Words(f"“{cell}”不是日期", f"“{cell}” is no date"), do)
            return None
        return date.fromisoformat(said_time(seconds)[:10])

    def meter(self) -> Meter | None:
        """The meter of the row, or None where it has none."""
        name, firm = self._text("meter", needed=True), self._text("firm", needed=True)
        carrier = self._choice("carrier", None)
        if not self._text("carrier"):
            self._text("carrier", needed=True)
        start = self._day("start")
        multiplier = self._number("multiplier")
        if multiplier == 0:
            do = Words("没有互感器的填 1", "Write 1 where there is no transformer")
            self._fault("multiplier", Words("倍率为零", "The multiplier is zero"), do)
        whole = {field: self._number(field) for field in _NUMBERS}
        kind, end = self._choice("kind", "register"), self._day("end")
        supply, generation = self._choice("supply", None), self._choice("generation", None)
        unit = self._unit(carrier)
        if start is not None and end is not None and end < start:
            do = Words("请核对启用和停用日期", "Check the dates of taking into and out of use")
            self._fault("end", Words("停用早于启用", "It ends before it begins"), do)
        if not name or not firm or carrier is None:
            return None
        return Meter.model_validate(
            {
                "meter": name, "firm": firm, "carrier": carrier, "unit": unit,
                "parent": self._text("parent"), "multiplier": float(multiplier or 1),
                "digits": None if whole["digits"] is None else int(whole["digits"]),
                "decimals": None if whole["decimals"] is None else int(whole["decimals"]),
                "kind": kind, "start": start or date(2000, 1, 1), "end": end,
                "remark": self._text("remark"), "supply": supply, "generation": generation,
                "heat": self._choice("heat", None),
                "gj_per_t": float(whole["gj_per_t"]) if whole["gj_per_t"] else None,
                "capacity": None if not whole["capacity"] else float(whole["capacity"]),
                "points": tuple(re.split(r"[;；、\s]+", p) if (p := self._text("points")) else ()),
            }
        )  # fmt: skip

    def _unit(self, carrier: str | None) -> str:
        known = UNITS.get(carrier or "", ())
        text = self._text("unit") or (known[0] if known else "")
        if known and text not in known:
            names = listed(known)
            self._fault(
                "unit", Words(f"{text} 不是此品种的单位", f"{text} is no unit of it"),
                Words(f"请用 {names.zh}（另有倍数的填进倍率）",
                      f"Use {names.en}; put what it is a multiple of into the multiplier"),
            )  # fmt: skip
        return text


def _wrong_together(meters: Sequence[Meter], file: str) -> Iterator[Fault]:
    """What is wrong between rows: spans that overlap, meters behind each other."""
    spans: dict[str, list[Meter]] = {}
    for one in meters:
        spans.setdefault(one.meter, []).append(one)
    for name, held in spans.items():
        held.sort(key=lambda one: one.start)
        for before, after in pairwise(held):
            if before.end is None or after.start <= before.end:
                yield Fault(
                    what=Words(f"{name} 的两行日期重叠", f"Two rows of {name} overlap in time"),
                    where=file,
                    do=Words("请给前一行填停用日期", "Give the earlier row its last day"),
                )
    parents = {one.meter: one.parent for one in meters}
    for name in parents:
        seen, at = {name}, parents[name]
        while at and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at == name:
            yield Fault(
                what=Words(f"{name} 是自己的上级", f"{name} stands behind itself"),
                where=file,
                do=Words("请改正上级表", "Mend the parents"),
            )
