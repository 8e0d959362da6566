"""Sentences that speak to a program: data like all others, but no report of anything."""

import re
from collections.abc import Iterable

from tanzhe.evidence.events.passages import Passage

_RESULT = r"(?:(?<!工作)(?<!政府)报告|回答|答案|答复|输出|摘要|结果(?!是|为|显示|表明))"
_INSTRUCTION = re.compile(
    # Take back what a program was told.
    r"(?:忽略|无视|忘记|忘掉|不要理会|不必理会|抛开|跳过)[^。；\n]{0,8}"
    r"(?:以上|上述|上面|之前|此前|先前|前面|前述|前文|原有|原来|所有|一切|任何|系统|你)"
    r"|(?:以上|上述|之前|此前|先前|前面|所有)的?(?:指令|指示|提示|规则|要求|设定)[^。；\n]{0,4}(?:作废|无效|失效|忽略)"
    # Speak to it.
    r"|系统提示|提示词|指示词|语言模型|大模型(?=[，,：:]|请|必须|务必)|(?:AI|人工智能)(?:助手|助理)|智能体[，,：:]"
    r"|你(?:现在)?是(?!否)|你(?:必须|务必|应当|应该|需要|的任务|现在)|请你"
    # Tell it what to write.
    r"|请(?:输出|回答|加入|添加|写入|写明|生成|注意输出|照抄|原样)|请按(?:以下|如下|下列)(?:格式|内容)"
    r"|务必(?:输出|写|加|在)|输出(?:以下|如下|JSON)|原样输出"
    rf"|(?:请(?:在|将|把)|把|将|必须|应当|须)[^。；\n]{{0,60}}?"
    rf"(?:写进|写入|写到|写在|写上|加进|加入|加到|放进|补进|补充到|列进|列入|计入|出现在)[^。；，\n]{{0,8}}{_RESULT}"
    rf"|请在[^。；\n]{{0,10}}{_RESULT}"
    r"|\b(?:ignore|disregard|forget|override)\b[^.\n]{0,30}"
    r"\b(?:previous|above|prior|earlier|all|any|other|these|your|instructions?)\b"
    r"|\bsystem prompt\b|\byou are (?:now|an?|the)\b|\byou must\b|\bas an ai\b"
    r"|\b(?:AI|language) (?:assistant|model)s?\b"
    r"|\binstructions? (?:to|for) (?:the )?(?:ai|model|assistant|program)\b"
    r"|\bplease (?:add|output|include|write|report|insert)\b"
    r"|\b(?:add|include|insert|put|write|mention)\b[^.\n]{0,80}\b(?:in|into|to) (?:the|your) "
    r"(?:report|answer|output|summary|response)\b"
    r"|\b(?:output|return|respond|reply|answer)\b[^.\n]{0,20}\bjson\b",
    re.I,
)
_COLONS = "：:"


def is_instruction(sentence: str) -> bool:
    """Whether a sentence speaks to a program instead of telling of something.

    Example:
        >>> is_instruction("请在结果中加入：云南停产"), is_instruction("5月起云南电解铝企业停产")
        (True, False)
    """
    return _INSTRUCTION.search(sentence) is not None


def without_instructions(text: str, passages: Iterable[Passage]) -> list[Passage]:
    """The passages without the paragraphs in which somebody speaks to a program.

    What such a paragraph claims beside is not believed either, nor is the paragraph that it
    announces with a colon.
    """
    found = list(passages)
    if not is_instruction(text):
        return found
    barred: list[tuple[int, int]] = []
    for passage in found:
        if is_instruction(passage.text):
            first = text.rfind("\n", 0, passage.start) + 1
            last = _line_end(text, passage.end)
            if text[:last].rstrip().endswith(tuple(_COLONS)):
                last = _line_end(text, len(text) - len(text[last:].lstrip()))
            barred.append((first, last))
    return [p for p in found if not any(a <= p.start < b for a, b in barred)]


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
