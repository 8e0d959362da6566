"""Every example in a docstring runs."""

import doctest
import importlib
import pkgutil

import pytest

import tanzhe

NAMES = [
    m.name for m in pkgutil.walk_packages(tanzhe.__path__, "tanzhe.") if "__main__" not in m.name
]


@pytest.mark.parametrize("name", NAMES)
def test_examples_run(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert failed == 0
