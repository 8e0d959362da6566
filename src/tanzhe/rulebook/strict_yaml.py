"""YAML read strictly: every scalar stays text, no key may stand twice, nothing is referred to.

Plain YAML turns the code `011` into 9, `no` into False, and of two equal keys keeps the last;
references can hold themselves, or grow a short file beyond any memory.
"""

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import yaml

from tanzhe.errors import InputError, Words
from tanzhe.faults import fault_of

# The C reader gives the same tree about eight times faster; some builds of PyYAML lack it.
if TYPE_CHECKING:
    _Base = yaml.BaseLoader
else:
    _Base = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


_SUSPICIOUS = 3000  # so many openings in a text: look how deep they go before reading it
_DEEPEST = 50


class _StrictLoader(_Base):
    """A loader without guesses."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of a node; equal keys are refused."""
        seen: set[str] = set()
        for key, _ in node.value:
            where = f"{self.name}:{key.start_mark.line + 1}"
            if not isinstance(key, yaml.ScalarNode):
                raise InputError(fault_of("rulebook.strict_yaml.not_a_word", where=where))
            if key.value in seen:
                raise InputError(
                    fault_of("rulebook.strict_yaml.duplicate", key=str(key.value), where=where)
                )
            seen.add(key.value)
        return {str(k): v for k, v in super().construct_mapping(node, deep=True).items()}


def _refuse_references(node: yaml.Node, name: str) -> None:
    """Raise at the first node that is reached twice."""
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            raise InputError(
                fault_of(
                    "rulebook.strict_yaml.reference", where=f"{name}:{one.start_mark.line + 1}"
                )
            )
        seen.add(id(one))
        if isinstance(one, yaml.MappingNode):
            waiting += [part for pair in one.value for part in pair]
        elif isinstance(one, yaml.SequenceNode):
            waiting += one.value


def _not_yaml(error: Exception, name: str) -> InputError:
    """What the reader stumbled over, and in which line."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or type(error).__name__
    return InputError.of(
        Words(f"不是有效的 YAML：{problem}", f"Not valid YAML: {problem}"),
        Words("请检查这一行前后的缩进、引号和冒号", "Check indentation, quotes and colons"),
        where=f"{name}:{mark.line + 1}" if mark is not None else name,
    )


def _refuse_depth(text: str, name: str) -> None:
    """Raise where lists stand in lists beyond reason: the reader's own stack would end first."""
    if sum(text.count(sign) for sign in ("[", "{", "- ", "? ")) < _SUSPICIOUS:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_StrictLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise InputError(fault_of("rulebook.strict_yaml.refuse_depth", where=name))


def read_yaml(text: str, *, name: str) -> dict[str, Any]:
    """The mapping of a YAML text, with all scalars as text.

    Args:
        text: the YAML.
        name: what to call it in messages.

    Raises:
        InputError: not YAML, not a mapping, a key stands twice, or something is referred to.

    Example:
        >>> read_yaml("code: 011", name="x.yaml")
        {'code': '011'}
    """
    try:
        _refuse_depth(text, name)
        loader = _StrictLoader(text)
        loader.name = name
        node = loader.get_single_node()
        if node is not None:
            _refuse_references(node, name)
        tree = None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _not_yaml(error, name) from error
    if not isinstance(tree, dict):
        raise InputError(fault_of("rulebook.strict_yaml.read_yaml", where=name))
    return tree
