"""The one tree of errors, in Chinese and English.

    TanzheError                 everything we raise on purpose
      InputError                wrong use or bad input; lists every fault found (exit code 2)
        UnknownName             a region, sector or product nobody knows; suggests the nearest
        WorkspaceError          the workspace cannot be read or written
      SourceError               an outside source failed (exit code 3)
        Blocked                 refused by the source, by robots or by our own guard
        NotFound                the address or record does not exist
        NoText                  there is a document, but no readable text in it
        Empty                   the source answered and had nothing
        TooLarge                beyond the stated limit
        ConnectionLost          the server of a workspace is not there, or no more

Each fault says what happened, where, and what to do about it.
"""

import errno
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar, Literal, NamedTuple, Self

Language = Literal["zh", "en"]


class Words(NamedTuple):
    """The same sentence in Chinese and in English."""

    zh: str
    en: str

    def said(self, language: Language = "zh") -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: what happened, what to do, and where.

    Attributes:
        what: what happened.
        do: what the reader can do about it.
        where: file, line, column, year, clause or address; the same in both languages.
    """

    what: Words
    do: Words
    where: str = field(default="", kw_only=True)

    def said(self, language: Language = "zh") -> str:
        """The fault as one line."""
        place = f"[{self.where}] " if self.where else ""
        joint = "。" if language == "zh" else ". "
        return f"{place}{self.what.said(language)}{joint}{self.do.said(language)}"


class TanzheError(Exception):
    """Base of all errors raised on purpose.

    Attributes:
        faults: everything that is wrong, in the order found; never empty.
        exit_code: what the command line returns.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, *faults: Fault) -> None:
        if not faults:
            raise ValueError("an error needs at least one fault")
        self.faults = faults
        super().__init__("\n".join(f"{f.said('zh')}\n{f.said('en')}" for f in faults))

    @classmethod
    def of(cls, what: Words, do: Words, *, where: str = "") -> Self:
        """The error of one fault."""
        return cls(Fault(what, do, where=where))

    def __reduce__(self) -> tuple[type["TanzheError"], tuple[Fault, ...]]:
        """Errors travel between processes with their faults, not with their text."""
        return type(self), self.faults

    def said(self, language: Language = "zh") -> str:
        """All faults in one language, one a line."""
        return "\n".join(fault.said(language) for fault in self.faults)


class InputError(TanzheError):
    """Wrong use or bad input, refused whole; nothing has been written."""


class UnknownName(InputError):
    """A region, sector, product or option that is not in the vocabulary."""


class WorkspaceError(InputError):
    """The workspace cannot be read or written: locked, full, damaged, or not allowed."""


class LoginRefused(WorkspaceError):
    """The database lets a user not in: name or password is wrong, or its rules forbid it."""


class SourceError(TanzheError):
    """An outside source failed; trying again later may help."""

    exit_code: ClassVar[int] = 3


class Blocked(SourceError):
    """Refused by the source, by its robots rules or by our own guard."""


class NotFound(SourceError):
    """The address or record does not exist."""


class NoText(SourceError):
    """There is a document but no readable text in it."""


class Empty(SourceError):
    """The source answered and had nothing."""


class TooLarge(SourceError):
    """The answer or file is beyond the stated limit."""


class ConnectionLost(SourceError):
    """The server of a workspace is not there, or no more; what was confirmed is kept."""


_WHY = {
    errno.ENOENT: Words("没有这个文件或文件夹", "There is no such file or folder"),
    errno.ENOTDIR: Words("路径中有一段不是文件夹", "A part of the path is no folder"),
    errno.EISDIR: Words("这是文件夹，不是文件", "This is a folder, not a file"),
    errno.EACCES: Words("没有权限", "Permission is denied"),
    errno.EPERM: Words("没有权限", "Permission is denied"),
    errno.EROFS: Words("所在的磁盘只读", "The disk is read-only"),
    errno.ENOSPC: Words("磁盘已满", "The disk is full"),
    errno.EDQUOT: Words("磁盘配额已用完", "The disk quota is used up"),
    errno.ENAMETOOLONG: Words("文件名太长", "The file name is too long"),
    errno.EEXIST: Words("已有同名的文件", "There is already a file of that name"),
    errno.ELOOP: Words("链接绕成了圈", "The links go in a circle"),
    errno.EMFILE: Words("打开的文件太多", "Too many files are open"),
    errno.EFBIG: Words("文件太大", "The file is too large"),
    errno.EIO: Words("磁盘读写出错", "The disk cannot be read or written"),
    errno.ENXIO: Words("不是普通文件（管道或设备）", "It is no regular file but a pipe or device"),
    errno.EBUSY: Words("文件正被别的程序使用", "Another program is using the file"),
}


NOT_UTF8 = Words("不是 UTF-8 编码", "It is not encoded as UTF-8")


def why_not(error: OSError) -> Words:
    """Why the system refused a file, in words that a person knows.

    Example:
        >>> why_not(FileNotFoundError(2, "x")).zh
        '没有这个文件或文件夹'
    """
    known = _WHY.get(error.errno or 0)
    if known is not None:
        return known
    said = error.strerror or type(error).__name__
    return Words(f"系统不允许（{said}）", f"The system refuses ({said})")


def listed(names: Iterable[str]) -> Words:
    """Names in a row, as each language joins them.

    Example:
        >>> listed(["t", "kg"])
        Words(zh='t、kg', en='t, kg')
    """
    held = tuple(names)
    return Words("、".join(held), ", ".join(held))


def quoted(names: Iterable[str]) -> Words:
    """Words of a form in a row; English quotes them, for they may be Chinese.

    Example:
        >>> quoted(["购入", "外供"])
        Words(zh='购入、外供', en='“购入”, “外供”')
    """
    held = tuple(names)
    return Words("、".join(held), ", ".join(f"“{one}”" for one in held))


def refuse(faults: Iterable[Fault]) -> None:
    """Raise one `InputError` with all faults, or return when there are none."""
    found = tuple(faults)
    if found:
        raise InputError(*found)
