"""`tanzhe data add` and `tanzhe data remove`: the built-in output extended, and back."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tanzhe.api.series.output import Extension, add_output, remove_output
from tanzhe.cli.shared.aligned import aligned
from tanzhe.cli.shared.options import kept_workspace_option, workspace_option
from tanzhe.cli.shared.printing import echo_json
from tanzhe.sectors import sector_of
from tanzhe.series.additions import Change, Measure
from tanzhe.series.vintages import Vintage
from tanzhe.workspace import Workspace

# The largest differences are shown; the rest is counted, and all are in --json.
SHOWN = 12
_HEAD = ("产品 product", "省份", "月份", "原值 before", "现值 after", "差 %")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--product", metavar="NAME", help="表中没有写明的产品 the product, where not named")
@click.option(
    "--measure",
    type=click.Choice(["month", "year_to_date"]),
    help="当期值或累计值，表中没有写明时 where the file does not say it",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@workspace_option
def add(
    file: Path, product: str | None, measure: Measure | None, as_json: bool, folder: Path | None
) -> None:
    """用统计局下载延长内置数据 Extend the built-in output: tanzhe data add FILE."""
    with Workspace.open(folder) as workspace:
        done = add_output(file, workspace, product=product, measure=measure)
    if as_json:
        echo_json(_as_json(done))
    else:
        click.echo("\n".join(_lines(done)))


@click.command()
@click.argument("vintage")
@kept_workspace_option
def remove(vintage: str, folder: Path | None) -> None:
    """撤销加入的数据 Take a vintage away again: tanzhe data remove VINTAGE."""
    with Workspace.open(folder) as workspace:
        gone = remove_output(vintage, workspace)
    click.echo(f"已撤销 removed: {gone.id}（{gone.file}）")


def vintage_line(vintage: Vintage) -> str:
    """One line on what was added."""
    names = "、".join(_zh(product) for product in vintage.products)
    return (
        f"{vintage.id}：{vintage.first} 至 {vintage.last}，{vintage.provinces} 个省份，{names}"
        f"（{vintage.file}，加入于 {vintage.added[:10]}）"
    )


def _zh(product: str) -> str:
    entry = sector_of(product)
    return entry.zh if entry else product


def _lines(done: Extension) -> Iterator[str]:
    if not done.new and not done.changed:
        yield f"已有相同的数据，没有改动 nothing new: {done.vintage.id}"
    else:
        yield f"已加入 added: {vintage_line(done.vintage)}"
    if done.new:
        months = sorted({change.period for change in done.new})
        yield (
            f"新增 {len(done.new)} 个数值 new figures: {months[0]} 至 {months[-1]}"
            "（一月与二月合为一期；有累计值的取差额 differences of year-to-date figures）"
        )
    if done.changed:
        yield f"与原有数据不同 {len(done.changed)} 个 figures that differ by over 0.5 %:"
        yield from aligned([_HEAD, *(_row(change) for change in _largest(done.changed)[:SHOWN])])
        if len(done.changed) > SHOWN:
            yield f"…… 其余 {len(done.changed) - SHOWN} 个见 --json, the rest with --json"
    for name, count in done.unused.most_common():
        yield f"未用 not used: {name}（{count}）"
    yield f"内置数据现为 now: {done.output.vintage}"
    yield f"撤销 to undo: tanzhe data remove {done.vintage.id}"


def _largest(changed: Sequence[Change]) -> list[Change]:
    return sorted(changed, key=lambda c: -abs(c.after / (c.before or c.after) - 1))


def _row(change: Change) -> tuple[str, ...]:
    before = change.before or change.after
    return (
        _zh(change.product), change.place.zh, change.period, f"{before:g}", f"{change.after:g}",
        f"{100 * (change.after / before - 1):+.1f}",
    )  # fmt: skip


def _as_json(done: Extension) -> dict[str, object]:
    def rows(changes: Sequence[Change]) -> list[dict[str, object]]:
        return [
            {"product": c.product, "region": c.place.iso, "period": c.period,
             "before": c.before, "after": c.after} for c in changes
        ]  # fmt: skip

    return {
        "vintage": done.vintage.model_dump(),
        "series_vintage": done.output.vintage,
        "new": rows(done.new),
        "changed": rows(done.changed),
        "unused": dict(done.unused),
    }
