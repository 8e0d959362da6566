"""Results become a Report tree, then words, then a file."""

from tanzhe.reports.answers.json import report_json, turns_json
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.parts.build import build
from tanzhe.reports.render import check_wording, is_binary, render

__all__ = ["Findings", "build", "check_wording", "is_binary", "render", "report_json", "turns_json"]
