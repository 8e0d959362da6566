"""Keys of kept results: everything that a result was computed from, code and data included.

A result is served again only to the same question. The question is the content that was handed
over, whole; the source of every module that the computation imports, and of those that they import;
and the packaged files that these read. Nothing of this is listed by hand: imports and data folders
are read from the source.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

import numpy as np

_ROOT = Path(__file__).parent
_FROM = re.compile(
    r"^[ \t]*from[ \t]+tanzhe((?:\.\w+)*)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n]*))", re.M
)
_DATA = re.compile(r"(?:files|bundled\.\w+)\(\s*\"tanzhe\.([\w.]+)\"")
# What is written as it stands; numbers of numpy are written one by one.
_PLAIN = frozenset({float, int, str, bool, type(None)})
_NAME = re.compile(r"[A-Za-z_]\w*")


def key(module: str, *content: object) -> str:
    """The key of a result.

    Args:
        module: the one that computes it, `tanzhe.api.series.episode`.
        content: what it is computed from: records (their whole content, also what they leave out
            when they are saved), numbers, texts, arrays, and tuples, lists, dictionaries of these.

    Returns:
        Hexadecimal sha256.

    Example:
        >>> key("tanzhe.periods", "2024-01") == key("tanzhe.periods", "2024-02")
        False
    """
    texts = [code(module)]
    for part in content:
        _write(part, texts)
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def _write(value: object, texts: list[str]) -> None:
    """A value as text, each with its type, so that no two are written alike."""
    kind = type(value)
    if kind in _PLAIN:
        texts.append(repr(value))
        return
    fields = getattr(kind, "model_fields", None)
    if fields is not None:
        texts.append(f"{kind.__name__}(")
        for name in fields:
            texts.append(f"{name}=")
            _write(getattr(value, name), texts)
        texts.append(")")
    elif isinstance(value, dict):
        texts.append(f"dict {len(value)}(")
        for name, one in value.items():
            texts.append(f"{name!r}:")
            _write(one, texts)
        texts.append(")")
    elif isinstance(value, tuple | list):
        if _PLAIN.issuperset(map(type, value)):
            texts.append(repr(value))
            return
        texts.append(f"{kind.__name__} {len(value)}(")
        for one in value:
            _write(one, texts)
            texts.append(",")
        texts.append(")")
    elif isinstance(value, np.ndarray):
        texts.append(f"{value.dtype} {value.shape} {value.tobytes().hex()}")
    else:
        texts.append(repr(value))


@cache
def code(module: str, root: Path = _ROOT) -> str:
    """Digest of the sources and packaged data behind a module.

    Args:
        module: `tanzhe.api.series.episode`.
        root: folder of the package.

    Raises:
        ModuleNotFoundError: there is no such module.
    """
    start = _file(root, module.removeprefix("tanzhe."))
    if start is None:
        raise ModuleNotFoundError(module)
    digest = hashlib.sha256()
    for file in behind(start, root):
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(_digest(file))
    return digest.hexdigest()


def behind(start: Path, root: Path = _ROOT) -> list[Path]:
    """Every source that is imported from one on, and the data they read, by name.

    Args:
        start: a source.
        root: folder of the package.
    """
    waiting, found, data = [start], set[Path](), set[Path]()
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            imported, read = _names(file)
            waiting += [one for name in imported if (one := _file(root, name)) is not None]
            data.update(root.joinpath(*name.split(".")) for name in read)
    held = (path for folder in data for path in folder.rglob("*") if path.is_file())
    return sorted(found | {path for path in held if path.suffix not in (".py", ".pyc")})


@cache
def _digest(file: Path) -> bytes:
    return hashlib.sha256(file.read_bytes()).digest()


@cache
def _names(file: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a source may import, modules and names in them, and the packages whose data it reads."""
    text = file.read_text(encoding="utf-8")
    imported = []
    for package, several, one in _FROM.findall(text):
        names = [f"{package}.{name}" for name in _NAME.findall(several or one)]
        imported += [name[1:] for name in (package, *names) if name]  # the face is no source
    return tuple(imported), tuple(_DATA.findall(text))


def _file(root: Path, name: str) -> Path | None:
    path = root.joinpath(*name.split("."))
    candidates = (path.with_name(f"{path.name}.py"), path / "__init__.py")
    return next((file for file in candidates if file.is_file()), None)
