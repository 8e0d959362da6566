"""The server over standard input and output."""

from importlib.metadata import version
from typing import Any

import anyio
import anyio.to_thread
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

from tanzhe.mcp.answers import QUOTED, SCHEMA
from tanzhe.mcp.calls import replied
from tanzhe.mcp.desk import Desk
from tanzhe.mcp.tools import TOOLS


def serve(desk: Desk) -> None:
    """Serve until the client closes standard input."""
    anyio.run(_serve, desk)


async def _serve(desk: Desk) -> None:
    server = build(desk)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def build(desk: Desk) -> Server[Any]:
    """The server with its tools.

    Args:
        desk: where questions are answered.
    """
    # One question at a time: the searches use all cores, the workspace is one file.
    one = anyio.Semaphore(1)

    async def listed(_context: Any, _params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=_tools(desk))

    async def called(_context: Any, params: CallToolRequestParams) -> CallToolResult:
        async with one:
            reply = await anyio.to_thread.run_sync(
                replied, params.name, params.arguments or {}, desk
            )
        return CallToolResult(
            content=[TextContent(type="text", text=reply.text)],
            # A client holds structured content against the output schema; faults have another.
            structured_content=None if reply.failed else reply.content,
            is_error=reply.failed,
        )

    return Server(
        "tanzhe", version=version("tanzhe"), instructions=QUOTED.said(desk.language),
        on_list_tools=listed, on_call_tool=called,
    )  # fmt: skip


def _tools(desk: Desk) -> list[Tool]:
    return [
        Tool(
            name=name,
            title=entry.words.said(desk.language),
            description=f"{entry.words.said(desk.language)} {QUOTED.said(desk.language)}",
            input_schema=entry.asked.model_json_schema(by_alias=True),
            output_schema=SCHEMA,
            annotations=ToolAnnotations(
                read_only_hint=True, destructive_hint=False, idempotent_hint=True,
                open_world_hint=False,
            ),
        )
        for name, entry in TOOLS.items()
    ]  # fmt: skip
