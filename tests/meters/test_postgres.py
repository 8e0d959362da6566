"""The same months by firm from PostgreSQL as from the files."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tanzhe.api.meters.readings import add_readings, firm_months, open_store, publish_months
from tanzhe.cli.main import cli
from tanzhe.errors import InputError, SourceError
from tanzhe.meters.postgres import months_by_firm

LIST = """\
表号,企业,能源品种,单位,上级表,倍率,供应方式
E,园区,电力,kWh,,1,网购电
A,甲,电力,kWh,E,1,
B,乙's,电力,kWh,E,1,
G,甲,天然气,Nm3,,1,
"""
TIMES = ["2025-01-01 00:00", "2025-02-01 00:00", "2025-03-01 00:00"]


def store_of(folder: Path, scale: float = 1.0) -> Any:
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    per_month = {"E": 100.25, "A": 60.5, "B": 30.0, "G": 12.75}
    rows = [
        f"{name},{time},{at * one * scale}"
        for name, one in per_month.items()
        for at, time in enumerate(TIMES)
        if not (name == "B" and at == 2)
    ]
    (folder / "r.csv").write_text("\n".join(["meter,time,reading", *rows]), encoding="utf-8")
    store = open_store(folder / "w")
    add_readings(store, [folder / "list.csv", folder / "r.csv"])
    return store


def test_both_engines_say_the_same_and_a_second_run_replaces(server: Any, tmp_path: Path) -> None:
    address = server.fresh()
    store = store_of(tmp_path)
    count = publish_months(store, address)
    files = firm_months(store)
    assert count > 0 and months_by_firm(address) == files
    assert {(one.firm, one.complete) for one in files if one.month == "2025-02"} >= {
        ("甲", True), ("乙's", False),
    }  # fmt: skip
    assert publish_months(store, address, ["2025-01"]) < count
    assert months_by_firm(address) == files
    assert months_by_firm(address, ["2025-01"]) == [o for o in files if o.month == "2025-01"]


def test_the_command_and_its_faults(server: Any, tmp_path: Path) -> None:
    store_of(tmp_path)
    workspace = ["--workspace", str(tmp_path / "w")]
    done = CliRunner().invoke(cli, ["meters", "publish", server.fresh(), "2025", *workspace])
    assert done.exit_code == 0 and "已写入" in done.output
    store = open_store(tmp_path / "w")
    with pytest.raises(InputError, match="不是数据库地址"):
        publish_months(store, "folder/file")
    with pytest.raises(InputError, match="数据库不允许"):
        months_by_firm(server.address("postgres"))  # nothing was published there
    with pytest.raises(SourceError, match="连不上"):
        publish_months(store, "postgresql://me@127.0.0.1:1/none")
