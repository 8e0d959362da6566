"""`tanzhe audit`: what is wrong and what is right in somebody's report."""

import json
from pathlib import Path

import click

from tanzhe.api import write_report
from tanzhe.api.audit import AuditFormat, audit_page
from tanzhe.api.audit import audit as audited
from tanzhe.audit import audit_json
from tanzhe.cli.language import of_documents
from tanzhe.cli.options import opened, workspace_option
from tanzhe.cli.progress import Progress

FINDING = 1


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--against", type=click.Path(path_type=Path), help="对照的另一份报告 another report to compare"
)
@click.option(
    "--docs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="所引材料的文件夹或文件，可多次 folder or file of cited documents, repeatable",
)
@click.option(
    "--data", metavar="SOURCE|FILE", help="对照的序列 series to compare turning points with"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON 格式 write JSON")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["md", "html"]),
    default="md",
    show_default=True,
    help="格式 format",
)
@click.option("--out", type=click.Path(path_type=Path), help="写入的文件夹 folder to write into")
@workspace_option
@click.pass_context
def audit(
    context: click.Context,
    file: Path,
    against: Path | None,
    docs: tuple[Path, ...],
    data: str | None,
    as_json: bool,
    format_: AuditFormat,
    out: Path | None,
    folder: Path | None,
) -> None:
    """核查别人写的报告 Audit somebody's report: tanzhe audit 报告.md --against 另一份.md."""
    lang = of_documents()
    with opened(folder) as workspace, Progress() as progress:
        result = audited(
            file, against=against, docs=docs, data=data, workspace=workspace, progress=progress
        )
    if as_json:
        text = json.dumps(audit_json(result, lang), ensure_ascii=False, indent=2)
    else:
        text = audit_page(result, format_, lang)
    if out is None:
        click.echo(text)
    else:
        name = f"{file.stem}_audit.{'json' if as_json else format_}"
        click.echo(write_report(text, out, name))
    context.exit(FINDING if result.findings or result.understood < 1 else 0)
