"""`tanzhe footprint serve`: a folder of footprints for other companies' systems."""

from pathlib import Path

import click

from tanzhe.api.footprints.host import Opened, open_host, serve_host
from tanzhe.cli.shared.language import said
from tanzhe.cli.shared.printing import say
from tanzhe.errors import Words


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(1, 65535), default=8443, show_default=True,
              help="端口 port")  # fmt: skip
@click.option("--host", "address", default="127.0.0.1", show_default=True,
              help="监听的地址，默认只在本机 address to listen on")  # fmt: skip
@click.option(
    "--certificate", type=click.Path(path_type=Path), help="PEM 证书 certificate, for TLS"
)
@click.option("--key", type=click.Path(path_type=Path), help="证书的私钥 its private key")
def serve(
    folder: Path, port: int, address: str, certificate: Path | None, key: Path | None
) -> None:
    """按 PACT 3 提供碳足迹 Serve footprints by PACT 3: tanzhe footprint serve 文件夹."""
    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate 和 --key 要同时给出 give --certificate and --key")
    opened = open_host(folder)
    scheme = "https" if certificate is not None else "http"
    say(_greeting(opened, f"{scheme}://{address}:{port}"), joint="\n")
    for fault in opened.host.shelf.faults:
        click.echo(f"  [{fault.where}] {said(fault.what)}", err=True)
    serve_host(
        opened.host, address=address, port=port, certificate=certificate, key=key, told=_delivered
    )


def _greeting(opened: Opened, base: str) -> Words:
    held, lost = len(opened.host.shelf.footprints()), len(opened.host.shelf.faults)
    zh = f"{base} 提供 {held} 个碳足迹"
    en = f"{base} serves {held} footprints"
    if lost:
        zh, en = f"{zh}；有文件不合规，没有提供（{lost} 处）", f"{en}; {lost} faults: not served"
    if opened.new is not None:
        zh += f"。新建了客户 {opened.new.id}，密钥在 clients.yaml"
        en += f". Made the client {opened.new.id}; its secret is in clients.yaml"
    return Words(zh, en)


def _delivered(event: str, state: str) -> None:
    words = {
        "sent": Words("答复已送达", "answer delivered"),
        "later": Words("答复暂时送不到，稍后再试", "answer not delivered yet"),
        "given up": Words("答复 72 小时送不到，放弃", "answer given up after 72 hours"),
    }
    click.echo(f"{said(words[state])}: {event}", err=True)
