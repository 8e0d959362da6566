"""The rooms inside a large package have an order too: each reads itself and those before it."""

import ast
from pathlib import Path

import pytest

from house.test_house import SOURCE, imported

# A name without a folder is a file of the package; what stands in no list joins the rooms.
ORDER = {
    "reports": (
        "facts", "words", "registers", "pages", "parts", "charts", "forms", "answers", "park",
        "products",
    ),
    "text": ("spans", "tables", "gaps", "dates", "quantities", "names", "files"),
    "policy": ("words", "outline", "bodies", "frame", "tables", "sentences"),
    "audits": ("words", "hosts", "records", "spans", "lines", "claims", "layout", "checks"),
    "evidence": ("chronicle_records", "chronicle", "events", "links", "finders", "grading"),
    "cli": ("shared", "lines"),
    "api": (
        "rules", "files", "evidence", "series", "parks", "meters", "footprints", "batches",
        "reports", "board", "house",
    ),
}  # fmt: skip
JOINING = {
    "reports": {"render"}, "text": set(), "policy": {"read", "json"},
    "audits": {"report", "json"}, "evidence": {"gather"}, "api": set(),
    "cli": {one.stem for one in (SOURCE / "cli").glob("*.py")} - {"__init__"},  # a file a command
}  # fmt: skip
ROOMS = [(package, room) for package, rooms in ORDER.items() for room in rooms]
MOST = 25


def files_of(package: str, room: str) -> list[Path]:
    home = SOURCE / package / room
    return sorted(home.rglob("*.py")) if home.is_dir() else [home.with_suffix(".py")]


def rooms_read(source: str, package: str) -> set[str]:
    """The rooms of a package that a source imports; the whole package is `__init__`."""
    start = f"tanzhe.{package}"
    names = [name for _, name in imported(ast.parse(source))]
    inside = [name for name in names if name == start or name.startswith(f"{start}.")]
    return {(name + "..").split(".")[2] or "__init__" for name in inside}


@pytest.mark.parametrize("package", ORDER)
def test_every_room_has_a_place(package: str) -> None:
    home = SOURCE / package
    found = {path.relative_to(home).with_suffix("").parts[0] for path in home.rglob("*.py")}
    assert found | {"data"} == {*ORDER[package], *JOINING[package], "__init__", "data"}


@pytest.mark.parametrize(("package", "room"), ROOMS, ids=lambda one: str(one))
def test_rooms_read_only_rooms_before_them(package: str, room: str) -> None:
    rooms = ORDER[package]
    allowed = set(rooms[: rooms.index(room) + 1])
    wrong = {
        str(path.relative_to(SOURCE)): sorted(more)
        for path in files_of(package, room)
        if (more := rooms_read(path.read_text(encoding="utf-8"), package) - allowed)
    }
    assert wrong == {}


def test_an_arrow_up_is_noticed() -> None:
    assert rooms_read("from tanzhe.reports import render", "reports") == {"__init__"}
    assert rooms_read("import tanzhe.reports.park.words", "reports") == {"park"}
    assert rooms_read("from tanzhe.model import Note", "reports") == set()


@pytest.mark.parametrize("package", [one for one in ORDER if one != "cli"])
def test_no_room_is_a_corridor(package: str) -> None:
    for folder in [SOURCE / package, *(SOURCE / package).rglob("*")]:
        assert not folder.is_dir() or len(list(folder.glob("*.py"))) <= MOST, folder
