"""How well breaks agree with readers: F1 with a margin, and cover.

Source: van den Burg and Williams 2020, arXiv 2003.06222.
"""

from itertools import pairwise

import numpy as np


def f1(read: dict[str, list[int]], found: list[int], margin: int = 5) -> float:
    """Precision against the union of readers, recall averaged over them; 0 is in all sets.

    Source: van den Burg and Williams 2020, arXiv 2003.06222.
    """
    marked = [{0, *places} for places in read.values()]
    shown = {0, *found}
    precision = hits(set().union(*marked), shown, margin) / len(shown)
    recall = float(np.mean([hits(m, shown, margin) / len(m) for m in marked]))
    return 2 * precision * recall / (precision + recall)


def hits(true: set[int], shown: set[int], margin: int) -> int:
    left, count = set(shown), 0
    for t in sorted(true):
        near = sorted((abs(t - s), s) for s in left if abs(t - s) <= margin)
        if near:
            left.remove(near[0][1])
            count += 1
    return count


def cover(read: dict[str, list[int]], found: list[int], n: int) -> float:
    """How well the found regimes cover those of each reader, averaged (same source)."""
    shown = parts(found, n)
    return float(
        np.mean(
            [
                sum((b - a) * max(overlap(a, b, c, d) for c, d in shown) for a, b in parts(m, n))
                / n
                for m in read.values()
            ]
        )
    )


def parts(at: list[int], n: int) -> list[tuple[int, int]]:
    edges = sorted({0, n} | {t for t in at if 0 < t < n})
    return list(pairwise(edges))


def overlap(a: int, b: int, c: int, d: int) -> float:
    return max(0, min(b, d) - max(a, c)) / (max(b, d) - min(a, c))
