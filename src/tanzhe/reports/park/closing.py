"""The gap to the core limit taken apart, and what would close it."""

import math

from tanzhe.model.park import Assessment
from tanzhe.parks import SOURCES
from tanzhe.quantity import Quantity, Unit
from tanzhe.reports.park.paper import Draft
from tanzhe.reports.park.words import tonnes


def gap_section(draft: Draft, result: Assessment) -> None:
    """The section on the gap; nothing where no limit applies or it is kept."""
    if sum(result.gap_by_source.values()) > 0:
        draft.section("差距和缩小差距的途径")
        gap_parts(draft, result)


def gap_parts(draft: Draft, result: Assessment) -> None:
    """What the gap is made of, and how far power could close it; nothing without a gap."""
    gap = sum(result.gap_by_source.values())
    if gap <= 0:
        return
    told = result.emissions.model_dump()
    rows = [
        (SOURCES[key], f"{told[key]:,.2f}", f"{told[key] - part:,.2f}", f"{part:,.2f}")
        for key in SOURCES
        if (part := result.gap_by_source.get(key, 0.0)) or told[key]
    ]
    total = result.emissions.total
    rows.append(("合计", f"{total:,.2f}", f"{total - gap:,.2f}", f"{gap:,.2f}"))
    draft.say(
        f"按限值，园区现有能源消费量最多可排放{tonnes(total - gap)}，实际高出{tonnes(gap)}。"
        "各环节的构成见下表，负数表示该环节低于限值。"
    )
    draft.table(
        "差距的构成",
        ("环节", "实际排放", "按限值可排放", "差距"),
        rows,
        shares=(25, 25, 25, 25),
        align=("centre", "right", "right", "right"),
        unit="单位：tCO2",
        bold_last=True,
    )
    _power(draft, result, gap)


def _power(draft: Draft, result: Assessment, gap: float) -> None:
    """How far power without proof of its origin could close the gap, and what remains."""
    lines = [line for line in result.lines if line.source == "electricity" and line.tco2 > 0]
    emitted = sum(line.tco2 for line in lines)
    if not lines:
        draft.say("现有电力的排放已为零，差距只能靠减少燃料、热力和工业过程的排放缩小。")
        return
    kwh = sum(line.amount for line in lines)
    power = _power_words(kwh)
    if emitted >= gap:
        needed = _power_words(kwh * gap / emitted)
        draft.say(
            f"还有{power}电力没有非化石凭证，排放{tonnes(emitted)}。其中{needed}改为直接供应的"
            "非化石电力、绿电交易或由已核销绿证覆盖，其他不变，即可达到核心指标。"
        )
    else:
        draft.say(
            f"还有{power}电力没有非化石凭证，排放{tonnes(emitted)}。即使全部改为有凭证的非化石"
            f"电力，仍高出{tonnes(gap - emitted)}，须同时减少燃料、热力或工业过程的排放。"
        )


def _power_words(kwh: float) -> str:
    """An amount of power in the largest unit it fills, never rounded below what is needed."""
    for unit in (Unit.YI_KWH, Unit.WAN_KWH, Unit.KWH):
        value = Quantity(kwh, Unit.KWH).to(unit).value
        if value >= 1 or unit is Unit.KWH:
            return f"{math.ceil(round(value * 100, 6)) / 100:,.10g} {unit.text}"
    raise AssertionError("kWh is the last unit")
