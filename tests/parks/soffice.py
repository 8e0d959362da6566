"""LibreOffice without a window, for tests that look at office files as their readers do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="soffice (LibreOffice) is not installed")


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice opens, computes and saves it.

    Args:
        path: an office file.
        kind: suffix wanted, e.g. `xlsx`, `pdf`.
        folder: an empty folder of the test; holds profile and result.
    """
    assert SOFFICE is not None
    out = folder / "converted"
    subprocess.run(
        [
            SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
            "--convert-to", kind, "--outdir", str(out), str(path),
        ],
        check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    return out / f"{path.stem}.{kind}"
