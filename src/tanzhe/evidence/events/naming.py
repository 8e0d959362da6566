"""What an event is called: the clause around its trigger, without words that only join it on."""

import re

from tanzhe.evidence.events.passages import Passage
from tanzhe.evidence.events.triggers import Trigger

LONGEST_NAME = 48  # characters of an event's name
SHORTEST_NAME = 14  # a shorter clause lacks its subject; the clause before is joined on
_MARKS = "，,：:；;"
_SUBJECTLESS = "于自在是将并"  # a clause that begins so has its subject before it
_PARTICLES = "的、在于了和及与对"
# Words at the head of a clause that refer back or join on.
_JOINING = re.compile(
    r"(?:据悉|此外|另外|同时|目前|其中|以及|并|但是|但|而|且|其|因此|另据|据了解|发现|包括)+"
    r"(?!购|网|轨)"
)
# Words that point back to something named elsewhere.
_THING = (
    r"(?:公司|集团|企业|项目|工程|煤矿|矿井|矿山|矿|工厂|电厂|电站|厂|机组|生产线|产线|高炉|焦炉|"
    r"装置|基地|园区|园|平台|单位|建设)"
)
_POINTING = re.compile(
    rf"(?:该|本|此|上述|前述|这(?:家|些|座|个|条|一)|那(?:家|座|个)|其中?)[一-鿿]{{0,4}}?{_THING}"
    rf"|(?:这|那)(?:里|一)|(?:两|三|四|五|六|七|八|九|十|\d+)[家个座台条]{_THING}"
    rf"|(?:一期|二期|三期)?{_THING}(?=$|于|已|将|在|自|从|被|全面|全部|正式|顺利|建成|投产|停产|限产|复产|开工|关停|检修|总|计划|预计|因|由|的|年)"
)
_CELL_MARK = re.compile(r"[\t|]")
_CELL = re.compile(r"[^\t|]+")
_HAN = re.compile(r"[一-鿿]")
LEAST_CELL_MARKS, LEAST_CELL = 2, 4
_DEMANDS = ("要求", "明确", "提出", "规定", "部署")
_ASIDE = re.compile(
    r"[（(]以下(?:简称|称)"
)  # what something is called from here on is no name of it
# A date alone names nothing: 2021年9月 before 云南省水泥企业停窑.
_ONLY_DATE = re.compile(r"[\s\d年月日底初末上中下旬自从起至到—-]*$")


def _clause_start(text: str, at: int) -> int:
    """Where the clause that holds an offset begins."""
    return max(text.rfind(mark, 0, at) for mark in _MARKS) + 1


def _shortened(text: str, start: int, trigger: Trigger) -> int:
    """A start that leaves room for the trigger, after a particle: no word is cut in two."""
    if trigger.end - start <= LONGEST_NAME:
        return start
    first = trigger.end - LONGEST_NAME
    room = text[first : trigger.start]
    cuts = [cut for mark in _PARTICLES if (cut := room.find(mark)) >= 0]
    return first + min(cuts, default=len(room) - 1) + 1


def _lacks_subject(text: str, start: int, end: int) -> bool:
    return end - start < SHORTEST_NAME or text[start] in _SUBJECTLESS


def _with_subject(text: str, start: int, end: int) -> int:
    """The start of the clauses before, where a clause lacks its subject and there is room."""
    while start > 0 and _lacks_subject(text, start, end):
        before = _clause_start(text, start - 1)
        if end - before > LONGEST_NAME or _ONLY_DATE.match(text[before : start - 1]):
            break
        start = before
    return start


def _cut(text: str, start: int, end: int, least: int) -> int:
    """An end that leaves at most the longest name, and no bracket open."""
    aside = _ASIDE.search(text, least, end)
    end = min(end, aside.start() if aside else end, start + LONGEST_NAME)
    opened = max(text.rfind(mark, least, end) for mark in "（(《“")
    closed = max(text.rfind(mark, least, end) for mark in "）)》”")
    return opened if opened > max(least - 1, closed) else end


def _first_cell(text: str) -> tuple[int, int] | None:
    """Where the first cell of a table's row stands that may name something; None in a sentence."""
    if len(_CELL_MARK.findall(text)) < LEAST_CELL_MARKS:
        return None
    for match in _CELL.finditer(text):
        words = match[0].strip()
        if len(_HAN.findall(words)) >= LEAST_CELL and len(words) <= LONGEST_NAME:
            start = match.start() + match[0].index(words)
            return start, start + len(words)
    return None


def is_nameless(name: str) -> bool:
    """Whether a name only points back: 该煤矿停产, 项目于5月投产, 上述企业限产.

    Example:
        >>> [is_nameless(one) for one in ("该煤矿停产", "项目于5月投产", "曲靖煤矿停产")]
        [True, True, False]
    """
    return _POINTING.match(name) is not None


def has_own_clause(passage: Passage, trigger: Trigger, at: int) -> bool:
    """Whether something at an offset stands in the trigger's own clause.

    Example:
        >>> from tanzhe.evidence.events.triggers import find_triggers
        >>> text = "是全省首个投产的电厂，于2008年2月开工"
        >>> has_own_clause(Passage(0, len(text), text), find_triggers(text)[0], text.index("2008"))
        False
    """
    text = passage.text
    ends = [found for mark in _MARKS if (found := text.find(mark, trigger.end)) >= 0]
    return _clause_start(text, trigger.start) <= at < min(ends, default=len(text))


def is_demanded(passage: Passage, trigger: Trigger) -> bool:
    """Whether a trigger stands in a clause without subject that says what was asked for.

    Example:
        >>> from tanzhe.evidence.events.triggers import find_triggers
        >>> text = "印发通知，要求水泥企业减产"
        >>> is_demanded(Passage(0, len(text), text), find_triggers(text)[-1])
        True
    """
    start = _clause_start(passage.text, trigger.start)
    return passage.text.startswith(_DEMANDS, start)


def name_span(passage: Passage, trigger: Trigger) -> tuple[int, int]:
    """Offsets in the passage of the words that name a trigger's event, at most 48 characters.

    Example:
        >>> from tanzhe.evidence.events.triggers import find_triggers
        >>> text = "其中，贵州省水泥企业因电力紧张，全部停窑，价格上涨"
        >>> start, end = name_span(Passage(0, len(text), text), find_triggers(text)[0])
        >>> text[start:end]
        '贵州省水泥企业因电力紧张，全部停窑'
    """
    text = passage.text
    cell = _first_cell(text)
    if cell is not None:
        return cell
    ends = [at for mark in _MARKS if (at := text.find(mark, trigger.end)) >= 0]
    end = min(ends, default=len(text))
    start = _shortened(text, _clause_start(text, trigger.start), trigger)
    start = _with_subject(text, start, end)
    joined = _JOINING.match(text, start, trigger.start)
    start = joined.end() if joined else start
    closed = text.rfind("）", start, trigger.start)
    if (
        closed >= 0 and text.rfind("（", start, closed) < 0
    ):  # …来源：某报）云南省: the rest of a note
        start = closed + 1
    while start < trigger.start and text[start] in " 　“”、，":
        start += 1
    return start, _cut(text, start, end, trigger.end)
