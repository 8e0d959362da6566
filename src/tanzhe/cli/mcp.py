"""`tanzhe mcp`: the use cases for programs that speak the Model Context Protocol."""

from pathlib import Path

import click

from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.options import workspace_option
from tanzhe.extras import require

# Its place on the help page.
ON_HELP_PAGE = {"mcp": 260}


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
    require("mcp", where="tanzhe mcp")
    from tanzhe.mcp.allowed import Allowed
    from tanzhe.mcp.desk import Desk
    from tanzhe.mcp.server import serve

    serve(Desk(folder, Allowed(allow), of_documents()))
