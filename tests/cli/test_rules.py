"""`tanzhe rules` as a user types it."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tanzhe.cli.main import cli
from tanzhe.errors import InputError
from tanzhe.model.rules import RuleSet
from tanzhe.rulebook import dump_rule_set, rule_set, rule_set_ids
from tanzhe.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Workspace.open(tmp_path / "ws").close()
    return tmp_path / "ws"


def tanzhe(folder: Path, *arguments: object, typed: str | None = None) -> Result:
    runner = CliRunner()
    words = ["rules", *map(str, arguments), "--workspace", str(folder)]
    return runner.invoke(cli, words, input=typed)


def refused(result: Result) -> str:
    assert isinstance(result.exception, InputError)
    return result.exception.said("zh")


def draft(path: Path, **changes: object) -> Path:
    base = rule_set("cn-yn-2025-987")
    rows = tuple(one.model_copy(update={"checked": None}) for one in base.indicators)
    changed = {"id": "cn-gz-2026-7", "region": "CN-GZ", "draft": True, "indicators": rows}
    one: RuleSet = base.model_copy(update=changed | changes)
    path.write_text(dump_rule_set(one), encoding="utf-8")
    return path


def test_list_for_people_and_programs(folder: Path) -> None:
    done = tanzhe(folder, "list")
    assert done.exit_code == 0
    for part in ("cn-yn-2025-987", "12 条，已核对 12 条", "annex4", "fuel.industry_2013"):
        assert part in done.output
    told = json.loads(tanzhe(folder, "list", "--json").output)
    assert [one["id"] for one in told["rule_sets"]] == [*rule_set_ids()]
    assert sum(one["values"] for one in told["tables"]) == 696


def test_the_vocabulary_of_measures(folder: Path) -> None:
    assert "clean_energy  清洁能源消费占比（%）" in tanzhe(folder, "list", "--measures").output


def test_show_a_value_with_its_words_dates_and_notes(folder: Path) -> None:
    done = tanzhe(folder, "show", "grid.average.CN-YN", "--year", "2024")
    for part in ("0.1333 kgCO2/kWh", "公告2025年第47号", "描述年份：2023", "沿用于 2024 年"):
        assert part in done.output
    second = tanzhe(folder, "show", "process.national_database.portland_clinker")
    assert "尚未与官方原文核对（二手）" in second.output
    told = json.loads(tanzhe(folder, "show", "annex4.heat_fossil_default", "--json").output)
    assert (
        told["value"]["value"] == 0.11 and told["value"]["authority"]["place"] == "附件4 二（二）3②"
    )


def test_show_a_rule_set_a_table_and_a_fuel(folder: Path) -> None:
    yunnan = tanzhe(folder, "show", "cn-yn-2025-987").output
    assert "≤0.2吨/吨标准煤" in yunnan and "中期评估 2026-12" in yunnan and "可说明" in yunnan
    table = tanzhe(folder, "show", "fuel.industry_2013").output
    assert "烟煤 排放因子  2.0715 tCO2/t" in table and "未核对" in table
    fuel = tanzhe(folder, "show", "fuel.industry_2013.bituminous_coal").output
    assert len([line for line in fuel.splitlines() if "bituminous_coal." in line]) == 4
    told = json.loads(tanzhe(folder, "show", "grid", "--json").output)
    assert [len(one["values"]) for one in told] == [120]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "annex5"), "annex4"),
        (("show", "annex4.grid_other"), "annex4.grid_other_electricity"),
        (("show", "cn-sc-2026-12"), "cn-yn-2025-987"),
        (("show", "grid.average.CN-YN", "--year", "2019"), "最早用于 2021 年"),
        (("show", "annex4.heat_nonfossil", "--known-on", "2025-01-01"), "尚未公布"),
        (("show", "annex4.heat_nonfossil", "--known-on", "昨天"), "不是日期"),
        (("confirm", "/no/such/file.yaml", "--by", "张三", "--yes"), "无法读取"),
    ],
)
def test_wrong_questions(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    assert told in refused(tanzhe(folder, *arguments))


def test_confirm_then_use(folder: Path, tmp_path: Path) -> None:
    file = draft(tmp_path / "draft.yaml")
    done = tanzhe(folder, "confirm", file, "--by", "张三", "--on", "2026-03-01", "--yes")
    assert done.exit_code == 0, done.output
    assert "≤0.2吨/吨标准煤" in done.output and "已启用 cn-gz-2026-7" in done.output
    assert "cn-gz-2026-7（本工作区）" in tanzhe(folder, "list").output
    shown = tanzhe(folder, "show", "cn-gz-2026-7").output
    assert "张三 2026-03-01" in shown and "草案" not in shown.splitlines()[0]
    assert rule_set("cn-gz-2026-7", folder=folder).draft is False


def test_confirm_asks_for_name_and_word(folder: Path, tmp_path: Path) -> None:
    file = draft(tmp_path / "draft.yaml")
    done = tanzhe(folder, "confirm", file, typed="李四\ny\n")
    assert done.exit_code == 0 and "复核人 李四" in done.output
    other = tmp_path / "other"
    refusal = tanzhe(other, "confirm", file, typed="李四\nn\n")
    assert refusal.exit_code != 0 and not (other / "rules").exists()


def test_confirm_without_questions_needs_a_name(folder: Path, tmp_path: Path) -> None:
    file = draft(tmp_path / "draft.yaml")
    assert "复核人" in refused(tanzhe(folder, "confirm", file, "--yes"))
    assert "日期" in refused(
        tanzhe(folder, "confirm", file, "--yes", "--by", "张三", "--on", "2026年3月")
    )
    assert not (folder / "rules").exists()


def test_confirm_tells_every_gap(folder: Path, tmp_path: Path) -> None:
    rows = rule_set("cn-yn-2025-987").indicators
    faulty = (
        rows[0].model_copy(update={"measure": None}),
        rows[2].model_copy(update={"threshold": 95.0}),
    )
    file = draft(tmp_path / "draft.yaml", id="cn-yn-2025-987", indicators=faulty)
    told = refused(tanzhe(folder, "confirm", file, "--by", "张三", "--yes"))
    for part in ("core_020", "没有对应的量", "引文中没有 95", "内置的指标体系"):
        assert part in told
    assert not (folder / "rules").exists()


def test_quotes_are_compared_where_the_document_is_archived(folder: Path, tmp_path: Path) -> None:
    base = rule_set("cn-yn-2025-987")
    words = "\n".join(one.authority.quote for one in base.indicators)
    with Workspace.open(folder) as workspace:
        sha256 = workspace.add(words.encode(), text=words, name="通知.txt", media_type="text/plain")
    with_sha = base.document.model_copy(update={"sha256": sha256})
    rows = tuple(
        one.model_copy(update={"authority": one.authority.model_copy(update={"sha256": sha256})})
        for one in base.indicators
    )
    good = draft(tmp_path / "good.yaml", document=with_sha, indicators=rows)
    done = tanzhe(folder, "confirm", good, "--by", "张三", "--yes")
    assert done.exit_code == 0 and "没有由程序比对" not in done.output
    quote = rows[2].authority.model_copy(update={"quote": "清洁能源消费占比应≥90%"})
    wrong = (rows[2].model_copy(update={"authority": quote}), *rows[3:])
    bad = draft(tmp_path / "bad.yaml", document=with_sha, indicators=wrong)
    assert "文件原文中没有这句引文" in refused(
        tanzhe(folder, "confirm", bad, "--by", "张三", "--yes")
    )


def test_words_of_a_file_do_not_steer_the_terminal(folder: Path, tmp_path: Path) -> None:
    file = draft(tmp_path / "draft.yaml", title="四川\x1b[31m红\x07")
    done = tanzhe(folder, "confirm", file, "--by", "张三", "--yes")
    assert "\x1b" not in done.output and "\x07" not in done.output


def test_help_is_there(folder: Path) -> None:
    rules = cli.get_command(click.Context(cli), "rules")
    assert isinstance(rules, click.Group)
    for name, command in rules.commands.items():
        assert isinstance(command, click.Command) and command.help, name


def test_registers_are_listed_and_shown(folder: Path) -> None:
    listed = tanzhe(folder, "list").output
    for part in ("documents", "energy_standards  单位产品能耗限额标准 67 项", "零碳园区 71 个"):
        assert part in listed
    lead = tanzhe(folder, "show", "order-42").output
    assert "线索，不作依据" in lead and "不知道 not known" in lead
    assert "施行 2026-07-01" in tanzhe(folder, "show", "GB 21256-2025").output
    assert "GB 16780-2021" in tanzhe(folder, "show", "energy_standards").output
    assert json.loads(tanzhe(folder, "show", "gec-rules-2026-01", "--json").output)[0]["unknown"]


def test_parks_of_a_region(folder: Path) -> None:
    runner = CliRunner()
    done = runner.invoke(cli, ["rules", "parks", "云南"])
    assert done.exit_code == 0 and "云南省 Yunnan" in done.output and "2025—2030" in done.output
    told = json.loads(runner.invoke(cli, ["rules", "parks", "--json"]).output)
    assert len(told) == 71 and {"name", "province", "scope", "start", "end", "seen"} <= set(told[0])


def test_contradictions_are_told_at_once_and_nothing_is_written(
    folder: Path, tmp_path: Path
) -> None:
    rows = rule_set("cn-yn-2025-987").indicators
    wrong = (
        rows[0].model_copy(update={"condition": None}),
        rows[1].model_copy(update={"operator": ">="}),
        rows[4].model_copy(update={"threshold": 0.8}),
    )
    path = draft(tmp_path / "草案.yaml", indicators=wrong)
    told = refused(tanzhe(folder, "confirm", path, "--yes", "--by", "张三"))
    for part in ("#2 core_030", "operator 却是 >=", "<= 0.2 tCO2/tce", "80 % 写成了小数"):
        assert part in told
    assert not (folder / "rules").exists()


def test_gaps_between_tiers_are_told_before_the_question(folder: Path, tmp_path: Path) -> None:
    rows = rule_set("cn-yn-2025-987").indicators[1:]  # the lower tier is missing
    path = draft(tmp_path / "草案.yaml", indicators=rows)
    done = tanzhe(folder, "confirm", path, "--by", "张三", typed="y\n")
    assert "请看 note: “单位能耗碳排放”在 1,000,000 tce 以下没有门槛" in done.output
    assert done.exit_code == 0 and (folder / "rules").exists()
