"""Where a park's entries come from: a parsed tree, and how the file calls what stands in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from tanzhe.errors import Fault, InputError, Words, listed
from tanzhe.faults import fault_of
from tanzhe.model import Note
from tanzhe.names import repeated
from tanzhe.parks.entry.fields import LONGEST, shown
from tanzhe.parks.entry.naming import AS_JSON, Naming


@dataclass(frozen=True, kw_only=True)
class ParkSource:
    """A park's entries as read from a file, not yet checked.

    Attributes:
        tree: the JSON object of the interface.
        name: file name for messages and the manifest.
        sha256: of the bytes, for the manifest.
        naming: how the file calls places, fields and codes.
        faults: what was wrong with the file's own cells; told together with all others.
        notes: how cells were read that hold more than plain digits.
    """

    tree: Mapping[str, object]
    name: str = ""
    sha256: str = ""
    naming: Naming = AS_JSON
    faults: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()


def parse_tree(raw: bytes, *, name: str) -> Mapping[str, object]:
    """The JSON object of a file's bytes, UTF-8 with or without mark, or GB 18030.

    Args:
        raw: the bytes.
        name: file name for messages.

    Raises:
        InputError: no form of a park, not JSON (with line and column), a key twice, or no object.

    Example:
        >>> parse_tree(b'{"name": "A"}', name="a.json")
        {'name': 'A'}
    """
    twice: list[str] = []

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        twice.extend(repeated(key for key, _ in pairs))
        return dict(pairs)

    try:
        text = _text(raw, name)
        if not text.lstrip().startswith(("{", "[")):
            raise _foreign(name)
        tree = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        zh = f"不是有效的 JSON（第 {error.lineno} 行第 {error.colno} 列）"
        raise _unreadable(name, zh, f"Not JSON (line {error.lineno})") from error
    except (RecursionError, ValueError) as error:  # too deep, or a number of thousands of digits
        raise _unreadable(name, "JSON 层次过深或数字过长", "JSON too deep or too long") from error
    if twice:
        keys = listed(map(shown, twice))
        raise _unreadable(name, f"键出现两次：{keys.zh}", f"Keys stand twice: {keys.en}")
    if not isinstance(tree, dict):
        raise _unreadable(name, "顶层必须是键值表", "The top level must be an object")
    return tree


def _text(raw: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _foreign(name)


def _foreign(name: str) -> InputError:
    """Of a file that is neither the template nor JSON: a picture, a letter, a program."""
    return InputError(fault_of("parks.source.foreign", where=name[:LONGEST]))


def _unreadable(name: str, zh: str, en: str) -> InputError:
    do = Words(
        "请按 docs/parks/accounting.md 的格式改正", "Correct it after docs/parks/accounting.md"
    )
    return InputError.of(Words(zh, en), do, where=name[:LONGEST])
