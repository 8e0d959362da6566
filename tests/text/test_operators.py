"""One reading of bounds: as a quantity in a sentence, as a demand of a table, beside a quote."""

from pathlib import Path
from typing import get_args

import pytest
import yaml

from tanzhe.operators import Operator, operator_of, operator_words, sign_words
from tanzhe.policy.tables.requirement import read_requirement
from tanzhe.rulebook.demands import direction_of
from tanzhe.text import read_quantities

CASES = yaml.safe_load((Path(__file__).parents[1] / "rules" / "operators.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("words", "operator"), CASES)
def test_all_readers_agree(words: str, operator: str) -> None:
    (quantity,) = read_quantities(f"占比{words}")
    assert operator_of(quantity.bound) == operator
    if not words[0].isalpha() or not words[0].isascii():  # demands of tables are Chinese
        demand = read_requirement(words)
        assert demand is not None
        assert (demand.operator, demand.value) == (operator, 80)
    way = "at_least" if operator.startswith(">") else "at_most"
    assert direction_of(words, 80) == way


@pytest.mark.parametrize(
    "words", ["80%", "约80%", "超低排放80%", "最高负荷的80%", "规模以上企业80%"]
)
def test_what_bounds_nothing(words: str) -> None:
    assert operator_of(read_quantities(words)[0].bound) is None


@pytest.mark.parametrize("operator", get_args(Operator))
def test_every_operator_can_be_written(operator: Operator) -> None:
    for words in (sign_words(operator), operator_words(operator)):
        assert words.zh
        assert words.en
    if operator not in ("==", "at_least_level"):
        demand = read_requirement(f"{operator_words(operator).zh}80%")
        assert demand is not None
        assert demand.operator == operator
        assert demand == read_requirement(f"{sign_words(operator).zh}80%")
