"""Registers: folders with their own words, without numbers, without forbidden words."""

import re
import unicodedata
from pathlib import Path

import pytest

import tanzhe.reports
from reports.made import FOUND, yunnan
from reports.reading import silenced
from tanzhe.errors import UnknownName
from tanzhe.reports import build, render
from tanzhe.reports.forms import FORMS
from tanzhe.reports.registers.register import find_register, registers
from tanzhe.reports.registers.wording import worded

FOLDER = Path(tanzhe.reports.__file__).parent / "registers"
TEMPLATES = sorted(FOLDER.rglob("*.j2"))


def test_the_promised_registers_exist() -> None:
    assert set(registers()) >= {"raw", "plain", "formal", "brief"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_templates_hold_no_digit(path: Path) -> None:
    text = re.sub(r"{% import .*? %}", "", path.read_text(encoding="utf-8"))
    assert [c for c in text if c.isdigit() or unicodedata.category(c) == "No"] == []


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.name.startswith("en")], ids=str)
def test_english_templates_are_english(path: Path) -> None:
    assert re.findall(r"[\u3000-\u9fff\uff00-\uffef]", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", registers())
@pytest.mark.parametrize("found", [make() for make in FOUND.values()], ids=list(FOUND))
def test_forbidden_words_are_absent(name: str, found: tanzhe.reports.Findings) -> None:
    register = find_register(name)
    text = worded(silenced(build(found)), register, "zh")
    assert [word for word in (*register.forbidden, "拐点") if word in text] == []


@pytest.mark.parametrize("name", registers())
@pytest.mark.parametrize("found", [make() for make in FOUND.values()], ids=list(FOUND))
def test_chinese_is_set_with_care(name: str, found: tanzhe.reports.Findings) -> None:
    text = render(found, name, "md", "zh")
    faults = re.findall(
        r"的的|。。|，，|；；|，。|；。|、。|（）|（，|，）|“”|：。|\(\)|。，|\n\n\n", text
    )
    assert faults == []


def test_every_language_is_there() -> None:
    for name in registers():
        for language in ("zh", "en"):
            assert find_register(name, language).name == name


@pytest.mark.parametrize(
    ("register", "format", "names"),
    [("poem", "md", "、".join(registers())), ("plain", "odt", "、".join(FORMS))],
)
def test_unknown_choices_list_the_known_ones(register: str, format: str, names: str) -> None:
    with pytest.raises(UnknownName) as caught:
        render(yunnan(), register, format)
    assert names in caught.value.said("zh")


@pytest.mark.parametrize("format", sorted(FORMS))
@pytest.mark.parametrize("name", registers())
def test_all_renderers_keep_one_contract(name: str, format: str) -> None:
    if format == "pdf":
        pytest.importorskip("typst")
    found = yunnan()
    before = found.model_dump_json()
    text = render(found, name, format, "zh")
    if isinstance(text, str):
        assert text.endswith("\n")
    assert text == render(found, name, format, "zh")
    assert found.model_dump_json() == before
