"""The command line: one file per command; parse, call api, print."""

from tanzhe.cli.main import main

__all__ = ["main"]
