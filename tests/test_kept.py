"""Keys of kept results: what changes them, and what does not."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanzhe import kept

FILES = {
    "asked.py": "from tanzhe.engine import (\n    searched,\n    told,\n)\n",
    "engine/__init__.py": "from tanzhe.engine.deep import searched, told\n",
    "engine/deep.py": "def later():\n    from tanzhe.words import said\n",
    "words.py": 'text = files("tanzhe.data").joinpath("words.yaml")\n',
    "data/words.yaml": "one: 1\n",
    "other.py": "from tanzhe.asked import nothing\n",
}
Plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
Nested = st.recursive(
    Plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


def digest(folder: Path, **files: str) -> str:
    """Of the code behind a module of a small package."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return kept.code("tanzhe.asked", folder)


@pytest.mark.parametrize("name", list(FILES))
def test_the_sources_and_files_behind_a_module_count(tmp_path: Path, name: str) -> None:
    before = digest(tmp_path / "a", **FILES)
    assert digest(tmp_path / "b", **FILES) == before
    after = digest(tmp_path / "c", **{**FILES, name: FILES[name] + "# more\n"})
    assert (after == before) == (name == "other.py")  # which nothing here imports


def test_what_finds_episodes_is_behind_them() -> None:
    root = Path(kept.__file__).parent
    found = {
        path.relative_to(root).as_posix() for path in kept.behind(root / "api/series/episode.py")
    }
    assert {"turning/episodes/growth.py", "series/calendar.py", "model/series.py", "places.py",
            "data/provinces.csv", "data/episode_stability.csv"} <= found  # fmt: skip
    assert not any(name.startswith(("cli/", "web/", "reports/")) for name in found)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(Nested, Nested)
def test_two_contents_have_two_keys(one: object, two: object) -> None:
    assert (kept.key("tanzhe.periods", one) == kept.key("tanzhe.periods", two)) == (
        repr(one) == repr(two)
    )


def test_arrays_count_by_every_digit() -> None:
    one = np.array([1.0, np.nan])
    assert kept.key("tanzhe.periods", one) == kept.key("tanzhe.periods", one.copy())
    assert kept.key("tanzhe.periods", one) != kept.key("tanzhe.periods", one + 1e-16 + 1e-15)
    assert kept.key("tanzhe.periods", one) != kept.key("tanzhe.periods", one[:, None])


def test_an_unknown_module_has_no_key() -> None:
    with pytest.raises(ModuleNotFoundError):
        kept.key("tanzhe.nowhere")


def test_names_in_brackets_are_followed_too(tmp_path: Path) -> None:
    (tmp_path / "asked.py").write_text(
        "from tanzhe.rooms import (\n    one,\n    two,\n)\nfrom tanzhe.rooms import three\n"
    )
    (tmp_path / "rooms").mkdir()
    for name in ("__init__", "one", "two", "three", "four"):
        (tmp_path / "rooms" / f"{name}.py").write_text(f"# {name}\n")
    found = {path.name for path in kept.behind(tmp_path / "asked.py", tmp_path)}
    assert found == {"asked.py", "__init__.py", "one.py", "two.py", "three.py"}


def test_what_runs_and_what_is_read_counts(tmp_path: Path) -> None:
    """Watched in a process of its own: no function and no packaged file is beside the keys."""
    script = Path(__file__).with_name("traced.py")
    told = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    assert found["events"] > 0
    assert found["outside"] == {"tanzhe.evidence.finders.find": [], "tanzhe.api.series.turning": []}
