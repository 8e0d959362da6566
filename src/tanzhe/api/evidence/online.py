"""What `--find`, `--model` and `--offline` mean: which finders there are, and who may be asked."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from tanzhe.api.evidence.finders import Notice, OnlineFinder, told_unread, unknown_source
from tanzhe.api.evidence.proposing import ModelReader, ReadFolderFinder
from tanzhe.connectors._fetched import FetchStore
from tanzhe.connectors._http import Client, Limits
from tanzhe.connectors._search import Connector
from tanzhe.connectors.language_model import LanguageModel, own_origin
from tanzhe.connectors.pages import Pages
from tanzhe.errors import Words
from tanzhe.evidence.finders.find import Finder, FolderFinder
from tanzhe.model import Progress
from tanzhe.registries import attribute, declared
from tanzhe.workspace import Workspace

_HOME = "tanzhe.connectors"
# A search answers quickly and briefly, a page may be a long PDF, a model thinks.
SEARCH = Limits(size=5_000_000, decompressed=20_000_000, step_seconds=20, whole_seconds=60)
PAGE = Limits(size=50_000_000, decompressed=50_000_000, step_seconds=15, whole_seconds=120)
MODEL = Limits(size=5_000_000, decompressed=5_000_000, step_seconds=120, whole_seconds=180)


@contextmanager
def finders_of(
    sources: Sequence[str],
    docs: Sequence[Path],
    workspace: Workspace,
    *,
    model: bool,
    progress: Progress,
    notice: Notice,
) -> Iterator[list[Finder]]:
    """The finders for the user's documents and for the sources he named.

    Args:
        sources: names of search sources, `urls:FILE` among them; none: no network.
        docs: folders or files of documents.
        workspace: where everything is kept.
        model: let a language model propose events.
        progress: told how far the work is.
        notice: told at the end what could not be read, and what the model used.

    Raises:
        InputError: an unknown source, a variable that is not set, a list that cannot be read;
            before anything is asked.
    """
    with ExitStack() as stack:
        reader = _reader(workspace, stack) if model else None
        connectors = [_connector(source, stack) for source in sources]
        found: list[Finder] = [_folder(docs, workspace, reader, progress)] if docs else []
        online: list[OnlineFinder] = []
        if connectors:
            pages = Pages(stack.enter_context(Client(limits=PAGE)), FetchStore(workspace.folder))
            online = [
                OnlineFinder(one, pages, workspace, reader=reader, notice=notice, progress=progress)
                for one in connectors
            ]
        yield [*found, *online]
        for words in [*told_unread(online), *_told_model(reader)]:
            notice(words)


def check_sources(sources: Sequence[str], *, model: bool) -> None:
    """Refuse sources that cannot be asked, before any long work; asks nothing.

    Raises:
        InputError: an unknown source, a variable that is not set, a list that cannot be read.
    """
    with ExitStack() as stack:
        for source in sources:
            _connector(source, stack)
        if model:
            LanguageModel(stack.enter_context(Client(trusted=frozenset({own_origin()}))))


def _folder(
    docs: Sequence[Path], workspace: Workspace, reader: ModelReader | None, progress: Progress
) -> Finder:
    folder = FolderFinder(workspace, docs, progress=progress)
    return ReadFolderFinder(folder, workspace, reader, progress) if reader else folder


def _reader(workspace: Workspace, stack: ExitStack) -> ModelReader:
    # A client of its own: what the user trusts as a model is not trusted as a page.
    client = stack.enter_context(Client(limits=MODEL, trusted=frozenset({own_origin()})))
    return ModelReader(LanguageModel(client), workspace)


def known_sources() -> tuple[str, ...]:
    """The search sources as users name them: every connector that says how it is asked."""
    return tuple(declared(_HOME, "ASKED_AS").values())


def _connector(source: str, stack: ExitStack) -> Connector:
    """The source of a name.

    Raises:
        InputError: there is none, or it is not configured.
    """
    name, colon, rest = source.partition(":")
    for module, asked_as in declared(_HOME, "ASKED_AS").items():
        own, its_colon, _ = asked_as.partition(":")
        if own == name and colon == its_colon and bool(rest) == bool(its_colon):
            clients = partial(_client, stack)
            opened: Connector = attribute(_HOME, module, "opened")(rest, clients)
            return opened
    raise unknown_source(source, ", ".join(known_sources()))


def _client(stack: ExitStack, *, trusted: frozenset[str] = frozenset()) -> Client:
    return stack.enter_context(Client(limits=SEARCH, trusted=trusted))


def usage_words(model: LanguageModel) -> Words:
    """What a model has used so far: requests, tokens, and cost where the price is known."""
    used = model.usage
    cost = ("", "") if used.cost is None else (f"，费用 {used.cost:.4f}", f", cost {used.cost:.4f}")
    return Words(
        f"语言模型 {model.name}：{used.requests} 次，{used.tokens} 个词元"
        f"（上限 {used.most_tokens}）{cost[0]}",
        f"Language model {model.name}: {used.requests} requests, {used.tokens} of "
        f"{used.most_tokens} tokens{cost[1]}",
    )


def _told_model(reader: ModelReader | None) -> list[Words]:
    if reader is None:
        return []
    used = usage_words(reader.model)
    told = [
        Words(
            f"{used.zh}；{reader.dropped} 条提议未通过核对",
            f"{used.en}; {reader.dropped} proposals did not pass",
        )
    ]
    if reader.failure is not None:
        told.append(Words(reader.failure.said("zh"), reader.failure.said("en")))
    return told
