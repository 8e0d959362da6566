"""Adding a thing is one file: every registry is walked, and what walks it keeps the contract."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from house.test_house import ROOT, SOURCE
from tanzhe import registries
from tanzhe.audits.checks import checks
from tanzhe.bundled import rows
from tanzhe.cli.main import COMMANDS
from tanzhe.registries import declared, modules
from tanzhe.reports.forms import FORMS
from tanzhe.reports.products import PRODUCTS
from tanzhe.reports.registers.register import registers

# What a check may ask for; the parameters that `run_checks` fills.
GIVEN = {"report", "verdicts", "item", "at", "today", "other", "held", "points"}


@pytest.mark.parametrize("name", checks())
def test_a_check_asks_for_what_is_given(name: str) -> None:
    _, needs = checks()[name]
    assert "verdicts" in needs, f"check_{name} has no parameter `verdicts`"
    assert needs <= GIVEN, f"check_{name} asks for {needs - GIVEN}; there are {GIVEN}"


def test_no_function_called_a_check_is_left_out() -> None:
    for path in (SOURCE / "audits" / "checks").glob("*.py"):
        named = {line.split("(")[0][4:] for line in path.read_text("utf-8").splitlines()
                 if line.startswith("def check_")}  # fmt: skip
        assert named <= {f"check_{path.stem}"}, f"{path}: the check of a file has its name"


def test_kinds_of_findings_are_those_with_names() -> None:
    """A kind without a row of names cannot be printed; one that nobody tells is no kind."""
    told = {
        call.args[0].value
        for path in (SOURCE / "audits").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "wrong"
        and isinstance(call.args[0], ast.Constant)
    }
    named = {row["kind"] for row in rows("tanzhe.audits.data", "kinds.csv")}
    assert told == named, "src/tanzhe/audits/data/kinds.csv: a row a kind, with both names"


def test_every_module_of_forms_and_commands_is_found() -> None:
    for package, name, found in (
        ("tanzhe.reports.forms", "FORM", len(FORMS)),
        ("tanzhe.cli", "ON_HELP_PAGE", len(set(COMMANDS.values()))),
        ("tanzhe.reports.products", "PAGES", len({home for home, _ in PRODUCTS.values()})),
    ):
        home = SOURCE.joinpath(*package.split(".")[1:])
        saying = [p for p in home.glob("*.py") if f"\n{name} = " in p.read_text("utf-8")]
        assert len(saying) == found == len(declared(package, name))


def test_places_on_the_help_page_are_taken_once() -> None:
    places: dict[int, list[str]] = {}
    for one in declared("tanzhe.cli", "ON_HELP_PAGE").values():
        for name, place in one.items():
            places.setdefault(place, []).append(name)
    shared = {place: names for place, names in places.items() if len(names) > 1}
    assert not shared, f"one of them takes a place between two others of {sorted(places)}"
    assert len(places) == len(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_tells_of_every_command(name: str) -> None:
    pages = (page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md"))
    assert any(f"tanzhe {name}" in page for page in pages), f"tell of `tanzhe {name}` under docs/"


def test_registers_are_the_folders_that_say_so() -> None:
    home = SOURCE / "reports" / "registers"
    assert list(registers()) == sorted(path.parent.name for path in home.glob("*/register.yaml"))


def test_reading_a_registry_imports_none_of_it() -> None:
    asked = (
        "import sys; from tanzhe.reports.forms import FORMS; from "
        "tanzhe.api.evidence.online import known_sources; from "
        "tanzhe.reports.products import PRODUCTS; known_sources(); "
        "print([m for m in ('openpyxl', 'typst', 'tanzhe.connectors.bocha') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_literal_is_read_whatever_its_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "trial"
    home.mkdir()
    (home / "__init__.py").write_text("")
    (home / "one.py").write_text('X = 1\nKIND = "a"  # a remark\nY = 2\n')
    (home / "two.py").write_text('KIND: dict[str, int] = {\n    "b": 2,\n}\nraise SystemExit\n')
    (home / "none.py").write_text("OTHER_KIND = 3\ndef f():\n    KIND = 4\n")
    (home / "_own.py").write_text('KIND = "unread"\n')
    (home / "wrong.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    assert declared("trial", "KIND") == {"one": "a", "two": {"b": 2}}
    assert modules("trial") == ("none", "one", "two", "wrong")
    registries.declared.cache_clear()
    (home / "wrong.py").write_text("KIND = made()\n")
    with pytest.raises(ValueError, match="malformed"):
        declared("trial", "KIND")
