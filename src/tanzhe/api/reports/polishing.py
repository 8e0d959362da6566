"""A language model smooths a finished report's sentences; what would change a fact is not taken."""

from collections.abc import Iterator
from contextlib import contextmanager

from tanzhe.api.evidence.finders import Notice
from tanzhe.api.evidence.online import MODEL, usage_words
from tanzhe.connectors._http import Client
from tanzhe.connectors.language_model import LanguageModel, own_origin
from tanzhe.connectors.polish import keeps_facts, polished
from tanzhe.errors import SourceError, Words
from tanzhe.kept import key
from tanzhe.workspace import Workspace


class Polisher:
    """Polishes one paragraph at a time, each text once.

    Args:
        model: the language model.
        workspace: keeps what was taken, so that no text is paid for twice; None keeps nothing.
    """

    def __init__(self, model: LanguageModel, workspace: Workspace | None) -> None:
        self.model = model
        self._workspace = workspace
        self.changed = 0
        self.failure: SourceError | None = None

    def __call__(self, text: str) -> str:
        """The text polished on one line, or as it was: where a fact changes, or the model fails."""
        found = " ".join((self._kept(text) or self._asked(text)).split())
        # Kept answers are checked again: nothing but code lets a word into a report.
        if found == text or not keeps_facts(text, found):
            return text
        self.changed += 1
        return found

    def _key(self, text: str) -> str:
        return key(__name__, self.model.name, text)

    def _kept(self, text: str) -> str | None:
        if self._workspace is None:
            return None
        return self._workspace.fetch_json("polish", self._key(text))

    def _asked(self, text: str) -> str:
        if self.failure is not None:
            return text
        try:
            found = polished(text, self.model.ask)
        except SourceError as error:
            self.failure = error
            return text
        if self._workspace is not None:
            self._workspace.store_json("polish", self._key(text), found)
        return found


@contextmanager
def polisher(workspace: Workspace | None, notice: Notice) -> Iterator[Polisher]:
    """A polisher by the model that the environment names; tells at the end what it used.

    Raises:
        InputError: a variable is missing; names it.
    """
    with Client(limits=MODEL, trusted=frozenset({own_origin()})) as client:
        one = Polisher(LanguageModel(client), workspace)
        yield one
        used = usage_words(one.model)
        zh, en = f"润色了 {one.changed} 段", f"{one.changed} paragraphs polished"
        notice(Words(f"{used.zh}；{zh}", f"{used.en}; {en}"))
        if one.failure is not None:
            notice(Words(one.failure.said("zh"), one.failure.said("en")))
