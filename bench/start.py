"""How long a newcomer waits: the import, the list and the report, cold and again.

    python bench/start.py

Each run is a process of its own; the workspace is empty before the first, and compiled kernels
are kept between runs as they are for a user.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

IMPORTS = 7


def seconds(arguments: list[str], environment: dict[str, str]) -> tuple[float, int]:
    """Wall time of a process and the bytes it wrote."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, check=True
    )
    return time.perf_counter() - start, len(done.stdout)


def main() -> None:
    bare = statistics.median(seconds(["-c", ""], dict(os.environ))[0] for _ in range(IMPORTS))
    ours = statistics.median(
        seconds(["-c", "import tanzhe"], dict(os.environ))[0] for _ in range(IMPORTS)
    )
    print(f"import tanzhe: {ours - bare:.2f} s more than an empty process ({bare:.2f} s)")
    for command in ("turns", "report"):
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "TANZHE_WORKSPACE": folder}
            for name in ("cold", "again"):
                took, size = seconds(["-m", "tanzhe", command, "云南", "工业"], environment)
                print(f"{command} 云南 工业, {name}: {took:.1f} s, {size} bytes")


if __name__ == "__main__":
    main()
