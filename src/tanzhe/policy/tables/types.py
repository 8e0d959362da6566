"""What a document says of each type of its indicators: to be reached, or to be explained."""

import re

from tanzhe.model.policy import IndicatorType
from tanzhe.model.rules import Duty
from tanzhe.policy.outline.view import View

_MUST = re.compile(r"必须(?:达到|满足|完成|实现)|应当(?:达到|满足)|必达|强制|约束")
_EXCUSE = re.compile(
    r"可(?:以)?(?:相应|作出|予以|酌情|不作|进行|适当)?.{0,8}(?:说明|豁免|放宽"
    r"|不纳入|不考核)|不作强制|不做强制|鼓励"
)


def find_types(view: View, kinds: set[str]) -> tuple[IndicatorType, ...]:
    """What the document says of each type of its indicators: to be reached, or to be explained.

    Args:
        view: the repaired text.
        kinds: types as the table states them.
    """
    found: dict[str, IndicatorType] = {}
    for match in re.finditer(r"(?P<name>[\u4e00-\u9fff]{1,8}(?:指标|类|性))：", view.text):
        name = next(
            (k for k in kinds if match["name"].endswith(k) or k.endswith(match["name"])), None
        )
        if name is None or name in found:
            continue
        stop = _type_end(view, match.end(), kinds)
        text = view.text[match.end() : stop]
        found[name] = IndicatorType(
            name=name, duty=_duty(text), text=text, span=view.passage(match.start("name"), stop)
        )
    return tuple(found.values())


def _type_end(view: View, start: int, kinds: set[str]) -> int:
    following = [at for k in kinds if (at := view.text.find(f"{k}：", start)) >= 0]
    limit = min([start + 240, len(view.text), *following])
    marks = [m.end() for m in re.finditer(r"。", view.text[start:limit])]
    ends = [start + m for m in marks if view.at_break(start + m)]
    return ends[0] if ends else (start + marks[-1] if marks else limit)


def _duty(text: str) -> Duty | None:
    if _EXCUSE.search(text):
        return "excusable"
    return "mandatory" if _MUST.search(text) else None
