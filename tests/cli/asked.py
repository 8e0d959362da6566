"""The command line as a user has it, exit codes and messages included, without a process."""

import io
import sys
import warnings
from pathlib import Path
from typing import NamedTuple

import pytest

from tanzhe.cli.main import main
from tanzhe.cli.shared import terminal


class Answered(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


class _Kept(io.BytesIO):
    """Bytes that can be read after the stream above them is closed."""

    def close(self) -> None:
        pass


def tanzhe(*arguments: object, workspace: Path | None = None) -> Answered:
    """Run a command in this process, with the workspace by environment.

    Args:
        arguments: as typed.
        workspace: its folder; None: the one of the environment.
    """
    out, err = _Kept(), _Kept()
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setattr(terminal, "start_in_utf8", lambda: None)  # it would start Python anew
        patch.setattr(sys, "argv", ["tanzhe", *map(str, arguments)])
        patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8"))
        patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8"))
        if workspace is not None:
            patch.setenv("TANZHE_WORKSPACE", str(workspace))
        with pytest.raises(SystemExit) as left:
            main()
        sys.stdout.flush()
        sys.stderr.flush()
    code = left.value.code
    assert isinstance(code, int)
    return Answered(code, out.getvalue().decode(), err.getvalue().decode())
