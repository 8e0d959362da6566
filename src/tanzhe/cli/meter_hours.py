"""`tanzhe meters hours`: load and green supply hour by hour."""

from collections.abc import Iterator
from pathlib import Path

import click

from tanzhe.api.meters.hours import HoursResult, match_hours
from tanzhe.api.meters.readings import open_store
from tanzhe.cli.shared.answers import Answer, answers
from tanzhe.cli.shared.language import said
from tanzhe.cli.shared.moment import MOMENT
from tanzhe.cli.shared.options import workspace_option
from tanzhe.errors import InputError, Words
from tanzhe.meters.hours.matching import HourlyScore, Storage
from tanzhe.parks.planning.hours import HourlyPlan, ShiftCost, StorageCost

FOUND = 1


_NO_DIRECT = Words("没有直供电", "no direct supply")
_UNJUDGED = Words("当年还没有这条规定，不作判断", "not in force that year, not judged")


@click.command()
@click.argument("table", required=False, type=click.Path(path_type=Path))
@click.option(
    "--month",
    "months",
    multiple=True,
    type=MOMENT,
    metavar="YYYY-MM",
    help="没有小时表时，取计量表的哪些月 which months of the meters, without a table",
)
@click.option(
    "--storage",
    metavar="KW,KW,KWH[,0-1]",
    help="储能每小时最多充、放和容量，单位千瓦时 charge,discharge,capacity[,efficiency] in kWh",
)
@click.option(
    "--certificates",
    type=click.Path(path_type=Path),
    help="小时级证书 granular certificates in place of contracts",
)
@click.option(
    "--target",
    type=click.FloatRange(0, 1),
    metavar="0-1",
    help="逐小时得分的目标，求最低成本的储能和移峰 hourly score wanted, at least cost",
)
@click.option(
    "--storage-cost",
    metavar="CNY/KW,CNY/KWH[,0-1[,KWH]]",
    help="储能每年的成本，效率，最大容量 yuan a kW and a kWh a year, efficiency, largest capacity",
)
@click.option(
    "--shift",
    metavar="0-1,CNY/KWH",
    help="一天之内可移动的负荷份额和成本 share of load that moves within its day, yuan a kWh",
)
@click.option("--user", default="", help="证书为谁核销 for whom they were cancelled")
@answers
@workspace_option
def hours(
    table: Path | None,
    months: tuple[str, ...],
    storage: str | None,
    certificates: Path | None,
    target: float | None,
    storage_cost: str | None,
    shift: str | None,
    user: str,
    folder: Path | None,
) -> Answer:
    """负荷与绿电逐小时匹配 Load and green supply hour by hour: tanzhe meters hours hours.csv.

    按年的比例和按小时的得分并列；多出的电不跨小时，储能除外。
    The yearly share beside the hourly score; what is left over counts in no other hour, but
    through storage.
    """
    held = _storage(storage)
    result = match_hours(
        table, store=open_store(folder), months=months, storage=held,
        certificates=certificates, user=user, target=target,
        storage_cost=StorageCost(*_numbers(storage_cost, 2, 4, "60,100,0.9"))
        if storage_cost else None,
        shift=ShiftCost(*_numbers(shift, 2, 2, "0.2,0.1")) if shift else None,
    )  # fmt: skip
    return Answer(result.model_dump(), _lines(result), FOUND if result.faults else 0)


def _storage(text: str | None) -> Storage | None:
    if text is None:
        return None
    try:
        numbers = [float(one) for one in text.split(",")]
    except ValueError:
        numbers = []
    whole = len(numbers) in (3, 4) and min(numbers) > 0
    if not whole or (len(numbers) == 4 and numbers[3] > 1):
        raise InputError.of(
            Words(f"“{text}”不成储能的数", f"“{text}” does not describe a storage"),
            Words(
                "写成 充,放,容量 或 充,放,容量,效率，如 30000,30000,54000,0.9",
                "Write charge,discharge,capacity[,efficiency], e.g. 30000,30000,54000,0.9",
            ),
        )
    return Storage(*numbers)


def _numbers(text: str, fewest: int, most: int, example: str) -> list[float]:
    """Numbers parted by commas."""
    try:
        found = [float(one) for one in text.split(",")]
    except ValueError:
        found = []
    if not fewest <= len(found) <= most:
        raise InputError.of(
            Words(f"读不懂“{text}”", f"“{text}” is not understood"),
            Words(
                f"写成用逗号分开的数，如 {example}",
                f"Write numbers parted by commas, e.g. {example}",
            ),
        )
    return found


def _plan(plan: HourlyPlan) -> Iterator[str]:
    """The cheapest way to the score that was asked for."""
    target = _percent(plan.target)
    if plan.status == "already_met":
        yield said(f"目标 {target}：不用储能已达到", f"{target}: met without storage")
        return
    if plan.status == "infeasible":
        best = _percent(plan.score)
        yield said(
            f"目标 {target} 达不到，最高 {best}", f"{target} cannot be reached, {best} is the most"
        )
        return
    cost = f"{plan.cost_wan_yuan or 0:,.2f}"
    yield said(
        f"达到 {target} 的最低成本：{cost} 万元/年",
        f"Least cost of {target}: {cost} × 10,000 yuan a year",
    )
    if plan.capacity_kwh > 0:
        size = f"{plan.power_kw:,.1f} kW, {plan.capacity_kwh:,.1f} kWh"
        given = f"{plan.discharged_kwh:,.0f} kWh"
        yield said(f"  储能 {size}，年放电 {given}", f"  storage {size}, gives {given} a year")
    if plan.shifted_kwh > 0:
        moved = f"{plan.shifted_kwh:,.0f} kWh"
        yield said(f"  日内移峰每年 {moved}", f"  {moved} a year moved within the day")
    if plan.price_yuan is not None:
        price = f"{plan.price_yuan:,.4g}"
        yield said(
            f"  目标处每多覆盖 1 kWh 要 {price} 元",
            f"  one more kWh covered costs {price} yuan there",
        )


def _lines(result: HoursResult) -> Iterator[str]:
    one = result.score
    zh = f"{result.first} 起 {result.hours} 小时，负荷 {one.load:,.1f} kWh"
    yield said(zh, f"{result.hours} hours from {result.first}, load {one.load:,.1f} kWh")
    for words in result.told:
        yield f"  {said(words)}"
    if result.unknown:
        count = result.unknown
        yield said(f"另有 {count} 小时计量不全，未计入", f"{count} more hours are not known")
    yield from _scores(one)
    if result.best is not None:
        zh = f"储能按最优使用：{_percent(result.best.score)}（HiGHS）"
        yield said(zh, f"Storage used at best: {_percent(result.best.score)} (HiGHS)")
    if result.plan is not None:
        yield from _plan(result.plan)
    for rule in result.direct_line:
        sign = "≤" if rule.at_most else "≥"
        met = {True: Words("达到", "met"), False: Words("未达到", "not met"),
               None: _UNJUDGED if rule.value is not None else _NO_DIRECT}[rule.met]  # fmt: skip
        value = "—" if rule.value is None else _percent(rule.value)
        asked = f"{sign} {_percent(rule.threshold)}"
        zh = f"{rule.name}：{value}，{rule.document} 要求 {asked}，{met.zh}"
        yield said(zh, f"{rule.document}: {value}, {asked}, {met.en}")
    for name, rows in ((Words("证书有误，不计", "wrong, does not count"), result.faults),
                       (Words("不覆盖", "covers nothing"), result.idle)):  # fmt: skip
        for row in rows:
            head = said(f"第 {row.row} 行", f"row {row.row}")
            yield f"{head} {said(name)}: {said(row.words)}"


def _scores(one: HourlyScore) -> Iterator[str]:
    for words, value in (
        (Words("逐小时得分", "hourly score"), _percent(one.score)),
        (Words("不用储能时", "without storage"), _percent(one.score_without_storage)),
        (Words("按总量的比例", "share by volume"), _percent(one.volume_share)),
        (Words("计入电网清洁电后", "with the grid's carbon-free share"),
         None if one.with_grid is None else _percent(one.with_grid)),
        (Words("附件4口径的比例", "share by annex 4"), _percent(one.annex4_share)),
    ):  # fmt: skip
        if value is not None:
            yield f"{said(words)}  {value}"
    zh = f"缺口 {one.deficit_hours} 小时，{one.deficit:,.1f} kWh"
    yield said(zh, f"{one.deficit_hours} deficit hours, {one.deficit:,.1f} kWh")


def _percent(value: float) -> str:
    return f"{100 * value:.2f} %"
