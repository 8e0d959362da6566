"""The rooms inside a package have an order too: `reports` is built from facts up to products."""

import ast

import pytest

from house.test_house import SOURCE, imported

REPORTS = SOURCE / "reports"
# A room reads itself and those that stand before it.
ORDER = (
    "facts", "words", "registers", "pages", "parts", "charts", "forms", "answers", "park",
    "products",
)  # fmt: skip
WHOLE = ("__init__", "build", "render")  # they join the rooms


def rooms_read(source: str) -> set[str]:
    """The rooms of `reports` that a source imports."""
    names = [name for _, name in imported(ast.parse(source)) if name.startswith("tanzhe.reports")]
    return {(name + "..").split(".")[2] or "__init__" for name in names}


def test_every_room_has_a_place() -> None:
    found = {path.relative_to(REPORTS).with_suffix("").parts[0] for path in REPORTS.rglob("*.py")}
    assert found == {*ORDER, *WHOLE}


@pytest.mark.parametrize("room", ORDER)
def test_rooms_read_only_rooms_before_them(room: str) -> None:
    allowed = set(ORDER[: ORDER.index(room) + 1])
    wrong = {
        str(path.relative_to(REPORTS)): sorted(more)
        for path in sorted((REPORTS / room).rglob("*.py"))
        if (more := rooms_read(path.read_text(encoding="utf-8")) - allowed)
    }
    assert wrong == {}


def test_an_arrow_up_is_noticed() -> None:
    assert rooms_read("from tanzhe.reports import render") == {"__init__"}
    assert rooms_read("import tanzhe.reports.park.words") == {"park"}
