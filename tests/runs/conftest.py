"""Small made-up tables, and a run over one of them that several tests look at."""

from pathlib import Path

import numpy as np
import pytest

from tanzhe.api.batches.batch import Run, batch
from tanzhe.api.batches.tasks import Ask

MONTHS = [f"{2019 + i // 12}-{i % 12 + 1:02d}" for i in range(48)]


def city(seed: int, fall: float = 0.0, at: int = 24) -> list[float]:
    """Forty-eight months of a made-up city: season, noise, and a fall that lasts."""
    draws = np.random.default_rng(seed)
    season = 1 + 0.1 * np.sin(2 * np.pi * np.arange(48) / 12)
    values = 50 * season * np.exp(draws.normal(0, 0.02, 48))
    values[at:] *= 1 - fall
    return [round(float(one), 3) for one in values]


def table(path: Path, cities: dict[str, list[float]], sector: str = "工业") -> Path:
    """A long table of cities."""
    rows = [
        f"{month},{name},{sector},{value}"
        for name, values in cities.items()
        for month, value in zip(MONTHS, values, strict=False)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["月份,地区,部门,排放量(万吨CO2)", *rows]) + "\n", "utf-8")
    return path


def cities(number: int, *, seed: int = 0) -> dict[str, list[float]]:
    """So many cities, the first of which falls by a quarter in 2021-01."""
    return {f"城{i:03d}": city(seed + i, 0.25 if i == 0 else 0.0) for i in range(number)}


def files_of(folder: Path) -> dict[str, bytes]:
    """Every output of a run with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name in ("part.parquet", "matrix.csv", "outputs.jsonl")
    }


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two tables with three cities each."""
    folder = tmp_path_factory.mktemp("data")
    table(folder / "甲.csv", cities(3))
    table(folder / "乙.csv", cities(3, seed=10))
    return folder


@pytest.fixture(scope="session")
def run(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run over them, in this process."""
    return batch(Ask(data=str(data)), out=tmp_path_factory.mktemp("run") / "serial")
