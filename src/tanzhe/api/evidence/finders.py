"""Finders that use the network: a search source, its pages, and the events code finds in them.

plan -> search -> fetch (guarded) -> archive -> read -> extract -> verify. A page that cannot be
read is recorded with its reason and never becomes evidence.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from tanzhe.api.evidence.proposing import ModelReader
from tanzhe.connectors._fetched import Fetched
from tanzhe.connectors._search import Connector, SearchResult
from tanzhe.connectors.pages import Pages
from tanzhe.connectors.urls import NAME as URLS
from tanzhe.errors import (
    ConnectionLost,
    Empty,
    InputError,
    NoText,
    SourceError,
    TanzheError,
    Words,
    WorkspaceError,
)
from tanzhe.evidence.events.page import Page
from tanzhe.evidence.events.passages import posted_day
from tanzhe.evidence.finders.find import FinderAnswer, Query, checked_events
from tanzhe.evidence.finders.sources import source_of
from tanzhe.kept import key
from tanzhe.model import Event, Progress, Unread, silent
from tanzhe.text import MEDIA_TYPES, read_bytes
from tanzhe.text.files.reading import sniffed
from tanzhe.workspace import Workspace

# Told what a user should know of the work besides its result.
Notice = Callable[[Words], None]

MOST_RESULTS = 10  # of one search
MOST_PAGES = 20  # read for one turning point from one source; a user's own list is read whole
MOST_PAGES_OF_RUN = 200  # fetched from one source in one run
_READING = Words("读取网页", "Reading pages")
_RESULTS = TypeAdapter(tuple[SearchResult, ...])
_EVENTS = TypeAdapter(tuple[Event, ...])


def unnoticed(words: Words) -> None:
    """The `Notice` that tells nobody."""


class OnlineFinder:
    """Finds events in the pages of one search source.

    Args:
        connector: the source.
        pages: fetches pages, guarded and politely.
        workspace: where pages are archived and results kept.
        reader: a language model that proposes events, or None.
        notice: told what could not be done.
        progress: told after each page.

    Long because one search is a chain of small steps over the same source, archive and notices.
    """

    def __init__(
        self,
        connector: Connector,
        pages: Pages,
        workspace: Workspace,
        *,
        reader: ModelReader | None = None,
        notice: Notice = unnoticed,
        progress: Progress = silent,
    ) -> None:
        self.name = connector.name
        self._connector = connector
        self._pages = pages
        self._workspace = workspace
        self._reader = reader
        self._notice = notice
        self._progress = progress
        self._read: dict[str, tuple[Event, ...]] = {}
        self._documents: dict[str, str] = {}
        self._unread: dict[str, Unread] = {}
        self._failure: Unread | None = None

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The pages that could not be read, in the order they were tried."""
        return tuple(self._unread.values())

    @property
    def documents(self) -> tuple[tuple[str, str], ...]:
        """Address and sha256 of each page that was read."""
        return tuple(self._documents.items())

    def find(self, query: Query) -> FinderAnswer:
        """Verified events of the pages that the source gives for a query.

        A source that fails for every word is told and named among what was not read, so that
        what else was found is kept; it is not asked again in this run.
        """
        if self._failure is not None:
            return FinderAnswer(events=(), documents_read=0, unread=(self._failure,))
        try:
            results = self._search_all(query)
        except SourceError as error:
            self._notice(_joined(error))
            self._failure = _source_unread(self.name, error)
            return FinderAnswer(events=(), documents_read=0, unread=(self._failure,))
        most = len(results) if self.name == URLS else MOST_PAGES
        tried = results[:most]
        for number, result in enumerate(tried, 1):
            self._try(result)
            self._progress(_READING, number, len(tried))
        read = [result.url for result in tried if result.url in self._read]
        events = tuple(event for url in read for event in self._read[url])
        unread = tuple(self._unread[one.url] for one in tried if one.url in self._unread)
        return FinderAnswer(events=events, documents_read=len(read), unread=unread)

    def _search_all(self, query: Query) -> list[SearchResult]:
        """The results of all words, the best of each first, each page once."""
        lists: list[tuple[SearchResult, ...]] = []
        failures: list[SourceError] = []
        for words in query.words:
            try:
                lists.append(self._search(words, query))
            except SourceError as error:
                failures.append(error)
            except (TypeError, ValueError, ArithmeticError, LookupError) as error:
                failures.append(_unforeseen(self.name, error))  # an answer nobody foresaw
        if failures and not lists:
            raise failures[0]
        for failure in failures:
            self._notice(_joined(failure))
        ranked = (one for row in zip_longest(*lists) for one in row if one is not None)
        return list({result.url: result for result in ranked}.values())

    def _search(self, words: str, query: Query) -> tuple[SearchResult, ...]:
        """The results for some words; the same question is asked once a day."""
        days = f"{query.first_day}..{query.last_day}"
        key = f"{datetime.now(UTC).date()} {days} {words}"
        kept = self._workspace.fetch_json(f"search-{self.name}", key)
        if kept is not None and self.name != URLS:
            return _RESULTS.validate_json(kept)
        try:
            found = self._connector.search(
                words, query.first_day, query.last_day, most=MOST_RESULTS
            )
        except Empty:
            found = ()
        self._workspace.store_json(f"search-{self.name}", key, _RESULTS.dump_json(found).decode())
        return found

    def _try(self, result: SearchResult) -> None:
        """Read a page once; what cannot be read is recorded."""
        url = result.url
        if url in self._read or url in self._unread:
            return
        if len(self._read) + len(self._unread) >= MOST_PAGES_OF_RUN:
            return
        try:
            self._read[url] = self._events_of(self._pages.fetch(url), result.title)
        except (WorkspaceError, ConnectionLost):
            raise  # no fault of the page
        except TanzheError as error:
            self._record(url, error)
        except Exception as error:  # whatever a page is made of, it ends no report
            self._record(url, _unforeseen(url, error))

    def _record(self, url: str, error: TanzheError) -> None:
        kind = type(error).__name__ if isinstance(error, SourceError) else NoText.__name__
        what = error.faults[0].what
        one = Unread(address=url, kind=kind, reason=what.zh, reason_en=what.en)
        self._unread[url] = one
        self._workspace.store_json("unread", url, one.model_dump_json())

    def _events_of(self, fetched: Fetched, title: str) -> tuple[Event, ...]:
        """The events of a page: read, archived, extracted, verified."""
        page = self._page(fetched, title)
        self._documents[fetched.url] = page.sha256
        question = key("tanzhe.evidence.finders.find", page.sha256, fetched.url)
        kept = self._workspace.fetch_json("events", question)
        if kept is not None:
            events = _EVENTS.validate_json(kept)
        else:
            events = checked_events(page, page.text)
            packed = _EVENTS.dump_json(events).decode()
            self._workspace.store_json("events", question, packed)
        return (*events, *(self._reader.events(page, events) if self._reader else ()))

    def _page(self, fetched: Fetched, title: str) -> Page:
        """The archived page as extraction needs it; its address is where it was fetched."""
        raw = self._pages.content(fetched)
        document = read_bytes(raw, media_type(fetched, raw), fetched.url, title)
        posted = posted_day(document.text)
        published = document.posted or (posted.day.isoformat() if posted else None)
        self._workspace.add(
            raw,
            text=document.text,
            name=fetched.url,
            media_type=document.media_type,
            encoding=document.encoding,
            title=document.title,
            publisher=document.publisher,
            published=published,
            url=fetched.url,
        )
        # Quotes refer to the archived text, whoever archived these bytes first.
        text = self._workspace.text_of(document.sha256) or document.text
        source = source_of(
            text,
            url=fetched.url,
            stated=document.publisher,
            published=published,
            sha256=document.sha256,
        )
        return Page(sha256=document.sha256, text=text, title=document.title, source=source)


def media_type(fetched: Fetched, raw: bytes) -> str:
    """The kind of a page: by its first bytes, what the source says, the address's end."""
    known = set(MEDIA_TYPES.values())
    said = fetched.content_type.partition(";")[0].strip().lower()
    said = "text/html" if said == "application/xhtml+xml" else said
    by_name = MEDIA_TYPES.get(PurePosixPath(urlsplit(fetched.url).path).suffix.lower())
    seen = sniffed(raw)
    if seen is not None:
        return seen
    return said if said in known else by_name or "text/html"


def _unforeseen(where: str, error: Exception) -> SourceError:
    """A page or an answer on which our own code fails, as one that could not be read."""
    said = f"{type(error).__name__}: {str(error)[:100]}"
    what = Words(f"读不了（{said}）", f"It cannot be read ({said})")
    do = Words("请告诉维护者这个地址", "Please tell the maintainers this address")
    return SourceError.of(what, do, where=where)


def _joined(error: TanzheError) -> Words:
    return Words(error.said("zh"), error.said("en"))


def _source_unread(name: str, error: TanzheError) -> Unread:
    """A whole source that gave nothing, as a thing that was not read."""
    what = error.faults[0].what
    return Unread(address=name, kind=type(error).__name__, reason=what.zh, reason_en=what.en)


def told_unread(finders: Sequence[OnlineFinder]) -> list[Words]:
    """One line for each reason why pages could not be read, with an example."""
    by_kind: dict[tuple[str, str], list[Unread]] = {}
    for finder in finders:
        for one in finder.unread:
            by_kind.setdefault((finder.name, one.kind), []).append(one)
    return [_unread_words(name, kind, many) for (name, kind), many in by_kind.items()]


def _unread_words(name: str, kind: str, many: Sequence[Unread]) -> Words:
    one = many[0]
    return Words(
        f"{name}：{len(many)} 个网页没有读成（{kind}），例如 {one.address}：{one.reason}",
        f"{name}: {len(many)} pages not read ({kind}), such as {one.address}: {one.reason_en}",
    )


def unknown_source(name: str, known: str) -> InputError:
    """The error for a name after --find that is no source."""
    what = Words(f"不认识的来源：“{name}”", f"Not a source: “{name}”")
    do = Words(f"可用：{known}", f"There are: {known}")
    return InputError.of(what, do, where="--find")
