"""Inside `parks`, a module imports from its own package and those before it only."""

import ast
from pathlib import Path

import tanzhe.parks

FOLDER = Path(tanzhe.parks.__file__).parent
ORDER = (
    "words",
    "amounts",
    "terms",
    "account",
    "assessment",
    "entry",
    "office",
    "measures",
    "planning",
    "compare",
)


def test_packages_import_downwards() -> None:
    wrong = [
        f"{path.relative_to(FOLDER)}: {name}"
        for path in FOLDER.rglob("*.py")
        for name in _imported(path)
        if path.parent.name != "data" and path != FOLDER / "__init__.py"
        if ORDER.index(name) > ORDER.index(path.relative_to(FOLDER).parts[0].removesuffix(".py"))
    ]
    assert wrong == []


def _imported(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [name.split(".")[2] for name in modules if name.startswith("tanzhe.parks.")]
