"""Words of runs: what stands in a matrix and in what is told of it."""

from collections.abc import Mapping
from typing import Any

from tanzhe.errors import Words
from tanzhe.places import region_words
from tanzhe.sectors import sector_words
from tanzhe.terms import words_of

PEAKS = words_of("runs.words.peaks")
BANDS = words_of("runs.words.bands")


def series_words(row: Mapping[str, Any]) -> Words:
    """Region and sector of a row."""
    region, sector = region_words(row["region_name"]), sector_words(row["sector_name"])
    return Words(f"{region.zh} {sector.zh}", f"{region.en}, {sector.en}")


def episode_words(row: Mapping[str, Any]) -> Words:
    """What happened, in a few words: when, how deep, until when, how sure."""
    end = row["end"]
    zh = f"至 {end} 前" if end else "持续"
    en = f"until {end}" if end else "still lasting"
    depth = f"{row['depth_percent']:+.1f} %"
    band = BANDS[row["band"]]
    return Words(
        f"{row['begin']} 起 {depth}（{zh}；{band.zh}，概率 {row['probability']:.2f}）",
        f"from {row['begin']} {depth} ({en}; {band.en}, probability {row['probability']:.2f})",
    )


def peak_words(row: Mapping[str, Any]) -> Words:
    """Whether it has peaked, and when."""
    status = PEAKS[row["peak_status"] or ""]
    month = row["peak_month"]
    if not month or row["peak_status"] == "rising":
        return status
    return Words(f"{status.zh}（{month}）", f"{status.en} ({month})")
