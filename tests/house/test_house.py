"""The rules of the house, read from the source with `ast`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "tanzhe"
LONGEST_FILE = 400
LONGEST_CLASS = 150  # lines; a longer one says why in a sentence that begins: Long because

LEVELS = {
    "errors": 0, "bundled": 0, "faults": 0.5, "trees": 0, "writing": 0,
    "archives": 1, "characters": 1, "child": 1, "daily_means": 1,
    "names": 1, "numerals": 1, "operators": 1, "quantity": 1,
    "periods": 1, "places": 1, "sectors": 1, "data": 1, "disk": 1, "extras": 1, "kept": 1,
    "registries": 1, "solver": 1, "threads": 1,
    "model": 2,
    "notes": 2.5, "terms": 2.5,  # whose words are data
    "rulebook": 3, "tables": 3, "text": 3, "workspace": 3,
    "series": 4, "turning": 4, "evidence": 4, "audits": 4, "policy": 4, "parks": 4, "connectors": 4,
    "peaks": 4, "meters": 4, "footprints": 4,
    "tracking": 4.5,  # joins documents, parks and series; reports read it
    "effects": 5, "runs": 5,
    "reports": 5,
    "api": 6,
    "web": 7, "mcp": 7,
    "cli": 8,
    "__main__": 9,
}  # fmt: skip
# Vocabulary is one level with one order inside: names serves the others, data is read by all.
SIDEWAYS = {
    ("places", "names"), ("sectors", "names"), ("numerals", "characters"),
    ("daily_means", "periods"),
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def package_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[0]


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"relative import in line {node.lineno}"
            if node.module == "tanzhe":
                for alias in node.names:
                    yield node.lineno, f"tanzhe.{alias.name}"
            else:
                yield node.lineno, node.module


def forbidden_imports(package: str, source: str) -> list[str]:
    """Imports of `source`, a module of `package`, that go up or sideways."""
    found = []
    for line, name in imported(ast.parse(source)):
        if name != "tanzhe" and not name.startswith("tanzhe."):
            continue
        other = (name + ".").split(".")[1]
        if other not in LEVELS:  # a public name: the face stands above everything
            found.append(f"line {line}: {package} imports tanzhe itself")
            continue
        if other == package or (package, other) in SIDEWAYS:
            continue
        if LEVELS[other] >= LEVELS[package]:
            found.append(f"line {line}: {package} imports {other}")
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_down(path: Path) -> None:
    package = package_of(path)
    if package == "__init__":  # the public names come from anywhere
        return
    assert package in LEVELS, f"{package} has no level"
    assert forbidden_imports(package, path.read_text(encoding="utf-8")) == []


def test_upward_and_sideways_imports_are_noticed() -> None:
    assert forbidden_imports("turning", "from tanzhe.series import x") != []
    assert forbidden_imports("model", "import tanzhe.reports") != []
    assert forbidden_imports("evidence", "def f():\n    from tanzhe.connectors import y") != []
    assert forbidden_imports("reports", "from tanzhe.model import Note") == []
    assert forbidden_imports("api", "from tanzhe import load") != []
    assert forbidden_imports("api", "import tanzhe") != []


def named_above(package: str, source: str) -> list[str]:
    """Modules of higher rooms that a source of `package` names in a text, to import them late."""
    texts = [
        one.value
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    names = [re.fullmatch(r"tanzhe\.(\w+)(?:\.\w+)*", text) for text in texts]
    return [
        one[0]
        for one in names
        if one and one[1] != "data" and LEVELS.get(one[1], 0) > LEVELS[package]
    ]  # data are read by all


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_room_reaches_up_by_name(path: Path) -> None:
    package = package_of(path)
    source = path.read_text(encoding="utf-8")
    assert package == "__init__" or named_above(package, source) == []


def test_a_name_of_a_higher_room_is_noticed() -> None:
    assert named_above("model", 'import_module("tanzhe.api.files.forms")') == [
        "tanzhe.api.files.forms"
    ]
    assert named_above("api", 'files("tanzhe.data")') == []


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_long_file(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{path.name} has {lines} lines: split it by noun"


def long_classes(source: str) -> list[str]:
    """Classes over the longest that give no reason."""
    return [
        f"{node.name} has {lines} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_CLASS
        and "Long because " not in (ast.get_docstring(node) or "")
    ]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_long_class_without_a_reason(path: Path) -> None:
    assert long_classes(path.read_text(encoding="utf-8")) == [], "take it apart by noun"


def test_a_long_class_is_noticed() -> None:
    body = "    x = 1\n" * LONGEST_CLASS
    assert long_classes(f'class A:\n    """One."""\n{body}') == ["A has 152 lines"]
    assert long_classes(f'class A:\n    """One.\n\n    Long because it is.\n    """\n{body}') == []
    assert long_classes("class A:\n" + "    x = 1\n" * (LONGEST_CLASS - 1)) == []


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_public_names_have_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{path.name} has no docstring"
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, kinds) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert bare == []


def glossary_words() -> set[str]:
    """Classes of the model, and every option of its closed choices."""
    words: set[str] = set()
    for path in (SOURCE / "model").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                words.add(node.name)
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
                words.update(re.findall(r"'(\w+)'", ast.unparse(node.slice)))
    return words


def test_glossary_is_complete() -> None:
    known = set(re.findall(r"`(\w+)`", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")))
    assert sorted(glossary_words() - known) == []


def test_forbidden_word_is_not_used() -> None:
    # Registers list it among their forbidden words; nothing else may hold it.
    others = [p for p in SOURCE.rglob("*.yaml") if p.name != "register.yaml"]
    for path in [*modules(), *SOURCE.rglob("*.j2"), *others]:
        assert "拐点" not in path.read_text(encoding="utf-8"), path


def test_every_dependency_is_explained() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    extras = project["optional-dependencies"].values()
    for line in [*project["dependencies"], *(one for extra in extras for one in extra)]:
        name = re.split(r"[<>=\[]", line)[0]
        is_own = name == project["name"]  # an extra that brings others
        assert is_own or f"`{name}`" in explained, (
            f"docs/dependencies.md does not say why {name} is here"
        )
