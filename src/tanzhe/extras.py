"""Libraries that not everybody needs, and what is said where one is missing."""

from importlib.util import find_spec

from tanzhe.errors import Fault, InputError, Words

# The extra of pyproject.toml that brings a module; where two do, the smaller.
EXTRAS = {
    "cryptography": "seals",
    "duckdb": "meters",
    "mcp": "mcp",
    "numba": "panels",
    "paho": "meters",
    "pandas": "panels",
    "pyarrow": "parquet",
    "starlette": "server",
    "trafilatura": "html",
    "uvicorn": "server",
}


def require(*modules: str, where: str = "", extra: str = "") -> None:
    """Refuse where a module of an extra is not installed.

    Args:
        modules: their names when imported.
        where: the command or file that needs them.
        extra: which extra to name; empty: the one that brings the module.

    Raises:
        InputError: a fault for each that is missing.

    Example:
        >>> require("json")
    """
    lost = [name for name in modules if find_spec(name) is None]
    if lost:
        raise InputError(*(_missing(name, where, extra or EXTRAS[name]) for name in lost))


def _missing(name: str, where: str, extra: str) -> Fault:
    command = f"pip install 'tanzhe[{extra}]'"
    return Fault(
        Words(f"没有安装 {name}", f"{name} is not installed"),
        Words(f"请运行 {command}", f"Run {command}"),
        where=where,
    )
