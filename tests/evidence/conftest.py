"""Episodes and documents for the tests of evidence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tanzhe.model import (
    Amount,
    Driver,
    Episode,
    Episodes,
    Manifest,
    Series,
)
from tanzhe.workspace import Workspace

MakeFound = Callable[..., Episodes]
Write = Callable[..., Path]


@pytest.fixture
def make_found() -> MakeFound:
    """Episodes of one series that last, one for each interval of the start."""

    def make(
        *intervals: tuple[str, str],
        region: str = "CN-YN",
        sector: str = "industry",
        percent: float = -12.0,
        drivers: tuple[tuple[str, float], ...] = (("nonferrous_metals_10", -8.0), ("cement", -4.0)),
        scope: str = "province",
        merged: bool = True,
    ) -> Episodes:
        episodes = tuple(
            make_episode(
                first, None, depth=percent, scope=scope, contributions=drivers, region=region,
                sector=sector,
            ).model_copy(update={"begin_interval": (first, last), "shape": "step"})
            for first, last in intervals
        )  # fmt: skip
        found = episodes_of(*episodes, region=region, sector=sector)
        # Too short for other dates to be compared with.
        short = {"merged": merged, "periods": ("2021-02", "2021-03"), "values": (1.0, 2.0)}
        return found.model_copy(update={"series": found.series.model_copy(update=short)})

    return make


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A document in the user's folder; returns the folder."""
    folder = tmp_path / "docs"
    folder.mkdir()

    def write_one(name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return folder

    return write_one


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path / "space")


def make_episode(
    begin: str = "2021-05",
    end: str | None = "2021-09",
    *,
    depth: float = -12.0,
    scope: str = "province",
    excess: float | None = None,
    contributions: tuple[tuple[str, float], ...] = (),
    region: str = "CN-YN",
    sector: str = "industry",
) -> Episode:
    return Episode(
        id=f"{region}-{sector}-{begin}", begin=begin, begin_interval=(begin, begin), level=0.9,
        probability=0.9, band="established", shape="pulse", shape_probability=0.8, deepest=begin,
        depth_percent=depth, depth_interval=(depth - 4, depth + 4), end=end,
        amount=Amount(value=depth, interval=(depth - 4, depth + 4), unit="MtCO2"),
        scope=scope,  # type: ignore[arg-type]
        excess_percent=excess,
        contributions=tuple(Driver(product=p, percentage_points=v) for p, v in contributions),
    )  # fmt: skip


def episodes_of(*episodes: Episode, region: str = "CN-YN", sector: str = "industry") -> Episodes:
    """Episodes of a monthly series from 2015 to 2025, merged."""
    periods = tuple(f"{y}-{m:02d}" for y in range(2015, 2026) for m in range(2, 13))
    ones = (1.0,) * len(periods)
    return Episodes(
        series=Series(
            region=region, sector=sector, unit="MtCO2", frequency="month", merged=True,
            periods=periods, values=ones, source="test", vintage="test", sha256="0" * 64,
        ),
        episodes=episodes, expected=ones, expected_low=ones, expected_high=ones,
        smallest_tellable_percent=5.0,
        manifest=Manifest(
            tanzhe="0", python="3", libraries={}, inputs=(), parameters={}, created="2026-01-01"
        ),
    )  # fmt: skip
