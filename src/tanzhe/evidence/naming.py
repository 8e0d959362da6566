"""What an event is called: the clause around its trigger, without words that only join it on."""

import re

from tanzhe.evidence.passages import Passage
from tanzhe.evidence.triggers import Trigger

LONGEST_NAME = 48  # characters of an event's name
SHORTEST_NAME = 14  # a shorter clause lacks its subject; the clause before is joined on
_MARKS = "，,：:；;"
_SUBJECTLESS = "于自在是将并"  # a clause that begins so has its subject before it
_PARTICLES = "的、在于了和及与对"
# Words at the head of a clause that refer back or join on.
_JOINING = re.compile(
    r"(?:据悉|此外|另外|同时|目前|其中|以及|并且|并|但是|但|而且|而|且|其|因此|另据|据了解|发现|包括)+"
    r"(?!购|网|轨)"
)
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
    if end - start <= LONGEST_NAME:
        return end
    end = start + LONGEST_NAME
    opened = max(text.rfind(mark, least, end) for mark in "（(《“")
    return opened if opened > least else end


def has_own_clause(passage: Passage, trigger: Trigger, at: int) -> bool:
    """Whether something at an offset stands in the trigger's own clause.

    Example:
        >>> from tanzhe.evidence.triggers import find_triggers
        >>> text = "是全省首个投产的电厂，于2008年2月开工"
        >>> has_own_clause(Passage(0, len(text), text), find_triggers(text)[0], text.index("2008"))
        False
    """
    text = passage.text
    ends = [found for mark in _MARKS if (found := text.find(mark, trigger.end)) >= 0]
    return _clause_start(text, trigger.start) <= at < min(ends, default=len(text))


def name_span(passage: Passage, trigger: Trigger) -> tuple[int, int]:
    """Offsets in the passage of the words that name a trigger's event, at most 48 characters.

    Example:
        >>> from tanzhe.evidence.triggers import find_triggers
        >>> text = "其中，贵州省水泥企业因电力紧张，全部停窑，价格上涨"
        >>> start, end = name_span(Passage(0, len(text), text), find_triggers(text)[0])
        >>> text[start:end]
        '贵州省水泥企业因电力紧张，全部停窑'
    """
    text = passage.text
    ends = [at for mark in _MARKS if (at := text.find(mark, trigger.end)) >= 0]
    end = min(ends, default=len(text))
    start = _shortened(text, _clause_start(text, trigger.start), trigger)
    start = _with_subject(text, start, end)
    joined = _JOINING.match(text, start, trigger.start)
    start = joined.end() if joined else start
    while start < trigger.start and text[start] in " 　“”、，":
        start += 1
    return start, _cut(text, start, end, trigger.end)
