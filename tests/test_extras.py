"""Extras: none is loaded before it is needed, and a missing one is named in both languages."""

import subprocess
import sys

import pytest

from tanzhe import extras
from tanzhe.errors import InputError


def test_no_extra_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, tanzhe.api, tanzhe.cli.report, tanzhe.extras as e;"
        "print(sorted({*e.EXTRAS, 'scipy.stats', 'scipy.optimize'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_each_missing_module_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    with pytest.raises(InputError) as refused:
        extras.require("numba", "pandas", where="here")
    told = [(one.where, one.what.zh, one.do.en) for one in refused.value.faults]
    assert told == [
        ("here", "没有安装 numba", "Run pip install 'tanzhe[panels]'"),
        ("here", "没有安装 pandas", "Run pip install 'tanzhe[panels]'"),
    ]
    with pytest.raises(InputError, match=r"tanzhe\[meters\]"):
        extras.require("pyarrow", extra="meters")


def test_the_pages_bring_what_they_offer() -> None:
    """Meters, PDF, web pages and signatures from `pip install "tanzhe[serve]"` alone."""
    import re
    import tomllib
    from pathlib import Path

    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    extras_of = tomllib.loads(text)["project"]["optional-dependencies"]
    brought: set[str] = set()
    waiting = ["serve"]
    while waiting:
        for line in extras_of[waiting.pop()]:
            others = re.fullmatch(r"tanzhe\[(.+)\]", line)
            if others:
                waiting += others[1].split(",")
            else:
                brought.add(re.split("[<>=]", line)[0])
    assert {"duckdb", "pyarrow", "typst", "trafilatura", "cryptography"} <= brought
