"""How well official documents are read: labelled ministry documents, news, and invented ones.

python bench/policy.py [-v]        needs ../shared/data/corpus for the ministry documents and news

A title, number, body or citation is right when its letters agree, spaces aside. Tasks are counted:
the smaller of read and labelled is right. With -v every miss is printed.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tanzhe.model.policy import PolicyDocument
from tanzhe.policy.read import read_policy
from tanzhe.text import read_bytes

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "data" / "corpus"
LABELS = ROOT / "tests" / "policy" / "data" / "labels.yaml"
FILES = ("mee_policies_zh_2018_2023", "mee_documents_zh_2004_2025")
NEWS = "crud_news_2023_filtered"
FIELDS = ("status", "title", "numbers", "issuers", "date", "tasks", "cited")


@dataclass
class Score:
    """Right, read and labelled of one field."""

    right: int = 0
    read: int = 0
    labelled: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0


def corpus(name: str) -> Iterator[dict[str, str]]:
    """The documents of a file of the corpus."""
    with gzip.open(CORPUS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read(text: str) -> PolicyDocument:
    """A text as `tanzhe policy` reads it."""
    return read_policy(read_bytes(text.encode(), "text/plain"))


def _plain(words: str) -> str:
    return re.sub(r"[\s〈〉<>]", "", words)


def found_fields(policy: PolicyDocument) -> dict[str, list[str]]:
    """What was read, in the form of the labels."""
    return {
        "status": [policy.status],
        "title": [_plain(policy.title.words)] if policy.title else [],
        "numbers": [one.words for one in policy.document_numbers],
        "issuers": [one.words for one in policy.issuers],
        "date": [policy.date] if policy.date else [],
        "tasks": [str(n) for n in range(len(policy.tasks))],
        "cited": [_plain(one.title) for one in policy.cited_documents if one.title],
    }


def wanted_fields(label: dict[str, object]) -> dict[str, list[str]]:
    """The labelled fields; those nobody labelled are left out."""
    wanted: dict[str, list[str]] = {}
    for name in FIELDS:
        value = label.get(name)
        if name == "tasks" and isinstance(value, int):
            wanted[name] = [str(n) for n in range(value)]
        elif isinstance(value, list):
            wanted[name] = [_plain(str(one)) for one in value]
        elif value is not None:
            wanted[name] = [_plain(str(value))]
        elif name in label:
            wanted[name] = []
    return wanted


def measured() -> dict[str, Score]:
    """Scores by field over the labelled documents."""
    labels = {one["id"]: one for one in yaml.safe_load(LABELS.read_text(encoding="utf-8"))}
    scores = {name: Score() for name in FIELDS}
    for document in (d for name in FILES for d in corpus(name) if d["id"] in labels):
        found = found_fields(read(document["text"]))
        for name, wanted in wanted_fields(labels[document["id"]]).items():
            right = sum((Counter(found[name]) & Counter(wanted)).values())
            one = scores[name]
            one.right += right
            one.read += len(found[name])
            one.labelled += len(wanted)
            if right < max(len(found[name]), len(wanted)):
                one.missed.append(f"{document['id']} {name}: {found[name]} for {wanted}"[:300])
    return scores


def news() -> Counter[str]:
    """Statuses of 851 news texts, none of which is a policy."""
    return Counter(read(one["text"]).status for one in corpus(NEWS))


def main() -> None:
    """Print the table."""
    start = time.perf_counter()
    scores = measured()
    print("| field | labelled | precision | recall |\n|---|---|---|---|")
    for name, one in scores.items():
        print(f"| {name} | {one.labelled} | {one.precision:.2f} | {one.recall:.2f} |")
        if "-v" in sys.argv:
            print("\n".join(one.missed))
    told = news()
    policies = told["issued"] + told["draft"]
    print(f"news texts taken for policies: {policies} of {sum(told.values())}")
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
