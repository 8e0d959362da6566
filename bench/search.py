"""Speed of indexing, of two-character search, and of extraction.

    python bench/search.py [DOCUMENTS]

Makes a folder of documents of 1,500 characters (default 20,000) from a word list with a long tail,
and prints documents a second, and the 95th percentile of the first 50 hits.
"""

import random
import sys
import tempfile
import time

from tanzhe.evidence import Page
from tanzhe.evidence.find import checked_events
from tanzhe.model import Source
from tanzhe.workspace import Workspace

WORDS = (
    "限产 限电 双控 园区 停产 投产 电解铝 水泥 钢铁 工业 企业 产能 压减 通知 方案",
    "云南 甘肃 江苏 电力 负荷 减排 排放 煤炭 水电 检修 错峰 关停 淘汰 复产 疫情",
)
COMMON = [word for line in WORDS for word in line.split()]
RARE = [f"{a}{b}" for a in "磷镁锡铟锗铋镉锑钽铌" for b in "矿渣粉锭棒线板管箔丝"]
LENGTH = 1500


def made(random_: random.Random) -> str:
    parts: list[str] = []
    size = 0
    while size < LENGTH:
        # Zipf-like: the first words of the list are common, rare ones come once in many documents.
        at = min(int(random_.paretovariate(0.7)) - 1, len(COMMON) - 1)
        word = random_.choice(RARE) if random_.random() < 0.002 else COMMON[at]
        filler = "".join(chr(random_.randrange(0x4E00, 0x6E00)) for _ in range(3))
        parts.append(word + filler + ("。" if random_.random() < 0.05 else ""))
        size += len(parts[-1])
    return "".join(parts)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    random_ = random.Random(1)
    texts = [made(random_) for _ in range(min(count, 2000))]
    with tempfile.TemporaryDirectory() as folder, Workspace.open(folder) as workspace:
        begun = time.perf_counter()
        for at in range(0, count, 1000):
            with workspace.transaction():
                for number in range(at, min(at + 1000, count)):
                    text = f"{number}号{texts[number % len(texts)]}"
                    workspace.add(text.encode(), text=text, name="a", media_type="text/plain")
        spent = time.perf_counter() - begun
        print(f"indexing: {count / spent:.0f} documents of {LENGTH} characters a second")
        times = []
        for word in [*COMMON, *RARE] * 3:
            begun = time.perf_counter()
            workspace.search(word, 50)
            times.append(time.perf_counter() - begun)
        times.sort()
        print(f"search, first 50 hits: p50 {1e3 * times[len(times) // 2]:.1f} ms, "
              f"p95 {1e3 * times[int(0.95 * len(times))]:.1f} ms")  # fmt: skip
    begun = time.perf_counter()
    for text in texts[:200]:
        checked_events(
            Page(sha256="0" * 64, text=text, title="", source=Source(publisher="x")), text
        )
    print(f"extraction: {200 / (time.perf_counter() - begun):.0f} documents a second")


if __name__ == "__main__":
    main()
