"""The first command of the README, cold and again: seconds from the shell to the report.

    python bench/start.py

Each run is a process of its own; the workspace is empty before the first.
"""

import os
import subprocess
import sys
import tempfile
import time


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TANZHE_WORKSPACE": folder}
        for name in ("cold", "again"):
            start = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-m", "tanzhe", "report", "云南", "工业"],
                env=environment,
                capture_output=True,
                check=True,
            )
            print(f"{name}: {time.perf_counter() - start:.1f} s, {len(done.stdout)} bytes")


if __name__ == "__main__":
    main()
