"""What is new in a run as Atom (RFC 4287) and JSON Feed 1.1, for readers people already have."""

import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from tanzhe.errors import Language, Words
from tanzhe.runs.difference import Change, difference
from tanzhe.runs.difference_page import KINDS, change_words
from tanzhe.runs.folder import read_rows
from tanzhe.runs.manifest import RunManifest, read_manifest
from tanzhe.runs.words import episode_words, series_words

# Ids are made from names, so that an episode keeps its own from run to run.
_SPACE = uuid.UUID("6f0f5ad2-7d5b-5f38-9f06-1c8a43c2a1c5")
_TOLD = ("new", "gone", "moved", "resized", "recertified", "reshaped", "peak")
TITLE = Words("碳折：排放序列的新变化", "tanzhe: what is new in emission series")
# What XML 1.0 cannot hold.
_NO_XML = dict.fromkeys([*range(0x9), 0xB, 0xC, *range(0xE, 0x20), 0xFFFE, 0xFFFF,
                         *range(0xD800, 0xE000)], "\ufffd")  # fmt: skip


class Entry(NamedTuple):
    """One entry of a feed.

    Attributes:
        id: an address of its own, the same from run to run.
        title: whose it is, and what is new of it.
        text: the whole of it.
        tags: sector, region, kind.
    """

    id: str
    title: str
    text: str
    tags: tuple[str, ...]


class Feed(NamedTuple):
    """The entries of a run.

    Attributes:
        id: the same for the same question, whatever the vintage.
        updated: when the run was finished, RFC 3339.
        language: zh or en.
        entries: in the order of the run.
    """

    id: str
    updated: str
    language: Language
    entries: tuple[Entry, ...]


def feed(newer: Path, older: Path | None, language: Language) -> Feed:
    """New and changed episodes of a run.

    Args:
        newer: folder of the run.
        older: folder of the run before; None: every episode that is told counts as new.
        language: zh or en.

    Raises:
        InputError: a run that is not finished, or altered.
    """
    manifest = read_manifest(newer)
    if older is None:
        entries = tuple(_of_episode(row, language) for row in read_rows(newer, "episodes"))
    else:
        changes = difference(older, newer).changes
        entries = tuple(_of_change(one, language) for one in changes if one.kind in _TOLD)
    return Feed(_feed_id(manifest), manifest.made.finished or "", language, entries)


def _of_episode(row: dict[str, Any], language: Language) -> Entry:
    name = series_words(row).said(language)
    text = f"{name}: {episode_words(row).said(language)}"
    notes = " ".join(note["zh" if language == "zh" else "en"] for note in row["notes"])
    tags = (row["sector_name"], row["region_name"], "new")
    title = f"{name}: {row['begin']}, {row['depth_percent']:+.1f} %"
    return Entry(_id(row["source_name"], row["id"]), title, f"{text}. {notes}".strip(), tags)


def _of_change(one: Change, language: Language) -> Entry:
    row = one.after or one.before
    assert row is not None
    kind = KINDS[one.kind].said(language)
    what = row.get("id") or f"{one.region} {one.sector} peak"
    # An episode that moved has another id of its own; readers know it under the one it had.
    known = (one.before or row).get("id") or what
    return Entry(
        _id(one.source, str(known)),
        f"{series_words(row).said(language)}: {kind}",
        change_words(one).said(language),
        (one.sector, one.region, one.kind),
    )


def _id(*names: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_SPACE, chr(0).join(names))}"


def _feed_id(manifest: RunManifest) -> str:
    return _id("feed", json.dumps(manifest.settings, sort_keys=True, ensure_ascii=False))


def atom(one: Feed, address: str | None = None) -> str:
    """The feed as Atom.

    Args:
        one: the feed.
        address: where it will be fetched, for the link to itself.
    """
    language = "zh-Hans" if one.language == "zh" else "en"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"  <id>{one.id}</id>",
        f"  <title>{_xml(TITLE.said(one.language))}</title>",
        f"  <updated>{one.updated}</updated>",
        "  <author><name>tanzhe</name></author>",
        "  <generator>tanzhe</generator>",
    ]
    if address:
        lines.append(f'  <link rel="self" href="{_xml(address)}"/>')
    for entry in _once(one.entries):
        lines += [
            "  <entry>",
            f"    <id>{entry.id}</id>",
            f"    <title>{_xml(entry.title)}</title>",
            f"    <updated>{one.updated}</updated>",
            *(f'    <category term="{_xml(tag)}"/>' for tag in entry.tags),
            f'    <content type="text">{_xml(entry.text)}</content>',
            "  </entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def json_feed(one: Feed, address: str | None = None) -> str:
    """The feed as JSON Feed 1.1."""
    tree: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": TITLE.said(one.language),
        "language": "zh-Hans" if one.language == "zh" else "en",
        "authors": [{"name": "tanzhe"}],
        "items": [
            {"id": entry.id, "title": entry.title, "content_text": entry.text,
             "date_modified": one.updated, "tags": list(entry.tags)}
            for entry in _once(one.entries)
        ],
    }  # fmt: skip
    if address:
        tree["feed_url"] = address
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """Each id once, as both forms demand: what is said of one thing stands in one entry."""
    held: dict[str, Entry] = {}
    for one in entries:
        before = held.get(one.id)
        text = one.text if before is None else f"{before.text}\n{one.text}"
        held[one.id] = one._replace(text=text)
    return list(held.values())


def _xml(text: str) -> str:
    return escape(text.translate(_NO_XML), {'"': "&quot;"})
