"""Bodies that a sentence makes answerable: 省发展改革委牵头建立…, 省财政厅配合, 由市能源局负责."""

import re

from tanzhe.model.policy import ResponsibleBody, Role
from tanzhe.policy.bodies.names import IS_BODY, NO_BODY, Name, listed_bodies
from tanzhe.policy.outline.view import View
from tanzhe.policy.words import either

_CLAUSE = re.compile(r"[^，。；：！？]+")
_LEFT = re.compile(r"^(?:[（【][\u4e00-\u9fff、]{1,14}[）】]|\d{1,2}[.．、]|由|请|并)+")
# What a body does; the first word that fits ends the list of bodies before it.
_DOES = re.compile(
    r"(?P<lead>(?:共同|联合|总)?牵头|会同|会商)"
    r"|(?P<support>(?:积极|协同|协助)?(?:配合|协助|参与|协同))"
    r"|(?P<charge>(?:具体|共同|分别|统一)?(?:负责|承担)|按(?:照)?(?:各自)?职责|依职责)"
    r"|(?P<other>应当|应|要|须|必须|可以|不得|统筹|定期|组织|指导|主管|(?:在|于)(?=[^，。]{0,12}"
    r"[年月日])|每(?:[两三四五半]?年|季度|月)|按(?:照|有关|规定)|根据|依据|结合|加强|建立|制定"
    r"|将|对|开展|适时|依法|自收到|收到)"
)
# No one in particular, or those who apply: they have duties, but answer for no task.
_NO_ONE = re.compile(either("nobody"))
_WORDS = re.compile(
    r"[的了是可并将等]|以(?!上|下)|对(?!外)|(?:工作|任务|措施|方案|制度|体系|平台|建设|管理办法)$"
)
_NO_NAME = re.compile(rf"^(?:{either('no_name_begins')})")
_ROLES: dict[str, Role] = {"lead": "牵头", "support": "配合", "charge": "负责", "other": "负责"}
# 工业和信息化、生态环境等部门: fields, not bodies, so one name
_FIELDS = re.compile(
    r"(?:(?![\u4e00-\u9fff]*[委局厅办部院府司]、)[\u4e00-\u9fff]{2,10}、)+"
    r"(?![\u4e00-\u9fff]*[委局厅办院府司]等)[\u4e00-\u9fff]{2,10}?等(?:有关|相关)?(?:部门|单位)"
)
# 要切实担负起主体责任: the sentence says itself that the body answers.
_ANSWERS = re.compile(
    r"(?:切实|依法|全面|认真)*(?:担负|承担|履行|扛|负)起?[^，。；、]{0,6}(?:责任|职责)"
)
_GIVEN = "由"  # 由发展改革部门统筹推进…，能源部门指导…: given to these, to the end of the sentence
LONGEST_LIST = 90


def acting_bodies(
    view: View, start: int, end: int, *, subjects: bool
) -> tuple[ResponsibleBody, ...]:
    """The bodies that are the subjects of a task's sentences, with their roles.

    Any clause may name who leads, supports or answers; a body that merely does something
    (省能源局组织…, 应当…) counts where it opens a sentence, or where the work is given to it:
    由甲统筹推进…，乙指导….

    Args:
        view: the repaired text.
        start: where the task's words begin, after its number.
        end: where they end.
        subjects: whether a body that merely does something counts.
    """
    found: list[ResponsibleBody] = []
    given = False
    for clause in _CLAUSE.finditer(view.text, start, end):
        first = clause.start() == start or view.text[clause.start() - 1] in "。：；！？"
        given = clause[0].startswith(_GIVEN) or (given and not first)
        named = _of_clause(view, clause.start(), clause.end(), opens=given or (first and subjects))
        given = given and bool(named)
        found += named
    unique = {one.name: one for one in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda one: one.span.start))


def _of_clause(view: View, start: int, end: int, *, opens: bool) -> list[ResponsibleBody]:
    left = _LEFT.match(view.text[start:end])
    at = start + (left.end() if left else 0)
    for does in _DOES.finditer(view.text, at, min(end, at + LONGEST_LIST)):
        if does.start() == at:  # 会同省能源局建立…: its subject stands in the clause before
            return _joined(view, at, end)
        names = _subjects(view.text, at, does.start())
        if names:
            answers = _ANSWERS.match(view.text, does.end(), end)
            weak = does.lastgroup == "other" and not opens and not answers
            role = _ROLES[str(does.lastgroup)]
            own = [] if weak else [_body(view, name, role) for name in names]
            return own + (_joined(view, at, end) if own else [])
    return []


def _joined(view: View, at: int, end: int) -> list[ResponsibleBody]:
    """The bodies after 会同."""
    joint = view.text.find("会同", at, end)
    return _together(view, joint + len("会同"), end) if joint >= 0 else []


def _together(view: View, at: int, end: int) -> list[ResponsibleBody]:
    """The list of bodies that begins here; what they do follows without a mark."""
    fields = _FIELDS.match(view.text, at, end)
    if fields:
        return [_body(view, Name(start=at, end=fields.end(), text=fields[0]), "配合")]
    stop = _list_end(view.text, at, end)
    names = listed_bodies(view.text, at, stop)
    return [_body(view, n, "配合") for n in names] if all(_is_body(n.text) for n in names) else []


def _list_end(text: str, at: int, end: int) -> int:
    """Where the last name of a list ends; up to three letters more: 部|门, 政府|办公厅."""
    last = at
    for joint in re.finditer(r"、|和|与|及", text[at:end]):
        if IS_BODY.match(text[last : at + joint.start()]):
            last = at + joint.end()
    for stop in range(last + 3, end + 1):
        if IS_BODY.match(text[last:stop]):
            return max(
                i for i in range(stop, min(end, stop + 3) + 1) if IS_BODY.match(text[last:i])
            )
    return max(at, last - 1)


def _subjects(text: str, start: int, end: int) -> list[Name]:
    """The bodies of a list, or [] where something else stands among them."""
    fields = _FIELDS.fullmatch(text, start, end)
    if fields:
        return [Name(start=start, end=end, text=fields[0])]
    names = listed_bodies(text, start, end)
    said = sum(len(n.text) for n in names)
    bare = len(re.sub(r"[、和与及等]", "", text[start:end]))
    if not names or said < 0.8 * bare or not all(_is_body(n.text) for n in names):
        return []
    return [n for n in names if not _NO_ONE.fullmatch(n.text)]


def _is_body(words: str) -> bool:
    return bool(
        2 < len(words) <= 30
        and IS_BODY.match(words)
        and not NO_BODY.search(words)
        and not _WORDS.search(words)
        and not _NO_NAME.match(words)
    )


def _body(view: View, name: Name, role: Role) -> ResponsibleBody:
    return ResponsibleBody(name=name.text, role=role, span=view.passage(name.start, name.end))
