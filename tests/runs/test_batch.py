"""A run gives what single questions give, once each, whatever happens to it on the way."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from runs.conftest import cities, city, files_of, table
from tanzhe import episodes, load, peak
from tanzhe.api.batches import batch as module
from tanzhe.api.batches import work as batch_work
from tanzhe.api.batches.batch import Run, batch, resume
from tanzhe.api.batches.tasks import Ask
from tanzhe.cli.main import cli
from tanzhe.errors import InputError
from tanzhe.runs.executors import Processes
from tanzhe.runs.folder import read_rows, segment
from tanzhe.runs.manifest import read_manifest
from tanzhe.series import company


def test_every_row_is_the_answer_to_the_single_question(run: Run, data: Path) -> None:
    rows = {(r["source_name"], r["region_name"]): r for r in read_rows(run.folder, "series")}
    assert len(rows) == 6 == run.manifest.outputs.series
    told = list(read_rows(run.folder, "episodes"))
    assert len(told) == run.manifest.outputs.episodes
    for (source, region), row in rows.items():
        series = load(region, "工业", data / source)
        found = episodes(series)
        own = [one for one in told if (one["source_name"], one["region_name"]) == (source, region)]
        assert [(one["id"], one["begin"], one["end"], one["shape"]) for one in own] == [
            (one.id, one.begin, one.end, one.shape) for one in found.episodes
        ]
        assert [one["depth_percent"] for one in own] == pytest.approx(
            [one.depth_percent for one in found.episodes]
        )
        assert row["status"] == "done" and row["compared_with"] == 2
        try:
            judged = peak(series).status
        except InputError:
            judged = None
        assert row["peak_status"] == judged
    fallen = rows["甲.csv", "城000"]
    assert fallen["begin"] == "2021-02" and fallen["depth_percent"] < -20


def test_the_manifest_says_what_each_output_rests_on(run: Run, data: Path) -> None:
    names = {one.name for one in run.manifest.inputs}
    assert names == {"tanzhe data", "甲.csv", "乙.csv"}
    lines = (run.folder / "outputs.jsonl").read_text("utf-8").splitlines()
    listed = [json.loads(line) for line in lines]
    assert len(listed) == len(list(run.folder.rglob("*.parquet"))) == 12
    for one in listed:
        source = one["path"].split("source=")[1].split("/")[0]
        assert one["rests_on"] == ["tanzhe data", source]
    assert run.manifest.seeds and run.manifest.settings["data"] == "tables"
    assert str(data) not in json.dumps(run.manifest.settings)


def test_processes_give_the_same_bytes(run: Run, data: Path, tmp_path: Path) -> None:
    other = batch(Ask(data=str(data)), out=tmp_path / "two", executor=Processes(2))
    assert files_of(other.folder) == files_of(run.folder)
    assert other.manifest.id == run.manifest.id
    assert other.manifest.made.executor == "processes"


class Stopped(BaseException):
    """What a kill is to the process that has it."""


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Stop the run after so many tasks."""
    real = module.work

    def stop(after: int) -> None:
        done = 0

        def work(task: module.Task) -> batch_work.Worked:
            nonlocal done
            if done == after:
                raise Stopped
            done += 1
            return real(task)

        monkeypatch.setattr(module, "work", work)

    yield stop


def test_a_stopped_run_goes_on_where_it_was(
    run: Run, data: Path, tmp_path: Path, stopping: Callable[[int], None]
) -> None:
    stopping(1)
    with pytest.raises(Stopped):
        batch(Ask(data=str(data)), out=tmp_path / "cut")
    lines = (tmp_path / "cut" / "journal.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 1
    with pytest.raises(InputError, match="没有完成"):
        list(read_rows(tmp_path / "cut", "series"))
    stopping(1)  # one more task may be done, and one is left
    done = resume(tmp_path / "cut")
    assert files_of(done.folder) == files_of(run.folder)
    lines = (tmp_path / "cut" / "journal.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 2 == len({json.loads(line)["task"] for line in lines})
    stopping(0)
    assert resume(tmp_path / "cut").manifest == done.manifest  # nothing left to do


@pytest.mark.parametrize("harm", ["torn line", "altered", "gone", "empty"])
def test_what_is_not_whole_is_done_again(run: Run, tmp_path: Path, harm: str) -> None:
    folder = Path(shutil.copytree(run.folder, tmp_path / "harmed"))
    victim = sorted(folder.rglob("*.parquet"))[0]
    if harm == "torn line":
        journal = folder / "journal.jsonl"
        journal.write_bytes(journal.read_bytes()[:-20])
    elif harm == "gone":
        victim.unlink()
    else:
        victim.write_bytes(b"" if harm == "empty" else b"x" + victim.read_bytes())
        with pytest.raises(InputError, match="改动"):
            list(read_rows(folder, "episodes"))
    resume(folder)
    assert files_of(folder) == files_of(run.folder)


def test_another_question_or_other_data_are_refused(run: Run, data: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run.folder, tmp_path / "copy"))
    with pytest.raises(InputError, match="设置不同"):
        batch(Ask(data=str(data), regions=("城001",)), out=folder)
    moved = Path(shutil.copytree(data, tmp_path / "moved"))
    assert resume(folder, data=str(moved)).manifest.id == run.manifest.id
    table(moved / "乙.csv", cities(3, seed=20))
    with pytest.raises(InputError, match="输入数据不同"):
        resume(folder, data=str(moved))
    assert files_of(folder) == files_of(run.folder)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="别的文件"):
        batch(Ask(data=str(data)), out=tmp_path / "notes")


def test_one_bad_table_and_one_bad_region_take_nobody_with_them(tmp_path: Path) -> None:
    held = cities(3)
    held["城002"] = [-1.0 if i == 30 else v for i, v in enumerate(held["城002"])]
    table(tmp_path / "in" / "好.csv", held)
    (tmp_path / "in" / "坏.csv").write_text("不是表格", "utf-8")
    done = batch(Ask(data=str(tmp_path / "in")), out=tmp_path / "out")
    rows = {row["region_name"]: row for row in read_rows(done.folder, "series")}
    assert {name: row["status"] for name, row in rows.items()} == {
        "城000": "done", "城001": "done", "城002": "refused", "坏.csv": "refused"
    }  # fmt: skip
    assert "负" in rows["城002"]["why_zh"] and "egative" in rows["城002"]["why_en"]
    assert done.manifest.outputs.refused == 2


def test_files_of_one_region_each_are_compared_with_each_other(tmp_path: Path) -> None:
    for i in range(4):
        rows = zip(
            [f"{2019 + k // 12}-{k % 12 + 1:02d}" for k in range(48)],
            city(i, 0.25 if i == 0 else 0), strict=True,
        )  # fmt: skip
        text = "\n".join(["月份,排放量(万吨CO2)", *(f"{m},{v}" for m, v in rows)])
        (tmp_path / f"城{i}.csv").write_text(text, "utf-8")
    done = batch(Ask(data=str(tmp_path), sectors=("工业",)), out=tmp_path / "out")
    rows = list(read_rows(done.folder, "series"))
    assert [row["region_name"] for row in rows] == ["城0", "城1", "城2", "城3"]
    assert {row["compared_with"] for row in rows} == {3}
    assert {row["sector_name"] for row in rows} == {"industry"}


def test_files_of_one_year_each_are_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    whole = cities(3)
    lines = table(tmp_path / "all.csv", whole).read_text("utf-8").splitlines()
    folder.mkdir()
    for year in range(2019, 2023):
        own = [line for line in lines[1:] if line.startswith(f"{year}-")]
        (folder / f"排放{year}年.csv").write_text("\n".join([lines[0], *own]) + "\n", "utf-8")
    # Two issues of the whole table are no years of one, whatever they are called.
    for year in (2021, 2022):
        table(folder / f"全部{year}.csv", whole)
    done = batch(Ask(data=str(folder)), out=tmp_path / "run")
    rows = list(read_rows(done.folder, "series"))
    split = [row for row in rows if row["source_name"] == "排放2019-2022年.csv"]
    whole_run = batch(Ask(data=str(tmp_path / "all.csv")), out=tmp_path / "one")
    same = ("region_name", "first", "last", "periods", "compared_with", "episodes", "depth_percent")
    expected = [[row[name] for name in same] for row in read_rows(whole_run.folder, "series")]
    assert [[row[name] for name in same] for row in split] == expected and len(split) == 3
    assert all("years_joined" in row["notes"] for row in split)
    assert [one.name for one in done.manifest.inputs if one.name.startswith("排放")] == [
        f"排放{year}年.csv" for year in range(2019, 2023)
    ]
    others = [row for row in rows if row["source_name"].startswith("全部")]
    assert len(others) == 6 and {row["status"] for row in others} == {"done"}


def _of_year(path: Path, year: int, rows: list[str], unit: str = "万吨CO2") -> None:
    own = [row for row in rows if row.startswith(f"{year}-")]
    path.write_text("\n".join([f"月份,排放量({unit})", *own]) + "\n", "utf-8")


def test_years_of_a_city_each_in_files_of_their_own(tmp_path: Path) -> None:
    months = [f"{2019 + k // 12}-{k % 12 + 1:02d}" for k in range(48)]
    rows = {i: [f"{m},{v}" for m, v in zip(months, city(i, 0), strict=True)] for i in range(4)}
    folder = tmp_path / "in"
    folder.mkdir()
    for i, name in enumerate(("绵阳", "宜宾", "泸州", "缺年")):
        for year in range(2019, 2023):
            if (name, year) != ("缺年", 2020):
                _of_year(folder / f"{name}{year}.csv", year, rows[i])
    # A year in tonnes, and one whose figures are others in a second file.
    tonnes = [f"{row.split(',')[0]},{float(row.split(',')[1]) * 10_000}" for row in rows[1]]
    _of_year(folder / "宜宾2021.csv", 2021, tonnes, "吨CO2")
    _of_year(folder / "泸州2022.csv", 2022, [*rows[2], "2022-12,1.5"])
    done = batch(Ask(data=str(folder), sectors=("工业",)), out=tmp_path / "out")
    held = {row["region_name"]: row for row in read_rows(done.folder, "series")}
    assert set(held) == {"绵阳", "宜宾", "泸州", "缺年"}
    assert (held["绵阳"]["status"], held["绵阳"]["periods"]) == ("done", 44)
    assert {name: row["status"] for name, row in held.items() if name != "绵阳"} == dict.fromkeys(
        ("宜宾", "泸州", "缺年"), "refused"
    )
    assert "单位混用：万吨CO2、吨CO2" in held["宜宾"]["why_zh"]
    assert "2022-12" in held["泸州"]["why_zh"] and "2020-01" in held["缺年"]["why_zh"]


def test_large_tables_are_compared_in_companies_as_single_questions_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company, "LARGEST_COMPANY", 3)
    monkeypatch.setattr(batch_work, "MOST_FOLDERS", 3)
    path = table(tmp_path / "many.csv", cities(5))
    done = batch(Ask(data=str(path)), out=tmp_path / "out")
    rows = {row["region_name"]: row for row in read_rows(done.folder, "series")}
    for name, row in rows.items():
        peers = load(name, "工业", path).peers
        assert row["compared_with"] == len(peers) in (1, 2)
    parts = sorted(path.parent.name for path in (done.folder / "series").rglob("*.parquet"))
    assert parts == ["region=00001-00002", "region=00002-00002"]


def test_names_that_no_file_system_has_stay_apart(tmp_path: Path) -> None:
    names = ["a/b", "a%2Fb", "..", "区" * 100, "区" * 101, "\u202e甲", "CON:1"]
    parts = [segment(name) for name in names]
    assert len(set(parts)) == len(names)
    assert all(len(one.encode()) <= 120 and "/" not in one and one != ".." for one in parts)
    path = table(tmp_path / "odd.csv", {name: city(i) for i, name in enumerate(names[:3])})
    done = batch(Ask(data=str(path)), out=tmp_path / "out")
    assert {row["region_name"] for row in read_rows(done.folder, "series")} == set(names[:3])


def test_built_in_sources_and_the_command(tmp_path: Path) -> None:
    places = ["--out", str(tmp_path / "o"), "--workspace", str(tmp_path / "space")]
    arguments = ["batch", "--regions", "上海，西藏", "--sectors", "纯碱", *places]
    said = CliRunner().invoke(cli, [*arguments, "--json"])
    assert said.exit_code == 0, said.output
    tree = json.loads(said.stdout)
    assert [row["region_name"] for row in tree["series"]] == ["CN-SH", "CN-XZ"]
    assert tree["manifest"]["outputs"]["series"] == 2
    again = CliRunner().invoke(cli, ["--lang", "zh", "batch", "--resume", str(tmp_path / "o")])
    assert again.exit_code == 0 and "序列 2 个" in again.output, again.output
    assert read_manifest(tmp_path / "o").made.begun == tree["manifest"]["made"]["begun"]
    wrong = CliRunner().invoke(cli, ["batch", "--regions", "云楠", *arguments[3:]])
    assert wrong.exit_code != 0 and "云南" in str(wrong.exception)


def test_a_run_in_which_nothing_can_be_judged_says_so(tmp_path: Path) -> None:
    path = table(tmp_path / "short.csv", {"城": city(0)[:10]})
    arguments = ["batch", "--data", str(path), "--out", str(tmp_path / "o"), "--workspace",
                 str(tmp_path / "space")]  # fmt: skip
    said = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert said.return_value == 2 and "没有一个序列" in said.output


def test_a_matrix_opens_in_a_spreadsheet(run: Run) -> None:
    raw = (run.folder / "matrix.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
    lines = raw.decode("utf-8-sig").splitlines()
    assert len(lines) == 7 and lines[0].startswith("source_name,sector_name,region_name,status")
