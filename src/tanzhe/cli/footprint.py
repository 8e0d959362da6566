"""`tanzhe footprint`: a product's carbon footprint, and its exchange."""

from datetime import UTC, datetime
from pathlib import Path

import click

from tanzhe.api.files.forms import ENDINGS, save
from tanzhe.api.files.handed import check_name
from tanzhe.api.footprints.seals import seal_footprint, write_keys
from tanzhe.api.footprints.studies import (
    made_pact,
    product_footprint,
    write_made,
    write_study_template,
)
from tanzhe.cli.footprint_serve import serve
from tanzhe.cli.lines.footprint import footprint_summary
from tanzhe.cli.shared.answers import json_option, refusals_as_json
from tanzhe.cli.shared.forms import file_option
from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.printing import echo_json, say
from tanzhe.footprints.json import footprint_json

# Its place on the help page.
ON_HELP_PAGE = {"footprint": 170}

INCOMPLETE = 1


class FileOrCommand(click.Group):
    """A group whose first word may be a file: it then calculates that file's footprint."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the calculating command before a file or its options."""
        help_asked = {"--help", "-h"} & set(args[:1])
        if args and not help_asked and args[0] not in self.commands:
            args = ["calculate", *args]
        return super().parse_args(ctx, args)


@click.group(cls=FileOrCommand)
def footprint() -> None:
    """产品碳足迹 Product footprints: tanzhe footprint 产品.xlsx.

    按 GB/T 24067-2024（ISO 14067）计算；数据完整时退出码为 0，有阶段没有交代时为 1。
    By GB/T 24067-2024 (ISO 14067); exit code 0 when complete, 1 when a stage is silent.
    """


@footprint.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--park", type=click.Path(path_type=Path), help="园区台账，供“台账行”取数 the park's ledger"
)
@file_option
@click.option("--pact", type=click.Path(path_type=Path), help="另写成 PACT 3 文件 write PACT 3")
@click.option("--sign", type=click.Path(path_type=Path), help="用私钥签名 sign with a private key")
@click.option(
    "--code",
    type=click.Path(path_type=Path),
    metavar="FILE.svg|.png",
    help="零碳绿码，与 --sign 同用 the signed QR code",
)
@json_option
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 replace an existing file")
@click.pass_context
def calculate(
    context: click.Context,
    file: Path,
    park: Path | None,
    out: Path | None,
    pact: Path | None,
    sign: Path | None,
    code: Path | None,
    as_json: bool,
    overwrite: bool,
) -> None:
    """计算一个产品的碳足迹 Calculate a footprint: tanzhe footprint calculate 产品.xlsx."""
    if (sign is None) != (code is None):
        raise click.UsageError("--sign 和 --code 要同时给出 give --sign and --code together")
    with refusals_as_json(context, as_json):
        kinds = ((out, ENDINGS), (pact, (".json",)), (code, (".svg", ".png")))
        for path, suffixes in kinds:
            if path is not None:
                check_name(path, suffixes, overwrite=overwrite)
        result = product_footprint(file, park=park)
        if pact is not None or code is not None:
            now = datetime.now(UTC)
            made = made_pact(result, now=now)
            if code is not None and sign is not None:
                seal_footprint(made, sign, code, made=now, overwrite=overwrite)
            if pact is not None:
                write_made(made, pact, overwrite=overwrite)
        if out is not None:
            save(result, out, of_documents())
    if as_json:
        echo_json(footprint_json(result))
    else:
        click.echo(footprint_summary(result, of_documents()))
    for written in (out, pact, code):
        if written is not None:
            say(f"已写入 {written}", f"Written to {written}", err=as_json)
    context.exit(INCOMPLETE if result.gaps else 0)


@footprint.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 replace an existing file")
def template(out: Path, overwrite: bool) -> None:
    """生成填报模板 Write the form to fill in: tanzhe footprint template 产品.xlsx."""
    click.echo(write_study_template(out, overwrite=overwrite))


@footprint.command()
@click.argument("name", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="覆盖已有文件 replace an existing file")
def key(name: Path, overwrite: bool) -> None:
    """生成签名用的密钥 Make a key to sign with: tanzhe footprint key 企业名."""
    made = write_keys(name, overwrite=overwrite)
    say(
        f"私钥 {made.private}（自己保管，不给别人）；公钥 {made.public}（给核对的人），"
        f"指纹 {made.fingerprint}。签名只证明持有私钥的人签了这些字；公钥是谁的，"
        "要由您另行告诉对方（合同、网站、当面），程序证明不了，也不是认证。",
        f"Private key {made.private} (keep it secret); public key {made.public} (give it "
        f"to readers), fingerprint {made.fingerprint}. A signature proves that the holder "
        "of the private key signed these words. Whose key it is, readers must learn from "
        "you by another way; nothing is certified by it.",
        joint="\n",
    )


footprint.add_command(serve)
