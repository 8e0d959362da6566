"""Tables become Series: reading, calendar, checks, activity estimate, decomposition."""

from tanzhe.series.balance import (
    changes_by_month,
    changes_by_year,
    changes_of_episode,
    changes_of_span,
    last_twelve_months,
    with_water,
)
from tanzhe.series.calendar import monthly
from tanzhe.series.carbon_monitor import carbon_monitor_series
from tanzhe.series.checks import CheckFinding, against_reference, check
from tanzhe.series.companions import faulty_periods, without_faults
from tanzhe.series.contributions import contributions
from tanzhe.series.nbs import nbs_panel, nbs_series
from tanzhe.series.output import Output, output_of, packaged
from tanzhe.series.power import as_known_power, cut_power, power_system
from tanzhe.series.sources import DataSource, data_sources, load_series
from tanzhe.series.span import as_known, chosen, cut
from tanzhe.series.standing import alongside, standing
from tanzhe.series.table import table_series
from tanzhe.series.vintages import output_in
from tanzhe.series.yearly_shares import shared_years, without_yearly_shares

__all__ = [
    "CheckFinding",
    "DataSource",
    "Output",
    "against_reference",
    "alongside",
    "as_known",
    "as_known_power",
    "carbon_monitor_series",
    "changes_by_month",
    "changes_by_year",
    "changes_of_episode",
    "changes_of_span",
    "check",
    "chosen",
    "contributions",
    "cut",
    "cut_power",
    "data_sources",
    "faulty_periods",
    "last_twelve_months",
    "load_series",
    "monthly",
    "nbs_panel",
    "nbs_series",
    "output_in",
    "output_of",
    "packaged",
    "power_system",
    "shared_years",
    "standing",
    "table_series",
    "with_water",
    "without_faults",
    "without_yearly_shares",
]
