"""Tables become Series: reading, calendar, checks, activity estimate, decomposition."""

from tanzhe.series.calendar import monthly
from tanzhe.series.carbon_monitor import carbon_monitor_series
from tanzhe.series.checks import CheckFinding, against_reference, check
from tanzhe.series.companions import without_faults
from tanzhe.series.contributions import contributions
from tanzhe.series.decompose import drivers
from tanzhe.series.nbs import nbs_panel, nbs_series
from tanzhe.series.output import Output, output_of, packaged
from tanzhe.series.sources import DataSource, data_sources, load_series
from tanzhe.series.span import as_known, cut
from tanzhe.series.standing import standing
from tanzhe.series.table import table_series
from tanzhe.series.vintages import output_in

__all__ = [
    "CheckFinding",
    "DataSource",
    "Output",
    "against_reference",
    "as_known",
    "carbon_monitor_series",
    "check",
    "contributions",
    "cut",
    "data_sources",
    "drivers",
    "load_series",
    "monthly",
    "nbs_panel",
    "nbs_series",
    "output_in",
    "output_of",
    "packaged",
    "standing",
    "table_series",
    "without_faults",
]
