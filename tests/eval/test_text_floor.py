"""Floors of quality over the real documents at hand; a drop fails, lowering needs a reason."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from evidence.conftest import episodes_of, make_episode

from tanzhe.evidence.events.passages import posted_day, signed_day
from tanzhe.evidence.finders.find import ChronicleFinder, FolderFinder
from tanzhe.evidence.gather import gather
from tanzhe.model import (
    Episodes,
)
from tanzhe.text import read_dates, read_places, read_quantities
from tanzhe.workspace import Workspace

SHARED = Path(__file__).parents[2].parent / "shared"
CORPUS = SHARED / "data" / "corpus"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"no corpus at {CORPUS.name}: ../shared is not beside the repo"
)

Row = dict[str, Any]


def rows(name: str) -> Iterator[Row]:
    for path in sorted(CORPUS.glob(f"{name}*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from (json.loads(line) for line in file)


def as_file(row: Row) -> str:
    """A row as a user would keep the page: head lines, then the text."""
    head = {
        "标题": row.get("title"),
        "来源": row.get("publisher"),
        "发布日期": row.get("published") or row.get("published_url"),
        "网址": row.get("url"),
    }
    lines = [f"{key}：{value}" for key, value in head.items() if value]
    return "\n".join([*lines, row["text"]])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole corpus unpacked as text files, every third in GB18030."""
    path = tmp_path_factory.mktemp("corpus")
    for number, row in enumerate(rows("")):
        encoding = "gb18030" if number % 3 == 0 else "utf-8"
        (path / f"{row['id']}.txt").write_bytes(as_file(row).encode(encoding))
    return path


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(tmp_path_factory.mktemp("space"))


@pytest.fixture(scope="module")
def finder(workspace: Workspace, folder: Path) -> FolderFinder:
    return FolderFinder(workspace, [folder])


def yunnan(*intervals: tuple[str, str]) -> Episodes:
    drivers = (("nonferrous_metals_10", -8.0), ("cement", -4.0))
    return episodes_of(
        *(
            make_episode(first, None, contributions=drivers).model_copy(
                update={"id": first, "begin_interval": (first, last), "shape": "step"}
            )
            for first, last in intervals
        )
    )


def test_every_document_is_read(finder: FolderFinder, workspace: Workspace) -> None:
    assert len(finder.contents.documents) >= 2684
    assert finder.contents.unread == ()
    encodings = {document.encoding for document in workspace.documents()}
    assert encodings == {"utf-8", "gb18030"}


def test_yunnan_2021_finds_both_once(finder: FolderFinder) -> None:
    points = yunnan(("2021-05", "2021-05"), ("2021-09", "2021-10"))
    wanted = ("cn-yn-2021-05-aluminium-power-rationing", "cn-yn-2021-09-dual-control-notice")
    for found, record in zip(gather(points, [ChronicleFinder(), finder]), wanted, strict=True):
        ids = [one.event.id for one in found.events]
        assert ids.count(record) == 1
        assert ids.index(record) < 3
        assert found.searched.documents_read == 691 + len(finder.contents.documents)


def test_a_window_in_which_nothing_is_held_is_honestly_empty(finder: FolderFinder) -> None:
    (found,) = gather(yunnan(("1999-05", "1999-06")), [ChronicleFinder(), finder])
    assert found.events == found.leads == ()
    assert found.searched.sources == ("chronicle", "folder")
    assert found.searched.documents_read > 2900


def test_the_chronicle_is_found_among_the_first_ten() -> None:
    """Recall of reviewed causes of Yunnan and Jiangsu, each at a point on its own month."""
    from tanzhe.evidence.chronicle import chronicle

    wanted = [
        e for e in chronicle()
        if e.reviewed and e.direction == "down" and e.stage in ("issued", "started")
        and e.dates[0].precision == "day" and "CN-YN" in {p.code for p in e.places}
        and "industry" in e.sectors
    ]  # fmt: skip
    hit = 0
    for event in wanted:
        month = event.dates[0].date[:7].replace("-01", "-02")
        (found,) = gather(yunnan((month, month)), [ChronicleFinder()])
        hit += event.id in [one.event.id for one in found.events]
    assert len(wanted) >= 5
    assert hit / len(wanted) >= 0.9


def test_stated_and_posted_dates_stay_two_kinds() -> None:
    """Ministry documents are signed one day and posted another; neither overwrites the other."""
    differ = apart = 0
    for row in rows("mee_documents"):
        stated, posted = row["published_stated"], row["published_url"]
        if not stated or not posted or stated == posted:
            continue
        differ += 1
        text = as_file(row)
        on_page, signed = posted_day(text), signed_day(text)
        assert on_page is not None and on_page.day.isoformat() == posted
        assert signed is None or signed.start != on_page.start
        apart += signed is not None and signed.day != on_page.day
    assert differ >= 560
    assert apart >= 300


def test_every_verified_field_can_be_found_by_a_reader(
    finder: FolderFinder, workspace: Workspace
) -> None:
    fields = 0
    for sha256, path in zip(finder.contents.documents, finder.contents.paths, strict=True):
        events = finder._events_of(sha256, path)
        text = (workspace.text_of(sha256) or "") if events else ""
        for event in events:
            for field in (*event.dates, *event.places, *event.bodies, *event.quantities):
                assert field.status == "verified" and field.quote is not None
                assert text[field.quote.start : field.quote.end] == field.quote.text
                fields += 1
    assert fields >= 190  # fewer than once: datelines and paperwork date no event


@pytest.mark.parametrize("word", ["限产", "限电", "双控", "园区", "碳市场", "错峰"])
def test_search_is_exact(finder: FolderFinder, workspace: Workspace, word: str) -> None:
    told = {
        sha256 for sha256 in finder.contents.documents if word in (workspace.text_of(sha256) or "")
    }
    found = {hit.document.sha256 for hit in workspace.search(word, 10_000).hits}
    assert told <= found
    for hit in workspace.search(word, 50).hits:
        text = workspace.text_of(hit.document.sha256) or ""
        assert "".join(text[hit.start : hit.end].split()).replace("、", "")[:1] == word[:1]


def test_provinces_of_the_corpus_are_read() -> None:
    """The corpus names provinces by plain search; nearly all must be read as places."""
    named = found = 0
    for row in list(rows("crud"))[:200]:
        read = {span.name[:2] for span in read_places(row["text"])}
        for name in row["provinces"]:
            named += 1
            found += name[:2] in read
    assert found / named >= 0.97


def test_dates_of_addresses_agree_with_what_the_text_says() -> None:
    """The stated day of a ministry document is read in its text where it stands there."""
    told = read = 0
    for row in list(rows("mee_documents"))[:150]:
        day = date.fromisoformat(row["published_stated"])
        if f"{day.year}年{day.month}月{day.day}日" not in row["text"]:
            continue
        told += 1
        read += any(s.first_day == day for s in read_dates(row["text"]) if s.precision == "day")
    assert told >= 50
    assert read / told >= 0.99


BARE_DAY = re.compile(r"(?<![\d月年.至—~～、每第近/-])\d{1,2}日")
LASTING = re.compile(r"[之以]?内|游")  # after it, or 拘留 before: days that something lasts


def test_a_bare_day_of_a_news_text_is_a_day_near_its_posting() -> None:
    """25日 in 851 news texts: never 25 days; nearly always a day within a month of the posting."""
    days = near = 0
    for row in rows("crud"):
        posted = date.fromisoformat(row["published"])
        text = row["text"]
        named = {span.start: span for span in read_dates(text, posted)}
        counted = {span.start for span in read_quantities(text, posted) if span.unit == "天"}
        for match in BARE_DAY.finditer(text):
            if LASTING.match(text, match.end()) or text[: match.start()].endswith("拘留"):
                continue
            assert match.start() not in counted, text[match.start() - 20 : match.end() + 9]
            days += 1
            span = named.get(match.start())
            near += span is not None and abs((span.first_day - posted).days) <= 31
    assert days >= 200
    assert near / days >= 0.97
