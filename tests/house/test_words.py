"""Lists of words are data: explained, without doubles, each a pattern that captures nothing."""

import csv
import re
from pathlib import Path

import pytest

from house.test_house import SOURCE

TABLES = sorted(SOURCE.rglob("data/words.csv"))
NAMES = SOURCE / "tables" / "data" / "names.csv"  # compared as they stand: no patterns


def rows(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(row["list"], row["word"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.parts[-3])
def test_words_are_patterns_and_stand_once(path: Path) -> None:
    found = rows(path)
    assert len(found) == len(set(found)) > 100
    for name, word in found:
        assert name.strip() == name and word.strip() == word and word, (name, word)
        assert re.compile(word).groups == 0, word
        assert not re.compile(word).fullmatch(""), word  # it would fit everywhere


def test_names_of_columns_stand_once() -> None:
    found = rows(NAMES)
    assert len(found) == len(set(found)) > 100


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.parts[-3])
def test_every_list_is_used_and_explained(path: Path) -> None:
    told = (path.parent / "README.md").read_text("utf-8")
    code = "".join(one.read_text("utf-8") for one in path.parent.parent.rglob("*.py"))
    for name in {name for name, _ in rows(path)}:
        kind, point, _ = name.partition(".")
        assert f"`{kind}.KIND`" in told if point else f"`{name}`" in told, name
        assert re.search(rf"[\"']{kind}[\"']", code), name


@pytest.mark.parametrize("path", [*TABLES, NAMES], ids=lambda path: path.parts[-3])
def test_a_list_stands_together(path: Path) -> None:
    names = [name for name, _ in rows(path)]
    runs = [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]
    assert len(runs) == len(set(runs))
