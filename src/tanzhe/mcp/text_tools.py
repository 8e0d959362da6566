"""Tools on texts, parks, rules and what is built in."""

import hashlib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from tanzhe.api.evidence.chronicle import chosen_events
from tanzhe.api.evidence.documents import chronicle_events, search_documents
from tanzhe.api.parks.assessment import assess
from tanzhe.api.reports.audit import audit
from tanzhe.api.reports.policy import read_policy, read_policy_text
from tanzhe.api.rules.rulebook import list_rules, show_rule
from tanzhe.api.series.output import output_vintages
from tanzhe.api.series.sources import known_sources
from tanzhe.audits.json import audit_json
from tanzhe.audits.report import read_report_text
from tanzhe.errors import InputError, Words
from tanzhe.faults import fault_of
from tanzhe.mcp.answers import answered, sha_of
from tanzhe.mcp.asked import (
    Asked,
    ChronicleAsked,
    DocumentsAsked,
    ParkAsked,
    RuleAsked,
    TextAsked,
)
from tanzhe.mcp.desk import Desk, one_of
from tanzhe.model import Note
from tanzhe.model.rules import RuleSet
from tanzhe.parks.assessment.json import assessment_json
from tanzhe.periods import today
from tanzhe.policy.json import policy_json
from tanzhe.series.ember import ember
from tanzhe.series.output import packaged
from tanzhe.workspace import Workspace

_INLINE = "text"


def chronicle_search(asked: ChronicleAsked, desk: Desk) -> dict[str, Any]:
    """Records of the chronicle, as `tanzhe chronicle list --json`, at most `limit`."""
    with desk.opened() as workspace:
        events = chosen_events(
            chronicle_events(workspace), region=asked.region, industry=asked.industry,
            since=asked.since, until=asked.until, kind=asked.kind, reviewed=asked.reviewed,
        )  # fmt: skip
    shown = events[: asked.limit]
    raw = files("tanzhe.data").joinpath("chronicle.jsonl").read_bytes()
    gaps = [_LEADS.said(desk.language)]
    if len(shown) < len(events):
        gaps.append(_cut(len(shown), len(events)).said(desk.language))
    return answered(
        [one.model_dump(mode="json") for one in shown], source="chronicle", vintage=None,
        sha256=hashlib.sha256(raw).hexdigest(), gaps=gaps, language=desk.language,
    )  # fmt: skip


_LEADS = Words(
    "没有记录不等于没有事件；reviewed 为假的是线索（未复核），只可参考。",
    "No record does not mean no event; one that is not reviewed is a lead, to be checked first.",
)


def _cut(shown: int, total: int) -> Words:
    return Words(f"共 {total} 条，只列前 {shown} 条。", f"{total} in all, the first {shown} given.")


def documents_search(asked: DocumentsAsked, desk: Desk) -> dict[str, Any]:
    """Documents of the library, as `tanzhe docs search --json`."""
    with Workspace.open(desk.workspace) as workspace:
        found = search_documents(workspace, asked.words, asked.limit)
    gaps = [_LIBRARY.said(desk.language)]
    if len(found.hits) < found.total:
        gaps.append(_cut(len(found.hits), found.total).said(desk.language))
    hits = [one.model_dump(mode="json") for one in found.hits]
    return answered(
        hits, source="documents", vintage=None, sha256=None, gaps=gaps, language=desk.language
    )


_LIBRARY = Words(
    "只检索用户用 tanzhe docs add 收入的文件；每份的 sha256 在结果中。",
    "Only what the user added with tanzhe docs add; the sha256 of each stands in its hit.",
)


def audit_text(asked: TextAsked, desk: Desk) -> dict[str, Any]:
    """The audit of a report, as `tanzhe audit --json`."""
    one_of(asked.text, asked.path, "text")
    if asked.text is not None:
        name, sha = _INLINE, sha_of(asked.text)
        found = audit(read_report_text(asked.text, name))
    else:
        file = desk.allowed.file(asked.path or "")
        name, sha = file.name, hashlib.sha256(file.read_bytes()).hexdigest()
        found = audit(file)
    return answered(
        audit_json(found, desk.language), source=name, vintage=None, sha256=sha,
        gaps=_limits(_AUDIT_LIMITS, found.notes, desk), language=desk.language,
    )  # fmt: skip


def policy_read(asked: TextAsked, desk: Desk) -> dict[str, Any]:
    """What an official document says, as `tanzhe policy --json`."""
    one_of(asked.text, asked.path, "text")
    if asked.text is not None:
        name, found = _INLINE, read_policy_text(asked.text, _INLINE)
    else:
        file = desk.allowed.file(asked.path or "")
        name, found = file.name, read_policy(file)
    return answered(
        policy_json(found), source=name, vintage=found.date, sha256=found.sha256,
        gaps=_limits(_POLICY_LIMITS, found.notes, desk), language=desk.language,
    )  # fmt: skip


def park_assess(asked: ParkAsked, desk: Desk) -> dict[str, Any]:
    """A park's year judged, as `tanzhe park assess --json`."""
    one_of(asked.park, asked.path, "park")
    if asked.rules is not None and asked.rules.lower().endswith((".yaml", ".yml")):
        raise InputError(fault_of("mcp.text_tools.rules_file", where=asked.rules))
    park: dict[str, Any] | Path
    if asked.park is not None:
        park, sha = asked.park, sha_of(asked.park)
    else:
        park = desk.allowed.file(asked.path or "")
        sha = hashlib.sha256(park.read_bytes()).hexdigest()
    with desk.opened() as workspace:
        found = assess(park, rules=asked.rules, workspace=workspace)
    return answered(
        assessment_json(found, desk.language), source=found.rules, vintage=str(found.park.year),
        sha256=sha, gaps=_limits(_PARK_LIMITS, found.notes, desk), language=desk.language,
    )  # fmt: skip


def _limits(always: Words, notes: Iterable[Note | Words], desk: Desk) -> list[str]:
    """What every answer of a kind leaves out, then what this one does."""
    return [always.said(desk.language), *(note.said(desk.language) for note in notes)]


def rules_list(asked: Asked, desk: Desk) -> dict[str, Any]:
    """The rulebook, as `tanzhe rules list --json`."""
    with desk.opened() as workspace:
        found = list_rules(workspace)
    return answered(
        _tree(found), source="rulebook", vintage=None, sha256=sha_of(_tree(found)),
        gaps=[_RULE_LIMITS.said(desk.language), *found.unreadable], language=desk.language,
    )  # fmt: skip


def rules_show(asked: RuleAsked, desk: Desk) -> dict[str, Any]:
    """One entry of the rulebook, as `tanzhe rules show --json`."""
    year = today().year if asked.year is None else asked.year
    with desk.opened() as workspace:
        found = show_rule(asked.id, year=year, known_on=asked.known_on, workspace=workspace)
    return answered(
        _tree(found), source=asked.id,
        vintage=found.issued if isinstance(found, RuleSet) else None,
        sha256=sha_of(_tree(found)), gaps=[_RULE_LIMITS.said(desk.language)],
        language=desk.language,
    )  # fmt: skip


def _tree(found: BaseModel | tuple[BaseModel, ...]) -> Any:
    if isinstance(found, tuple):
        return [one.model_dump(mode="json") for one in found]
    return found.model_dump(mode="json")


def data_list(asked: Asked, desk: Desk) -> dict[str, Any]:
    """The sources: what they hold, span, vintage, bytes, known gaps, terms."""
    with desk.opened() as workspace:
        added = output_vintages(workspace) if workspace is not None else ()
    own, nation = packaged(), ember()
    facts = {
        "nbs-output": (own.periods, own.vintage, own.sha256, _NBS_GAPS),
        "ember": (nation.periods, nation.vintage, nation.sha256, _EMBER_GAPS),
    }
    rows, known = [], []
    for one in known_sources():
        periods, vintage, sha, gaps = facts.get(one.name, ((), None, None, _NOT_HERE))
        known.append(gaps.said(desk.language))
        words = {"what": one.what, "coverage": one.coverage, "terms": one.terms}
        rows.append({
            "name": one.name,
            **{key: value.said(desk.language) for key, value in words.items()},
            "built_in": one.built_in,
            "first": periods[0] if periods else None, "last": periods[-1] if periods else None,
            "vintage": vintage, "sha256": sha, "known_gaps": known[-1:],
            "added": [v.model_dump(mode="json") for v in added] if one.name == "nbs-output" else [],
        })  # fmt: skip
    return answered(
        rows, source="tanzhe", vintage=own.vintage, sha256=own.sha256,
        gaps=known, language=desk.language,
    )  # fmt: skip


_NBS_GAPS = Words(
    "没有一月（一月与二月合为一期）；没有公布的月份不补；交通和民用排放不在内；"
    "事后修订较大的年份在各序列的说明里。",
    "No January (one period with February); months not published are not filled; neither "
    "transport nor buildings; years revised much afterwards stand in the notes of a series.",
)
_EMBER_GAPS = Words("只有全国，没有分省；只有电力。", "The nation only, no provinces; power only.")
_NOT_HERE = Words(
    "没有内置，先由用户运行 tanzhe data fetch。", "Not built in: the user runs tanzhe data fetch."
)
_AUDIT_LIMITS = Words(
    "只凭文字、网址和所给材料判断；没有列出的不等于已经证实。",
    "Judged from the text, the addresses and what was given; what is not listed is not proven.",
)
_POLICY_LIMITS = Words(
    "只列这份文件写明的；另文印发的附件没有读。",
    "What this document says alone; annexes published apart were not read.",
)
_PARK_LIMITS = Words(
    "缺的数据不填、不估，抵消不扣减；只算二氧化碳。",
    "What is missing is neither filled nor estimated, offsets are not subtracted; CO2 alone.",
)
_RULE_LIMITS = Words(
    "没有写明核对人（checked 为 null）的数值还没有与正式文本核对。",
    "Values without a checker (checked is null) were not compared with the official text.",
)
