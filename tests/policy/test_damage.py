"""Damaged texts: what is read stays the same, and every passage stays in its place."""

import random
import re
from collections.abc import Callable, Iterator

import pytest

from policy.made import cases, indicator_words, read, task_words
from tanzhe.model import Record
from tanzhe.model.policy import Passage, PolicyDocument

# Pages saved as Markdown have marks of their own, which more marks would break.
TEXTS = {
    c["名称"]: c["原文"]
    for c in cases()
    if c.get("状态", "issued") in ("issued", "draft") and "](http" not in c["原文"]
}
SEEDS = range(4)


def passages(record: object) -> Iterator[Passage]:
    """Every passage of a record, however deep."""
    if isinstance(record, Passage):
        yield record
    elif isinstance(record, Record):
        for name in type(record).model_fields:
            yield from passages(getattr(record, name))
    elif isinstance(record, tuple):
        for one in record:
            yield from passages(one)


def is_table(line: str) -> bool:
    return "\t" in line or "|" in line


def in_word(line: str, at: int) -> bool:
    """Whether a break here falls between two Chinese letters."""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2}", line[at - 1 : at + 1]))


def broken_lines(text: str, chance: random.Random) -> str:
    """Long lines broken in the middle of words, as a PDF does."""
    lines = []
    for line in text.split("\n"):
        at = chance.randrange(18, len(line) - 4) if len(line) > 40 and not is_table(line) else 0
        lines.append(line[:at] + "\n" + line[at:] if at and in_word(line, at) else line)
    return "\n".join(lines)


def marked(text: str, chance: random.Random) -> str:
    """Bold marks left over."""
    lines = text.split("\n")
    for number in chance.sample(range(len(lines)), max(1, len(lines) // 4)):
        line = lines[number]
        if len(line) > 8 and not is_table(line):
            at = chance.randrange(4, len(line))
            lines[number] = f"**{line[:at]}**{line[at:]}"
    return "\n".join(lines)


def paged(text: str, chance: random.Random) -> str:
    """Page numbers between lines, and in the middle of a long one."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        if len(line) > 60 and chance.random() < 0.5 and not is_table(line):
            at = next((i for i in range(30, len(line) - 5) if in_word(line, i)), 0)
            line = f"{line[:at]}\n\n— {number} —\n\n{line[at:]}" if at else line
        lines.append(line)
        if chance.random() < 0.1 and not is_table(line):
            lines.append(f"- {number} -")
    return "\n".join(lines)


def blanks(text: str, chance: random.Random) -> str:
    """Stray blanks in words."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if len(line) > 20 and not is_table(line):
            at = chance.randrange(8, len(line) - 4)
            lines[number] = line[:at] + " " + line[at:] if in_word(line, at) else line
    return "\n".join(lines)


DAMAGES: list[Callable[[str, random.Random], str]] = [broken_lines, marked, paged, blanks]


def essence(policy: PolicyDocument) -> tuple[object, ...]:
    return (policy.status, task_words(policy), indicator_words(policy), policy.date)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.__name__)
def test_damage_changes_nothing(name: str, damage: Callable[[str, random.Random], str]) -> None:
    whole = essence(read(TEXTS[name]))
    for seed in SEEDS:
        text = damage(TEXTS[name], random.Random(seed))
        assert essence(read(text)) == whole, text


@pytest.mark.parametrize("bracket", ["】", "【", "）", "（"])
def test_a_missing_bracket_of_a_note_keeps_the_task(bracket: str) -> None:
    for name, text in TEXTS.items():
        whole = read(text)
        notes = re.finditer(r"[（【](?=[^（）【】]*(?:单位|牵头|省发展))[^（）]*?[）】]", text)
        for note in notes:
            at = text.find(bracket, note.start(), note.end())
            if at < 0 or "（" in note[0][1:] or "、" not in note[0]:
                continue  # a bracket in a name, or one name alone: nothing tells it from prose
            hurt = read(text[:at] + text[at + 1 :])
            numbers = [task.number for task in hurt.tasks]
            assert numbers == [task.number for task in whole.tasks], name
            assert [b.name for t in hurt.tasks for b in t.responsible_bodies] == [
                b.name for t in whole.tasks for b in t.responsible_bodies
            ], (name, note[0])


@pytest.mark.parametrize("name", TEXTS)
def test_every_passage_is_in_the_text(name: str) -> None:
    for damage in DAMAGES:
        text = damage(TEXTS[name], random.Random(7)).strip()
        policy = read(text)
        found = list(passages(policy))
        assert found
        for one in found:
            assert re.sub(r"\n{3,}", "\n\n", text)[one.start : one.end] == one.text


def test_any_text_is_read_without_failing() -> None:
    chance = random.Random(20261121)
    letters = "一二（）【】、。：；第条章到2030年前%≥≤\t|\n 省厅局委负责牵头指标名称目标《》〔〕①1."
    for _ in range(150):
        text = "".join(chance.choice(letters) for _ in range(chance.randrange(1, 400)))
        if text.strip():
            policy = read("某文" + text)
            assert policy.status in ("issued", "draft", "news", "other")
