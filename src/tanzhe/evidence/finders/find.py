"""Where events come from: the `Finder` protocol and the two finders that need no network."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter

from tanzhe.errors import Words
from tanzhe.evidence.chronicle import chronicle, load_chronicle
from tanzhe.evidence.events.extract import extract_events
from tanzhe.evidence.events.page import Page
from tanzhe.evidence.events.verify import verify_event
from tanzhe.evidence.finders.folder import FolderContents, add_folder
from tanzhe.evidence.finders.sources import source_of
from tanzhe.evidence.links.placebos import Slimmer
from tanzhe.evidence.links.window import beginning
from tanzhe.kept import key
from tanzhe.model import Event, Progress, Record, Unread, silent
from tanzhe.workspace import StoredDocument, Workspace

# The built-in catalogue was collected from 2015 on (data/CHRONICLE.md); two older records do not
# make it cover their year.
COVERS_FROM = date(2015, 1, 1)
_EXTRACTING = Words("从文档中提取事件", "Extracting events from documents")
_EVENTS = TypeAdapter(tuple[Event, ...])


class Query(Record):
    """What is looked for around one turning point.

    Attributes:
        region_iso: ISO 3166-2 code, CN, or a user's own region.
        sector: sector or product id of the series.
        first_day: first day of the window.
        last_day: last day, inclusive.
        products: ids of the products that moved, largest first.
        words: search words in Chinese, one query each.
    """

    region_iso: str
    sector: str
    first_day: date
    last_day: date
    products: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class FinderAnswer(Record):
    """What a finder found.

    Attributes:
        events: verified, catalogued, or leads (`reviewed` False); not yet merged or linked.
        documents_read: documents or catalogue records looked at.
        unread: pages and files that could not be read, with the reason.
        covers: first and last day about which the answer holds all that the finder knows, of any
            place; None when it only looked around the window. Chance is judged within it.
    """

    events: tuple[Event, ...]
    documents_read: int
    unread: tuple[Unread, ...] = ()
    covers: tuple[date, date] | None = None


class Finder(Protocol):
    """A place where events can be found; connectors bring their own."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        ...

    def find(self, query: Query) -> FinderAnswer:
        """Events that may belong to a query; wider than the window is allowed.

        A finder that has all its events at hand answers with all of them, says so in `covers`,
        and returns the same answer object each time: then it is read only once.

        Raises:
            SourceError: the source failed.
        """
        ...


def covered(events: Iterable[Event], since: date = date.min) -> tuple[date, date] | None:
    """From the first to the last day, from `since` on, on which an event may have begun."""
    ranges = [beginning(event) for event in events]
    firsts = [first for first, _ in ranges if first >= since]
    return (min(firsts), max(last for _, last in ranges)) if firsts else None


class ChronicleFinder:
    """The built-in catalogue, and users' own records.

    Args:
        paths: further chronicles in JSON lines; their records count as the built-in ones.
    """

    def __init__(self, paths: Sequence[str | Path] = ()) -> None:
        self.name = "chronicle"
        mine = tuple(event for path in paths for event in load_chronicle(path))
        replaced = {event.id for event in mine}
        events = (*(e for e in chronicle() if e.id not in replaced), *mine)
        spans = covered(events, COVERS_FROM)
        self._answer = FinderAnswer(
            events=events,
            documents_read=len(events),
            covers=(COVERS_FROM, spans[1]) if spans else None,
        )

    def find(self, query: Query) -> FinderAnswer:
        """All records, whatever the query."""
        return self._answer


def printable(event: Event) -> Event:
    """The event without the fields that no quote bears out."""
    return event.model_copy(
        update={
            name: tuple(f for f in getattr(event, name) if f.status == "verified")
            for name in ("dates", "places", "bodies", "quantities")
        }
    )


class FolderFinder:
    """The user's own documents.

    They are read and their events extracted once, at the first query; the workspace keeps both,
    so that the next run over the same files is quick.

    Args:
        workspace: where documents are archived.
        paths: folders or files.
        progress: told while reading and extracting.

    Raises:
        InputError: at the first query, when no file can be read.
    """

    def __init__(
        self, workspace: Workspace, paths: Sequence[str | Path], progress: Progress = silent
    ) -> None:
        self.name = "folder"
        self._workspace = workspace
        self._paths = tuple(paths)
        self._progress = progress
        self._contents: FolderContents | None = None
        self._answers: dict[str, FinderAnswer] = {}

    @property
    def contents(self) -> FolderContents:
        """What was read, and what could not be; reads the folder when that was not done yet."""
        if self._contents is None:
            self._contents = add_folder(self._workspace, self._paths, self._progress)
        return self._contents

    @property
    def documents(self) -> tuple[tuple[str, str], ...]:
        """Path and sha256 of each document that was read; none before the first query."""
        if self._contents is None:
            return ()
        return tuple(zip(self._contents.paths, self._contents.documents, strict=True))

    def _extracted(self, contents: FolderContents) -> Iterable[Event]:
        total = len(contents.documents)
        for number, sha256 in enumerate(contents.documents, 1):
            yield from self._events_of(sha256, contents.paths[number - 1])
            self._progress(_EXTRACTING, number, total)

    def _events_of(self, sha256: str, path: str) -> tuple[Event, ...]:
        question = key(__name__, sha256, path)
        kept = self._workspace.fetch_json("events", question)
        if kept is not None:
            return _EVENTS.validate_json(kept)
        document = self._workspace.document(sha256)
        text = self._workspace.text_of(sha256)
        if document is None or text is None:
            return ()
        events = checked_events(page_of(document, text, path), text)
        packed = _EVENTS.dump_json(events).decode()
        self._workspace.store_json("events", question, packed)
        return events

    def find(self, query: Query) -> FinderAnswer:
        """All verified events of the documents; those of elsewhere without their words."""
        region = query.region_iso
        if region not in self._answers:
            events = tuple(map(Slimmer(region), self._extracted(self.contents)))
            self._answers[region] = FinderAnswer.model_construct(  # each event is checked already
                events=events,
                documents_read=len(self.contents.documents),
                unread=self.contents.unread,
                covers=covered(events),
            )
        return self._answers[region]


class LibraryFinder(FolderFinder):
    """All documents of the workspace's library, however they came there.

    Args:
        workspace: whose library.
        progress: told while extracting.
    """

    def __init__(self, workspace: Workspace, progress: Progress = silent) -> None:
        super().__init__(workspace, (), progress)
        self.name = "archive"
        held = {one.sha256: one.name for one in workspace.documents()}
        self._contents = FolderContents(documents=tuple(held), paths=tuple(held.values()))


def page_of(document: StoredDocument, text: str, path: str | None) -> Page:
    """An archived document as extraction needs it."""
    source = source_of(
        text,
        url=document.url,
        path=path,
        stated=document.publisher,
        title=document.title or document.name,
        published=document.published,
        sha256=document.sha256,
    )
    return Page(sha256=document.sha256, text=text, title=document.title, source=source)


def checked_events(page: Page, text: str) -> tuple[Event, ...]:
    """The events of one document that code could verify; the others are dropped."""
    checked = (verify_event(event, {page.sha256: text}.get) for event in extract_events(page))
    return tuple(printable(event) for event in checked if event.status == "verified")
