"""The same bytes again, for runs and for reports; what differs is named."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from runs.conftest import cities, city, table
from tanzhe.api.batches.batch import Run
from tanzhe.api.reports.reproduction import reproduce
from tanzhe.cli.main import cli
from tanzhe.errors import InputError

DAY = "2021年2月，城000对高耗能企业限电，要求压减用电负荷30%。"


def test_a_run_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    again = reproduce(run.folder, out=tmp_path / "again")
    assert again.same and again.outputs == 12 and again.different == () == again.versions
    done = json.loads((tmp_path / "again" / "manifest.json").read_text("utf-8"))
    first = json.loads((run.folder / "manifest.json").read_text("utf-8"))
    assert "begun" in done.pop("made") and "begun" in first.pop("made")
    assert done == first  # the times alone may differ


def test_what_differs_is_named(run: Run, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run.folder, tmp_path / "copy"))
    path = folder / "outputs.jsonl"
    lines = path.read_text("utf-8").splitlines()
    one = json.loads(lines[0])
    lines[0] = json.dumps({**one, "sha256": "0" * 64}, ensure_ascii=False)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["outputs"]["sha256"] = "1" * 64
    manifest["libraries"]["numpy"] = "1.0"
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    again = reproduce(folder)
    assert not again.same and again.different == (one["path"],)
    assert ["numpy" in words.en for words in again.versions] == [True]
    said = CliRunner().invoke(cli, ["--lang", "en", "reproduce", str(folder)])
    assert "1 outputs differ" in said.output and one["path"] in said.output


def test_other_inputs_are_refused_by_name(run: Run, data: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(data, tmp_path / "moved"))
    assert reproduce(run.folder, data=str(moved)).same
    table(moved / "甲.csv", cities(3, seed=77))
    with pytest.raises(InputError, match=r"甲\.csv"):
        reproduce(run.folder, data=str(moved))
    with pytest.raises(InputError, match="不是运行清单"):
        (tmp_path / "x.json").write_text("{}", "utf-8")
        reproduce(tmp_path / "x.json")


@pytest.mark.parametrize("format_", ["md", "json", "docx"])
def test_a_report_says_what_it_rests_on_and_comes_again(tmp_path: Path, format_: str) -> None:
    path = table(tmp_path / "城.csv", {"城000": city(0, 0.25), "城001": city(1)})
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "通知.txt").write_text(DAY, "utf-8")
    space = ["--workspace", str(tmp_path / "space")]
    told = ["--format", format_, "--register", "brief", "--out", str(tmp_path / "out")]
    docs = str(tmp_path / "docs")
    asked = ["report", "城000", "工业", "--data", str(path), "--docs", docs, *told]
    made = CliRunner().invoke(cli, [*asked, *space])
    assert made.exit_code == 0, made.output
    name = f"城000_industry_brief.{format_}"
    beside = tmp_path / "out" / f"{name}.manifest.json"
    tree = json.loads(beside.read_text("utf-8"))
    names = [one["name"] for one in tree["inputs"]]
    assert {"城.csv", "chronicle", "tanzhe data", "通知.txt"} <= set(names)
    assert tree["settings"]["window"] == [-2, 3] and tree["vintage"].startswith("城.csv")
    assert tree["outputs"]["list"] == name and tree["seeds"] and len(tree["engine"]) == 64
    said = CliRunner().invoke(cli, ["reproduce", str(beside), "--json", *space])
    assert json.loads(said.stdout)["same"] is True, said.output
    (tmp_path / "docs" / "通知.txt").write_text(DAY + "另行通知。", "utf-8")
    refused = CliRunner().invoke(cli, ["reproduce", str(beside), *space])
    assert "通知.txt" in str(refused.exception)


def test_a_report_whose_document_was_corrected_is_superseded(
    tmp_path: Path, place: str | Path
) -> None:
    path = table(tmp_path / "城.csv", {"城000": city(0, 0.25), "城001": city(1)})
    docs, right = tmp_path / "docs" / "通知.txt", tmp_path / "right.txt"
    docs.parent.mkdir()
    docs.write_text(DAY, "utf-8")
    right.write_text(f"{DAY}（更正）", "utf-8")
    space = ["--workspace", str(place)]

    def report(name: str, source: Path) -> Path:
        out = tmp_path / f"{name}.md"
        told = ["report", "城000", "工业", "--data", str(path), "--docs", str(source)]
        made = CliRunner().invoke(cli, [*told, "-o", str(out), *space])
        assert made.exit_code == 0, made.output
        return out.with_name(f"{out.name}.manifest.json")

    old = report("old", docs.parent)
    told = ["docs", "correct", "通知.txt", str(right), "--why", "数字有误"]
    assert CliRunner().invoke(cli, [*told, *space]).exit_code == 0
    again = CliRunner().invoke(cli, ["reproduce", str(old), *space])
    said = again.output + str(again.exception or "")
    assert "已被取代" in said and "数字有误" in said and "the report is superseded" in said
    new = report("new", right)
    names = {one["name"] for one in json.loads(new.read_text("utf-8"))["inputs"]}
    assert "right.txt" in names and "通知.txt" not in names
    fresh = CliRunner().invoke(cli, ["reproduce", str(new), "--json", *space])
    assert json.loads(fresh.stdout)["superseded"] == [] and json.loads(fresh.stdout)["same"]


def test_a_kept_analysis_does_not_date_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tanzhe import load
    from tanzhe.api.reports.findings import Inquiry, investigate
    from tanzhe.model import run
    from tanzhe.workspace import Workspace

    class Later(run.datetime):
        """A clock that is three days later at each look."""

        days = 0

        @classmethod
        def now(cls, tz: object = None) -> "Later":
            cls.days += 3
            return cls(2026, 1, 1 + cls.days)

    monkeypatch.setattr(run, "datetime", Later)
    path = table(tmp_path / "城.csv", {"城000": city(0, 0.25), "城001": city(1)})
    with Workspace.open(tmp_path / "space") as workspace:
        first = investigate(load("城000", "工业", path), Inquiry(), workspace=workspace)
        again = investigate(load("城000", "工业", path), Inquiry(), workspace=workspace)
    assert again.found is not None and first.found is not None
    assert again.found.manifest.created == first.found.manifest.created
    assert again.manifest.created > first.manifest.created
    assert again.manifest.parameters["window"] == "-2,3"
