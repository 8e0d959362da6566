"""With documents and a series at hand."""

from datetime import date
from pathlib import Path

import pytest

from audit.made import audited, read, text_of
from tanzhe.api.reports.audit import audit
from tanzhe.audits.checks.documents import Held
from tanzhe.audits.report import audit_report
from tanzhe.errors import InputError
from tanzhe.model import Effect, Manifest, Series, TurningPoint, TurningPoints

URL = "http://nyj.guizhou.gov.cn/zwgk/202109/t20210913_1.html"
TEXT = "《贵州省有序用电方案》已印发。9月10日起贵阳、遵义压减负荷120万千瓦，减少电解铝产量3万吨。"


def held(text: str = TEXT) -> Held:
    return Held(name="a.txt", text=text, title="", url=URL, posted=date(2021, 9, 13))


def test_what_the_source_says_passes() -> None:
    result = audited(text_of(), held=(held(),))
    assert result.findings == ()
    assert any("a.txt" in p.zh for p in result.passed)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (TEXT.replace("120", "100"), "规模"),
        (TEXT.replace("3万吨", "5万吨"), "影响"),
        (TEXT.replace("有序用电", "错峰生产"), None),
    ],
)
def test_what_the_source_does_not_say(text: str, field: str | None) -> None:
    (found,) = audited(text_of(), held=(held(text),)).findings
    assert (found.kind, found.field, found.against) == ("no_support_in_source", field, "a.txt")


def test_a_document_that_was_missed() -> None:
    text = "# 贵州省工业\n\n## 转折点：2021年9月\n\n未找到相关政策。\n"
    fits = Held(
        name="b.txt",
        title="有序用电方案",
        text="贵州省工业企业有序用电实施方案印发，水泥企业错峰生产。",
        posted=date(2021, 9, 20),
    )
    late = fits.model_copy(update={"posted": date(2022, 9, 20)})
    elsewhere = fits.model_copy(update={"text": "湖南省工业企业实施方案印发，水泥企业错峰生产。"})
    assert set(audited(text, held=(fits,)).by_kind) == {"evidence_missed"}
    assert audited(text, held=(late, elsewhere)).findings == ()


def test_documents_of_a_folder(tmp_path: Path) -> None:
    report = tmp_path / "r.md"
    report.write_text(text_of(), encoding="utf-8")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text(f"网址：{URL}\n发布日期：2021-09-13\n{TEXT}", encoding="utf-8")
    (docs / "b.bin").write_bytes(b"\0\1")
    result = audit(report, docs=[docs])
    assert result.findings == ()
    assert len(result.notes) == 1
    with pytest.raises(InputError):
        audit(report, docs=[tmp_path / "none"])


def points(*dates: tuple[str, str]) -> TurningPoints:
    made = tuple(
        TurningPoint(
            id=day,
            date=day,
            interval=(day, day),
            level=0.9,
            confidence=0.8,
            band="established",
            kind="step",
            scope=scope,  # type: ignore[arg-type]
            effect=Effect(percent=-9.0, percent_interval=(-12.0, -6.0)),
        )
        for day, scope in dates
    )
    series = Series(
        region="CN-GZ",
        sector="industry",
        unit="MtCO2",
        frequency="month",
        merged=True,
        periods=("2019-02", "2023-12"),
        values=(1.0, 1.0),
        source="test",
        vintage="",
        sha256="0" * 64,
    )
    manifest = Manifest(tanzhe="0", python="3", libraries={}, inputs=(), parameters={}, created="")
    return TurningPoints(series=series, points=made, manifest=manifest)


def test_points_against_the_series() -> None:
    heads = ("2019-03", "2021-08", "2021-10", "2022-02", "2022-06", "2030-01")
    text = "# 贵州省工业\n" + "".join(f"\n## 转折点：{h}（可信度70%）\n\n未找到。\n" for h in heads)
    series = points(("2021-09", "province"), ("2022-02", "calendar"))
    found = audit_report(read(text), points=series).findings
    assert [(f.turning_point, f.kind) for f in found] == [
        ("2019-03", "calendar_artefact"),
        ("2022-02", "calendar_artefact"),
        ("2022-06", "no_such_turning_point"),
    ]


def test_the_built_in_series_is_taken_by_the_title(tmp_path: Path) -> None:
    report = tmp_path / "r.md"
    report.write_text(
        "# 甘肃省工业\n\n## 转折点：2021年11月\n\n未找到。\n\n## 转折点：2018年6月\n\n未找到。\n",
        encoding="utf-8",
    )
    result = audit(report, data="nbs-output")
    assert "2021-11" not in {f.turning_point for f in result.findings}
    assert "no_such_turning_point" in result.by_kind
    report.write_text("# 说明\n\n## 转折点：2021年11月\n\n未找到。\n", encoding="utf-8")
    with pytest.raises(InputError, match="没有省份和部门"):
        audit(report, data="nbs-output")
