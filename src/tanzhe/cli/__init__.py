"""The command line: one file per command; parse, call api, print."""

import os

# Before NumPy is loaded: the matrices are small, and a second thread costs more than it gives.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tanzhe.cli.main import main

__all__ = ["main"]
