"""Whether a place in a text says that something is so, or that it is not or no longer so.

A document that says 未限电 or 限电已解除 holds the word, but does not tell of the thing: search
puts it behind those that do. Only closed forms count: a word of denial that reaches the term
directly or through light verbs and adverbs, so that 未来, 无锡 and 不锈钢 deny nothing.
"""

import re

REACH = 24  # characters looked at on each side

_DENIAL = r"未曾|未能|从未|并未|未|不再|不会|不必|不用|不|没有|没|无需|无须|无|勿|免于|免除|免|非"
_END = r"取消|解除|停止|暂停|结束|终止|避免|防止|杜绝|禁止|严禁|撤销|废止|摆脱|告别"
_LIGHT = (
    r"再|曾|会|必|需|须|要|能|得|被|予以|予|有|受到|受|遭到|遭|出现|发生|实施|采取|进行|执行|启动|安排|"
    r"要求|列入|存在|搞|对.{1,8}?|大面积|大规模|任何|拉闸|继续|全面|有序|强制|相关|所有|全部|临时|的|了|过"
)
_BEFORE = re.compile(rf"(?P<word>{_DENIAL}|{_END})(?:{_LIGHT}){{0,4}}\W?$")
# 不得不, 不能不, 不是没有: two denials are none; 不排除 and 不可避免 do not deny either.
_TWICE = re.compile(r"(?:不得|不能|不可|不会|不是|并非|未必|无法|难以|没有|无|不)$")
_AFTER = re.compile(
    r"(?:措施|政策|指令|命令|令|情况|现象|要求|通知|方案|安排|问题|状态){0,2}"
    r"(?:已经|已|全部|全面|均|正式|现|今日|即日起|也|都|将|予以|得到|被|于[\d年月日]{2,11}|自[\d年月日]{2,11}起){0,4}"
    rf"(?:{_END}|未(?:曾|再)?(?:出现|发生|实施|执行)|不再|不复|不存在|没有(?:出现|发生))"
)
_ENGLISH = (
    r"no|not|never|without|nor|neither|avoid(?:ed|s|ing)?|lift(?:ed|s|ing)?|cancel(?:led|ed|s)?"
)
_BEFORE_EN = re.compile(rf"\b(?:{_ENGLISH}|ended|n't|end of)\s+(?:\w+\s+){{0,3}}$")
_AFTER_EN = re.compile(
    r"\s+(?:\w+\s+)?(?:was|were|is|are|has been|have been|had been)\s+(?:\w+\s+)?"
    r"(?:not|never|lifted|cancel(?:l)?ed|ended|avoided|over)\b"
)


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether the words around a span of a folded text deny it or say that it is over.

    Example:
        >>> [is_denied(t, t.index("限电"), t.index("限电") + 2) for t in ("未限电", "不得不限电")]
        [True, False]
    """
    before = text[max(0, start - REACH) : start]
    after = text[end : end + REACH]
    denied = _BEFORE.search(before) or _BEFORE_EN.search(before)
    if denied is not None:
        return _TWICE.search(before[: denied.start()]) is None
    return bool(_AFTER.match(after) or _AFTER_EN.match(after))
