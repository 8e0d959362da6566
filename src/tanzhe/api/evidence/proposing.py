"""A language model reads archived documents and proposes events; code decides."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from tanzhe.connectors.language_model import LanguageModel
from tanzhe.errors import SourceError, Words
from tanzhe.evidence.events.page import Page
from tanzhe.evidence.events.proposals import Proposals, propose
from tanzhe.evidence.finders.find import (
    FinderAnswer,
    FolderFinder,
    Query,
    covered,
    page_of,
    printable,
)
from tanzhe.kept import key
from tanzhe.model import Event, Progress, silent
from tanzhe.workspace import Workspace

_ASKING = Words("语言模型读文档", "A language model reads documents")
_PROPOSALS = TypeAdapter(Proposals)


class ModelReader:
    """Asks a model about each document once, and keeps what code could verify.

    Args:
        model: the language model.
        workspace: keeps proposals, so that a document is not paid for twice.
    """

    def __init__(self, model: LanguageModel, workspace: Workspace) -> None:
        self.model = model
        self._workspace = workspace
        self.dropped = 0
        self.failure: SourceError | None = None

    def events(self, page: Page, known: Sequence[Event]) -> tuple[Event, ...]:
        """Verified proposals about a page that the rules did not find.

        A model that fails, or has used up its cap, is not asked again; see `failure`.
        """
        proposals = self._proposals(page, known)
        self.dropped += len(proposals.dropped)
        return tuple(map(printable, proposals.events))

    def _proposals(self, page: Page, known: Sequence[Event]) -> Proposals:
        address = page.source.url or page.source.path
        question = key(__name__, self.model.name, page.sha256, address, list(known))
        kept = self._workspace.fetch_json("proposals", question)
        if kept is not None:
            return _PROPOSALS.validate_json(kept)
        if self.failure is not None:
            return Proposals()
        try:
            found = propose(page, self.model.ask, known)
        except SourceError as error:
            self.failure = error
            return Proposals()
        self._workspace.store_json("proposals", question, found.model_dump_json())
        return found


class ReadFolderFinder:
    """The user's documents, read by the rules and by a language model.

    Args:
        folder: the finder that reads by the rules.
        workspace: where the documents are archived.
        reader: the language model.
        progress: told after each document.
    """

    def __init__(
        self,
        folder: FolderFinder,
        workspace: Workspace,
        reader: ModelReader,
        progress: Progress = silent,
    ) -> None:
        self.name = folder.name
        self._folder = folder
        self._workspace = workspace
        self._reader = reader
        self._progress = progress
        self._answers: dict[str, FinderAnswer] = {}

    @property
    def documents(self) -> tuple[tuple[str, str], ...]:
        """Path and sha256 of each document that was read."""
        return self._folder.documents

    def find(self, query: Query) -> FinderAnswer:
        """All events of the documents, whatever the query.

        Raises:
            InputError: at the first query, when no file can be read.
        """
        region = query.region_iso
        if region not in self._answers:
            ruled = self._folder.find(query)
            events = (*ruled.events, *self._proposed(ruled.events))
            changed = {"events": events, "covers": covered(events)}
            self._answers[region] = ruled.model_copy(update=changed)
        return self._answers[region]

    def _proposed(self, known: Sequence[Event]) -> list[Event]:
        contents = self._folder.contents
        found: list[Event] = []
        for number, sha256 in enumerate(contents.documents, 1):
            document = self._workspace.document(sha256)
            text = self._workspace.text_of(sha256)
            if document is not None and text is not None:
                page = page_of(document, text, contents.paths[number - 1])
                own = [e for e in known if any(s.sha256 == sha256 for s in e.sources)]
                found += self._reader.events(page, own)
            self._progress(_ASKING, number, len(contents.documents))
        return found
