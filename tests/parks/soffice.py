"""LibreOffice without a window, for tests that look at office files as their readers do."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="soffice (LibreOffice) is not installed")


def converted(path: Path, kind: str, folder: Path) -> Path:
    """One file as LibreOffice opens, computes and saves it; see `converted_all`."""
    return converted_all([path], kind, folder)[0]


def converted_all(paths: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Files as LibreOffice opens, computes and saves them, in one start of it.

    Args:
        paths: office files with different names.
        kind: suffix wanted, e.g. `xlsx`, `pdf`.
        folder: an empty folder of the test; holds profile and result.
    """
    assert SOFFICE is not None
    out = folder / "converted"
    subprocess.run(
        [
            SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
            "--convert-to", kind, "--outdir", str(out), *map(str, paths),
        ],
        check=True, capture_output=True, timeout=1800, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    return [out / f"{path.stem}.{kind}" for path in paths]
