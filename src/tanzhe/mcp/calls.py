"""A call by name: arguments checked, answered, every error in words."""

import json
import logging
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import ValidationError

from tanzhe.errors import Fault, InputError, TanzheError, Words, listed, why_not
from tanzhe.faults import fault_of
from tanzhe.mcp.desk import Desk
from tanzhe.mcp.tools import TOOLS

_LOG = logging.getLogger(__name__)


class Reply(NamedTuple):
    """What goes back to the client.

    Attributes:
        content: the records; empty where it was refused.
        text: the same for a client that reads text only; or the faults, one a line.
        failed: whether it was refused.
    """

    content: dict[str, Any]
    text: str
    failed: bool = False


def replied(name: str, arguments: Mapping[str, Any], desk: Desk) -> Reply:
    """Answer one call; no exception leaves it.

    Args:
        name: of the tool.
        arguments: as the client sent them.
        desk: where it is answered.
    """
    try:
        entry = TOOLS.get(name)
        if entry is None:
            raise _no_tool(name)
        try:
            asked = entry.asked.model_validate(dict(arguments))
        except ValidationError as error:
            raise InputError(*_faults(error)) from None
        desk = desk.speaking(asked.language)
        content = entry.answer(asked, desk)
        return Reply(content, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    except TanzheError as error:
        return _refusal(error, desk)
    except OSError as error:
        return _refusal(InputError(_system(error)), desk)
    except Exception:
        # The client's log, on standard error, gets the trace; the model gets words.
        _LOG.exception("tool %s", name)
        return _refusal(InputError(_OURS), desk)


def _refusal(error: TanzheError, desk: Desk) -> Reply:
    return Reply({}, error.said(desk.language), failed=True)


def _no_tool(name: str) -> InputError:
    near = get_close_matches(name, TOOLS)
    names = listed(near or list(TOOLS))
    return InputError(fault_of("mcp.calls.no_tool", name=name, names=names))


def _faults(error: ValidationError) -> list[Fault]:
    return [
        Fault(
            _WRONG.get(one["type"], _value(one["msg"])),
            _SCHEMA,
            where=".".join(str(step) for step in one["loc"]),
        )
        for one in error.errors(include_url=False, include_context=False)
    ]


_SCHEMA = Words("请按工具的参数说明填写", "See the schema of the tool's arguments")
_WRONG = {
    "missing": Words("缺少这个参数", "This argument is missing"),
    "extra_forbidden": Words("没有这个参数", "There is no such argument"),
}


def _value(message: str) -> Words:
    return Words(f"参数的值不对（{message}）", f"The value is wrong ({message})")


def _system(error: OSError) -> Fault:
    do = Words("请检查路径、权限和磁盘空间", "Check the path, permissions and space on the disk")
    return Fault(why_not(error), do)


_OURS = Fault(
    Words("程序内部出错", "An internal error"),
    Words("详情在服务器的标准错误输出里，请告诉维护者", "Details are on the server's stderr"),
)
