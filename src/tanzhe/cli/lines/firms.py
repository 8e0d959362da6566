"""The account by firm as lines for a terminal."""

from collections.abc import Sequence

from tanzhe.cli.shared.aligned import aligned, shortened
from tanzhe.cli.shared.language import of_documents, told
from tanzhe.errors import Words
from tanzhe.model.account import FirmResult

_HEAD = (
    Words("企业", "firm"),
    Words("tCO2", "tCO2"),
    Words("占比", "share"),
    Words("tce", "tce"),
    Words("tCO2/tce", "tCO2/tce"),
    Words("其他电力 MWh", "unproven MWh"),
    Words("缺凭证", "lacks"),
)
_NOBODY = Words("（未写明企业）", "(no firm named)")
_WIDEST, _KWH_A_MWH = 28, 1000.0


def firm_table(firms: Sequence[FirmResult]) -> str:
    """Firms with CO2, energy, power without proof of origin and how much proof they lack."""
    if not firms:
        return ""
    language = of_documents()
    rows = [tuple(one.said(language) for one in _HEAD), *(_row(one) for one in firms)]
    head = told("按企业：", "By firm:")
    unknown = [
        told(
            f"  缺数据 {_name(one)}：{'；'.join(one.unknown)}",
            f"  unknown of {_name(one)}: {'; '.join(what.en for what in one.unknown)}",
        )
        for one in firms
        if one.unknown
    ]
    lines = aligned(rows, right=range(1, len(_HEAD)))
    return "\n".join([head, *lines, *unknown])


def _name(one: FirmResult) -> str:
    return one.name or _NOBODY.said(of_documents())


def _row(one: FirmResult) -> tuple[str, ...]:
    least = "≥" if one.unknown else ""
    ratio = "—" if one.emission_per_energy is None else f"{one.emission_per_energy:.4f}"
    return (
        shortened(_name(one), _WIDEST),
        f"{least}{one.emissions.total:,.2f}",
        "—" if one.share is None else f"{one.share:.1%}",
        f"{least}{one.energy_tce:,.2f}",
        ratio,
        f"{one.unproven_kwh / _KWH_A_MWH:,.1f}",
        str(len(one.missing_evidence)),
    )
