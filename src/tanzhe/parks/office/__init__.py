"""The Excel workbook of a park: template, filling, reading."""

from tanzhe.model import park_choices as words
from tanzhe.parks.office.example import example_park
from tanzhe.parks.office.reader import read_workbook
from tanzhe.parks.office.rules import office_options, options_of
from tanzhe.parks.office.template import template

__all__ = ["example_park", "office_options", "options_of", "read_workbook", "template", "words"]
