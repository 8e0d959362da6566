"""A month appended to the packaged figures is there: their length stands nowhere in the code."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tanzhe.api.series.turning import load
from tanzhe.data import __file__ as data_home
from tanzhe.series import output

MADE = {"cement": 1000.0}  # each province makes this much in the month appended
HOME = Path(data_home).parent


@pytest.fixture
def month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The packaged folder with one month more, the month after the last."""
    for path in HOME.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    head, *body = gzip.decompress((HOME / output.FILE).read_bytes()).decode("ascii").splitlines()
    last = head.rsplit(",", 1)[1]
    year, number = int(last[:4]), int(last[5:])
    following = f"{year + 1}-02" if number == 12 else f"{year}-{number + 1:02}"
    lines = [f"{head},{following}"]
    for line in body:
        product, _, rest = line.split(",", 2)
        known = [cell for cell in rest.split(",") if cell]
        cell = MADE.get(product, known[-1] if known else "")
        lines.append(f"{line},{cell}")
    packed = gzip.compress("\n".join(lines).encode("ascii") + b"\n")
    (tmp_path / output.FILE).write_bytes(packed)
    monkeypatch.setattr(output, "files", lambda _: tmp_path)
    output.packaged.cache_clear()
    yield following
    output.packaged.cache_clear()


def test_it_ends_every_series(month: str) -> None:
    cement = load("云南", "水泥")
    assert cement.periods[-1] == month
    assert cement.values[-1] == MADE["cement"]
    assert {peer.periods[-1] for peer in cement.peers} == {month}
    total = load("全国", "水泥").values[-1]
    assert total is not None
    provinces = total / MADE["cement"]  # those that publish throughout
    assert provinces == round(provinces) and 25 <= provinces <= 31
    industry = load("云南", "工业")
    assert industry.periods[-1] == month
    assert industry.values[-1] is not None and np.isfinite(industry.values[-1])
    assert industry.vintage.endswith(month)


def test_it_counts_in_contributions_and_spans(month: str) -> None:
    cut = load("云南", "工业", until=output.packaged().periods[-2])
    assert cut.periods[-1] != month and cut.sha256 != ""
    assert load("云南", "工业", since=month).periods == (month,)
    assert output.covered("cement")[1] == len(output.packaged().periods)
