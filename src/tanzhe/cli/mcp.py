"""`tanzhe mcp`: the use cases for programs that speak the Model Context Protocol."""

from importlib.util import find_spec
from pathlib import Path

import click

from tanzhe.cli.language import of_documents
from tanzhe.cli.options import workspace_option
from tanzhe.errors import Fault, InputError, Words


@click.command("mcp")
@click.option(
    "--allow",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="可读的文件夹，可多次；默认不读任何文件 folder whose files may be read, repeatable",
)
@workspace_option
def mcp_command(allow: tuple[Path, ...], folder: Path | None) -> None:
    """供智能助手调用（MCP） For assistants that speak MCP: tanzhe mcp --allow 文件夹."""
    if find_spec("mcp") is None:
        raise _not_installed()
    from tanzhe.mcp.allowed import Allowed
    from tanzhe.mcp.desk import Desk
    from tanzhe.mcp.server import serve

    serve(Desk(folder, Allowed(allow), of_documents()))


def _not_installed() -> InputError:
    return InputError(
        Fault(
            what=Words("没有安装 mcp", "mcp is not installed"),
            where="tanzhe mcp",
            do=Words('请运行 pip install "tanzhe[mcp]"', 'Run pip install "tanzhe[mcp]"'),
        )
    )
