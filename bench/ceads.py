"""Compare the built-in estimate with the CEADs inventories: rank correlation and national ratio.

    python bench/ceads.py [PATH_TO_ceads_provincial_sector_scope1_2010_2019_long.csv]

30 provinces (no Tibet), 2015-2019. For this comparison each year uses its own factor; the monthly
series itself uses one fixed factor per product. Definitions and results: docs/series/nbs_output.md.
"""

import csv
import math
import sys
from collections import defaultdict
from pathlib import Path

from scipy.stats import spearmanr

from tanzhe.places import find_place
from tanzhe.rulebook import factor
from tanzhe.series.nbs import nbs_panel

ROOT = Path(__file__).parents[1]
FILE = ROOT.parent / "shared/data/ceads/ceads_provincial_sector_scope1_2010_2019_long.csv"
YEARS = range(2015, 2020)
POWER = {"Production and Supply of Electric Power, Steam and Hot Water"}
NOT_INDUSTRY = {
    "Construction",
    "Farming, Forestry, Animal Husbandry, Fishery and Water Conservancy",
    "Others",
    "Rural",
    "Urban",
    "Total Consumption",
    "Total Emissions",
    "TotalEmissions",
    "Transportation, Storage, Post and Telecommunication Services",
    "Wholesale, Retail Trade and Catering Services",
}
MINING = {
    "Coal Mining and Dressing",
    "Ferrous Metals Mining and Dressing",
    "Logging and Transport of Wood and Bamboo",
    "Nonferrous Metals Mining and Dressing",
    "Nonmetal Minerals Mining and Dressing",
    "Other Minerals Mining and Dressing",
    "Petroleum and Natural Gas Extraction",
}
UTILITIES = {"Production and Supply of Gas", "Production and Supply of Tap Water"}
REFINING = {"Petroleum Processing and Coking"}
Totals = dict[int, dict[str, float]]


def ceads(path: Path, left_out: set[str], only: set[str] | None = None) -> Totals:
    """MtCO2 by year and province over the sectors of `only`, or all but `left_out`."""
    totals: Totals = defaultdict(lambda: defaultdict(float))
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            sector, year = row["sector"], int(row["year"])
            if year in YEARS and (sector in only if only else sector not in left_out):
                totals[year][find_place(row["province"]).iso] += float(row["MtCO2"])
    return totals


def estimate(sector: str, replaced: dict[str, str] | None = None) -> Totals:
    """MtCO2 by year and province, with the factor of the year."""
    totals: Totals = defaultdict(lambda: defaultdict(float))
    for iso, series in nbs_panel(sector, "2015-02", "2019-12").items():
        for part in series.parts:
            product = (replaced or {}).get(part.product, part.product)
            for year in YEARS:
                own = factor(product, year).quantity.value
                cells = zip(series.periods, part.values, strict=True)
                output = math.fsum(v for p, v in cells if v and p.startswith(str(year)))
                totals[year][iso] += output / (part.factor or 1.0) * own
    return totals


def compared(ours: Totals, theirs: Totals) -> dict[int, tuple[float, float]]:
    """Rank correlation over the provinces CEADs has, and ratio of their totals, by year."""
    found = {}
    for year in YEARS:
        isos = sorted(theirs[year])
        a = [ours[year].get(iso, 0.0) for iso in isos]
        b = [theirs[year][iso] for iso in isos]
        found[year] = (float(spearmanr(a, b).statistic), math.fsum(a) / math.fsum(b))
    return found


def comparisons(path: Path) -> dict[str, dict[int, tuple[float, float]]]:
    """All comparisons by name."""
    everything_else = NOT_INDUSTRY | POWER
    manufacturing = everything_else | MINING | UTILITIES
    industry = estimate("industry")
    power = estimate("power", {"thermal_power_generation": "thermal_power_and_heat"})
    return {
        "manufacturing": compared(industry, ceads(path, manufacturing)),
        "manufacturing, no refining and coking": compared(
            industry, ceads(path, manufacturing | REFINING)
        ),
        "all industry": compared(industry, ceads(path, everything_else)),
        "power and heat, CEADs' own ratio": compared(power, ceads(path, set(), POWER)),
        "power, official factor": compared(estimate("power"), ceads(path, set(), POWER)),
    }


def main(path: Path) -> None:
    print("| compared with CEADs | " + " | ".join(str(year) for year in YEARS) + " |")
    print("|---" * 6 + "|")
    for name, by_year in comparisons(path).items():
        cells = [f"{rank:.3f} / {ratio:.3f}" for rank, ratio in by_year.values()]
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
