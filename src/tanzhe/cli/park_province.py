"""`tanzhe park province`: a province's parks, whose data are there, and who is best."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tanzhe.api.parks.provinces import view_province
from tanzhe.cli.shared.aligned import aligned, shortened
from tanzhe.cli.shared.answers import Answer, answers
from tanzhe.cli.shared.language import of_documents, said
from tanzhe.cli.shared.options import opened, rules_option, workspace_option
from tanzhe.errors import Words, listed
from tanzhe.parks.assessment.indicators import shown
from tanzhe.parks.province import Availability, ProvinceView, Seat
from tanzhe.parks.terms import VERDICTS
from tanzhe.terms import words_of

_NAME = 34
_LEVELS = words_of("cli.park_province.levels")


@click.command()
@click.argument("region", required=False)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@rules_option
@answers
@workspace_option
def province(
    region: str | None, files: tuple[Path, ...], rules: str | None, folder: Path | None
) -> Answer:
    """一省的园区：名单、数据、对标 A province's parks: tanzhe park province 云南 甲.xlsx 乙.xlsx.

    不写省份就列出全国名单；名单上有而没有文件的园区列为缺数据。
    Without a province the lists of the whole country; listed parks without a file lack data.
    """
    with opened(folder) as workspace:
        if region is not None and Path(region).is_file():
            files, region = (Path(region), *files), None
        found = view_province(region, files, rules=rules, workspace=workspace)
    return Answer(_tree(found), _lines(found))


def _tree(found: ProvinceView) -> dict[str, Any]:
    return {
        "parks": [
            {
                "name": one.name,
                "lists": [
                    {"title": entry.list, "level": entry.level, "number": entry.number,
                     "scope": entry.scope, "start": entry.start, "end": entry.end}
                    for entry in one.lists
                ],
                "certain": one.certain,
                "year": one.result.park.year if one.result else None,
                "verdict": one.result.verdict if one.result else None,
                "emission_per_energy": one.result.emission_per_energy if one.result else None,
                "indicators_given": one.given, "indicators_asked": one.asked, "rank": one.rank,
            }
            for one in found.seats
        ],
        "indicators": [one._asdict() for one in found.indicators],
    }  # fmt: skip


def _lines(found: ProvinceView) -> Iterator[str]:
    heads = (
        Words("园区", "park"), Words("名单", "list"), Words("建设期", "period"),
        Words("年度", "year"), Words("tCO2/tce", "tCO2/tce"), Words("名次", "rank"),
        Words("指标", "data"), Words("结论", "verdict"),
    )  # fmt: skip
    yield from aligned(
        [tuple(said(one) for one in heads), *map(_row, found.seats)], right=[4, 5, 6]
    )
    with_data = sum(one.result is not None for one in found.seats)
    count = len(found.seats)
    yield said(f"{count} 个园区，{with_data} 个有数据", f"{count} parks, {with_data} with data")
    if unsure := [one for one in found.seats if one.result and one.lists and not one.certain]:
        names = listed(one.result.park.name for one in unsure if one.result)
        yield said(f"按简称对应，请确认：{names.zh}", f"Matched by short name, check: {names.en}")
    if found.indicators:
        yield ""
        titles = (
            Words("指标", "indicator"), Words("有数据", "given"), Words("达到", "met"),
            Words("最好", "best"), Words("中位数", "median"), Words("最差", "worst"),
            Words("缺数据的园区", "lacking"),
        )  # fmt: skip
        rows = [_benchmark(one) for one in found.indicators]
        yield from aligned([tuple(said(one) for one in titles), *rows], right=[1, 2, 3, 4, 5])


def _row(one: Seat) -> tuple[str, ...]:
    result = one.result
    levels = dict.fromkeys(said(_LEVELS[entry.level]) for entry in one.lists)
    entry = one.lists[0] if one.lists else None
    period = "—" if entry is None else f"{entry.start}–{entry.end or '?'}"
    if result is None:
        missing = said("没有数据", "no data")
        return (shortened(one.name, _NAME), "、".join(levels) or "—", period, "—", "—", "—", "—",
                missing)  # fmt: skip
    ratio = result.emission_per_energy
    return (
        shortened(one.name, _NAME),
        "、".join(levels) or "—",
        period,
        str(result.park.year),
        "—" if ratio is None else f"{ratio:.4f}",
        "—" if one.rank is None else str(one.rank),
        f"{one.given}/{one.asked}",
        VERDICTS[result.verdict].said(of_documents()),
    )


def _benchmark(one: Availability) -> tuple[str, ...]:
    def value(number: float | None) -> str:
        return "—" if number is None else shown(number, one.unit).said(of_documents())

    return (
        shortened(one.name, _NAME),
        f"{one.given}/{one.given + len(one.lacking)}",
        str(one.met),
        value(one.best[0] if one.best else None),
        value(one.median),
        value(one.worst[0] if one.worst else None),
        shortened("、".join(one.lacking) or "—", _NAME),
    )
