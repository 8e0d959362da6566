"""Most memory of a first report over many documents of the user's own.

    python bench/memory.py FILE.jsonl.gz ...

The files have a document a line (`text`, and `title` where there is one). All are written to a
folder of text files; a process of its own makes the report of Yunnan's industry with them in an
empty workspace, and again. Printed: documents, most resident memory so far in MB, processor seconds
of both.
"""

import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

REPORT = ("-m", "tanzhe", "report", "云南", "工业", "--docs")


def written(source: Path, folder: Path) -> int:
    """Its documents as text files; how many there are now."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            one = json.loads(line)
            name = f"{source.name.split('.')[0]}-{number:05d}.txt"
            (folder / name).write_text(f"{one.get('title', '')}\n{one['text']}", encoding="utf-8")
    return len(list(folder.iterdir()))


def run(folder: Path, workspace: Path) -> tuple[float, float]:
    """Most memory of any report so far in MB, and its processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "TANZHE_WORKSPACE": str(workspace)}
    subprocess.run([sys.executable, *REPORT, str(folder)], env=environment, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return after.ru_maxrss / 1024, seconds


def main() -> None:
    """The first report and the next."""
    with tempfile.TemporaryDirectory() as place:
        folder, workspace = Path(place) / "documents", Path(place) / "workspace"
        folder.mkdir()
        for source in sys.argv[1:]:
            count = written(Path(source), folder)
        print(f"{count} documents")
        for name in ("first", "again"):
            memory, seconds = run(folder, workspace)
            print(f"{name}: {memory:.0f} MB at most, {seconds:.1f} s of processor time", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
