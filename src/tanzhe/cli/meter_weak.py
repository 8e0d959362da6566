"""`tanzhe meters weak`: where the meters, products and firms of a park show energy to save."""

from collections.abc import Iterator
from pathlib import Path

import click

from tanzhe.api.meters.readings import open_store
from tanzhe.api.meters.weak import KINDS, WeakPoint, WeakPoints, weak_points
from tanzhe.cli.shared.answers import Answer, answers
from tanzhe.cli.shared.language import of_documents, said
from tanzhe.cli.shared.moment import MOMENT
from tanzhe.cli.shared.options import opened, workspace_option
from tanzhe.errors import Words

SHOWN = 40


@click.command()
@click.argument("months", nargs=-1, type=MOMENT, metavar="[YYYY-MM|YYYY]...")
@click.option("--park", type=click.Path(path_type=Path), help="园区填报表 the park's file")
@click.option("--measures", type=click.Path(path_type=Path), help="措施文件，给出成本 for costs")
@answers
@workspace_option
def weak(
    months: tuple[str, ...], park: Path | None, measures: Path | None, folder: Path | None
) -> Answer:
    """用能薄弱环节，按吨数排序 Weak points, ranked: tanzhe meters weak 2025 --park 园区.xlsx.

    夜间和休息日基荷、负荷率、负荷的转折和漂移、单耗与在用限额、应作节能诊断的企业。
    Base loads, load factors, turning points and drift of loads, specific energy against limits,
    firms whose diagnosis is due.
    """
    with opened(folder) as workspace:
        found = weak_points(
            open_store(folder), months, park=park, measures=measures, workspace=workspace
        )
    return Answer(_tree(found), _lines(found))


def _tree(found: WeakPoints) -> dict[str, object]:
    language = of_documents()
    return {
        "points": [{**one._asdict(), "told": one.told.said(language)} for one in found.points],
        "meters": found.meters,
        "short": list(found.short),
        "key_firms": dict(found.key_firms),
        "notes": [one.said(language) for one in found.notes],
    }


def _lines(found: WeakPoints) -> Iterator[str]:
    if not found.points:
        yield said("没有发现薄弱环节", "No weak point was found")
    for number, one in enumerate(found.points[:SHOWN], 1):
        yield f"{number}. {said(KINDS[one.kind])}  {_who(one)}"
        yield f"     {said(one.told)}"
        if one.tco2 is not None:
            cost = ""
            if one.cost is not None:
                zh = f"，{one.measure}：每年 {one.cost:,.1f} 万元"
                cost = said(zh, f", {one.measure}: {one.cost:,.1f} x 10,000 yuan a year")
            most = Words(f"最多 {one.tco2:,.1f} tCO2/年", f"at most {one.tco2:,.1f} tCO2 a year")
            yield f"     {said(most)}{cost}"
    if (left := len(found.points) - SHOWN) > 0:
        yield said(f"…… 其余 {left} 条见 --json", f"... {left} more with --json")
    firms = len(found.key_firms)
    yield said(
        f"电表 {found.meters} 块有足够的小时数据，{len(found.short)} 块没有；重点用能单位 "
        f"{firms} 家（诊断覆盖率的分母）",
        f"{found.meters} meters of power have hours enough, {len(found.short)} have not; "
        f"{firms} key firms (denominator of the coverage of diagnoses)",
    )
    for note in found.notes:
        yield said(note)


def _who(one: WeakPoint) -> str:
    return one.who if one.firm in ("", one.who) else f"{one.who}（{one.firm}）"
