"""Findings made by hand: Yunnan industry with everything, Hainan with nothing."""

from math import sin

from reports.made_events import HEX, LEAD, NOTICE, PLAN, TIN, UNDATED, linked
from tanzhe.model import (
    Driver,
    Effect,
    Evidence,
    Manifest,
    Note,
    Searched,
    Series,
    TurningPoint,
    TurningPoints,
)
from tanzhe.periods import Month, merged_periods
from tanzhe.reports import Findings

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
END = Note(code="near_end", zh="靠近序列末端，日后可能改变。", en="Near the end of the series.")
SPRING = Note(
    code="spring_festival",
    zh="同月31个省份中31个都有同样的台阶。",
    en="31 of 31 provinces show the same edge in this month.",
)
IDLE = Note(
    code="idle_series",
    zh="该来源在此地区、此部门的数值全部或几乎全部为零，无从判断转折。",
    en="The source gives zero for all or nearly all periods: nothing can be judged.",
)
SINGLE = Note(
    code="single_month",
    zh="只有一个时期明显偏离，不是持续的转折；可信度指它是持续转折的概率。",
    en="Only a single period is off: no durable turn.",
)


def periods(first: str, last: str) -> tuple[str, ...]:
    return tuple(str(m) for m in merged_periods(Month.parse(first), Month.parse(last)))


def series(
    region: str = "CN-YN",
    sector: str = "industry",
    unit: str = "MtCO2",
    *,
    first: str = "2017-02",
    last: str = "2023-12",
    level: float = 8.0,
) -> Series:
    months = periods(first, last)
    values: list[float | None] = []
    for i, month in enumerate(months):
        cut = 0.86 if "2020-02" <= month < "2020-04" else 0.88 if month >= "2021-09" else 1.0
        wide = 1.75 if month.endswith("-02") else 1.0
        values.append(round(level * cut * wide * (1 + 0.05 * sin(i * 1.7) + 0.002 * i), 3))
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
        provisional_from="2023-11",
        notes=(LEVELS, MERGED),
    )


def point(
    date: str,
    percent: float = -12.3,
    interval: tuple[float, float] = (-17.9, -6.4),
    *,
    region: str = "CN-YN",
    sector: str = "industry",
    when: tuple[str, str] | None = None,
    confidence: float = 0.62,
    kind: str = "step",
    scope: str = "province",
    until: str | None = None,
    mt: float | None = -3.1,
    drivers: tuple[tuple[str, float], ...] = (),
    notes: tuple[Note, ...] = (),
    alike: tuple[int, int] = (0, 0),
    single: float | None = None,
) -> TurningPoint:
    band = "established" if confidence >= 0.8 else "possible" if confidence >= 0.5 else "weak"
    return TurningPoint.model_validate(
        {
            "id": f"{region}-{sector}-{date}",
            "date": date,
            "interval": when or (date, date),
            "level": 0.9,
            "confidence": confidence,
            "band": band,
            "kind": kind,
            "scope": scope,
            "until": until,
            "effect": Effect(percent=percent, percent_interval=interval, mt_per_year=mt),
            "drivers": tuple(Driver(product=p, percentage_points=v) for p, v in drivers),
            "notes": notes,
            "regions_alike": alike[0],
            "regions_compared": alike[1],
            "single": single,
        }
    )


def odd(
    date: str,
    percent: float = -17.8,
    interval: tuple[float, float] = (-24.1, -11.2),
    *,
    single: float = 0.893,
    **other: object,
) -> TurningPoint:
    """A single odd month, as the search gives it."""
    made = point(
        date, percent, interval, confidence=0.004, kind="pulse", notes=(SINGLE,), single=single,
        **other,  # type: ignore[arg-type]
    )  # fmt: skip
    after = str(Month.parse(date).next(1))
    return made.model_copy(update={"until": after, "id": f"{made.id}-odd"})


def without_season(made: Series) -> tuple[float | None, ...]:
    """Daily means as the search gives them: without the season, one per period."""
    means = [None if v is None else v / 30.4 for v in made.values]
    merged = [m.endswith("-02") for m in made.periods]
    return tuple(
        v if v is None else round(v / (1.75 if two else 1), 6)
        for v, two in zip(means, merged, strict=True)
    )


def searched(documents: int = 1551) -> Searched:
    return Searched(
        queries=("云南 工业 限产", "云南 能耗双控"),
        sources=("内置大事记", "文件夹"),
        documents_read=documents,
        first="2021-06-01",
        last="2022-01-31",
    )


def yunnan() -> Findings:
    points = (
        point(
            "2020-02",
            -14.2,
            (-18.8, -9.1),
            when=("2019-12", "2020-03"),
            confidence=0.93,
            kind="pulse",
            until="2020-04",
            scope="national",
            mt=-13.4,
            alike=(27, 30),
        ),
        point(
            "2021-09",
            -12.3,
            (-17.9, -6.4),
            when=("2021-08", "2021-10"),
            confidence=0.62,
            drivers=(("cement", -7.6), ("crude_steel", -4.04), ("sugar", 0.6), ("paper", 0.01)),
        ),
        point(
            "2018-07",
            4.2,
            (-0.8, 9.3),
            confidence=0.31,
            kind="slope",
            when=("2018-05", "2018-09"),
            mt=0.4,
        ),
        point("2022-11", 6.1, (2.0, 10.4), confidence=0.22, notes=(END,), mt=0.052),
        point(
            "2022-03",
            -8.0,
            (-9.0, -7.0),
            confidence=0.97,
            scope="calendar",
            notes=(SPRING,),
            alike=(30, 30),
        ),
        point("2019-01", 30.0, (25.0, 35.0), confidence=0.97, scope="data"),
        odd("2022-06", drivers=(("crude_steel", -11.4), ("cement", 0.8)), alike=(5, 30)),
        odd("2018-11", 8.4, (3.1, 13.9), single=0.613, scope="national", alike=(22, 30)),
    )
    aluminium = TurningPoints(
        series=series(sector="nonferrous_metals_10", unit="万吨", level=50),
        points=(
            point(
                "2021-05",
                -19.6,
                (-24.0, -15.0),
                sector="nonferrous_metals_10",
                when=("2021-04", "2021-06"),
                confidence=0.88,
                mt=None,
            ),
            point("2022-03", 3.0, (1.0, 5.0), sector="nonferrous_metals_10", scope="calendar"),
            odd("2019-08", sector="nonferrous_metals_10", mt=None),
        ),
        manifest=MANIFEST,
    )
    cement = TurningPoints(
        series=series(sector="cement", unit="万吨", level=900), points=(), manifest=MANIFEST
    )
    ids = [p.id for p in points]
    evidence = (
        Evidence(turning_point=ids[0], events=(), searched=searched(291)),
        Evidence(
            turning_point=ids[1],
            events=(
                linked(NOTICE, lag=0),
                linked(TIN, grade="medium", p=None, lag=4),
                linked(PLAN, grade="none", p=0.4, lag=-1, context=True),
            ),
            leads=(linked(LEAD, grade="weak", p=None, lag=0), linked(UNDATED, p=None)),
            searched=searched(),
        ),
        Evidence(
            turning_point=ids[3], events=(linked(TIN, grade="weak", lag=-2),), searched=searched()
        ),
        Evidence(
            turning_point=ids[6],
            events=(linked(TIN, grade="weak", p=None, lag=1), linked(PLAN, grade="none", p=None)),
            leads=(linked(UNDATED, grade="weak", p=None),),
            searched=searched(),
        ),
        Evidence(turning_point=ids[7], events=(), searched=searched(290)),
        Evidence(
            turning_point=aluminium.points[0].id,
            events=(linked(TIN, grade="medium", p=0.08, lag=0),),
            searched=searched(),
        ),
    )
    return Findings(
        points=TurningPoints(
            series=series(), points=points, adjusted=without_season(series()), manifest=MANIFEST
        ),
        products=(aluminium, cement),
        evidence=evidence,
        offline=True,
        top=10,
    )


def shanghai() -> Findings:
    """A source that gives zero throughout: nothing can be judged."""
    made = series("CN-SH", "residential")
    idle = made.model_copy(update={"values": (0.0,) * len(made), "notes": (LEVELS, IDLE)})
    return Findings(points=TurningPoints(series=idle, points=(), manifest=MANIFEST), offline=True)


def hainan() -> Findings:
    return Findings(
        points=TurningPoints(series=series("CN-HI", level=0.7), points=(), manifest=MANIFEST),
        reviewed=True,
    )
