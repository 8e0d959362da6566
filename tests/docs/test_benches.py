"""A bench tells how it is called."""

import runpy
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.mark.parametrize("name", ["saturation", "seeds", "points", "long_series", "faults"])
@pytest.mark.parametrize(("wrong", "code"), [("--help", 0), ("--nothing", 2)])
def test_a_bench_tells_how_it_is_called(
    name: str,
    wrong: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", [f"{name}.py", wrong])
    monkeypatch.setattr(sys, "path", [str(BENCH), *sys.path])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(BENCH / f"{name}.py"), run_name="__main__")
    assert left.value.code == code
    told = capsys.readouterr()
    assert f"usage: {name}.py" in told.out + told.err
