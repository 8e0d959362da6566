"""Notes and faults by their code: every one asked for is there, every one there is asked for."""

import ast
import csv
import string
from collections.abc import Iterator

import pytest
from house.test_house import SOURCE, modules

from tanzhe.errors import Words
from tanzhe.faults import fault_of
from tanzhe.notes import note_of

TABLES = {"note_of": "notes.csv", "fault_of": "faults.csv"}


def asked(giver: str) -> Iterator[tuple[str, set[str | None]]]:
    """The code and the names filled in of every call."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == giver:
                assert isinstance(node.args[0], ast.Constant), f"{path}: {ast.unparse(node)}"
                yield node.args[0].value, {one.arg for one in node.keywords} - {"where"}


def held(table: str) -> dict[str, list[str]]:
    with (SOURCE / "data" / table).open(encoding="utf-8", newline="") as file:
        return {code: texts for code, *texts in list(csv.reader(file))[1:]}


def names(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("giver", TABLES)
def test_what_is_asked_for_is_there_and_filled_whole(giver: str) -> None:
    known = held(TABLES[giver])
    for code, filled in asked(giver):
        assert code in known, code
        assert all(known[code]), code
        if filled or giver == "fault_of":
            zh, en = (set[str | None]().union(*map(names, known[code][n::2])) for n in (0, 1))
            assert zh == en == filled, code


@pytest.mark.parametrize("giver", TABLES)
def test_what_is_there_is_asked_for_and_stands_once(giver: str) -> None:
    lines = (SOURCE / "data" / TABLES[giver]).read_text(encoding="utf-8").splitlines()[1:]
    known = held(TABLES[giver])
    assert len(lines) == len(known)
    assert sorted(known.keys() - {code for code, _ in asked(giver)}) == []


def test_each_language_is_filled_with_its_own_words() -> None:
    note = note_of("basket", names=Words("水泥", "cement"))
    assert (note.zh, note.en) == ("估算所含产品：水泥。", "Products in it: cement.")
    fault = fault_of("web.inbox.gone", where="3f2a")
    assert fault.where == "3f2a"
    assert (fault.what.zh, fault.do.en) == ("这个文件不在了", "Drop the file again")


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such_note"):
        note_of("no_such_note")
