"""One result of every kind that has a page, made without learning anything."""

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import as_file, files

from audit.made import audited, text_of

from reports.made import effect_of, effects, peak_of, points_of, power, yunnan
from tanzhe.api.footprints.studies import product_footprint
from tanzhe.api.parks.plans import plan
from tanzhe.api.reports.policy import read_policy_text
from tanzhe.model import Episodes, EventEffect, ExpectedPeriod
from tanzhe.model.park import Assessment
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.compare import Comparison, Entered, compare_parks
from tanzhe.parks.office import example_park
from tanzhe.reports.park.years import ParkYears
from tanzhe.reports.products.parkapplication import ParkApplication
from tanzhe.rulebook import rule_set
from tanzhe.tracking.gathering import park_items, policy_items
from tanzhe.tracking.items import Item
from tanzhe.tracking.midterm import review
from tanzhe.tracking.targets import not_measured

RULES = "cn-yn-2025-987"
POLICY = """贵州省发展和改革委员会关于开展零碳园区建设的通知
黔发改环资〔2025〕402号
各市（自治州）发展改革委：
到2027年，建成5个以上零碳园区，单位能耗碳排放不高于0.32吨/吨标准煤。
一、强化跟踪评估。省发展改革委于2027年底组织终期评估，评估不合格的园区取消称号。
贵州省发展和改革委员会
2025年7月3日
"""


def found() -> Episodes:
    told = yunnan().found
    assert told is not None
    return told


def assessed(**changed: object) -> Assessment:
    return assess_park(example_park().model_copy(update=changed), rule_set(RULES))


def entered() -> dict[str, object]:
    """The example park as a tree of entries."""
    return example_park().model_dump(mode="json", exclude={"absent_ledgers", "unknown"})


def compared() -> object:
    power = tuple(row.model_copy(update={"certificates": ()}) for row in example_park().electricity)
    other = assessed(name="乙园区", electricity=power)
    return compare_parks([Entered("a", assessed()), Entered("b", other)], rule_set(RULES))


def drawn_effect() -> EventEffect:
    """An effect with the path that was expected without it."""
    one = effect_of("a", "限电", -12.0, "effect")
    expected = tuple(
        ExpectedPeriod(period=period, value=50.0 + at, interval=(40.0, 60.0) if at > 2 else None)
        for at, period in enumerate(
            period for period in one.series.periods if "2021-06" <= period <= "2021-11"
        )
    )
    return one.model_copy(update={"expected": expected})


def midterm() -> object:
    """An evaluation with a park, its project, a task and a target."""
    items = [
        *policy_items(read_policy_text(POLICY, "通知.txt")),
        *park_items(example_park()),
        Item(id="T1", kind="task", title="建设储能", lead="发展改革局", due=date(2026, 6, 30)),
    ]
    told = compared()
    assert isinstance(told, Comparison)
    aims = [not_measured(one) for one in items if one.kind == "target"]
    return review(items, told, date(2026, 11, 30), aims)


def example_of(name: str, read: Callable[..., object]) -> object:
    with as_file(files("tanzhe.data") / "example" / name) as path:
        return read(path)


MAKERS: dict[str, Callable[[], object]] = {
    "Findings": yunnan,
    "TurningPoints": lambda: points_of(found()).model_copy(update={"found": found()}),
    "Episodes": found,
    "PeakStatus": lambda: peak_of(yunnan().series),
    "EventEffect": drawn_effect,
    "EventEffects": lambda: effects(effect_of("a", "限电", -12.0, "effect")),
    "PowerSystem": power,
    "Audit": lambda: audited(text_of(when="2019年1月")),
    "PolicyDocument": lambda: read_policy_text(POLICY, "通知.txt"),
    "Assessment": assessed,
    "ParkYears": lambda: ParkYears(
        result=assessed(), earlier=(assessed(year=2024),), base_year=2024
    ),
    "ParkApplication": lambda: ParkApplication(result=assessed(), earlier=(assessed(year=2024),)),
    "MidTerm": midterm,
    "Comparison": compared,
    "Plan": lambda: example_of("measures.yaml", lambda path: plan(entered(), path, rules=RULES)),
    "FootprintResult": lambda: example_of("ingot.yaml", product_footprint),
}


@cache
def made(name: str) -> object:
    """The result of a class that has a page."""
    return MAKERS[name]()
