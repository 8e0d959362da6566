"""Speed of indexing and of two-character search in an archive, and whether all is found.

    python bench/search.py [DOCUMENTS] [FOLDER] [--raw]

Makes documents of 1,500 characters, all different (default 20,000): words of two to four characters
by Zipf's law from an invented lexicon of 20,000, and between them the words of `PLANTED`, each in
the stated share of documents. Every text is also looked into directly, so that what search gives
can be compared: the newest 50 of every word, and all documents of every word that has at most
20,000. With --raw the archived bytes differ from the text (GB18030), so that both are kept.
FOLDER: where the archive is made (default: a passing one). Times are by the clock; processor time
stands beside them, for other work may run on the same machine.
"""

import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tanzhe.workspace import Workspace

LENGTH, FIRST, BATCH, MOST_COMPARED = 1500, 50, 1000, 20_000
PLANTED = {
    "工业": 0.5, "企业": 0.3, "通知": 0.2, "电力": 0.1, "云南": 0.05, "水泥": 0.03, "园区": 0.02,
    "限电": 0.01, "双控": 0.005, "限产": 0.003, "停窑": 1e-3, "压减": 5e-4, "错峰": 2e-4,
    "铝厂": 1e-4, "焦炉": 5e-5, "锗锭": 2e-5, "镉棒": 1e-5, "铟靶": 5e-6, "铋粉": 2e-6,
}  # fmt: skip


Spent = NDArray[np.float64]


class Texts:
    """Documents without end; `holding` counts those that have each word."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        # Invented words are made of every fifth character, so that few are real ones.
        letters = [chr(0x4E00 + 5 * at) for at in range(4000)]
        share = 1 / np.arange(1, 4001) ** 0.9
        picked = self._random.choice(4000, size=(40_000, 4), p=share / share.sum())
        sizes = self._random.choice([2, 2, 2, 2, 2, 3, 4], size=40_000)
        words = [
            "".join(letters[at] for at in row[:n]) for row, n in zip(picked, sizes, strict=True)
        ]
        lexicon = list(dict.fromkeys(words))[:20_000]
        self._lexicon = np.array(lexicon, dtype=object)
        self._share = np.cumsum(1 / (np.arange(len(lexicon)) + 3.0))
        common = lexicon[:3000]
        # Of the lexicon common and rare ones, and pairs of common characters that are no word.
        ranks = (0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 19_000)
        chance = random.Random(seed)
        pairs = [chance.choice(common)[-1] + chance.choice(common)[0] for _ in range(10)]
        self.words = list(dict.fromkeys([*PLANTED, *(lexicon[at][:2] for at in ranks), *pairs]))
        self.holding: dict[str, list[int]] = {word: [] for word in self.words}
        self._made = 0

    def some(self, count: int) -> Iterator[str]:
        drawn = self._random.random((count, 700)) * self._share[-1]
        rows = self._lexicon[np.searchsorted(self._share, drawn)]
        commas = self._random.random(rows.shape) < 0.1
        planted = self._random.random((count, len(PLANTED))) < list(PLANTED.values())
        for row, comma, chosen in zip(rows, commas, planted, strict=True):
            row[comma] += "，"
            for at in np.flatnonzero(chosen):
                row[self._random.integers(400)] = list(PLANTED)[at]
            text = "".join(row)[:LENGTH]
            for word, found in self.holding.items():
                if word in text.replace("，", ""):
                    found.append(self._made)
            self._made += 1
            yield text


def now() -> Spent:
    """Seconds by the clock, and of processor time."""
    return np.array([time.perf_counter(), time.process_time()])


def filled(workspace: Workspace, texts: Texts, count: int, *, raw: bool) -> Spent:
    """What adding and indexing took; making the texts is not counted."""
    spent = np.zeros(2)
    for at in range(0, count, BATCH):
        some = [(text, text.encode("gb18030" if raw else "utf-8")) for text in texts.some(BATCH)]
        begun = now()
        with workspace.transaction():
            for number, (text, content) in enumerate(some, at):
                workspace.add(content, text=text, name=str(number), media_type="text/plain")
        spent += now() - begun
        if at % 100_000 == 0:
            print(
                f"... {at + BATCH}: {((at + BATCH) / spent).round()}/s", file=sys.stderr, flush=True
            )
    begun = now()
    workspace.index()
    return spent + now() - begun


def asked(workspace: Workspace, texts: Texts) -> None:
    wrong, compared = 0, 0
    sets = {word: set(holding) for word, holding in texts.holding.items()}
    print("| word | documents | p50 ms | max ms |\n|---|---|---|---|")
    order = [word for word in texts.words for _ in range(7)]
    random.Random(1).shuffle(order)
    times: dict[str, list[Spent]] = {word: [] for word in texts.words}
    for word in order:
        begun = now()
        found = workspace.search(word, FIRST)
        times[word].append(1e3 * (now() - begun))
        holding = texts.holding[word]
        names = {int(hit.document.name) for hit in found.hits}
        right = len(names) == min(FIRST, len(holding)) and names <= sets[word]
        wrong += not right or found.total != len(holding) or not found.exact
    for word, holding in texts.holding.items():
        own = sorted(float(one[0]) for one in times[word])
        print(f"| {word} | {len(holding)} | {own[3]:.1f} | {own[-1]:.1f} |")
        if len(holding) <= MOST_COMPARED:
            compared += 1
            hits = workspace.search(word, MOST_COMPARED + 1).hits
            wrong += {int(hit.document.name) for hit in hits} != sets[word]
    every = np.array([one for own in times.values() for one in own])
    for clock, column in (("by the clock", 0), ("of processor time", 1)):
        p50, p95, most = np.quantile(every[:, column], (0.5, 0.95, 1))
        print(f"first {FIRST} hits, {len(every)} searches, {clock}: "
              f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, max {most:.1f} ms")  # fmt: skip
    print(f"compared with looking into every text: {len(order)} first pages, {compared} words "
          f"whole; {wrong} differ")  # fmt: skip


def main() -> None:
    raw = "--raw" in sys.argv
    given = [argument for argument in sys.argv[1:] if argument != "--raw"]
    count = int(given[0]) if given else 20_000
    texts = Texts(1)
    with tempfile.TemporaryDirectory(dir=given[1] if given[1:] else None) as folder:
        with Workspace.open(folder) as workspace:
            spent = filled(workspace, texts, count, raw=raw)
            rates = (count / spent).round()
            print(f"Python {platform.python_version()}: {count} documents of {LENGTH} characters")
            print(
                f"indexed: {rates[0]:.0f} a second by the clock, {rates[1]:.0f} of processor time"
            )
            asked(workspace, texts)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        print(f"on disk: {size / count / 1000:.1f} kB a document, {size / 1e9:.2f} GB")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory, with what the bench keeps itself: {most:.0f} MB")


if __name__ == "__main__":
    main()
