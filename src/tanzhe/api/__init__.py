"""The use cases; the only place where packages meet connectors."""

from tanzhe.api.data import check_data, fetch_data, known_sources, look_at
from tanzhe.api.effects import effect, event_effects
from tanzhe.api.episode import episodes
from tanzhe.api.files import write_report
from tanzhe.api.findings import Inquiry, failed_sources, investigate, report
from tanzhe.api.output import Extension, add_output, output_vintages, remove_output
from tanzhe.api.peaks import peak
from tanzhe.api.power_system import power
from tanzhe.api.turning import load, main_products, turning_points

__all__ = [
    "Extension",
    "Inquiry",
    "add_output",
    "check_data",
    "effect",
    "episodes",
    "event_effects",
    "failed_sources",
    "fetch_data",
    "investigate",
    "known_sources",
    "load",
    "look_at",
    "main_products",
    "output_vintages",
    "peak",
    "power",
    "remove_output",
    "report",
    "turning_points",
    "write_report",
]
