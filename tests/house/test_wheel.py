"""What is installed stays small: the wheel is under 15 MB."""

import tomllib
import zipfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parents[2]
LARGEST = 15_000_000


def test_the_wheel_is_small() -> None:
    """Everything that goes into the wheel, packed as a wheel is packed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (package,) = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path in sorted((ROOT / package).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                wheel.write(path, path.relative_to(ROOT))
    size = len(held.getvalue())
    assert 500_000 < size < LARGEST, f"{size} bytes"
