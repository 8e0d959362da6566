"""Meters as lines for a terminal and as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from tanzhe.api.meters.readings import MeterLedger
from tanzhe.cli.shared.aligned import aligned
from tanzhe.cli.shared.language import said
from tanzhe.errors import Words
from tanzhe.meters.adding import Added
from tanzhe.meters.clock import said_time
from tanzhe.meters.engine import FirmMonth
from tanzhe.meters.findings import KINDS, LEVELS, Finding
from tanzhe.meters.ledger import LedgerRow
from tanzhe.meters.rows import MICRO
from tanzhe.meters.tree import CARRIER_WORDS


def added_lines(added: Sequence[Added]) -> Iterator[str]:
    """A line for each file, and how it was read where that was decided."""
    for one in added:
        yield f"{one.file}  {said(one.fate)}"
        yield from (f"    {said(told)}" for told in one.decided)


def finding_lines(found: Sequence[Finding], *, every: bool = False) -> Iterator[str]:
    """Findings with what to do, each kind's remedy once, and the count of each."""
    shown = [one for one in found if every or one.level != "note"]
    if not found:
        yield said("没有发现问题", "Nothing was found")
        return
    remedied: set[str] = set()
    for one in shown:
        kind = KINDS[one.kind]
        name = kind.name.zh if not one.zh else f"{kind.name.zh}：{one.zh}"
        english = kind.name.en if not one.en else f"{kind.name.en}: {one.en}"
        do = Words("", "")
        if one.kind not in remedied:
            remedied.add(one.kind)
            do = Words(f"。{kind.do.zh}", f". {kind.do.en}")
        level = said(LEVELS[one.level])
        yield f"[{level}] {one.where} {said(name + do.zh, english + do.en)}"
    counts = Counter(one.level for one in found)
    parts = [(LEVELS[level], counts[level]) for level in ("fault", "advice", "note")]
    zh = "，".join(f"{words.zh} {count}" for words, count in parts)
    en = ", ".join(f"{count} {words.en}{'' if count == 1 else 's'}" for words, count in parts)
    more = Words("", "") if len(shown) == len(found) else Words("（--all 列出提示）", " (--all)")
    yield said(f"共 {zh}{more.zh}", f"{en}{more.en}")


def findings_json(found: Sequence[Finding]) -> dict[str, Any]:
    """Findings with times as text."""
    rows = []
    for one in found:
        kind = KINDS[one.kind]
        rows.append(
            {
                **one.model_dump(), "begin": said_time(one.begin), "end": said_time(one.end),
                "name": kind.name.zh, "name_en": kind.name.en,
                "do": kind.do.zh, "do_en": kind.do.en,
            }
        )  # fmt: skip
    return {"findings": rows}


def firm_lines(found: Sequence[FirmMonth]) -> list[str]:
    """A table by month, firm and carrier; what is not known whole is said to be missing."""
    head = tuple(
        said(words)
        for words in (
            Words("月份", "month"), Words("企业", "firm"), Words("品种", "carrier"),
            Words("用量", "amount"), Words("单位", "unit"), Words("覆盖", "coverage"),
            Words("说明", "remark"),
        )
    )  # fmt: skip
    missing = said("数据缺失", "data missing")
    rows = [
        (
            one.month, one.firm, said(CARRIER_WORDS[one.carrier]),
            f"{one.amount / MICRO:,.2f}" if one.complete else f"≥ {one.amount / MICRO:,.2f}"
            if one.least else "—",
            one.unit, f"{100 * one.coverage:.4g} %", "" if one.complete else missing,
        )
        for one in found
    ]  # fmt: skip
    return aligned([head, *rows], right=[3, 5])


def firms_json(found: Sequence[FirmMonth]) -> dict[str, Any]:
    """The same; `amount` is null where not all is known, `known` is the least it can be."""
    return {
        "months": [
            {
                "month": one.month, "firm": one.firm, "carrier": one.carrier, "unit": one.unit,
                "amount": one.amount / MICRO if one.complete else None,
                "known": one.amount / MICRO if one.complete or one.least else None,
                "coverage": one.coverage, "meters": one.meters,
            }
            for one in found
        ]
    }  # fmt: skip


def ledger_lines(rows: Sequence[LedgerRow]) -> Iterator[str]:
    """Each row with its amount, its evidence, and the months that are missing."""
    if not rows:
        yield said(
            "没有可成台账的计量表：给出台账的是写明供应方式的电表、写明热力来源的热表和蒸汽表、"
            "没有上级表的天然气表",
            "No meter gives a ledger row: those do that say their supply (electricity) or "
            "where their heat comes from, and meters of natural gas without a parent",
        )
    for one in rows:
        row = one.row
        amount = row.get("kwh", row.get("gj", row.get("quantity")))
        unit = {"electricity": "kWh", "heat": "GJ"}.get(one.ledger, str(row.get("unit", "")))
        what = row.get("supply") or row.get("fuel") or row.get("direction")
        shown = said("数据缺失", "data missing") if amount is None else f"{amount:,.2f} {unit}"
        yield f"{row['id']}  {one.ledger} {what}  {shown}"
        for edge in one.edges:
            yield f"    {edge}"
        if one.missing:
            count = len(one.missing)
            zh = f"    不完整的月份 {count} 个：{one.why.zh}"
            yield said(zh, f"    Months that are not whole: {count}: {one.why.en}")


def ledger_json(made: MeterLedger) -> dict[str, Any]:
    """The rows, what they rest on, and the tree that `park assess` reads."""
    rows = [
        {"ledger": one.ledger, **one.row, "meters": one.meters, "edges": one.edges,
         "missing": one.missing, "why": one.why._asdict()}
        for one in made.rows
    ]  # fmt: skip
    return {"rows": rows, "park": made.tree}
