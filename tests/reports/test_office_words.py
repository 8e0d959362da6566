"""No report but the raw one uses words of the method, whatever the province: every text it can say.

A report says templates, labels in the tone of its register, notes of the rooms below, and words of
the chronicle; the rest are numbers and dates. So all provinces are walked without one search.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from house.pairs import SOURCE, in_source

import tanzhe.reports
from tanzhe.evidence.chronicle import chronicle
from tanzhe.reports.registers.register import find_register, registers

FOLDER = Path(tanzhe.reports.__file__).parent / "registers"
METHOD = ("阶跃", "脉冲", "斜率", "置信", "p值", "后验", "变点")
OFFICE = [name for name in registers() if name != "raw"]
# Rooms whose notes travel with a value to the footnotes.
ROOMS = ("series", "turning", "evidence", "effects", "peaks", "model", "reports", "api")


def labels(tone: str) -> Iterator[tuple[str, str]]:
    """All words a tone may use: its own, and the common ones that no other tone owns."""
    tree = yaml.safe_load((FOLDER / "shared" / "labels.yaml").read_text("utf-8"))
    tones = {find_register(name).tone for name in registers()}
    for choice, options in tree.items():
        owner = next((one for one in tones if choice.endswith(f"_{one}")), None)
        if owner not in (None, tone):
            continue
        for option, (zh, _) in options.items():
            yield f"{choice}.{option}", zh


def texts(name: str) -> Iterator[tuple[str, str]]:
    register = find_register(name)
    for path in (*(FOLDER / name).glob("zh*.j2"), *(FOLDER / "shared").glob("zh*.j2")):
        yield path.name, re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    yield from labels(register.tone)
    for room in ROOMS:
        for path in sorted((SOURCE / room).rglob("*.py")):
            for pair in in_source(path.read_text("utf-8"), f"{room}/{path.name}"):
                yield pair.where, pair.zh
    for event in chronicle():
        yield event.id, f"{event.name} {event.summary}"


# Words that reach no report: faults of a plain sequence.
ELSEWHERE = ("turning/options.py",)
# The kind of a turning point in the bare JSON; registers say `shape`.
BARE = ("kind.step", "kind.slope", "kind.pulse")


@pytest.mark.parametrize("name", OFFICE)
def test_every_text_of_a_register_is_office_language(name: str) -> None:
    wrong = [
        (where, word, text)
        for where, text in texts(name)
        for word in METHOD
        if word in text and where.split(":")[0] not in ELSEWHERE and where not in BARE
    ]
    assert not wrong


def test_the_raw_register_keeps_the_words_of_the_method() -> None:
    """So the test above can fail: what it looks for is there."""
    said = [zh for _, zh in labels(find_register("raw").tone)]
    assert any("阶跃" in zh for zh in said) and any("脉冲" in zh for zh in said)
