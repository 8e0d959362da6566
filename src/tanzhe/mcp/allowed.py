"""The folders whose files a client may have read; no other file is."""

import stat
from collections.abc import Sequence
from pathlib import Path, PurePath

from tanzhe.errors import Fault, InputError, Words
from tanzhe.faults import fault_of


class Allowed:
    """Folders named with `--allow`, and the files below them.

    A path with `..` in it, a link anywhere below the folder, and what is no plain file are refused
    before a byte is read; the words are the same whether or not something lies outside.

    Args:
        folders: existing folders.

    Raises:
        InputError: one is no folder.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        for folder in folders:
            if not folder.is_dir():
                raise InputError(fault_of("mcp.allowed.no_folder", where=str(folder)))
        self.folders = tuple((folder.absolute(), folder.resolve()) for folder in folders)

    def file(self, name: str) -> Path:
        """The file a client means.

        Args:
            name: an absolute path below an allowed folder, or one relative to such a folder.

        Raises:
            InputError: no folder is allowed, or the file is not plainly below one.
        """
        if not self.folders:
            raise InputError(_refused(name, _NONE_ALLOWED))
        if "\0" in name or ".." in PurePath(name).parts:
            raise InputError(_refused(name, _OUTSIDE))
        inside = [
            (root, part)
            for said, root in self.folders
            if (part := _below(root, name) or _below(said, name)) is not None
        ]
        if not inside:
            raise InputError(_refused(name, _OUTSIDE))
        found = next((root / part for root, part in inside if _is_plain(root, part)), None)
        if found is None:
            raise InputError(_refused(name, _NO_FILE))
        return found


def _below(root: Path, name: str) -> PurePath | None:
    """The path relative to a folder, or None when it leads elsewhere."""
    path = root / name
    return path.relative_to(root) if path.is_relative_to(root) else None


def _is_plain(root: Path, part: PurePath) -> bool:
    """Whether each step is a folder and the last a file, none of them a link."""
    here, mode = root, 0
    try:
        for step in part.parts:
            here /= step
            mode = here.lstat().st_mode
            if stat.S_ISLNK(mode):
                return False
        return stat.S_ISREG(mode) and here.resolve().is_relative_to(root)
    except OSError:
        return False


_NONE_ALLOWED = Words(
    "这个服务没有开放任何文件夹，不读取磁盘上的文件",
    "No folder is open to this server; it reads no file of the disk",
)
_OUTSIDE = Words("路径不在开放的文件夹之内", "The path is not inside an allowed folder")
_NO_FILE = Words(
    "开放的文件夹里没有这个文件（链接和非普通文件不读）",
    "The allowed folders have no such file (links and special files are not read)",
)
_DO = Words(
    "请让用户以 tanzhe mcp --allow 文件夹 启动，或直接传入内容",
    "Ask the user to start tanzhe mcp --allow FOLDER, or pass the content itself",
)


def _refused(name: str, what: Words) -> Fault:
    return Fault(what, _DO, where=name)
