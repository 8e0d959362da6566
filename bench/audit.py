"""Recall and false alarms of the audit over labelled reports.

python bench/audit.py [-v]        seeds beside the repository, and the reports of tests/audit

A label is found when a finding has its kind and its line or item. A finding is a false alarm when
no label, also no optional one (a judgement two careful readers may see differently), fits it.
"""

import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tanzhe.audits.records import Finding, ReportText
from tanzhe.audits.report import audit_report, read_report

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests" / "audit"
SEEDS = ROOT.parent / "shared" / "seeds"


@dataclass
class Score:
    """What was found of one labelled report."""

    name: str
    wanted: int = 0
    found: int = 0
    optional: int = 0
    optional_found: int = 0
    findings: int = 0
    missed: list[str] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    on_empty: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def false_alarms(self) -> float:
        return len(self.alarms) / self.findings if self.findings else 0.0


def where(name: str) -> Path | None:
    for folder in (TESTS / "reports", SEEDS):
        if (folder / name).exists():
            return folder / name
    return None


def item_at(report: ReportText, line: int) -> str | None:
    return next((i.id for i in report.items if i.line <= line <= i.last_line), None)


def fits(report: ReportText, one: Finding, line: int, kind: str) -> bool:
    if one.kind != kind:
        return False
    at = item_at(report, line)
    return one.line == line or (at is not None and one.item == at)


def score(path: Path) -> Score | None:
    """The score of one file of labels, or None when its report is not here."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    source = where(told["report"])
    other = where(told["against"]) if "against" in told else None
    if source is None or ("against" in told and other is None):
        return None
    report = read_report(source)
    result = audit_report(report, against=read_report(other) if other else None)
    kinds = told.get("kinds")
    findings = [f for f in result.findings if not kinds or f.kind in kinds]
    labels = [(n, k, rest[1] if len(rest) > 1 else "") for n, k, *rest in told["labels"]]
    out = Score(name=path.stem, findings=len(findings))
    for line, kind, how in labels:
        hit = any(fits(report, f, line, kind) for f in findings)
        if how == "never":
            out.alarms += [
                f"{line} {kind}: never" for f in findings if f.kind == kind and f.line == line
            ]
        elif how == "optional":
            out.optional += 1
            out.optional_found += hit
            if not hit:
                out.judged.append(f"{line} {kind}")
        else:
            out.wanted += 1
            out.found += hit
            if not hit:
                out.missed.append(f"{line} {kind}")
    allowed = [(n, k) for n, k, how in labels if how != "never"]
    for one in findings:
        if not any(fits(report, one, n, k) for n, k in allowed):
            out.alarms.append(f"{one.line} {one.kind}: {one.explanation}")
    empty = {p.id for p in report.points if p.empty and not p.items}
    out.on_empty = sum(f.turning_point in empty for f in findings)
    return out


def main() -> None:
    verbose = "-v" in sys.argv
    start = time.monotonic()
    total = Score(name="all")
    kinds: Counter[str] = Counter()
    for path in sorted((TESTS / "labels").glob("*.yaml")):
        one = score(path)
        if one is None:
            print(f"{path.stem}: report not here")
            continue
        print(
            f"{one.name}: recall {one.found}/{one.wanted} = {one.recall:.3f}; judgement labels "
            f"{one.optional_found}/{one.optional}; false alarms {len(one.alarms)}/{one.findings} "
            f"= {one.false_alarms:.3f}; on honest not-found {one.on_empty}"
        )
        total.wanted += one.wanted
        total.found += one.found
        total.findings += one.findings
        total.alarms += one.alarms
        kinds.update(m.split(" ", 1)[1] for m in one.missed)
        if verbose:
            print("".join(f"    missed {m}\n" for m in one.missed), end="")
            print("".join(f"    not flagged (judgement) {m}\n" for m in one.judged), end="")
            print("".join(f"    alarm  {a}\n" for a in one.alarms), end="")
    print(
        f"all: recall {total.found}/{total.wanted} = {total.recall:.3f}; false alarms "
        f"{len(total.alarms)}/{total.findings} = {total.false_alarms:.3f}; "
        f"{time.monotonic() - start:.1f} s; missed by kind {dict(kinds)}"
    )


if __name__ == "__main__":
    main()
