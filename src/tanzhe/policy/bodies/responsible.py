"""Who answers for a task: 牵头, 负责, 配合 and 具体落实, as the note at its end says."""

import re
from dataclasses import dataclass

from tanzhe.model.policy import ResponsibleBody, Role
from tanzhe.policy.bodies.names import IS_BODY, NO_BODY, ROLE_BEHIND, Name, listed_bodies
from tanzhe.policy.bodies.subjects import acting_bodies
from tanzhe.policy.outline.view import View

_LEAD_WORDS = r"(?:共同|联合|分别|总)?牵头(?:(?:并)?(?:负责|组织|实施|落实|推进|单位|部门))?"
_SUPPORT_WORDS = r"(?:参与|参加|配合|协同|协助|支持)(?:单位|配合|落实|负责|实施)?"
_LOCAL_WORDS = r"(?:具体|组织|贯彻|抓好|负责|推进|分别)?(?:落实|实施|组织实施)"
_CHARGE_WORDS = (
    r"(?:按(?:照)?(?:各自)?(?:职责|职能)(?:分工)?(?:分别|共同|各自|协同)?负责?"
    r"|分工负责|分别负责|共同负责|具体负责"
    r"|负责(?:落实|实施|推进)?)"
)
# 责任单位：A、B；配合单位：C
_LABEL = re.compile(
    r"(?P<lead>(?:总)?牵头(?:责任)?(?:单位|部门|领导)?|主办单位|主责(?:单位|部门))"
    r"|(?P<support>(?:配合|参与|参加|协办|协同|协作|协助)(?:责任)?(?:单位|部门)?)"
    r"|(?P<local>(?:具体)?落实(?:单位|部门)|实施(?:单位|主体))"
    r"|(?P<charge>(?:主要)?(?:责任|负责|承办)(?:单位|部门|主体|分工)?)"
)
_LABELLED = re.compile(rf"(?:{_LABEL.pattern})\s*[：:]")
_VERB = re.compile(
    rf"(?P<lead>{_LEAD_WORDS})|(?P<local>{_LOCAL_WORDS})|(?P<charge>{_CHARGE_WORDS})"
    rf"|(?P<support>{_SUPPORT_WORDS})"
)
_ROLES: dict[str, Role] = {
    "lead": "牵头", "support": "配合", "local": "具体落实", "charge": "负责",
}  # fmt: skip
_OPEN, _CLOSE = "（〔【［〖﹝", "）〕】］〗﹞"
_CUE = re.compile(r"牵头|负责|配合|参与|落实|责任单位|责任部门|协办|主办|承办")
_BARE_TAIL = re.compile(
    r"(?:^|[。！])(?P<note>[^。！]{4,400}?(?:牵头|负责|配合|落实|参与)[）〕】］]?)[。]?$"
)
_BY = re.compile(
    r"(?<=[。；，：（])由(?P<note>[^。；，由]{3,60}?(?:牵头|负责)"
    r"(?:，[^。；]{3,80}?(?:配合|参与|协助))?)(?=[，。；）])"
)
_NOT_A_NAME = re.compile(
    r"[的对将要把]|^(?:加强|推进|加快|完善|建立|强化|开展|做好|支持|鼓励|推动|落实)"
)
_OF_A_BODY = re.compile(r"(?:委员会|发展改革委|办公[厅室]|[\u4e00-\u9fff]{2}(?:委|厅|局|部))$")
LONGEST_NOTE = 700


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A passage that names who answers; `end` is after its last letter."""

    start: int
    end: int


def _closing(text: str, opening: int, end: int) -> int:
    """Offset of the bracket that closes, or the end where it is missing."""
    depth = 0
    for i in range(opening, min(end, opening + LONGEST_NOTE)):
        depth += (text[i] in _OPEN) - (text[i] in _CLOSE)
        if depth == 0:
            return i
    return -1


def _bracketed(text: str, start: int, end: int) -> list[Note]:
    found: list[Note] = []
    i = start
    while i < end:
        if text[i] not in _OPEN:
            i += 1
            continue
        close = _closing(text, i, end)
        inner = (i + 1, close if close > 0 else end)
        words = text[inner[0] : inner[1]]
        if close < 0 and ("。" in words.rstrip("。") or len(words) > LONGEST_NOTE):
            i += 1
            continue
        if text[i] == _OPEN[0] and _OF_A_BODY.search(text, max(start, i - 14), i):
            i = max(i, close) + 1  # 国家发展改革委（环资司）: a section of the body before it
            continue
        square = text[i] in _OPEN[1:]
        last = not text[inner[1] + 1 : end].strip("。 ") or text[i - 1] in "。；"
        if _names_bodies(words, alone=square or last):
            found.append(Note(start=inner[0], end=inner[1]))
            i = inner[1]
        i += 1
    return found


def _names_bodies(words: str, *, alone: bool) -> bool:
    """Whether words in brackets say who answers; a single name only where it can stand `alone`."""
    if _LABELLED.match(words):
        return True
    names = listed_bodies(words, 0, len(words))
    if ROLE_BEHIND.search(words):
        return all(_is_name(ROLE_BEHIND.sub("", n.text)) for n in names)
    if _CUE.search(words):
        verb = _VERB.search(words)
        first = words[: verb.start()] if verb else words
        listed = listed_bodies(first, 0, len(first))
        return any(_is_name(n.text) for n in listed) and not re.search(r"以下简称|见附", words)
    whole = sum(len(n.text) for n in names) >= 0.8 * len(re.sub(r"[、，；等]", "", words))
    return len(names) >= 2 - alone and whole and all(IS_BODY.match(n.text) for n in names)


def _labelled_line(text: str, start: int, end: int) -> list[Note]:
    """责任单位：… at the end of a task, without brackets."""
    first = next((m for m in _LABELLED.finditer(text, start, end)), None)
    if first is None or not re.search(r"单位|部门|主体|分工", first[0]):
        return []
    stop = re.search(r"。(?!.{0,40}(?:单位|部门)[：:])|$", text[first.start() : end])
    return [Note(start=first.start(), end=first.start() + stop.start() if stop else end)]


def _open_tail(text: str, start: int, end: int) -> list[Note]:
    """A last sentence of bodies and 负责, also where its opening bracket is missing."""
    tail = _BARE_TAIL.search(text, max(start, end - LONGEST_NOTE), end)
    if not tail:
        return []
    note = Note(start=tail.start("note"), end=tail.end("note"))
    words = text[note.start : note.end].rstrip(_CLOSE)
    verb = _VERB.search(words)
    if not verb:
        return []
    names = listed_bodies(words, 0, verb.start())
    covered = sum(len(n.text) for n in names)
    bare = len(re.sub(r"[、，等由]|会同|以及", "", words[: verb.start()]))
    plain = all(_is_name(n.text) for n in names)
    return [note] if names and plain and covered >= 0.8 * bare else []


def _spoken(text: str, start: int, end: int) -> list[Note]:
    """由甲牵头，乙、丙配合 inside a sentence."""
    found = _BY.search(text, start, end)
    if not found:
        return []
    words = found["note"]
    verb = _VERB.search(words)
    names = listed_bodies(words, 0, verb.start()) if verb else []
    if not names or not all(_is_name(n.text) for n in names):
        return []
    return [Note(start=found.start("note"), end=found.end("note"))]


def _is_name(words: str) -> bool:
    odd = NO_BODY.search(words) or _NOT_A_NAME.search(words)
    return bool(len(words) <= 40 and IS_BODY.match(words) and not odd)


def notes(text: str, start: int, end: int) -> list[Note]:
    """Passages of a task that say who answers for it."""
    return (
        _bracketed(text, start, end)
        or _labelled_line(text, start, end)
        or _open_tail(text, start, end)
        or _spoken(text, start, end)
    )


def _by_label(view: View, start: int, end: int) -> list[ResponsibleBody]:
    labels = list(_LABELLED.finditer(view.text, start, end))
    found: list[ResponsibleBody] = []
    for number, label in enumerate(labels):
        stop = labels[number + 1].start() if number + 1 < len(labels) else end
        role = _ROLES[str(label.lastgroup)]
        found += _bodies(view, label.end(), stop, role)
    return found


def _by_verb(view: View, start: int, end: int) -> list[ResponsibleBody]:
    """A、B牵头，C、D按职责分工负责；E具体落实: each verb takes the bodies before it."""
    found: list[ResponsibleBody] = []
    at = start
    for verb in _VERB.finditer(view.text, start, end):
        after = view.text[verb.end() : verb.end() + 1]
        if after and verb.end() < end and after not in "，、；。）〕】］;, ":
            continue
        found += _bodies(view, at, verb.start(), _ROLES[str(verb.lastgroup)])
        at = verb.end()
    rest = view.text[at:end].strip("，、；。）〕】］等 ")
    if rest and not found:
        found += _bodies(view, at, end, "负责")
    return found


def _by_list(view: View, start: int, end: int) -> list[ResponsibleBody]:
    """甲（牵头）、乙、丙: each body with its own role."""
    return _bodies(view, start, end, "负责")


def _bodies(view: View, start: int, end: int, role: Role) -> list[ResponsibleBody]:
    verb = _VERB.search(view.text, start, end)
    if verb and verb.end() >= end - 1:  # 责任单位：A、B按职责分工负责
        end = verb.start()
    stop = len(view.text[start:end].rstrip("，、；。〕】］;, "))
    return [
        one
        for n in listed_bodies(view.text, start, start + stop)
        if (one := body_of(view, n, role))
    ]


def body_of(view: View, name: Name, role: Role) -> ResponsibleBody | None:
    """A body with its role: that in brackets behind its name (省能源局（牵头）), else the given."""
    told = ROLE_BEHIND.search(name.text)
    own = name.text[: told.start()] if told else name.text.rstrip("）〕】］")
    if not _is_name(own):
        return None
    said = _LABEL.fullmatch(told["role"]) if told else None
    span = view.passage(name.start, name.start + len(own))
    return ResponsibleBody(name=own, role=_ROLES[str(said.lastgroup)] if said else role, span=span)


_ASIDE = re.compile(r"[。；，]?(?:以下|下同|(?:列|排)(?:在)?(?:第一|首)位?|不再列出)")
_FIRST_LEADS = re.compile(r"(?:列|排)(?:在)?(?:第一|首)(?:位)?的?(?:单位)?[^。]{0,4}为?牵头")


def responsible_bodies(
    view: View, start: int, end: int, *, subjects: bool = True
) -> tuple[ResponsibleBody, ...]:
    """The bodies that answer for the task between two offsets, in order, each once a role.

    The note decides; without one, the sentences that say who leads, supports or answers.

    Args:
        view: the repaired text.
        start: where the task's words begin.
        end: where they end.
        subjects: whether a body that a sentence merely makes act counts too.
    """
    found: list[ResponsibleBody] = []
    said = notes(view.text, start, end)
    if not said:
        return acting_bodies(view, start, end, subjects=subjects)
    for note in said:
        aside = _ASIDE.search(view.text, note.start, note.end)
        stop = aside.start() if aside else note.end
        labelled = _LABELLED.search(view.text, note.start, stop)
        listed = ROLE_BEHIND.search(view.text, note.start, stop)
        read = _by_label if labelled else _by_list if listed else _by_verb
        found += _first_leading(view, read(view, note.start, stop))
    unique = {(one.name, one.role): one for one in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda one: one.span.start))


def _first_leading(view: View, found: list[ResponsibleBody]) -> list[ResponsibleBody]:
    """The first of a list leads where the document says so (列第一位的为牵头单位，下同)."""
    if not found or found[0].role != "负责" or not _FIRST_LEADS.search(view.text):
        return found
    return [found[0].model_copy(update={"role": "牵头"}), *found[1:]]
