"""Notes by their code: every one asked for is there, every one there is asked for."""

import ast
import csv
import string
from collections.abc import Iterator

import pytest
from house.test_house import SOURCE, modules

from tanzhe.errors import Words
from tanzhe.notes import note_of

WORDS = SOURCE / "data" / "notes.csv"


def asked() -> Iterator[tuple[str, set[str | None]]]:
    """The code and the names filled in of every call."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "note_of":
                assert isinstance(node.args[0], ast.Constant), f"{path}: {ast.unparse(node)}"
                yield node.args[0].value, {one.arg for one in node.keywords}


def held() -> dict[str, list[str]]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: [row["zh"], row["en"]] for row in csv.DictReader(file)}


def names(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_what_is_asked_for_is_there_and_filled_whole() -> None:
    known = held()
    for code, filled in asked():
        assert code in known, code
        for text in known[code] if filled else ():
            assert names(text) == filled, code


def test_what_is_there_is_asked_for_and_stands_once() -> None:
    lines = WORDS.read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) == len(held())
    assert sorted(held().keys() - {code for code, _ in asked()}) == []


def test_each_language_is_filled_with_its_own_words() -> None:
    note = note_of("basket", names=Words("水泥", "cement"))
    assert (note.code, note.zh, note.en) == (
        "basket",
        "估算所含产品：水泥。",
        "Products in it: cement.",
    )


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such_note"):
        note_of("no_such_note")
