"""Which code a kept result was made by."""

import hashlib
from functools import lru_cache
from pathlib import Path

import tanzhe

# Everything that a turning point or an episode is computed by; the data have their own sha256.
PARTS = (
    "turning", "series", "tables", "model", "names.py", "periods.py", "places.py", "quantity.py",
    "sectors.py", "effects/disputes.py", "api/turning.py", "api/episode.py",
)  # fmt: skip


@lru_cache(maxsize=4)
def engine(parts: tuple[str, ...] = PARTS) -> str:
    """Digest of the sources behind kept results: none is served by other code than made it.

    Args:
        parts: packages and modules that a result is computed by.

    Returns:
        Hexadecimal sha256 of their Python files, in the order of their names.
    """
    root = Path(tanzhe.__file__).parent
    digest = hashlib.sha256()
    for part in parts:
        path = root / part
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.relative_to(root).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
