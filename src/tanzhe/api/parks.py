"""A park's year judged by an official indicator system."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from tanzhe.errors import Fault, InputError, Words
from tanzhe.model.park import Assessment
from tanzhe.parks import ParkSource, parse_tree
from tanzhe.workspace import Workspace

LARGEST_FILE = 20_000_000  # bytes; a park's year is a few hundred kilobytes at most


def assess(
    park: str | Path | Mapping[str, object],
    *,
    rules: str | Path | None = None,
    workspace: Workspace | None = None,
) -> Assessment:
    """What a rule set says about a park's year.

    Args:
        park: a JSON file or workbook in the form of `park template`, or the parsed JSON object.
        rules: id of a rule set, built in or confirmed in the workspace, or a YAML file; by the
            park's region when left out.
        workspace: where confirmed rule sets are kept.

    Returns:
        Account, indicators, verdict and what is missing.

    Raises:
        InputError: every fault of the input at once, each with its path or cell; or an unknown
            rule set.
    """
    raise NotImplementedError


def read_source(park: str | Path | Mapping[str, object]) -> ParkSource:
    """The entries of a park, from a file or an object, not yet checked.

    Raises:
        InputError: a file that cannot be read.
    """
    if isinstance(park, Mapping):
        return ParkSource(tree=park)
    path = Path(park)
    raw = _bytes(path)
    return ParkSource(
        tree=parse_tree(raw, name=path.name),
        name=path.name,
        sha256=hashlib.sha256(raw).hexdigest(),
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _unread(path, Words("文件过大", "The file is too large"))
        return path.read_bytes()
    except OSError as error:
        raise _unread(path, Words("无法读取文件", f"Cannot read: {error.strerror}")) from error


def _unread(path: Path, what: Words) -> InputError:
    do = Words("请检查路径，用 .json 或 .xlsx 文件", "Check the path; use a .json or .xlsx file")
    return InputError(Fault(what=what, where=path.name, do=do))
