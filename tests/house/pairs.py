"""All sentences that the package says twice, in Chinese and in English, and what one lacks.

    python tests/house/pairs.py [N]

prints the N pairs (40) whose English is shortest and longest for its Chinese, for a reader to look
at. What is compared by rule (`lacks`): figures, what is filled in, commands, options, files and
other words in Latin letters.
"""

import ast
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

SOURCE = Path(__file__).parents[2] / "src" / "tanzhe"
HAN = re.compile(r"[\u4e00-\u9fff]")
# What differs between the languages without another meaning: which of the two, how much of a text
# is shown, by which sign a list is joined, an object by its name or by its key.
MARKS = [
    re.compile(one)
    for one in (
        r"\.(zh|en)\b|_(zh|en)\b|\b(zh|en)_|\b(zh|en)\b|\.said\(['\"]['\"]\)",
        r"\[-?\d*:?-?\d*\]",
        r"\.r?strip\([^)]*\)",
        r"['\"][^'\"]*['\"](?=\.join)",
        r"\.(id|name|code|key)\b",
        r"^\(|\)$",
    )
]

# What is called with the Chinese and the English.
TAKE_BOTH = {"Words", "Told", "said", "say", "told", "notice"}


class Pair(NamedTuple):
    """One sentence in both languages; what is filled in stands as {expression}."""

    where: str
    zh: str
    en: str


def pairs() -> Iterator[Pair]:
    """Every pair of the source, the data and the templates."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield from in_source(path.read_text("utf-8"), str(path.relative_to(SOURCE)))
    for path in sorted(SOURCE.rglob("*.yaml")):
        where = str(path.relative_to(SOURCE))
        yield from in_data(yaml.safe_load(path.read_text("utf-8")), where)
    for path in sorted(SOURCE.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                yield from in_data(dict(row), f"{path.relative_to(SOURCE)}:{number}")


def in_source(text: str, where: str) -> Iterator[Pair]:
    """Calls with two texts, or with the arguments `zh` and `en`."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        named = {one.arg: one.value for one in node.keywords}
        if "zh" in named and "en" in named:
            two = [named["zh"], named["en"]]
        elif ast.unparse(node.func).split(".")[-1] in TAKE_BOTH and len(node.args) == 2:
            two = node.args
        else:
            continue
        zh, en = (text_of(one) for one in two)
        if zh is not None and en is not None and HAN.search(zh):
            yield Pair(f"{where}:{node.lineno}", zh, en)


def text_of(node: ast.expr) -> str | None:
    """The text of a literal or formatted text; None of anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else "{" + filled(one) + "}"
            for one in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = text_of(node.left), text_of(node.right)
        return left + right if left is not None and right is not None else None
    return None


def filled(node: ast.expr) -> str:
    """What is filled in, without the marks of the language."""
    value = node.value if isinstance(node, ast.FormattedValue) else node
    text = ast.unparse(value).split(" or ")[0]
    for mark in MARKS:
        text = mark.sub("", text)
    return text or "said"


def in_data(value: Any, where: str, key: str = "") -> Iterator[Pair]:
    """Mappings with `zh` and `en`, texts beside their `…_en`, and lists of two texts."""
    if isinstance(value, dict):
        for name, one in value.items():
            other = value.get(f"{name}_en") if name != "zh" else value.get("en")
            if isinstance(one, str) and isinstance(other, str):
                yield Pair(f"{where}:{key}.{name}", one, other)
            yield from in_data(one, where, f"{key}.{name}")
    elif isinstance(value, list):
        two = [one for one in value if isinstance(one, str)]
        if len(value) == len(two) == 2 and HAN.search(two[0]) and not HAN.search(two[1]):
            yield Pair(f"{where}:{key}", two[0], two[1])
        for number, one in enumerate(value):
            yield from in_data(one, where, f"{key}[{number}]")


PLACE = re.compile(r"\{[^{}]*\}")
# A choice between two words of a language fills in nothing.
CHOICE = re.compile(r"\{\s*['\"][^{}]* if [^{}]* else ['\"][^{}]*['\"]\s*\}")
MONTHS = "January February March April May June July August September October November December"
MONTH = {name: str(number) for number, name in enumerate(MONTHS.split(), 1)}
SIGNS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
# Longer names first: 十一月 is not 一月.
NAMED = {"一、二月": "1月2月", "一二月": "1月2月"} | {
    f"{sign}月": f"{number}月" for number, sign in reversed(list(enumerate(SIGNS, 1)))
} | {f"十{sign}五": f" {number} " for number, sign in enumerate(SIGNS[:9], 11)}  # fmt: skip
ENGLISH = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
# Figures that the other language may say in words.
SPELT = {
    **{str(number): {word} for number, word in enumerate(ENGLISH, 1)},
    "10": {"ten", "万"}, "100": {"亿"}, "000": {"万"}, "1000": {"thousand", "千"},
    "10000": {"万", "ten thousand"}, "12": {"twelve", "a year", "十二"}, "9": {"nine", "九"},
}  # fmt: skip
FIGURE = re.compile(r"(?<![A-Za-z\d-])\d+(?:[,.]\d+)*")
# What stands in a command for something of the reader's.
VARIABLES = {
    "FILE": "文件", "FOLDER": "文件夹", "NAME": "张三", "FIRM": "企业", "METER": "表号",
    "LIST": "清单", "COLUMN": "列", "USER": "用户", "VALUE": "值", "LINE": "行号",
}  # fmt: skip
# Signs of a command, an option, a file or a code, not of a word of the language.
CODE = re.compile(
    r"--[a-z][\w-]*|[A-Za-z][\w-]*\.[a-z]{2,5}\b|\b[a-z]+_\w+|\b[A-Z][A-Z0-9_]{2,}\b|\btanzhe \w+"
)
LATIN = re.compile(r"--[a-z][\w-]*|[A-Za-z][A-Za-z0-9_./-]*[A-Za-z0-9]|[A-Za-z]")


def figures(text: str) -> set[str]:
    """The figures of a text; months by name and five-year plans are figures too."""
    bare = PLACE.sub(" ", text)
    for words, number in NAMED.items():
        bare = bare.replace(words, number)
    found = {one.replace(",", "") for one in FIGURE.findall(bare)}
    return found | {MONTH[word] for word in re.findall(r"[A-Z][a-z]+", bare) if word in MONTH}


def latin(text: str) -> set[str]:
    """The words in Latin letters of a Chinese text."""
    return {one.lower() for one in LATIN.findall(PLACE.sub(" ", text))}


def codes(text: str) -> set[str]:
    """Commands, options, files and codes of an English text."""
    bare = PLACE.sub(" ", text)
    for name in VARIABLES:
        bare = re.sub(rf"\b{name}\b", " ", bare)
    return {one.lower() for one in CODE.findall(bare)}


def spelt(number: str, text: str) -> bool:
    """Whether a text says a figure in words."""
    return any(word in text.lower() for word in SPELT.get(number, ()))


def places(text: str) -> set[str]:
    """What is filled in."""
    return set(PLACE.findall(CHOICE.sub("", text)))


def lacks(pair: Pair) -> dict[str, set[str]]:
    """What one language says and the other does not, by kind; empty of a pair that says the "
    "same."""
    zh, en = pair.zh.replace("二氧化碳", "CO2"), pair.en
    mine, theirs = places(zh), places(en)
    found = {
        "figures not in English": {n for n in figures(zh) - figures(en) if not spelt(n, en)},
        "figures not in Chinese": {n for n in figures(en) - figures(zh) if not spelt(n, zh)},
        "filled in": mine ^ theirs if len(mine) != len(theirs) else set[str](),
        "not in English": {one for one in latin(zh) if one not in en.lower()},
        "not in Chinese": {one for one in codes(en) if one not in zh.lower()},
    }
    return {kind: some for kind, some in found.items() if some}


def clauses(text: str) -> int:
    """Parts of a text between its stops."""
    return len([one for one in re.split(r"[，。；：、（）,.;:()–—]", text) if one.strip()])


def ratio(pair: Pair) -> float:
    """English words for a Chinese character, what is filled in counting once in each."""
    zh, en = PLACE.sub("字", pair.zh), PLACE.sub(" word ", pair.en)
    characters = len(HAN.findall(zh)) + len(re.findall(r"[A-Za-z0-9]+", zh))
    return len(re.findall(r"[A-Za-z0-9%+-]+", en)) / max(1, characters)


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    told = sorted((one for one in pairs() if len(HAN.findall(one.zh)) >= 6), key=ratio)
    for one in [*told[:most], *told[-most:]]:
        sys.stdout.write(f"{ratio(one):.2f}  {one.where}\n      {one.zh}\n      {one.en}\n")


if __name__ == "__main__":
    main()
