"""The tools by name; the names are stable (docs/mcp/mcp.md)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tanzhe import bundled
from tanzhe.errors import Words
from tanzhe.mcp import series_tools, text_tools
from tanzhe.mcp.asked import Asked
from tanzhe.rulebook.strict_yaml import read_yaml


class ToolEntry(NamedTuple):
    """One tool.

    Attributes:
        words: what it is for.
        asked: the record of its arguments.
        answer: the function that answers.
    """

    words: Words
    asked: type[Asked]
    answer: Callable[..., dict[str, Any]]


def _entries(**answers: Callable[..., dict[str, Any]]) -> dict[str, ToolEntry]:
    text = bundled.text("tanzhe.mcp", "tools.yaml")
    words = read_yaml(text, name="tools.yaml")
    return {
        name: ToolEntry(Words(**words[name]), answer.__annotations__["asked"], answer)
        for name, answer in answers.items()
    }


TOOLS = _entries(
    turns=series_tools.turns,
    episodes=series_tools.told_episodes,
    peak=series_tools.told_peak,
    report=series_tools.told_report,
    effect=series_tools.told_effect,
    event_effects=series_tools.told_effects,
    power=series_tools.told_power,
    chronicle_search=text_tools.chronicle_search,
    documents_search=text_tools.documents_search,
    audit_text=text_tools.audit_text,
    policy_read=text_tools.policy_read,
    park_assess=text_tools.park_assess,
    rules_list=text_tools.rules_list,
    rules_show=text_tools.rules_show,
    data_list=text_tools.data_list,
)
