"""Addresses that the user gives: a text file with one address a line."""

from datetime import date
from itertools import islice
from pathlib import Path

from tanzhe.connectors._guard import checked
from tanzhe.connectors._search import MOST_RESULTS, Clients, SearchResult, nothing_found
from tanzhe.disk import read_regular
from tanzhe.errors import NOT_UTF8, Blocked, Fault, InputError, Words, why_not

NAME = "urls"
ASKED_AS = "urls:FILE"
LARGEST_LIST = 5_000_000  # bytes; some fifty thousand addresses
MOST_NAMED = 50  # wrong lines that are named
_DO = Words(
    "每行写一个 http/https 地址，# 开头的行是注释",
    "Write one http/https address a line; lines that begin with # are comments",
)


def opened(rest: str, clients: Clients) -> "Urls":
    """The source as users name it, with their file behind the colon."""
    return Urls(read_addresses(Path(rest)))


class Urls:
    """Gives the addresses of a list, whatever is searched for.

    Args:
        addresses: http or https.
    """

    name = NAME
    terms = Words("用户自己给出的地址；遵守各网站的条款", "Your addresses; the sites' terms hold")

    def __init__(self, addresses: tuple[str, ...]) -> None:
        self._addresses = addresses

    def search(
        self, words: str, first_day: date, last_day: date, *, most: int = MOST_RESULTS
    ) -> tuple[SearchResult, ...]:
        """All addresses; words, days and `most` choose nothing.

        Raises:
            Empty: the list is empty.
        """
        if not self._addresses:
            raise nothing_found(NAME, words)
        return tuple(
            SearchResult(url=url, title="", published=None, snippet="") for url in self._addresses
        )


def read_addresses(path: Path) -> tuple[str, ...]:
    """The addresses of a file, each once.

    Raises:
        InputError: the file cannot be read, or lines of it are no addresses; names each line.
    """
    try:
        text = read_regular(path, LARGEST_LIST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = why_not(error) if isinstance(error, OSError) else NOT_UTF8
        what = Words(
            f"地址文件读不了：{why.zh}",
            f"The file of addresses cannot be read: {why.en}",
        )
        raise InputError.of(what, _DO, where=path.name) from error
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1)]
    lines = [(n, line) for n, line in lines if line and not line.startswith("#")]
    bad = ((n, line) for n, line in lines if not _is_address(line))
    wrong = [_fault(path, n, line) for n, line in islice(bad, MOST_NAMED)]
    if wrong:
        raise InputError(*wrong)
    return tuple(dict.fromkeys(line for _, line in lines))


def _is_address(line: str) -> bool:
    try:
        checked(line)
    except Blocked:
        return False
    return not any(letter.isspace() for letter in line)


def _fault(path: Path, number: int, line: str) -> Fault:
    what = Words(f"不是地址：“{line[:60]}”", f"Not an address: “{line[:60]}”")
    return Fault(what, _DO, where=f"{path.name}:{number}")
