"""What the tools share: the workspace, the allowed folders, the language."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tanzhe.api.series.sources import known_sources
from tanzhe.errors import InputError, Language, Words
from tanzhe.faults import fault_of
from tanzhe.mcp.allowed import Allowed
from tanzhe.workspace import Workspace


@dataclass(frozen=True)
class Desk:
    """Where a question is answered.

    Attributes:
        workspace: folder of the workspace, None for the usual one.
        allowed: files a client may name.
        language: of the words.
    """

    workspace: Path | None
    allowed: Allowed
    language: Language

    def speaking(self, language: Language | None) -> "Desk":
        """The same desk in the language a client asked for."""
        return self if language is None else replace(self, language=language)

    @contextmanager
    def opened(self) -> Iterator[Workspace | None]:
        """The workspace; nothing where the usual one cannot be made."""
        try:
            workspace = Workspace.open(self.workspace)
        except InputError:
            if self.workspace is not None:
                raise
            yield None
            return
        with workspace:
            yield workspace

    def data(self, name: str | None) -> str | Path | None:
        """The source a client means: a known name, else a file inside an allowed folder.

        Raises:
            InputError: neither.
        """
        names = [one.name for one in known_sources()]
        if name is None or name in names:
            return name
        try:
            return self.allowed.file(name)
        except InputError as error:
            fault = error.faults[0]
            known = "、".join(names)
            do = Words(f"可用的数据源：{known}。{fault.do.zh}", f"Sources: {known}. {fault.do.en}")
            raise InputError.of(fault.what, do, where=fault.where) from None


def one_of(text: object, path: str | None, name: str) -> None:
    """Refuse a question with both a content and a file, or with neither.

    Raises:
        InputError: says which to leave out or give.
    """
    if (text is None) == (path is None):
        raise InputError(fault_of("mcp.desk.one_of", name=name, where=f"{name}, path"))
