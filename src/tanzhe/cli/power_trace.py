"""`tanzhe power trace`: where the power of each bus of a network comes from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tanzhe.api.meters.tracing import trace_power
from tanzhe.cli.shared.aligned import aligned
from tanzhe.cli.shared.answers import Answer, answers
from tanzhe.cli.shared.language import of_documents, said
from tanzhe.errors import Words, listed
from tanzhe.meters.tracing import Traced

BESIDE = Words(
    "溯源结果只作佐证，不改变核算：园区核算仍按附件4，没有凭证的电按其他电力因子计。",
    "Evidence beside the account, never in it: power without proof keeps the factor of annex 4.",
)


@click.command(name="trace")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@answers
def trace_command(files: Sequence[Path]) -> Answer:
    """电从哪里来 Where power comes from: tanzhe power trace 节点.csv 线路.csv."""
    found = trace_power(files)
    return Answer(_tree(found), _lines(found))


def _tree(found: Traced) -> dict[str, object]:
    language = of_documents()
    generators = [
        {"bus": bus, "source": source, "generated": made, "lost": found.losses[bus, source]}
        for (bus, source), made in found.generated.items()
    ]
    return {
        "unit": found.unit,
        "hours": found.hours,
        "loads": [one._asdict() for one in found.mixes],
        "factors": found.factors,
        "generators": generators,
        "dead": list(found.dead),
        "notes": [one.said(language) for one in (*found.notes, BESIDE)],
    }


def _lines(found: Traced) -> Iterator[str]:
    unit = found.unit
    heads = (
        Words("负荷节点", "load"), Words("来自", "from"), Words("电源", "source"),
        Words(f"电量 {unit}".strip(), f"amount {unit}".strip()), Words("占比", "share"),
    )  # fmt: skip
    rows = [
        (one.bus, one.generator, one.source or "—", f"{one.amount:,.3f}", f"{one.share:.1%}")
        for one in found.mixes
    ]
    yield from aligned([tuple(said(one) for one in heads), *rows], right=[3, 4])
    for bus, factor in found.factors.items():
        if factor is not None:
            yield f"{bus}  {factor:.4f} kgCO2/kWh"
    lost = [
        f"{bus}{f' {source}' if source else ''} {amount:,.3f}"
        for (bus, source), amount in found.losses.items()
    ]
    told = listed(lost)
    yield said(f"损耗（按电源）：{told.zh}", f"Losses by generator: {told.en}")
    if found.dead:
        dead = listed(found.dead)
        yield said(f"没有潮流、无从溯源：{dead.zh}", f"Nothing flows through {dead.en}")
    for note in (*found.notes, BESIDE):
        yield said(note)
