"""`--json` prints JSON alone on the standard output of the process, C libraries included."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli.test_data_add import written
from tanzhe.api.house.example import write_example
from tanzhe.cli.main import cli

ROOT = Path(__file__).parents[2]
PARK = {
    "name": "示例园区", "region": "贵州", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
    "electricity": [{"supply": "grid", "kwh": 1e9}],
}  # fmt: skip
REPORT = "# 报告\n\n## 2021年5月\n\n用电量下降12%。来源：https://www.yn.gov.cn/a/2021/5.html\n"
POLICY = "某省发展改革委关于印发方案的通知\n\n某发改〔2025〕1号\n\n到2027年，能耗下降5%。\n"
# What each command that knows --json is asked; a new one needs its line here.
ASKED = {
    "turns": ("turns", "云南", "工业", "--data", "series.csv"),
    "peak": ("peak", "云南", "工业", "--data", "series.csv"),
    "power": ("power", "四川"),
    "effect": ("effect", "云南", "工业", "--data", "series.csv", "--date", "2021-05"),
    "report": ("report", "云南", "工业", "--data", "series.csv", "--offline"),
    "audit": ("audit", "report.md"),
    "policy": ("policy", "policy.txt"),
    "park assess": ("park", "assess", "park.json"),
    "park plan": ("park", "plan", "park.json", "measures.yaml"),
    "park compare": ("park", "compare", "park.json", "park2024.json"),
    "meters add": ("meters", "add", "my_meters"),
    "meters check": ("meters", "check"),
    "meters month": ("meters", "month", "2025-05"),
    "meters hours": ("meters", "hours", "hours.csv", "--storage", "300,300,540"),
    "meters ledger": ("meters", "ledger", "2025"),
    "rules list": ("rules", "list"),
    "rules parks": ("rules", "parks"),
    "rules show": ("rules", "show", "cn-yn-2025-987"),
    "data list": ("data", "list"),
    "data check": ("data", "check", "nbs-output"),
    "docs search": ("docs", "search", "限电"),
    "chronicle list": ("chronicle", "list"),
    "episodes": ("episodes", "云南", "工业", "--data", "series.csv"),
    "docs list": ("docs", "list"),
    "workspace log": ("workspace", "log"),
    "data look": ("data", "look", "series.csv"),
    "data add": ("data", "add", "download.csv"),
    "footprint calculate": ("footprint", str(ROOT / "src/tanzhe/data/example/ingot.yaml")),
    "doctor": ("doctor",),
    "track import": ("track", "import", "policy.txt", "--who", "甲"),
    "track list": ("track", "list"),
    "meters weak": ("meters", "weak", "2025"),
    "verify": ("verify", str(ROOT / "tests/footprints/data/aluminium_ingot_yunnan.json")),
}
# Asked in the tests of their own, where what they need is made.
ELSEWHERE = {
    "batch", "diff", "meters trace", "park province", "reproduce", "track add", "track join",
    "track report", "track set", "track show",
}  # fmt: skip
# One process asks all commands in turn; each writes to a file of its own in place of descriptor 1.
CHILD = """
import ctypes, json, os, sys
from tanzhe.api.house.example import write_example
from tanzhe.cli.main import cli
for name, words in json.loads(sys.argv[1]).items():
    file = os.open(name + ".out", os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(file, 1)
    try:
        cli.main(words, prog_name="tanzhe", standalone_mode=False)
    except BaseException as error:
        print(name, repr(error), file=sys.stderr)
    sys.stdout.flush()
    if os.name == "posix":
        ctypes.CDLL(None).fflush(None)
"""


def with_json(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Commands below a group that know --json, as they are typed."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from with_json(command, (*path, name))
        elif any("--json" in one.opts for one in command.params):
            yield " ".join((*path, name))


def test_every_command_with_json_is_asked() -> None:
    assert set(with_json(cli)) == set(ASKED) | ELSEWHERE


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("json")
    months = [f"{year}-{month:02d}" for year in range(2016, 2022) for month in range(1, 13)]
    rows = [f"{one}-01,{500 + i * 7 % 11}" for i, one in enumerate(months)]
    (folder / "series.csv").write_text("\n".join(["date,value", *rows]), encoding="utf-8")
    written(folder / "download.csv")
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    (folder / "policy.txt").write_text(POLICY, encoding="utf-8")
    (folder / "park.json").write_text(json.dumps(PARK), encoding="utf-8")
    (folder / "park2024.json").write_text(json.dumps({**PARK, "year": 2024}), encoding="utf-8")
    (folder / "measures.yaml").write_text(
        "措施:\n  - {名称: 绿证, 类型: 绿证, 潜力: 1000000, 单位: MWh, 单位成本: 5}\n",
        encoding="utf-8",
    )
    write_example(folder / "example")
    (folder / "example" / "my_meters").rename(folder / "my_meters")
    (folder / "example" / "hours.csv").rename(folder / "hours.csv")
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1",
        "TANZHE_WORKSPACE": str(folder / "workspace"),
    }  # fmt: skip
    asked = json.dumps({name: [*words, "--json"] for name, words in ASKED.items()})
    done = subprocess.run(
        [sys.executable, "-c", CHILD, asked],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=1800,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {name: (folder / f"{name}.out").read_text(encoding="utf-8") for name in ASKED}


@pytest.mark.parametrize("name", sorted(ASKED))
def test_standard_output_is_json_alone(name: str, printed: dict[str, str]) -> None:
    assert isinstance(json.loads(printed[name]), dict | list)
