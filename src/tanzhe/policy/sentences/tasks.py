"""The numbered tasks of a document, whatever its levels of numbering."""

import re

from tanzhe.model.policy import Task
from tanzhe.policy.bodies.responsible import notes, responsible_bodies
from tanzhe.policy.outline.tree import NAMED_SECTION, Part, heading
from tanzhe.policy.outline.view import View

# Sections that set the scene, name goals or explain words; nobody has to do them.
_SCENE = re.compile(
    r"^(?:(?:主要|典型|经验|先进)做法|存在(?:的)?(?:主要|突出)?问题|取得(?:的)?成效|[\u4e00-\u9fff]{0,4}情况"
    r"|(?:试点|适用|实施|培训|参加|征集|申报)(?:对象|范围|时间|地点)|收费标准|(?:申报|申请|准入|基本|试点|建设|遴选)条件|申报材料)"
    r"|"
    r"^(?:总体(?:要求|思路|目标|考虑|部署|安排)|指导思想|(?:基本|工作|实施|总体"
    r"|建设)原则|(?:工作|主要|总体|发展|行动|建设|具体|预期|阶段)*目标"
    r"|(?:目标|建设)(?:要求)?$|(?:发展|现实|工作)?(?:基础|背景|现状|形势|成效)"
    r"|面临(?:的)?形势|形势(?:与|和)|适用范围|总则|附则|名词|术语|指标(?:类型|解释"
    r"|说明|体系)"
    r"|(?:部分)?指标|编制(?:依据|说明)|(?:[\u4e00-\u9fff]{0,4}依据$)|定义|重要意义|充分认识"
    r"|概述|引言|前言|附件|有关说明|其[他它](?:事项|$)|施行日期"
    r"|(?:基本|有关)?情况|总体进展|法律责任|罚则|联系(?:人|方式)|任务(?:来源|背景)|工作思路|思路)"
)
_FRAME_ARTICLE = re.compile(
    r"^[^。]{0,12}(?:为(?:了|加强|规范|贯彻|进一步|推动|促进|落实|深入|保障|保护|防治|防止)|根据《)"
    r"|^[^。]{0,60}适用(?:于)?(?:本|$|。|，)|适用于|所称[^。]{1,40}(?:是指|指|包括|，)"
    r"|^(?:违反本|有下列|[^。]{4,60}，(?:由[^。]{2,30})?(?:责令|处以?\d|给予(?:警告|处分)))"
    r"|自[^。]{1,24}(?:起)?(?:施行|实施|执行|生效)|负责解释|有效期|是指|同时废止"
    r"|本(?:办法|条例|规定|细则|规程)(?:中)?(?:下列)?(?:用语|术语)"
)
# 本方案所称零碳园区，是指…: a paragraph that explains a word, and nothing beside.
_DEFINES = re.compile(
    r"(?:本|前款|上款|上述|这里)?[\u4e00-\u9fff]{0,10}?所[称指](?:的)?[^。]{1,60}?，?"
    r"(?:是?指|系指|包括)(?![示导引标定])[^。]*"
    r"|[“\"][^”\"。，]{1,30}[”\"]，?(?:是指|系指|指的是)[^。]*"
)
# 第六条 申报园区应当符合下列条件：
CONDITIONS = re.compile(
    r"(?:符合|满足|具备|达到)(?:以下|下列|如下)?[^，。；：]{0,12}(?:条件|指标|要求|标准)(?:的)?[^，。；]{0,8}："
)
_ONLY_A_TITLE = re.compile(r"《[^《》]+》(?:（[^）]*）)?(?:[^。]{0,12}[。；]?$|(?=以上))")
_IN_FORCE = re.compile(r"本[\u4e00-\u9fff]{2,6}自[^。]{1,24}(?:施行|实施|执行|生效)")
_DUTY = re.compile(
    r"应当|应|负责|须|必须|不得|组织|按照|要求|可以|报送|予以|建立|实行|禁止|鼓励|支持"
)
_CLOSING = re.compile(r"附则|法律责任|罚则|奖惩")
_GROUPED = ("chapter", "section", "comma", "paren", "dot", "decimal", "sub_decimal", "article")
_TITLED_LENGTH = 12  # letters beyond its heading that make an item more than a line of a list


def find_tasks(view: View, roots: list[Part]) -> tuple[Task, ...]:
    """The tasks below the outermost parts, in order, each with who answers for it."""
    found: list[Part] = []
    for root in roots:
        found += _tasks_of(view, root)
    noted = {id(p.parent) for p in found if notes(view.text, p.start, p.end)}
    return tuple(_task(view, part, beside=id(part.parent) in noted) for part in found)


def _tasks_of(view: View, part: Part) -> list[Part]:
    title = heading(view, part)
    style = part.marker.style
    if style == "article":
        return [part] if _is_duty(view, part) else []
    articles = any(c.marker.style == "article" for c in part.parts) and not _CLOSING.match(title)
    noted = any(notes(view.text, child.start, child.end) for child in part.parts)
    if style in ("digit_paren", "ring") or (_SCENE.match(title) and not articles and not noted):
        return []  # articles say themselves whether they lay down a duty
    if style in ("chapter", "section") and part.parts:
        return [task for child in part.parts for task in _tasks_of(view, child)]
    children = [child for child in part.parts if child.marker.style in _GROUPED]
    if children and _is_group(view, part, children):
        return [task for child in children for task in _tasks_of(view, child)]
    return [part] if _says_something(view, part) else []


def _is_duty(view: View, part: Part) -> bool:
    words = view.text[part.marker.end : part.end]
    lists = CONDITIONS.search(words[:120]) and len(part.parts) > 1
    return bool(_DUTY.search(words)) and not lists and not _FRAME_ARTICLE.search(words[:120])


def _says_something(view: View, part: Part) -> bool:
    words = view.text[part.marker.end : part.end]
    if len(words) <= 8 or _ONLY_A_TITLE.match(words) or _IN_FORCE.match(words):
        return False
    return not _only_defines(words) or bool(notes(view.text, part.start, part.end))


def _only_defines(words: str) -> bool:
    """Whether all sentences below the heading explain a word; one that lays down more is a task."""
    said = [one for one in re.split(r"[。；]", words) if one]
    titled = len(said) > 1 and len(said[0]) <= _TITLED_LENGTH
    rest = said[1:] if titled else said
    return bool(_DEFINES.match(rest[0])) and all(
        _DEFINES.match(one) or not _DUTY.search(one) for one in rest
    )


def _is_group(view: View, part: Part, children: list[Part]) -> bool:
    """Whether the tasks are the sub-parts and not this part.

    Sub-parts are tasks when they, and not their whole, name who answers; else when they have
    headings of their own under a 一、 or an outer number. Steps under （一） are part of the task.
    """
    own = [bool(notes(view.text, child.start, child.end)) for child in children]
    if sum(own[:-1]) >= max(1, (len(own) - 1) / 2) or (len(own) == 1 and own[0]):
        return True
    if notes(view.text, part.marker.end, part.own_end):
        return False
    section = part.marker.style == "comma" and NAMED_SECTION.fullmatch(heading(view, part))
    # The note at the end of the last step is the whole's, unless the whole is a section.
    if own and own[-1] and len(own) > 1 and not section:
        return part.marker.rank < children[0].marker.rank - 1 and part.marker.style == "comma"
    if children[0].marker.style == "decimal":  # 1 is the section, 1.1 its tasks
        return True
    return part.marker.style == "comma" and _titled(view, children)


def _titled(view: View, children: list[Part]) -> bool:
    """Whether most items have more than one clause; a list of names or conditions has not."""
    long = [
        child.end - child.heading_end > _TITLED_LENGTH or view.text[child.end - 1] in "。"
        for child in children
    ]
    return sum(long) >= len(long) / 2


def _section(view: View, part: Part) -> str:
    parent = part.parent
    return heading(view, parent) if parent else ""


def _number(view: View, part: Part) -> str:
    """The number as stated, with both its brackets."""
    words = view.text[part.marker.start : part.marker.end]
    if part.marker.style == "paren":
        return f"（{words.strip('（）〈〉<>﹙﹚、')}）"
    return words.rstrip("、．.：")


def _words_start(view: View, part: Part) -> int:
    """Where its words begin: below a heading on a line of its own, else after the number."""
    own_line = view.at_break(part.heading_end) and part.heading_end < part.end
    return part.heading_end if own_line else part.marker.end


def _task(view: View, part: Part, *, beside: bool) -> Task:
    """The task of a part; where notes stand `beside` it, it would have one, had it a body."""
    end = part.end
    return Task(
        number=_number(view, part),
        heading=heading(view, part),
        section=_section(view, part),
        text=view.text[part.start : end],
        responsible_bodies=responsible_bodies(
            view, _words_start(view, part), end, subjects=not beside
        ),
        span=view.passage(part.start, end),
    )
