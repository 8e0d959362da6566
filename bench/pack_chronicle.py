"""Build src/tanzhe/data/chronicle.jsonl from the editor's catalogue, which has no `stage`.

python bench/pack_chronicle.py FILE

A record that is packaged already keeps its stage (read through by hand); a new one gets it by the
rule that data/CHRONICLE.md states.
"""

import json
import sys
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src" / "tanzhe" / "data" / "chronicle.jsonl"
DRAFT = ("征求意见", "设想")
PERMITS = ("permit", "capacity_replacement", "planning_target")
BUILT = ("投产", "投运", "点火", "通电", "并网")
BEGUN = ("开工", "动工")
ONLY_SAID = ("计划", "拟", "目标")


def stage_of(record: dict[str, Any]) -> str:
    """The stage of a record by its kind and words."""
    words = record["name_zh"] + record["summary_zh"]
    kind, instrument = record["kind"], record["instrument"]
    if any(word in record["name_zh"] for word in DRAFT):
        return "draft"
    if kind == "statistic":
        return "achieved"
    if kind == "event":
        return "started"
    if kind == "policy":
        said = record["direction"] == "none" and record["document_number"] is None
        announced = record.get("date_kind") == "announced" or any(one in words for one in ONLY_SAID)
        return "target" if said and announced else "issued"
    if instrument in PERMITS:
        return "issued"
    if instrument == "facility_start":
        return "commissioned"
    if instrument == "construction_start" or any(word in record["name_zh"] for word in BEGUN):
        return "started"
    return "commissioned" if any(word in words for word in BUILT) else "unknown"


def main() -> None:
    kept = {
        record["id"]: record["stage"]
        for record in map(json.loads, OUT.read_text(encoding="utf-8").splitlines())
    }
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    told = [
        json.dumps(
            {**record, "stage": kept.get(record["id"]) or stage_of(record)}, ensure_ascii=False
        )
        for record in records
    ]
    OUT.write_text("\n".join(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
