"""`tanzhe serve`: the pages in a browser, on this machine alone unless told otherwise."""

import logging
import os
import secrets
import webbrowser
from importlib.util import find_spec
from pathlib import Path

import click

from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.options import workspace_option
from tanzhe.cli.shared.printing import say
from tanzhe.errors import InputError, listed
from tanzhe.faults import fault_of

# Its place on the help page.
ON_HELP_PAGE = {"serve": 240}

PORT = 8120
NEEDED = {"fastapi": "fastapi", "uvicorn": "uvicorn", "multipart": "python-multipart"}


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True,
              help="监听的地址，默认只在本机 address to listen on")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True,
              help="端口 port")  # fmt: skip
@click.option("--token", "with_token", is_flag=True,
              help="要求口令，取自 TANZHE_TOKEN 或自动生成 ask readers for a token")  # fmt: skip
@click.option("--name", "names", multiple=True, metavar="NAME",
              help="别的机器用的主机名，可多次 host name used by others, repeatable")  # fmt: skip
@click.option("--sign-in", "sign_in", is_flag=True,
              help="各人用数据库用户登录 each signs in as a database user")  # fmt: skip
@click.option("--open", "opening", is_flag=True, help="打开浏览器 open a browser")
@click.option("--log", is_flag=True, help="显示每次请求（不含个人信息）print each request")
@workspace_option
def serve_command(
    host: str,
    port: int,
    with_token: bool,
    names: tuple[str, ...],
    sign_in: bool,
    opening: bool,
    log: bool,
    folder: Path | None,
) -> None:
    """在浏览器里使用 Work in the browser: tanzhe serve --open."""
    lost = [name for module, name in NEEDED.items() if find_spec(module) is None]
    if lost:
        raise _not_installed(lost)
    import uvicorn

    from tanzhe.web.app import build
    from tanzhe.web.settings import Settings

    settings = Settings(
        workspace=folder, sign_in=sign_in, host=host, port=port,
        token=_token() if with_token else None, names=names, language=of_documents(),
    )  # fmt: skip
    app = build(settings)
    address = settings.address + (f"?token={settings.token}" if settings.token else "")
    say(f"碳折在 {address} （Ctrl+C 结束）", f"tanzhe at {address} (Ctrl+C ends)", joint="\n")
    if log:
        logging.basicConfig(format="%(message)s")
        logging.getLogger("tanzhe.web").setLevel(logging.INFO)
    if opening:
        webbrowser.open(address)
    uvicorn.run(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
        proxy_headers=False,
    )  # fmt: skip


def _token() -> str:
    return os.environ.get("TANZHE_TOKEN", "").strip() or secrets.token_urlsafe(24)


def _not_installed(lost: list[str]) -> InputError:
    return InputError(fault_of("cli.serve.not_installed", lost=listed(lost), where="tanzhe serve"))
