"""Build src/tanzhe/data/simplified.csv from OpenCC's table of traditional characters.

python bench/pack_simplified.py FILE    FILE: dictionary/TSCharacters.txt of OpenCC (Apache-2.0)

A character that simplified text uses itself (GB 2312: 著 in 显著, 乾 in 乾县) is left as it is, so
that simplified text never changes; three that it hardly ever uses are taken all the same.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "tanzhe" / "data" / "simplified.csv"
TAKEN_ALL_THE_SAME = "於後徵"


def in_gb2312(character: str) -> bool:
    """Whether a character belongs to the code of simplified text."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def main() -> None:
    found: dict[str, str] = defaultdict(str)
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        traditional, simplified = line.split("\t")[:2]
        first = simplified.split()[0]
        own = in_gb2312(traditional) and traditional not in TAKEN_ALL_THE_SAME
        if first != traditional and in_gb2312(first) and not own:
            found[first] += traditional
    with OUT.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("simplified", "traditional"))
        table.writerows(sorted(found.items()))


if __name__ == "__main__":
    main()
