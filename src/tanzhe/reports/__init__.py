"""Results become a Report tree, then words, then a file."""

from tanzhe.reports.build import build
from tanzhe.reports.findings import Findings

__all__ = ["Findings", "build"]
