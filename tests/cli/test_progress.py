"""Progress names its stage and the time left once, and only ever grows."""

import re

import pytest
from click.testing import CliRunner

from tanzhe.api.reports.findings import Inquiry, investigate
from tanzhe.api.series.turning import load
from tanzhe.cli.main import cli
from tanzhe.cli.shared import progress as module
from tanzhe.cli.shared.language import choose
from tanzhe.cli.shared.progress import log_line, time_left
from tanzhe.errors import Words

STAGE = Words("读取文档", "Reading documents")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "读取文档 25% · 约剩 18 秒"),
        ("en", "Reading documents 25% · about 18 s left"),
        (None, "读取文档 Reading documents 25% · 约剩 18 秒 about 18 s left"),
    ],
)
def test_the_line_is_in_the_language_chosen(
    language: str | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TANZHE_LANG", raising=False)
    choose(["--lang", language] if language else [])
    assert log_line(STAGE, 20, 80, 18.2) == told
    choose(["--lang", "en"])
    assert log_line(STAGE, 20, 0, None) == "Reading documents 20"
    assert time_left(3000) == "about 50 min left"
    choose([])


@pytest.mark.learns
def test_the_count_of_a_report_never_starts_again() -> None:
    told: list[tuple[str, float]] = []

    def progress(what: Words, done: int, total: int) -> None:
        told.append((what.en, done / total))

    investigate(load("甘肃", "工业"), Inquiry(), progress=progress)
    stages = [stage for stage, _ in told]
    assert len(dict.fromkeys(stages)) <= 2 + 4  # the searches, and what was found for each series
    searching = [share for stage, share in told if stage == stages[0]]
    assert searching == sorted(searching) and searching[-1] == 1.0


def test_a_log_has_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr(module.time, "monotonic", lambda: float(next(clock)))
    with module.Progress() as progress:
        for number in range(1, 11):
            progress(STAGE, number, 10)
    lines = capsys.readouterr().err.splitlines()
    assert 2 <= len(lines) <= 5 and all(re.match(r"读取文档 .*\d+%", line) for line in lines)
    assert "\x1b" not in "".join(lines)


def test_quick_work_says_nothing() -> None:
    assert CliRunner().invoke(cli, ["chronicle", "list", "--json"]).stderr == ""
