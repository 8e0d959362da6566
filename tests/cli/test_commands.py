"""The commands as a user types them: output, exit codes, and what wrong input is told."""

import json
import re
from pathlib import Path

import pytest

from cli.asked import tanzhe
from tanzhe.reports.registers.register import registers

ROOT = Path(__file__).parents[2]
FILE = ROOT.parent / "shared/data/carbon_monitor/china_daily_vintage2023-02.csv.gz"
needs_carbon_monitor = pytest.mark.skipif(
    not FILE.exists(), reason="Carbon Monitor file not in ../shared: its terms forbid packaging"
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One workspace for the module: the second question is answered at once."""
    return tmp_path_factory.mktemp("workspace")


def test_turns_json_is_the_promised_form(workspace: Path) -> None:
    done = tanzhe("turns", "甘肃", "工业", "--json", workspace=workspace)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["series"] | {"sha256": "", "vintage": ""} == {
        "region": "CN-GS", "sector": "industry", "unit": "MtCO2", "frequency": "month",
        "source": "nbs-output", "vintage": "", "sha256": "", "first": "2015-02", "last": "2024-12",
    }  # fmt: skip
    assert set(told) == {
        "series", "turning_points", "episodes", "peak", "smallest_tellable_percent", "manifest",
    }  # fmt: skip
    first = next(one for one in told["turning_points"] if one["until"] == "2022-02")
    assert first["date"] in ("2021-10", "2021-11") and first["kind"] == "pulse"
    assert first["scope"] == "province" and first["band"] in ("established", "possible")
    assert [d["product"] for d in first["drivers"]][:2] == ["crude_steel", "cement"]
    assert sum(d["percentage_points"] for d in first["drivers"]) == pytest.approx(
        first["effect"]["percent"], abs=0.05
    )
    assert first["effect"]["mt_per_year"] is None  # what did not last is not annualised
    assert all(isinstance(note, str) for note in first["notes"])
    same = next(one for one in told["episodes"] if one["id"] == first["id"])
    assert (same["begin"], same["end"]) == (first["date"], first["until"]) and same["mt"] < 0
    assert told["peak"]["status"] in ("rising", "plateau", "past_peak", "undecided")
    assert set(told["peak"]["record_stands"]) == {"12", "24", "60"}


def test_turns_are_for_reading(workspace: Path) -> None:
    done = tanzhe("turns", "Gansu", "industry", workspace=workspace)
    assert done.returncode == 0
    assert done.stdout.startswith("甘肃工业：什么时候变了（")
    assert "至2022年1—2月恢复" in done.stdout and "达峰判断：" in done.stdout
    assert "脉冲" not in done.stdout and "阶跃" not in done.stdout


@pytest.mark.parametrize("register", registers())
def test_report_in_every_register(workspace: Path, register: str) -> None:
    done = tanzhe("report", "甘肃", "工业", "--register", register, workspace=workspace)
    assert done.returncode == 0, done.stderr
    assert "甘肃" in done.stdout and re.search("2021年1[01]月", done.stdout)


def test_report_is_written_whole_into_a_folder(workspace: Path, tmp_path: Path) -> None:
    done = tanzhe(
        "report", "甘肃", "工业", "--format", "html", "--out", tmp_path / "新",
        workspace=workspace,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = sorted((tmp_path / "新").iterdir())
    page = "CN-GS_industry_plain.html"
    assert [f.name for f in files] == [page, f"{page}.manifest.json"]
    assert files[0].read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_product_is_a_sector_too(workspace: Path) -> None:
    done = tanzhe(
        "turns", "内蒙古", "nonferrous_metals_10", "--since", "2015-02", "--json",
        workspace=workspace,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert told["series"]["sector"] == "nonferrous_metals_10"
    points = [p for p in told["turning_points"] if p["scope"] == "province"]
    assert points
    assert all(p["effect"]["mt_per_year"] is None for p in points)  # tonnes of metal, not of CO2


@needs_carbon_monitor
def test_gansu_industry_of_carbon_monitor(workspace: Path) -> None:
    done = tanzhe(
        "turns", "甘肃", "工业", "--data", FILE, "--top", 3, "--json", workspace=workspace
    )
    # Four years are short: the pulse is the strongest of what is Gansu's own, and no more.
    own = [p for p in json.loads(done.stdout)["turning_points"] if p["scope"] == "province"]
    assert own[0]["date"] in ("2021-10", "2021-11") and own[0]["until"] == "2022-02"
    assert -37 < own[0]["effect"]["percent"] < -19


@needs_carbon_monitor
def test_yunnan_power_of_carbon_monitor_is_a_defect(workspace: Path) -> None:
    done = tanzhe("turns", "云南", "电力", "--data", FILE, "--json", workspace=workspace)
    defects = [p for p in json.loads(done.stdout)["turning_points"] if p["scope"] == "data"]
    assert sorted(p["date"] for p in defects) == ["2020-02", "2021-02"]


WRONG = [
    (("turns", "云兰", "工业"), "云南"),
    (("turns", "云南", "工页"), "工业"),
    (("turns", "云南", "工业", "--since", "2021-13"), "2021-13"),
    (("turns", "云南", "工业", "--since", "2024-06"), "22"),
    (("turns", "云南", "航空"), "carbon-monitor"),
    (("turns", "云南", "工业", "--data", "没有.csv"), "没有.csv"),
    (("report", "云南", "工业", "--register", "poem"), "formal"),
    (("report", "云南", "工业", "--format", "gif"), "html"),
    (("report", "云南", "工业", "--window", "x"), "--window=-2,3"),
    (("data", "fetch", "nowhere"), "carbon-monitor"),
    (("chronicle", "add", "没有.jsonl"), "没有.jsonl"),
    (("turns", "云南"), "Wrong use"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG, ids=[" ".join(a) for a, _ in WRONG])
def test_wrong_use_is_told_in_two_languages(
    workspace: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = tanzhe(*arguments, workspace=workspace)
    assert done.returncode == 2
    assert done.stdout == ""
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert any("\u4e00" <= c <= "\u9fff" for c in done.stderr)


def test_a_folder_without_documents_is_refused(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    done = tanzhe("report", "甘肃", "工业", "--docs", tmp_path, workspace=workspace)
    assert done.returncode == 2
    assert "picture.pdf" in done.stderr and "broken.pdf" in done.stderr


def test_documents_are_added_and_two_character_words_found(tmp_path: Path) -> None:
    text = "甘肃省发展改革委通知：2021年10月起对高耗能企业有序用电，钢铁企业限产三成。"
    (tmp_path / "a.txt").write_bytes(text.encode("gb18030"))
    own = tmp_path / "own"
    assert tanzhe("docs", "add", tmp_path / "a.txt", workspace=own).returncode == 0
    found = tanzhe("docs", "search", "限产", "--json", workspace=own)
    assert found.returncode == 0 and len(json.loads(found.stdout)) == 1
    assert json.loads(tanzhe("docs", "search", "电价", "--json", workspace=own).stdout) == []


def test_own_records_join_the_chronicle(tmp_path: Path) -> None:
    own = tmp_path / "own"
    built_in = ROOT / "src/tanzhe/data/chronicle.jsonl"
    record = json.loads(built_in.read_text(encoding="utf-8").splitlines()[0]) | {"id": "mine"}
    mine = tmp_path / "mine.jsonl"
    mine.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    before = len(json.loads(tanzhe("chronicle", "list", "--json", workspace=own).stdout))
    assert tanzhe("chronicle", "add", mine, workspace=own).returncode == 0
    after = json.loads(tanzhe("chronicle", "list", "--json", workspace=own).stdout)
    assert len(after) == before + 1 and "mine" in {e["id"] for e in after}
    mine.write_text('{"id": 3}\nnot json\n', encoding="utf-8")
    refused = tanzhe("chronicle", "add", mine, workspace=own)
    assert refused.returncode == 2 and "1" in refused.stderr and "2" in refused.stderr


def test_data_list_names_the_sources() -> None:
    told = json.loads(tanzhe("data", "list", "--json").stdout)
    assert [s["name"] for s in told] == ["nbs-output", "ember", "carbon-monitor"]


@needs_carbon_monitor
def test_data_check_finds_the_known_defect(workspace: Path) -> None:
    done = tanzhe("data", "check", FILE, "--json", workspace=workspace)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert any(f["region"] == "CN-YN" and f["sector"] == "power" for f in found)


def test_a_workspace_that_cannot_be_made_is_no_obstacle_unless_asked_for(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert tanzhe("chronicle", "list", workspace=blocked).returncode == 0
    assert tanzhe("docs", "list", "--workspace", blocked / "x").returncode == 2
    listed = tanzhe("chronicle", "list", "--workspace", blocked / "x")
    assert listed.returncode == 0 and "only what is built in" in listed.stderr
