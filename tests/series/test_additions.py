"""The built-in output with downloads on top: merging, spans, vintages and the way back."""

import csv
import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tanzhe.errors import InputError
from tanzhe.places import provinces
from tanzhe.series.additions import Published, added
from tanzhe.series.nbs import nbs_panel, nbs_series
from tanzhe.series.output import Output, output, packaged
from tanzhe.series.vintages import add, output_in, remove, vintages

REAL = Path(__file__).parents[3] / "shared/data/nbs/industrial_output_monthly_2015_2024.csv.gz"
BASKET = ("cement", "crude_steel", "nonferrous_metals_10", "flat_glass")


def cut_at(last: str) -> Output:
    """The packaged output as it was when `last` was its last month."""
    end = packaged().periods.index(last) + 1
    return replace(
        packaged(), periods=packaged().periods[:end], packaged=end, sha256=last,
        read=lambda product: output(product)[:, :end],
    )  # fmt: skip


def half_year(
    products: tuple[str, ...] = BASKET, only: tuple[str, ...] = (), times: float = 0.95
) -> list[Published]:
    """Cumulative figures of 2025-02 to -06: those of 2024 times a number."""
    start = packaged().periods.index("2024-02")
    rows = []
    for product in products:
        total = np.cumsum(output(product)[:, start : start + 5], axis=1) * times
        for place, values in zip(provinces(), total, strict=True):
            if only and place.iso not in only:
                continue
            months = zip(range(2, 7), values.tolist(), strict=True)
            rows += [
                Published(product, place.adcode, "year_to_date", f"2025-{m:02d}", v)
                for m, v in months
                if v == v
            ]
    return rows


def kept(folder: Path, published: list[Published], file: str = "nbs.csv") -> str:
    return add(folder, published, file=file, file_sha256="0" * 64)[0].id


def codes(folder: Path, region: str = "CN-YN", sector: str = "industry") -> list[str]:
    return [note.code for note in nbs_series(region, sector, of=output_in(folder)).notes]


@pytest.mark.skipif(not REAL.is_file(), reason="the output figures are not in ../shared")
def test_a_year_added_is_the_year_packaged() -> None:
    with gzip.open(REAL, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["period"] >= "2024-01"]
    published = [
        Published(r["product"], r["adcode"], r["measure"], r["period"], float(r["value"]))  # type: ignore[arg-type]
        for r in rows
        if r["origin"] != "b-difference"
    ]
    grown = added(cut_at("2023-12"), published, vintage="2024", sha256="x")
    assert not grown.changed
    for product in packaged().products:
        ours, theirs = output(product, grown.output), output(product)
        assert np.allclose(ours, theirs[:, : ours.shape[1]], rtol=1e-4, equal_nan=True), product
    assert not added(packaged(), published, vintage="again", sha256="y").changed


def test_new_months_extend_the_series_and_say_so(tmp_path: Path) -> None:
    name = kept(tmp_path, half_year())
    series = nbs_series("CN-YN", "industry", of=output_in(tmp_path))
    old = nbs_series("CN-YN", "industry")
    assert series.periods[-1] == "2025-06" and len(series) == 115
    assert series.values[:110] == old.values
    assert series.values[110] == pytest.approx(0.95 * (old.values[99] or 0))
    assert series.values[114] == pytest.approx(0.95 * (old.values[103] or 0))
    assert series.vintage == f"2015-02..2025-06 {name}"
    assert series.sha256 != old.sha256
    assert "added_output" in codes(tmp_path)
    assert {len(peer) for peer in series.peers} == {115} and len(series.peers) == 30
    assert nbs_series("CN", "industry", of=output_in(tmp_path)).periods[-1] == "2025-06"


def test_one_province_is_extended_alone(tmp_path: Path) -> None:
    kept(tmp_path, half_year(only=("CN-YN",)))
    of = output_in(tmp_path)
    yunnan, sichuan = (nbs_series(r, "industry", of=of) for r in ("CN-YN", "CN-SC"))
    assert (yunnan.periods[-1], sichuan.periods[-1]) == ("2025-06", "2024-12")
    assert sichuan.values == nbs_series("CN-SC", "industry").values
    # The others are compared by what they have; their baskets are as they were.
    assert len(yunnan.peers) == 30
    there = {peer.region: peer for peer in yunnan.peers}["CN-SC"]
    assert there.values[:110] == sichuan.values and set(there.values[110:]) == {None}
    assert [p.product for p in there.parts] == [p.product for p in sichuan.parts]
    assert nbs_series("CN", "industry", of=of).periods[-1] == "2024-12"
    assert nbs_series("CN-SC", "cement", of=of).periods[-1] == "2024-12"
    assert {len(s) for s in nbs_panel("industry", of=of).values()} == {110}


def test_one_product_extends_itself_only(tmp_path: Path) -> None:
    kept(tmp_path, half_year(products=("cement",)))
    of = output_in(tmp_path)
    assert nbs_series("CN-YN", "cement", of=of).periods[-1] == "2025-06"
    assert nbs_series("CN-YN", "crude_steel", of=of).periods[-1] == "2024-12"
    whole = nbs_series("CN-YN", "industry", of=of)
    assert whole.periods[-1] == "2024-12" and "added_output" not in codes(tmp_path)
    assert whole.values == nbs_series("CN-YN", "industry").values


def test_small_product_that_is_not_in_the_download_is_named(tmp_path: Path) -> None:
    kept(tmp_path, half_year(products=BASKET[:3]))
    series = nbs_series("CN-HE", "industry", of=output_in(tmp_path))
    assert series.periods[-1] == "2025-06"
    assert "平板玻璃" in next(note.zh for note in series.notes if note.code == "left_out")


def test_revised_months_are_told_before_and_after(tmp_path: Path) -> None:
    start = packaged().periods.index("2024-02")
    total = np.cumsum(output("cement")[24, start : start + 11])
    total[10] += 100  # December with a revision
    adcode = provinces()[24].adcode
    rows = [
        Published("cement", adcode, "year_to_date", f"2024-{m:02d}", v)
        for m, v in zip(range(2, 13), total.tolist(), strict=True)
    ]
    _, what = add(tmp_path, rows, file="f", file_sha256="0")
    (change,) = what.changed
    assert (change.period, change.product, what.new) == ("2024-12", "cement", [])
    assert change.before is not None and change.after == pytest.approx(change.before + 100)


def test_months_without_year_to_date_are_taken(tmp_path: Path) -> None:
    row = Published("cement", "530000", "month", "2025-03", 700.0)
    both = [row._replace(period=p, value=v) for p, v in (("2025-01", 300.0), ("2025-02", 250.0))]
    kept(tmp_path, [*both, row])
    values = output("cement", output_in(tmp_path))[24, -2:].tolist()
    assert values == [550.0, 700.0]


def test_february_alone_and_zero_are_not_published(tmp_path: Path) -> None:
    rows = [
        Published("cement", "530000", "month", "2025-02", 250.0),
        Published("cement", "530000", "month", "2025-03", 0.0),
        Published("cement", "530000", "month", "2025-04", 640.0),
    ]
    kept(tmp_path, rows)
    values = output("cement", output_in(tmp_path))[24, -3:]
    assert np.isnan(values[:2]).all() and values[2] == 640.0


def test_year_to_date_goes_on_from_what_is_there(tmp_path: Path) -> None:
    kept(tmp_path, [Published("cement", "530000", "year_to_date", "2025-02", 600.0)])
    kept(tmp_path, [Published("cement", "530000", "year_to_date", "2025-03", 1300.0)])
    assert output("cement", output_in(tmp_path))[24, -2:].tolist() == [600.0, 700.0]


def test_the_same_again_changes_nothing_and_removing_leads_back(tmp_path: Path) -> None:
    first = kept(tmp_path, half_year(products=("cement",)))
    assert kept(tmp_path, half_year(products=("cement",)), file="copy.csv") == first
    second = kept(tmp_path, half_year(products=("crude_steel",)))
    assert [v.id for v in vintages(tmp_path)] == [first, second]
    assert remove(tmp_path, first).id == first
    of = output_in(tmp_path)
    assert nbs_series("CN-YN", "cement", of=of).periods[-1] == "2024-12"
    assert nbs_series("CN-YN", "crude_steel", of=of).periods[-1] == "2025-06"
    remove(tmp_path, second)
    assert output_in(tmp_path) is packaged()
    with pytest.raises(InputError, match="no vintage"):
        remove(tmp_path, first)


def test_another_unit_is_refused_and_nothing_kept(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="times the figures there are"):
        kept(tmp_path, half_year(times=10_000.0))
    assert not list(tmp_path.iterdir())


def test_one_province_in_another_unit_is_refused(tmp_path: Path) -> None:
    """The others are revised by two hundredths, so that the middle of all says nothing."""

    def revised(times: float) -> list[Published]:
        return [
            replace_value(one, times if one.adcode == "530000" else 0.98 / 0.95)
            for one in half_year(products=("cement",))
        ]

    def replace_value(one: Published, times: float) -> Published:
        return one._replace(period=one.period.replace("2025", "2024"), value=one.value * times)

    with pytest.raises(InputError, match="云南的水泥的数值约为原有数据的 9\\.5 倍") as caught:
        kept(tmp_path, revised(10.0))
    assert "of Yunnan" in str(caught.value) and not list(tmp_path.iterdir())
    assert kept(tmp_path, revised(1.5))


def test_broken_files_are_told(tmp_path: Path) -> None:
    name = kept(tmp_path, half_year(products=("cement",)))
    (tmp_path / f"{name}.csv.gz").write_bytes(b"x")
    # Another process reads it anew.
    from tanzhe.series.vintages import _replayed

    _replayed.cache_clear()
    with pytest.raises(InputError, match="broken"):
        output_in(tmp_path)
