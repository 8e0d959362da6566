"""Pass rates of dates and quantities by notion, on the grids of tests/text.

python bench/text.py [-v] [--unseen]

Of each notion two thirds of the cases were open while the parser was written; every third one was
held back and first looked at in the end (`--unseen` scores and shows these). The second and third
lists are scored whole.
"""

import sys
from datetime import date
from pathlib import Path

import yaml

from tanzhe.text import read_dates, read_quantities

TESTS = Path(__file__).parents[1] / "tests" / "text"
REFERENCE = date(2022, 5, 18)
Case = list[object]


def expected(case: Case, width: int) -> list[tuple[object, ...]]:
    """What a case asks for: (text, value, value) of each span; `~` stands for the whole text."""
    text, rest = str(case[0]), case[1:]
    rows = [rest[at : at + width] for at in range(0, len(rest), width)]
    return [(str(row[0]) if row[0] is not None else text, *row[1:]) for row in rows]


def dates(case: Case) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Found and expected of a case of dates."""
    spans = read_dates(str(case[0]), REFERENCE)
    return [(s.text, s.first_day, s.last_day) for s in spans], expected(case, 3)


def quantities(case: Case) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Found and expected of a case of quantities; values to six digits."""
    found = [(s.text, _round(s.low), _round(s.high), s.unit) for s in read_quantities(str(case[0]))]
    wanted: list[tuple[object, ...]] = []
    for text, value, unit in expected(case, 3):
        low, high = value if isinstance(value, list) else (value, value)
        wanted.append((text, _round(low), _round(high), unit))
    return list(found), wanted


def _round(value: float) -> float:
    return float(f"{float(value):.6g}")


READERS = {
    "grid_dates.yaml": dates,
    "grid_quantities.yaml": quantities,
    "second_dates.yaml": dates,
    "second_quantities.yaml": quantities,
    "third_dates.yaml": dates,
    "third_quantities.yaml": quantities,
}


def unseen(number: int) -> bool:
    """Whether the case of this place in its notion was held back."""
    return number % 3 == 2


def main() -> None:
    verbose, held = "-v" in sys.argv, "--unseen" in sys.argv
    for name, reader in READERS.items():
        right = total = 0
        for notion in yaml.safe_load((TESTS / name).read_text(encoding="utf-8")):
            cases = [c for n, c in enumerate(notion["例"]) if name[0] in "st" or unseen(n) == held]
            wrong = [(c, *reader(c)) for c in cases if reader(c)[0] != reader(c)[1]]
            right, total = right + len(cases) - len(wrong), total + len(cases)
            print(f"| {notion['概念']} | {len(cases) - len(wrong)}/{len(cases)} |")
            if verbose:
                for case, found, wanted in wrong:
                    print(f"    {case[0]}: {found} instead of {wanted}")
        print(f"| {name} | {right}/{total} = {right / total:.3f} |")


if __name__ == "__main__":
    main()
