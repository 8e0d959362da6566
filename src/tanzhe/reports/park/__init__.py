"""Reports of an assessment: result workbook, Word, web page."""

from tanzhe.reports.park.midterm import midterm_paper
from tanzhe.reports.park.outline import application_paper
from tanzhe.reports.park.story import park_paper
from tanzhe.reports.park.web import render_web
from tanzhe.reports.park.word import render_word
from tanzhe.reports.park.workbook import park_workbook

__all__ = [
    "application_paper",
    "midterm_paper",
    "park_paper",
    "park_workbook",
    "render_web",
    "render_word",
]
