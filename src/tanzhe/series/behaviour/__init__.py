"""What kind of figures a series holds, judged from its values and the words beside them.

A monthly figure is one month's total. Tables also hold cumulative figures, meter readings, growth
rates, annual figures spread over months, lines drawn between annual figures, copied years and
units that change on the way; searched as they stand, each gives a sure and false turning point.
"""

from tanzhe.series.behaviour.judged import JUDGED, behaved
from tanzhe.series.behaviour.words import refuse_rates

__all__ = ["JUDGED", "behaved", "refuse_rates"]
