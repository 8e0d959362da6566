"""The public names are few, listed, and loaded only when used."""

import subprocess
import sys

import pytest

import tanzhe


def test_every_listed_name_is_there_and_has_one_home() -> None:
    for name in tanzhe.__all__:
        assert getattr(tanzhe, name).__name__ == name
    listed = [name for names in tanzhe._HOMES.values() for name in names]
    assert sorted(listed) == sorted(tanzhe.__all__)
    assert set(tanzhe.__all__) <= set(dir(tanzhe))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="turning_pionts"):
        tanzhe.turning_pionts  # noqa: B018


def test_importing_the_package_loads_no_heavy_library() -> None:
    code = (
        "import sys, tanzhe; print([m for m in ('numpy', 'scipy', 'pandas') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
