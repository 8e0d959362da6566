"""Both languages say the same: figures, what is filled in, commands and codes of each pair."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from house.pairs import SOURCE, Pair, in_data, in_source, lacks, pairs

LISTED: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("pairs_allowed.yaml").read_text("utf-8")
)
FEWEST = 3000


def allows(entry: list[str], pair: Pair) -> bool:
    return pair.where.startswith(entry[0]) and pair.zh.strip().startswith(entry[1].strip())


def test_each_pair_says_the_same_in_both_languages() -> None:
    known = LISTED["allowed"] + LISTED["open"]
    told = list(pairs())
    assert len(told) > FEWEST
    short = {
        pair.where: (pair.zh, pair.en, lacks(pair))
        for pair in told
        if lacks(pair) and not any(allows(entry, pair) for entry in known)
    }
    assert not short, "say it in both languages, or list it with a reason in pairs_allowed.yaml"


def test_each_exception_is_still_needed() -> None:
    told = [pair for pair in pairs() if lacks(pair)]
    idle = [one for one in LISTED["allowed"] if not any(allows(one, pair) for pair in told)]
    assert not idle


@pytest.mark.parametrize(
    ("zh", "en", "kind"),
    [
        ("请用 --sum-by 相加", "Add it up", "not in English"),
        ("请加列", "Add it with tanzhe data add", "not in Chinese"),
        ("0 至 6 时", "at night", "figures not in English"),
        ("一个数", "3 numbers", "figures not in Chinese"),
        ("{row.id} 重复（{places[row.id]}）", "{row.id} stands twice", "filled in"),
        ("《{one.title}》没有读到", "A document was not read", "filled in"),
        ("列 unit 没有写", "A column is missing", "not in English"),
    ],
)
def test_what_one_language_lacks_is_found(zh: str, en: str, kind: str) -> None:
    assert set(lacks(Pair("", zh, en))) == {kind}


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("2020年1月起", "from January 2020"),
        ("“十四五”时期", "the 14th Five-Year Plan"),
        ("十二个月合计", "sum of 12 months"),
        ("一、二月合为一期", "January and February are one"),
        ("二氧化碳排放", "CO2 emissions"),
        ("请用 --docs 文件", "Use --docs FILE"),
        ("可用：{names.zh}", "There are: {names.en}"),
        ("{size.zh}{'少' if less else '多'}", "{size.en} {'less' if less else 'more'}"),
    ],
)
def test_what_both_say_in_their_own_way_is_the_same(zh: str, en: str) -> None:
    assert not lacks(Pair("", zh, en))


def test_pairs_are_found_in_calls_and_in_data() -> None:
    source = 'Words("多出 3 行", f"{n} rows") or Note(code="x", zh="甲" "乙", en="a")'
    assert [(one.zh, one.en) for one in in_source(source, "a.py")] == [
        ("多出 3 行", "{n} rows"), ("甲乙", "a"),
    ]  # fmt: skip
    data = {"a": ["中", "middle"], "name": "名", "name_en": "name", "b": {"zh": "甲", "en": "one"}}
    assert {(one.zh, one.en) for one in in_data(data, "a.yaml")} == {
        ("中", "middle"), ("名", "name"), ("甲", "one"),
    }  # fmt: skip


CODE = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)


def filled_in(template: Path) -> set[str]:
    """Names of the facts and choices that a template says."""
    code = " ".join(CODE.findall(template.read_text("utf-8")))
    return set(re.findall(r"\.([a-z_]+)\b", re.sub(r"\b(zh|en)(_power)?\b", "", code)))


@pytest.mark.parametrize(
    "chinese", sorted(SOURCE.rglob("zh*.j2")), ids=lambda path: "/".join(path.parts[-2:])
)
def test_templates_of_both_languages_say_the_same_facts(chinese: Path) -> None:
    english = chinese.with_name("en" + chinese.name[2:])
    apart = filled_in(chinese) ^ filled_in(english)
    assert not apart - set(LISTED["templates"])
