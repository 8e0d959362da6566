"""Targets measured by parks: an indicator over the years, how many parks meet; what is reviewed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tanzhe.api.reports.policy import read_policy_text
from tanzhe.cli.main import cli
from tanzhe.errors import InputError
from tanzhe.model.park import Assessment
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.entry.park import read_park
from tanzhe.rulebook import rule_set
from tanzhe.tracking.gathering import policy_items
from tanzhe.tracking.items import Item
from tanzhe.tracking.parks import indicator_series, judged_by_parks

Tree = dict[str, object]


def tree(year: int, grid: float, name: str = "甲园") -> Tree:
    """A park of a billion kWh, `grid` of them without proof: 0.8325 / 0.3 * grid tCO2/tce."""
    direct = {"supply": "direct", "generation": "nonfossil", "kwh": 1e9 * (1 - grid)}
    return {
        "name": name, "region": "云南", "year": year, "equivalence_kgce_per_kwh": 0.3,
        "electricity": [{"supply": "grid", "kwh": 1e9 * grid}, direct],
    }  # fmt: skip


def park(year: int, grid: float, name: str = "甲园") -> Assessment:
    return assess_park(read_park(tree(year, grid, name)), rule_set("cn-yn-2025-987"))


def target(**fields: object) -> Item:
    told = {"id": "G1", "kind": "target", "title": "单位能耗碳排放", "operator": "<=", "value": 0.2,
            "unit": "tCO2/tce", "by": "2027", "indicator": "emission_per_energy"}  # fmt: skip
    return Item.model_validate({**told, **fields})


def test_the_series_is_the_indicator_of_each_year_in_the_unit_of_the_target() -> None:
    years = [park(2025, 0.1), park(2023, 0.3)]
    held = indicator_series(target(), years)
    assert held.periods == ("2023", "2024", "2025")
    assert held.values[0] == pytest.approx(0.3 * 0.8325 / 0.3, abs=1e-9)
    assert held.values[1] is None
    share = indicator_series(target(indicator="direct_supply", unit="%", value=50), years)
    assert share.values[::2] == pytest.approx((70, 90))


def test_a_falling_indicator_is_on_track_and_a_flat_one_behind() -> None:
    falling = [park(2020 + n, 0.2 * 0.75**n) for n in range(6)]
    flat = [park(2020 + n, 0.2 + 0.004 * (n % 2)) for n in range(6)]
    found = judged_by_parks(target(value=0.1), falling), judged_by_parks(target(), flat)
    assert [one.outlook for one in found] == ["on_track", "behind"]
    assert found[0].probability is not None and found[0].probability > 0.95
    assert found[1].probability is not None and found[1].probability < 0.05


def test_three_years_tell_no_probability_and_a_past_year_tells_all() -> None:
    years = [park(2023 + n, 0.1) for n in range(3)]
    assert judged_by_parks(target(), years).outlook == "open"
    assert judged_by_parks(target(), years).probability is None
    assert judged_by_parks(target(by="2025", value=0.3), years).outlook == "reached"
    assert judged_by_parks(target(by="2025", value=0.2), years).outlook == "missed"


def test_parks_that_meet_are_counted_once_by_their_latest_year() -> None:
    years = [park(2024, 0.5), park(2025, 0.05), park(2025, 0.5, "乙园"), park(2025, 0.02, "丙园")]
    wanted = target(indicator="parks_met", title="省级零碳园区", operator=">=", value=3, unit="个")
    found = judged_by_parks(wanted, years)
    assert (found.now, found.outlook, found.probability) == (2.0, "open", None)
    assert "甲园、丙园" in found.how.zh or "丙园、甲园" in found.how.zh
    assert judged_by_parks(wanted.model_copy(update={"value": 2.0}), years).outlook == "reached"
    assert judged_by_parks(wanted.model_copy(update={"by": "2025"}), years).outlook == "missed"


@pytest.mark.parametrize(
    ("fields", "parks", "words"),
    [
        ({}, [], "没有园区的核算数据"),
        ({}, [park(2025, 0.1), park(2025, 0.1, "乙园")], "只能对接一个园区"),
        ({"indicator": "nonsense"}, [park(2025, 0.1)], "没有“nonsense”这项指标"),
        ({"unit": "GJ"}, [park(2025, 0.1)], "对不上"),
        ({"indicator": "roof_pv", "unit": "%"}, [park(2025, 0.1)], "没有“roof_pv”的数值"),
    ],
)
def test_what_cannot_be_joined_is_refused(
    fields: dict[str, object], parks: list[Assessment], words: str
) -> None:
    with pytest.raises(InputError) as error:
        judged_by_parks(target(**fields), parks)
    assert words in error.value.said("zh")


POLICY = """贵州省发展和改革委员会关于开展零碳园区建设的通知
黔发改环资〔2025〕402号
各市（自治州）发展改革委：
到2027年，建成5个以上零碳园区。请于2025年9月30日前将申报材料报送省发展改革委。
一、重点任务
（一）开展节能诊断。组织重点用能单位开展节能诊断，于2026年6月底前完成评估。（省工业和信息化厅牵头）
（二）加快光伏建设。2026年12月底前建成一批项目。（省能源局负责）
（三）强化跟踪评估。省发展改革委于2027年底组织中期评估，评估不合格的园区取消称号。
（四）加强考核。2026年底前完成对各园区的年度考核。
贵州省发展和改革委员会
2025年7月3日
"""


def test_reviews_are_what_is_reviewed_and_no_assessment_that_a_task_has_to_finish() -> None:
    items = policy_items(read_policy_text(POLICY, "通知.txt"))
    reviews = {str(one.due): one.text for one in items if one.kind == "review"}
    assert set(reviews) == {"2027-12-31", "2026-12-31"}
    assert "中期评估" in reviews["2027-12-31"] and "年度考核" in reviews["2026-12-31"]
    tasks = {one.title[:6]: str(one.due) for one in items if one.kind == "task"}
    assert tasks["开展节能诊断"] == "2026-06-30"
    assert tasks["加快光伏建设"] == "2026-12-31"
    assert any("申报材料" in one.title for one in items if str(one.due) == "2025-09-30")
    assert not any("节能诊断" in one.text for one in items if one.kind == "review")


def test_a_task_with_several_days_or_one_far_away_asks_for_a_look() -> None:
    text = (
        "某市人民政府关于零碳园区任务的通知\n某政发〔2026〕12号\n各县区人民政府：\n一、主要任务\n"
        "（一）建设微电网。2026年12月底前完成方案，2027年12月底前完成建设。（市发展改革委负责）\n"
        "（二）开展能源审计。2062年6月底前完成审计。（市工业和信息化局负责）\n"
        "（三）推进绿电直连。2027年底前完成。（市能源局负责）\n某市人民政府\n2026年3月1日\n"
    )
    items = policy_items(read_policy_text(text, "通知.txt"))
    said = [(str(one.due), one.remark) for one in items if one.kind == "task"]
    assert [due for due, _ in said] == ["2027-12-31", "2062-06-30", "2027-12-31"]
    assert "2026年12月底前、2027年12月底前" in said[0][1]
    assert "36 年之后" in said[1][1]
    assert not said[2][1]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(cli, ["track", *words, "--workspace", "w"])


def test_a_target_is_joined_to_a_park_and_stands_in_the_report(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "通知.txt").write_text(POLICY, encoding="utf-8")
    files = []
    for year in range(2021, 2026):
        file = tmp_path / f"{year}.json"
        told = tree(year, 0.3 * 0.7 ** (year - 2021))
        file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        files += ["--account", str(file)]
    assert run("import", "通知.txt", "--who", "甲").exit_code == 0
    done = run("join", "2025-402-G01", "--who", "甲", "--indicator", "parks_met", *files)
    assert done.exit_code == 0 and "1 个园区中 1 个达到核心指标" in done.output
    aim = run("add", "target", "强度", "--who", "甲", "--by", "2027", "--value", "0.1",
              "--unit", "tCO2/tce")  # fmt: skip
    assert aim.exit_code == 0, aim.output
    id = aim.output.split("\n")[1].split()[0]
    assert run("set", id, "--who", "甲", "--operator", "<=").exit_code == 0
    joined = run("join", id, "--who", "甲", "--indicator", "emission_per_energy", *files, "--json")
    assert json.loads(joined.output)["outlook"] == "on_track", joined.output
    report = run("report", "2025.json", "--out", "中期.md", "--today", "2026-06-30", "--json")
    told = {one["id"]: one for one in json.loads(report.output)["targets"]}
    assert told[id]["outlook"] == "on_track" and told["2025-402-G01"]["now"] == 1
    assert "有望按期达到" in (tmp_path / "中期.md").read_text(encoding="utf-8")
    assert run("join", id, "--who", "甲").exit_code == 2


def test_files_come_onto_the_board_together_or_not_at_all(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    """A park that entered no projects stops nobody; a file that cannot be read stops all."""
    (tmp_path / "通知.txt").write_text(POLICY, encoding="utf-8")
    (tmp_path / "park.json").write_text(json.dumps(tree(2025, 0.1)), encoding="utf-8")
    (tmp_path / "坏.json").write_text("{", encoding="utf-8")
    asked = ["import", "通知.txt", "park.json", "--who", "甲"]
    done = run(*asked[:3], "坏.json", *asked[3:])
    assert isinstance(done.exception, InputError)
    assert json.loads(run("list", "--json").output)["items"] == []
    done = run(*asked)
    assert done.exit_code == 0, done.output
    assert "park.json" in done.output and "没有新事项" in done.output
