"""Every module can be imported, by itself and without a warning."""

import pkgutil
import subprocess
import sys

import tanzhe

CODE = """
import importlib, sys, warnings
warnings.simplefilter("error")
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def test_every_module_is_imported_without_a_warning() -> None:
    found = pkgutil.walk_packages(tanzhe.__path__, "tanzhe.")
    names = [one.name for one in found if one.name != "tanzhe.__main__"]
    assert len(names) > 100
    done = subprocess.run(
        [sys.executable, "-c", CODE, *names], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert done.stdout == ""


def test_a_name_costs_no_library() -> None:
    """`import tanzhe` and the help page load neither NumPy nor what draws in the terminal."""
    code = (
        "import sys, tanzhe, tanzhe.cli;"
        "print(sorted({'numpy', 'pandas', 'rich', 'pydantic', 'openpyxl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
