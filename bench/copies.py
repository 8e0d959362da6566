"""Are pages with another's words known as copies, and different documents told apart?

    python bench/copies.py FOLDER_OF_CORPUS [documents]

Copies are made from real documents: a share of the characters changed, cut short, paragraphs cut
anew, words of other documents put around. Pairs of different documents must not be copies; those
that are found are printed, for some documents of the corpus are copies of others.
"""

import gzip
import json
import random
import sys
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from tanzhe.evidence.events.copies import is_copy

Change = Callable[[str, str, random.Random], str]
SHORTEST, LONGEST = 300, 6000  # characters of a document that is used


def _edited(share: float) -> Change:
    def change(text: str, other: str, rng: random.Random) -> str:
        letters = list(text)
        for at in rng.sample(range(len(text)), int(share * len(text))):
            letters[at] = rng.choice(other)
        return "".join(letters)

    return change


def _cut(share: float) -> Change:
    return lambda text, other, rng: text[: int(share * len(text))]


def _surrounded(share: float) -> Change:
    """Words of another document before and after, as many as a share of the text."""

    def change(text: str, other: str, rng: random.Random) -> str:
        words = (other * (1 + len(text) // len(other)))[: int(share * len(text))]
        half = len(words) // 2
        return f"{words[:half]}\n{text}\n{words[half:]}"

    return change


def _wrapped(text: str, other: str, rng: random.Random) -> str:
    plain = "".join(text.split())
    return "\n".join(plain[at : at + 37] for at in range(0, len(plain), 37))


def _quoted(text: str, other: str, rng: random.Random) -> str:
    """Another document that quotes one sentence."""
    return f"{other}\n“{max(text[:2000].split('。'), key=len)[:120]}。”"


CHANGES: dict[str, Change] = {
    "2 % of characters changed": _edited(0.02),
    "5 % of characters changed": _edited(0.05),
    "8 % of characters changed": _edited(0.08),
    "first 60 % only": _cut(0.6),
    "first 30 % only": _cut(0.3),
    "half as many words around": _surrounded(0.5),
    "as many words around": _surrounded(1.0),
    "twice as many words around": _surrounded(2.0),
    "paragraphs cut anew": _wrapped,
    "another that quotes a sentence (no copy)": _quoted,
}


def texts(folder: Path, most: int) -> list[str]:
    found: dict[str, None] = {}
    for file in sorted(folder.glob("*.jsonl.gz")):
        for line in gzip.decompress(file.read_bytes()).decode().splitlines():
            text = json.loads(line)["text"]
            if SHORTEST <= len(text) <= LONGEST:
                found.setdefault(text)
    return random.Random(1).sample(list(found), min(most, len(found)))


def main() -> None:
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    known = texts(Path(sys.argv[1]), most)
    begun, rng = time.process_time(), random.Random(2)
    print(f"{len(known)} documents\n\n| made of a document | taken for a copy |\n|---|---|")
    for name, change in CHANGES.items():
        beside = zip(known, known[1:] + known[:1], strict=True)
        hits = sum(is_copy(change(text, other, rng), text) for text, other in beside)
        print(f"| {name} | {hits} |", flush=True)
    pairs = list(combinations(known[:200], 2))
    alike = [pair for pair in pairs if is_copy(*pair) or is_copy(*reversed(pair))]
    print(f"| pairs of different documents ({len(pairs)}) | {len(alike)} |")
    for one, other in alike[:10]:
        print(f"{one[:60]!r}\n{other[:60]!r}\n")
    print(f"{time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
