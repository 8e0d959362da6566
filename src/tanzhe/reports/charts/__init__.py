"""Pictures as SVG without a library; each is drawn wide and once more for a phone.

axes      scales, years, ticks, lines
badges    numbers and words above the plot, none on another
path      the series with its expected band and numbered episodes
sums      rolling twelve-month sums with their largest
window    the months around an event, with what was expected without it
parts     contributions of products that add up
ranks     all regions in the same periods
bars      names with amounts, the largest first
drawing   which of them a report holds, with its numbers as a table
standalone  a picture as a file of its own
"""

from tanzhe.reports.charts.drawing import drawing
from tanzhe.reports.charts.standalone import standalone

__all__ = ["drawing", "standalone"]
