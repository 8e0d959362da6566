"""A measures file for one park, to be filled in: its own rows, and costs left empty."""

import json
from collections.abc import Iterator

from tanzhe.model.park import FuelUse, HeatRow, ParkYear, ProcessRow
from tanzhe.model.rules import RuleSet
from tanzhe.parks.assessment.indicators import threshold_of
from tanzhe.parks.planning.changes import GRID, available, rows_of
from tanzhe.parks.planning.gains import stated
from tanzhe.quantity import Quantity, Unit

_HEAD = """\
# {name} {year} 年的减排措施。填好潜力和成本后运行：
#   tanzhe park plan 园区文件 本文件
# 潜力和成本都空着的措施不计入；只填了一半的会提示，缺的不会当作 0。
#
# 名称      每项不同
# 类型      绿证、绿电交易、绿电直连、自发自用、电气化、节能、燃料替代、热力替代、过程改造、
#           指标改善、配套
# 潜力      一年最多能做多少，单位见下一行；不会超过台账里有的量
# 单位成本  元/单位·年；投资请先折成每年（投资 × 年金系数 + 每年运行费用 − 每年节省），能省钱的写 0
# 固定成本  万元/年，只要做就要付的部分
# 最小规模、步长、整项（是/否）  要做就至少做多少；只能按整数倍做；要么全做要么不做
# 互斥组    同组措施最多做一项；前提：须同时做的措施名称
# 最早可用  YYYY-MM，晚于评估日期的措施不采用
# 指标增量  每单位使填报的指标增加多少，如 {{roof_pv: 0.001}}；份额按 0 至 1 写
# 依据      潜力和成本从哪里来
措施:
"""


def measure_template(park: ParkYear, rules: RuleSet) -> str:
    """A YAML text with a measure to fill in for each row that could fall.

    Args:
        park: as it is.
        rules: whose stated indicators below their thresholds get a measure each.
    """
    parts = [*_power(park), *_rows(park), *_indicators(park, rules)]
    return _HEAD.format(name=_line(park.name), year=park.year) + "\n".join(parts)


def _power(park: ParkYear) -> Iterator[str]:
    kwh = available(park)[GRID]
    if kwh <= 0:
        return
    mwh = Quantity(kwh, Unit.KWH).to(Unit.MWH).value
    held = f"台账中没有绿证的网购电共 {mwh:,.10g} MWh"
    yield _measure("购买并核销绿证", "绿证", "MWh", said=held)
    yield _measure("绿电交易", "绿电交易", "MWh", said=held)
    yield _measure("绿电直连", "绿电直连", "MWh", said=held, more=("固定成本: ", "最早可用: "))
    yield _measure("屋顶光伏", "自发自用", "MWh", said=held, more=("最早可用: ",))
    yield _measure("节电改造", "节能", "MWh", row="网购电", said=held)


def _rows(park: ParkYear) -> Iterator[str]:
    for id, row in rows_of(park).items():
        match row:
            case FuelUse() if row.purpose == "fuel" and row.quantity:
                held = f"{id} {row.fuel} {row.quantity:,.10g} {row.unit}"
                yield _measure(
                    f"{row.fuel}改电（{id}）", "电气化", row.unit, row=id, said=held,
                    more=(f"每单位新增:   # 每 {row.unit} 改用多少 kWh",),
                )  # fmt: skip
                yield _measure(f"{row.fuel}节约（{id}）", "节能", row.unit, row=id, said=held)
            case HeatRow() if row.direction == "in" and row.fossil and row.gj:
                held = f"{id} 购入化石热力 {row.gj:,.10g} GJ"
                yield _measure(f"非化石供热（{id}）", "热力替代", "GJ", row=id, said=held)
            case ProcessRow() if row.output_t and row.factor_tco2_per_t:
                held = f"{id} {row.product} {row.output_t:,.10g} t"
                yield _measure(f"{row.product}减量（{id}）", "过程改造", "t", row=id, said=held)


def _indicators(park: ParkYear, rules: RuleSet) -> Iterator[str]:
    for one in rules.indicators:
        entry = stated(park, one)[1]
        threshold = threshold_of(one)
        if one.kind == "core" or entry is None or entry.value is None or threshold.met(entry.value):
            continue
        said = f"现为 {entry.value:g}，须 {threshold.operator} {threshold.value:g}"
        more = (f"指标增量: {{{one.id}: }}   # 每单位增加多少",)
        yield _measure(f"改善{one.name}", "指标改善", "", said=said, more=more)


def _measure(
    name: str,
    kind: str,
    unit: str,
    *,
    row: str = "",
    said: str,
    more: tuple[str, ...] = (),
) -> str:
    lines = [
        f"  - 名称: {_quoted(name)}",
        f"类型: {kind}",
        *([f"台账行: {_quoted(row)}"] if row else []),
        f"潜力:    # {_line(said)}",
        f"单位: {_quoted(unit) if unit else ''}",
        *more,
        "单位成本: ",
        "依据: ",
    ]
    return "\n    ".join(lines) + "\n"


def _line(text: str) -> str:
    """A text on one line: names of parks and fuels come from outside."""
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """A text as YAML reads it back; plain where nothing in it has a meaning there."""
    line = _line(text)
    plain = not set(line) & set(":#{}[],&*!|>'\"%@`\\?-~") and not line[:1].isdigit()
    return line if plain else json.dumps(line, ensure_ascii=False)
