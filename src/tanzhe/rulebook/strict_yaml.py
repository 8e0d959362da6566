"""YAML read strictly: every scalar stays text, and no key may stand twice.

Plain YAML turns the code `011` into 9, `no` into False, and of two equal keys keeps the last.
"""

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import yaml

from tanzhe.errors import Fault, InputError, Words

# The C reader gives the same tree about eight times faster; some builds of PyYAML lack it.
if TYPE_CHECKING:
    _Base = yaml.BaseLoader
else:
    _Base = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _StrictLoader(_Base):
    """A loader without guesses."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of a node; equal keys are refused."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise _duplicate(str(key.value), f"{key.start_mark.name}:{key.start_mark.line + 1}")
            seen.add(key.value)
        return {str(k): v for k, v in super().construct_mapping(node, deep=True).items()}


def _duplicate(key: str, where: str) -> InputError:
    return InputError(
        Fault(
            what=Words(f"键“{key}”出现两次", f"The key “{key}” stands twice"),
            where=where,
            do=Words("请只保留一个", "Keep only one of them"),
        )
    )


def read_yaml(text: str, *, name: str) -> dict[str, Any]:
    """The mapping of a YAML text, with all scalars as text.

    Args:
        text: the YAML.
        name: what to call it in messages.

    Raises:
        InputError: not YAML, not a mapping, or a key stands twice.

    Example:
        >>> read_yaml("code: 011", name="x.yaml")
        {'code': '011'}
    """
    loader = _StrictLoader(text)
    loader.name = name
    try:
        tree = loader.get_single_data()
    except yaml.YAMLError as error:
        raise InputError(
            Fault(
                what=Words("不是有效的 YAML", f"Not valid YAML: {error}"),
                where=name,
                do=Words("请检查缩进和引号", "Check indentation and quotes"),
            )
        ) from error
    if not isinstance(tree, dict):
        raise InputError(
            Fault(
                what=Words("顶层必须是键值表", "The top level must be a mapping"),
                where=name,
                do=Words("请写成“键: 值”的形式", "Write it as “key: value”"),
            )
        )
    return tree
