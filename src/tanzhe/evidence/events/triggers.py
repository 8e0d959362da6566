"""The words that make a sentence an event, and the words that take it back."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from tanzhe import bundled
from tanzhe.characters import simplified
from tanzhe.model.evidence import EventKind, Stage
from tanzhe.workspace.denial import is_denied

Direction = Literal["down", "up", "mixed", "none", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """What a trigger word makes of a sentence, and where it stands in it."""

    word: str
    start: int
    end: int
    kind: EventKind
    instrument: str
    direction: Direction
    stage: Stage


# Taken back: the thing did not happen.
_NOT = re.compile(
    r"(?:未(?!来)|没有|不得|不会|不再|不搞|避免|防止|杜绝|禁止|无(?!锡)|严防|是否|如果|若(?!干)|一旦|应对|防范|"
    r"不(?!断|仅|同|少|但|足|等|久|得不)|通过|应(?!急|对)|\b(?:no|not|without|avoid)\b)[^，。、]{0,4}$"
    r"|未(?:按|能|依法)[^，。；]{0,30}$",
    re.I,
)
# A rule that threatens is no event: 责令停产, 停产整治.
_THREAT = re.compile(r"(?:责令|依法|可以|应当|有权|予以|处以)[^，。]{0,6}$")
_THREAT_AFTER = re.compile(
    r"整治|整顿|判定|处罚|首年|后的|以后|前(?!夕)|(?:淘汰)?(?:任务|要求|计划|指标)|落实情况|时间|文号|手续"
)
# 已投产的机组: said of a thing, not told as news.
_ATTRIBUTE = re.compile(r"[^，。、；]{0,4}的(?=\w)")
# In a speech or a call, a policy is only spoken of; something must have been issued or ended.
_SPEECH = re.compile(r"表示|指出|强调|提出要|建议|呼吁")
_DONE = re.compile(
    r"印发|发布|出台|公布|下发|施行|取消|上线|启动|约谈|issued|released|announced|ordered|launched"
)
# A factory's business is told from a school's or a railway's by such words.
_INDUSTRIAL = re.compile(
    r"工业|高耗能|两高|产能|电厂|机组|高炉|生产线|工厂|用电大户|重点用能|规上企业|smelter|plant|mill"
)
_NEEDS_INDUSTRY = {
    "accident",
    "production_limit",
    "facility_closure",
    "maintenance",
    "facility_start",
    "construction_start",
    "restart",
}
# A sentence tells of a policy only when somebody acts in it.
_ACT = re.compile(
    r"印发|发布|出台|实施|执行|施行|启动|上线|公布|(?<!另行)通知|下发|开市|通报|调整|实行|取消|提高|降低|"
    r"约谈|要求|issued|released|announced|ordered|introduced|launched"
)
# Ended: the opposite happened.
_ENDED = re.compile(
    r"(?:取消|解除|停止|结束|放松|放宽|暂缓)(?:了|对|全部|实施|"
    r"执行)?[^，。、]{0,8}$"
)
_DRAFT = re.compile(r"征求意见|公开征求|草案|送审稿|consultation|draft", re.I)
_TARGET = re.compile(
    r"拟(?!合)|即将|预计|预期|力争|争取|有望|计划(?!》|书|的通知|经济)(?:于|在|到|投|"
    r"开|新|今|明|年|建|将|关|淘|压|退|实|启)|"
    r"目标(?:是|为|任务)|规划(?:建设|新建|产能|年产)|将(?:于|在|要|会|继续|进一步|"
    r"全面|逐步|对|按|实|启|建|开|投|淘|关|压)|"
    r"到20[2-6]\d年|至20[2-6]\d年|2[0-9]{3}年(?:底|末)?前|plans? to|expected to|"
    r"will |aims? to|by 20[2-6]\d",
    re.I,
)
# Whom a rule concerns: 新投产且年综合能源消费量达到1万吨标准煤以上, 投产后一年内.
_CONDITION = re.compile(
    r"[^，。；]{0,12}(?:排放量|消费量|消耗量|能耗|用电量|用能量)(?:预计)?(?:达到?|超过|在)[^，。；]{0,14}(?:吨|千瓦时)"
    r"|后[^，。；]{0,2}(?:\d+|[一二两三四五六七八九十]+)(?:个?工作日|日|天|个?月|年)内|且年"
)
_THOSE = re.compile(r"(?:吨|千瓦时|千瓦|tce)[^，。；]{0,6}以上的?[^，。；]{0,2}$")
# Power saved and used in good order is no rationing: 安全有序用电.
_IN_GOOD_ORDER = re.compile(r"(?:安全|科学|合理|规范|文明|节约)[、和]?$")
# Power that emits nothing: putting it to work brings CO2 down.
_CLEAN = re.compile(
    (
        r"水电|风电|光伏|核电|新能源|太阳能|抽水蓄能|绿氢|储能|hydro|wind|solar|"
        r"nuclear"
    ),
    re.I,
)


@cache
def _table() -> dict[str, dict[str, str]]:
    return {
        word.lower(): row
        for row in bundled.rows("tanzhe.evidence.data", "triggers.csv")
        for word in row["words"].split(";")
    }


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_table(), key=len, reverse=True)
    return re.compile(
        "|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words), re.I
    )


@cache
def _industry_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for row in bundled.rows("tanzhe.evidence.data", "industries.csv"):
        words = [
            rf"\b{re.escape(w)}" if w.isascii() else re.escape(w) for w in row["words"].split(";")
        ]
        found.append((row["industry"], re.compile("|".join(words), re.I)))
    return tuple(found)


def may_hold_event(text: str) -> bool:
    """Whether any trigger stands in a text at all; quick."""
    return _pattern().search(simplified(text)) is not None


@lru_cache(1024)
def industries_in(text: str) -> tuple[str, ...]:
    """Industries, by the chronicle's ids, that a passage names.

    Example:
        >>> industries_in("全省电解铝和水泥企业")
        ('aluminium', 'cement')
    """
    plain = simplified(text)
    return tuple(name for name, pattern in _industry_words() if pattern.search(plain))


def _is_in_title(found: Trigger, left: str) -> bool:
    """Whether a trigger only stands in a document's title: 《错峰生产方案》 stops no kiln."""
    return found.kind != "policy" and left.rfind("《") > left.rfind("》")


def _turned(found: Trigger, sentence: str) -> Trigger | None:
    left = sentence[: found.start]
    if _ENDED.search(left):
        turned: Direction = "up" if found.direction == "down" else "unknown"
        return replace(found, direction=turned)
    if is_denied(sentence, found.start, found.end):
        return None
    if _NOT.search(left) or _THREAT.search(left) or _is_in_title(found, left):
        return None
    if _THREAT_AFTER.match(sentence, found.end) or _CONDITION.match(sentence, found.end):
        return None
    if _THOSE.search(left):
        return None
    if found.word == "有序用电" and _IN_GOOD_ORDER.search(left):
        return None
    if found.instrument == "facility_start" and _CLEAN.search(sentence):
        return replace(found, direction="down")
    return found


def is_told(trigger: Trigger, sentence: str, industries: tuple[str, ...]) -> bool:
    """Whether a sentence really tells of what its trigger names, in industry."""
    sentence = simplified(sentence)
    if trigger.kind == "policy" and not _ACT.search(sentence):
        return False
    if trigger.kind == "policy" and _SPEECH.search(sentence) and not _DONE.search(sentence):
        return False
    if trigger.instrument in _NEEDS_INDUSTRY:
        return bool(industries) or _INDUSTRIAL.search(sentence) is not None
    return True


def is_attribute(trigger: Trigger, sentence: str) -> bool:
    """Whether a trigger only describes a thing: 已投产的机组.

    Example:
        >>> text = "已投产的机组为14台"
        >>> is_attribute(find_triggers(text)[0], text)
        True
    """
    left = sentence[: trigger.start]
    in_title = left.rfind("《") > left.rfind("》")  # the title is what was issued
    return not in_title and _ATTRIBUTE.match(sentence, trigger.end) is not None


def find_triggers(sentence: str) -> list[Trigger]:
    """The triggers of a sentence; those taken back (未限电) are left out."""
    sentence, found = simplified(sentence), []
    for match in _pattern().finditer(sentence):
        row = _table()[match[0].lower()]
        trigger = Trigger(
            word=match[0],
            start=match.start(),
            end=match.end(),
            kind=row["kind"],  # type: ignore[arg-type]
            instrument=row["instrument"],
            direction=row["direction"],  # type: ignore[arg-type]
            stage=row["stage"],  # type: ignore[arg-type]
        )
        turned = _turned(trigger, sentence)
        if turned:
            found.append(turned)
    return found


def stage_in(passage: str, default: Stage) -> Stage:
    """The stage a passage's words give: draft and target words turn a fact into less.

    Example:
        >>> stage_in("项目计划于2023年投产", "commissioned"), stage_in("项目投产", "commissioned")
        ('target', 'commissioned')
    """
    passage = simplified(passage)
    if _DRAFT.search(passage):
        return "draft"
    return "target" if _TARGET.search(passage) else default
