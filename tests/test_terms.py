"""Words of closed choices: every option of a choice has its words, and no other."""

import ast
import csv
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from house.test_house import SOURCE, modules

from tanzhe.terms import told_of, words_of

GIVERS = {"words_of": words_of, "told_of": told_of}


def asked() -> Iterator[tuple[str, str, str]]:
    """Module, name and choice of every table of words."""
    for path in modules():
        home = ".".join(("tanzhe", *path.relative_to(SOURCE).with_suffix("").parts))
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.Assign | ast.AnnAssign):
                continue
            call = node.value
            if isinstance(call, ast.Call) and ast.unparse(call.func) in GIVERS:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                assert isinstance(call.args[0], ast.Constant)
                yield home.removesuffix(".__init__"), ast.unparse(target), call.args[0].value


ASKED = list(asked())


def held() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with (SOURCE / "data" / "terms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["choice"], []).append(row["option"])
    return found


def options(hint: Any) -> set[str] | None:
    """The options that the type of a table's keys allows; None where any text is."""
    key = get_args(hint)[0] if get_args(hint) else None
    if get_origin(key) is not Literal:
        return None
    return {one for part in get_args(key) for one in (get_args(part) or (part,))}


def test_every_choice_of_the_file_is_asked_for_once_written() -> None:
    known = held()
    assert sorted(known) == sorted({choice for _, _, choice in ASKED})
    for choice, names in known.items():
        assert len(names) == len(set(names)), choice


@pytest.mark.parametrize(("home", "name", "choice"), ASKED, ids=lambda one: str(one))
def test_a_closed_choice_has_words_for_each_option(home: str, name: str, choice: str) -> None:
    module = import_module(home)
    allowed = options(get_type_hints(module).get(name))
    table = getattr(module, name)
    assert list(table) == held()[choice]
    assert allowed is None or set(table) == allowed
    assert all(words.zh and words.en for words in table.values())
