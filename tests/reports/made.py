"""Findings made by hand: Yunnan industry with everything, Hainan with nothing, others with less."""

from math import sin

from reports.made_events import HEX, LEAD, NOTICE, PLAN, TIN, UNDATED, linked
from tanzhe.model import (
    Amount,
    AskedEvent,
    Driver,
    Effect,
    EffectSize,
    Episode,
    Episodes,
    EventEffect,
    EventEffects,
    Evidence,
    LinkedEvent,
    Manifest,
    Note,
    NotMeasured,
    Part,
    PeakStatus,
    PowerChange,
    PowerFlow,
    PowerShare,
    PowerSystem,
    Searched,
    Series,
    TurningPoint,
    TurningPoints,
)
from tanzhe.peaks.peak import peak_status
from tanzhe.periods import Month, merged_periods
from tanzhe.reports import Findings
from tanzhe.reports.facts.selection import largest
from tanzhe.series.standing import alongside, standing

MANIFEST = Manifest(
    tanzhe="0.1.0",
    python="3.11.9",
    libraries={"numpy": "2.1.0"},
    inputs=(),
    parameters={"region": "CN-YN"},
    created="2026-11-21T04:03:52+00:00",
)
LEVELS = Note(
    code="indicative_levels",
    zh="数值由产品产量乘固定系数估算，只宜看相对变化，不宜当作绝对水平。",
    en="Values are product output times fixed factors: read relative changes, not levels.",
)
MERGED = Note(
    code="merged_january_february",
    zh="统计局不单独公布一月数据，一月和二月合成一期。",
    en="No January is published; January and February are one period.",
)
FRESH = Note(code="fresh", zh="靠近序列末端，结论是暂时的。", en="Near the end: provisional.")
FAULT = Note(
    code="iron_over_steel",
    zh="同期生铁多于粗钢，是累计数的订正。",
    en="More iron than steel at the time: a correction of cumulative figures.",
)
ALONE = Note(code="no_company", zh="没有可比的地区。", en="No other regions to compare with.")


def periods(first: str, last: str) -> tuple[str, ...]:
    return tuple(str(m) for m in merged_periods(Month.parse(first), Month.parse(last)))


def series(
    region: str = "CN-YN",
    sector: str = "industry",
    unit: str = "MtCO2",
    *,
    first: str = "2015-02",
    last: str = "2023-12",
    level: float = 8.0,
    peers: tuple[Series, ...] = (),
) -> Series:
    """Eight years that rise, a dip in early 2020, another level from September 2021, one hole."""
    months = periods(first, last)
    values: list[float | None] = []
    for i, month in enumerate(months):
        cut = 0.86 if "2020-02" <= month < "2020-04" else 0.88 if month >= "2021-09" else 1.0
        wide = 1.75 if month.endswith("-02") else 1.0
        values.append(round(level * cut * wide * (1 + 0.05 * sin(i * 1.7) + 0.002 * i), 3))
    if len(values) > 20:
        values[20] = None
    return Series(
        region=region,
        sector=sector,
        unit=unit,
        frequency="month",
        merged=True,
        periods=months,
        values=tuple(values),
        source="nbs-output",
        vintage="2026-10",
        sha256=HEX[:64],
        provisional_from="2023-11" if last == "2023-12" else None,
        notes=(LEVELS, MERGED),
        peers=peers,
    )


def with_parts(made: Series) -> Series:
    """The same with cement as six tenths and steel as the rest."""
    shares = {"cement": 0.6, "crude_steel": 0.4}
    parts = tuple(
        Part(
            product=name,
            values=tuple(None if v is None else v * share for v in made.values),
            factor=0.5,
            factor_unit="tCO2/t",
            factor_source="made",
        )
        for name, share in shares.items()
    )
    return made.model_copy(update={"parts": parts})


def episode(
    begin: str,
    percent: float = -12.3,
    interval: tuple[float, float] = (-17.9, -6.4),
    *,
    region: str = "CN-YN",
    sector: str = "industry",
    shape: str = "step",
    shape_probability: float = 0.912,
    when: tuple[str, str] | None = None,
    probability: float = 0.934,
    scope: str = "province",
    end: str | None = None,
    deepest: str | None = None,
    amount: float | None = None,
    unit: str = "MtCO2",
    excess: float | None = None,
    rank: int | None = None,
    trend_change: float | None = None,
    drivers: tuple[tuple[str, float], ...] = (),
    notes: tuple[Note, ...] = (),
) -> Episode:
    total = percent / 4 if amount is None else amount
    way = "down" if percent < 0 else "up"
    return Episode.model_validate(
        {
            "id": f"{region}-{sector}-{begin}-{way}",
            "begin": begin,
            "begin_interval": when or (begin, begin),
            "level": 0.9,
            "probability": probability,
            "band": "established" if probability >= 0.8 else "possible",
            "shape": shape,
            "shape_probability": shape_probability,
            "deepest": deepest or begin,
            "depth_percent": percent,
            "depth_interval": interval,
            "end": end,
            "amount": Amount(value=total, interval=(total * 1.4, total * 0.6), unit=unit),
            "trend_change": trend_change,
            "scope": scope,
            "loading": None if excess is None else 1.2,
            "excess_percent": excess,
            "rank": rank,
            "of": None if rank is None else 31,
            "contributions": tuple(Driver(product=p, percentage_points=v) for p, v in drivers),
            "notes": notes,
        }
    )


def month(
    begin: str, percent: float = -17.8, interval: tuple[float, float] = (-24.1, -11.2), **other
):
    """A single odd month."""
    end = str(Month.parse(begin).next(1))
    return episode(begin, percent, interval, shape="month", end=end, **other)


def episodes(made: Series, *found: Episode, tellable: float = 9.4, **other) -> Episodes:
    """Episodes on an expected path that runs a little above the series."""
    usual = [0.0 if v is None else v for v in made.values]
    return Episodes(
        series=made,
        episodes=found,
        expected=tuple(v * 1.05 for v in usual),
        expected_low=tuple(v * 0.97 for v in usual),
        expected_high=tuple(v * 1.13 for v in usual),
        smallest_tellable_percent=tellable,
        manifest=MANIFEST,
        **other,
    )


def point(date: str, scope: str = "province", region: str = "CN-YN") -> TurningPoint:
    return TurningPoint.model_validate(
        {
            "id": f"{region}-industry-{date}-{scope}",
            "date": date,
            "interval": (date, date),
            "level": 0.9,
            "confidence": 0.93,
            "band": "established",
            "kind": "step",
            "scope": scope,
            "effect": Effect(percent=-8.0, percent_interval=(-9.0, -7.0)),
        }
    )


def points_of(found: Episodes, *others: TurningPoint) -> TurningPoints:
    """The turning points that programs read, under the ids of their episodes."""
    turned = tuple(point(e.begin).model_copy(update={"id": e.id}) for e in found.episodes)
    return TurningPoints(series=found.series, points=(*turned, *others), manifest=MANIFEST)


def searched(documents: int = 1551) -> Searched:
    return Searched(
        queries=("云南 工业 限产", "云南 能耗双控"),
        sources=("内置大事记", "文件夹"),
        documents_read=documents,
        first="2021-06-01",
        last="2022-01-31",
    )


def evidence(
    one: Episode, *events: LinkedEvent, edge: str = "begin", leads=(), documents: int = 1551
) -> Evidence:
    return Evidence(
        turning_point=one.id, edge=edge, events=events, leads=leads, searched=searched(documents)
    )


def peak_of(made: Series) -> PeakStatus | None:
    """The judgement of a made series, with a fixed moment."""
    status = peak_status(made)
    return status.model_copy(update={"manifest": MANIFEST})


def effect_of(
    event: str,
    name: str,
    percent: float | None,
    verdict: str,
    *,
    product: str = "cement",
    sign: str = "down",
    date: str = "2021-09-11",
) -> EventEffect:
    size = None
    if percent is not None:
        amount = Amount(value=-3.0, interval=(-4.0, -2.0), unit="万吨")
        size = EffectSize(
            percent=percent,
            percent_interval=(percent - 9, percent + 9),
            amount=amount,
            p_value=0.02,
        )
    return EventEffect.model_validate(
        {
            "event": AskedEvent.model_validate(
                {"id": event, "name": name, "name_en": f"Event {name}", "date": date, "sign": sign}
            ),
            "region": "CN-YN",
            "product": product,
            "window": ("2021-09", "2021-11"),
            "effect": size,
            "basis": "excess",
            "own": None,
            "excess": size,
            "p_value": 0.02,
            "verdict": verdict,
            "series": series(sector=product, unit="万吨"),
            "manifest": MANIFEST,
        }
    )


def effects(*measured: EventEffect, chance: float = 0.3) -> EventEffects:
    left = AskedEvent(id="x", name="没有测算的事", date="2019", sign="either")
    note = Note(code="n", zh="日期不明", en="no date")
    return EventEffects(
        region="CN-YN",
        effects=measured,
        not_measured=(NotMeasured(event=left, reason=note),),
        by_chance=chance,
    )


def power() -> PowerSystem:
    """Thermal power rose by 30 since hydropower fell by 40 and consumption by 10."""
    months = ("2022-02", "2023-02")
    return PowerSystem(
        region="CN-YN",
        unit="亿千瓦时",
        periods=months,
        thermal=(100.0, 130.0),
        sources=(PowerFlow(term="hydro_power_generation", values=(140.0, 100.0)),),
        consumption=(250.0, 240.0),
        net_exchange=(10.0, 10.0),
        missing=(),
        changes=(
            PowerChange(
                of="twelve_months",
                against="year_before",
                periods=("2023-02",),
                thermal=30.0,
                thermal_percent=30.0,
                shares=(
                    PowerShare(
                        term="hydro_power_generation", change=-40.0, contribution=40.0, share=1.0
                    ),
                    PowerShare(term="electricity_consumption", change=-10.0, contribution=-10.0),
                ),
            ),
        ),
        source="nbs-output",
        vintage="2026-10",
        sha256=HEX[:64],
    )


def findings(
    found: Episodes | None,
    *,
    of: Series | None = None,
    peak: bool = True,
    products: tuple[Episodes, ...] = (),
    evidence: tuple[Evidence, ...] = (),
    points: TurningPoints | None = None,
    offline: bool = False,
    effects: EventEffects | None = None,
    power: PowerSystem | None = None,
) -> Findings:
    """Findings on a series, what can be computed computed."""
    made = of if found is None else found.series
    assert made is not None
    one = largest(found)
    return Findings(
        series=made,
        standing=standing(made),
        peak=peak_of(made) if peak else None,
        found=found,
        alongside=None if one is None else alongside(made, one.begin, one.end),
        products=products,
        evidence=evidence,
        points=points_of(found) if points is None and found is not None else points,
        offline=offline,
        effects=effects,
        power=power,
        manifest=MANIFEST,
    )


def told(one: Episode, of: Series | None = None, **other) -> Findings:
    """Findings with one episode."""
    return findings(episodes(of or series(), one), **other)


PEERS = tuple(
    series(region, level=level)
    for region, level in (("CN-SC", 12.0), ("CN-GZ", 5.0), ("CN-GX", 9.0))
)
DIP = episode(
    "2020-02", -14.2, (-18.8, -9.1), shape="pulse", probability=0.9991, end="2020-04",
    deepest="2020-03", amount=-3.26, scope="national", excess=-3.1, rank=7,
    when=("2019-12", "2020-03"),
)  # fmt: skip
FALL = episode(
    "2021-09", -12.3, (-17.9, -6.4), probability=0.62, when=("2021-08", "2021-10"),
    amount=-28.4, drivers=(("cement", -9.1), ("crude_steel", -4.04), ("sugar", 0.84)),
)  # fmt: skip
ODD = month("2022-06", drivers=(("crude_steel", -18.6), ("cement", 0.8)), probability=0.893)
BEND = episode(
    "2018-07", 4.2, (0.8, 9.3), shape="bend", probability=0.81, amount=7.7, trend_change=1.4
)
FADE = episode(
    "2022-11", 6.1, (2.0, 10.4), shape="fading", probability=0.55, end="2023-04", amount=0.052,
    notes=(FRESH,),
)  # fmt: skip
WRONG = episode("2019-02", 30.0, (25.0, 35.0), shape="month", scope="data", notes=(FAULT,),
                end="2019-03")  # fmt: skip


def yunnan() -> Findings:
    made = with_parts(series(peers=PEERS))
    found = episodes(made, BEND, WRONG, DIP, FALL, ODD, FADE)
    of = series(sector="nonferrous_metals_10", unit="万吨", level=50)
    own = {"sector": "nonferrous_metals_10", "unit": "万吨"}
    aluminium = episodes(
        of,
        episode("2019-08", 11.0, (6.0, 15.0), shape="pulse", end="2020-04", amount=22.0, **own),
        episode("2021-10", -19.6, (-24.0, -15.0), when=("2021-09", "2021-10"), **own),
        episode("2017-02", 40.0, (30.0, 50.0), shape="month", scope="data", end="2017-03", **own),
    )
    cement = episodes(series(sector="cement", unit="万吨", level=900))
    return findings(
        found,
        products=(aluminium, cement),
        points=points_of(found, point("2022-03", "calendar"), point("2021-03", "calendar")),
        offline=True,
        effects=effects(
            effect_of(NOTICE.id, NOTICE.name, -31.4, "effect"),
            effect_of(TIN.id, TIN.name, None, "cannot_tell", product="crude_steel", sign="either"),
            effect_of("third", "第三件", 1.2, "no_effect_visible", date="2022-05"),
        ),
        power=power(),
        evidence=(
            evidence(DIP, documents=291),
            evidence(DIP, linked(TIN, grade="medium", p=0.12, lag=1), edge="end"),
            evidence(
                FALL,
                linked(NOTICE, lag=0),
                linked(TIN, grade="medium", p=None, lag=4),
                linked(PLAN, grade="none", p=0.4, lag=-1, context=True),
                leads=(linked(LEAD, grade="weak", p=None, lag=0), linked(UNDATED, p=None)),
            ),
            evidence(
                ODD,
                linked(TIN, grade="weak", p=None, lag=1),
                linked(PLAN, grade="none", p=None),
                leads=(linked(UNDATED, grade="weak", p=None),),
            ),
            evidence(FADE, linked(TIN, grade="weak", lag=-2)),
            evidence(aluminium.episodes[0], linked(TIN, grade="medium", p=0.08, lag=0)),
        ),
    )


def shanghai() -> Findings:
    """A source that gives zero throughout: nothing can be judged."""
    made = series("CN-SH", "residential")
    idle = made.model_copy(update={"values": (0.0,) * len(made), "notes": (LEVELS,)})
    return findings(None, of=idle, peak=False, offline=True)


def hainan() -> Findings:
    """Nothing happened, nobody else to compare with."""
    made = series("CN-HI", level=0.7)
    return findings(episodes(made, tellable=21.3, notes=(ALONE,)))


def short() -> Findings:
    """One year: where it stands, and nothing else."""
    made = series("CN-HI", first="2023-02").model_copy(update={"provisional_from": None})
    return findings(None, of=made, peak=False)


FOUND = {"yunnan": yunnan, "hainan": hainan, "shanghai": shanghai, "short": short}
