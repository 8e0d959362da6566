"""The same event told by several documents or records becomes one with several sources."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache

from tanzhe.evidence.events.copies import with_copies_told
from tanzhe.evidence.events.readings import titles_in
from tanzhe.evidence.events.verify import TextOf
from tanzhe.evidence.links.link import isos_of, source_score
from tanzhe.evidence.links.window import beginning
from tanzhe.model import Event
from tanzhe.text import normal_number

SAME_DAYS = 3  # two tellings of one event may differ by so many days
SHORTEST_TITLE = 8  # characters; shorter names are too common to prove anything
SAME_TITLE_DAYS = 31  # under the same title; later it is the next of its kind
_RANK = {"verified": 0, "catalogued": 1, "unsupported": 2, "contradicted": 3}


def plain_title(name: str) -> str:
    """A name without marks and spaces, for comparing.

    Example:
        >>> plain_title("《云南省 碳达峰实施方案》") == plain_title("云南省碳达峰实施方案")
        True
    """
    return re.sub(r"[\W_]", "", name).lower()


# What a sentence only builds on is not what it tells of: 根据《…》.
_BASIS = re.compile(r"(?:根据|按照|依据|依照|遵照|落实|贯彻|执行)[^，。；《]{0,8}$")


@lru_cache(4096)
def core_title(title: str) -> str:
    """A document's title without marks, issuer and 关于, as news shorten it.

    Example:
        >>> core_title("云南省发展和改革委员会关于坚决做好能耗双控有关工作的通知")
        '坚决做好能耗双控有关工作的通知'
    """
    plain = plain_title(title)
    found = re.match(r".{0,40}?关于(?:印发)?(.+)", plain)
    return found[1] if found and len(found[1]) >= SHORTEST_TITLE else plain


def policy_titles(event: Event) -> frozenset[str]:
    """Core titles of the document that a policy is: its own, or the only one it tells of."""
    if event.kind != "policy":
        return frozenset()
    text = "\n".join(dict.fromkeys((event.summary, *(quote.text for quote in event.quotes))))
    cited = {
        core_title(found.text)
        for found in titles_in(text)
        if not _BASIS.search(text[: found.start])
    }
    own = [] if cited else [core_title(event.name)] * _is_document(event.name)
    titles = frozenset(title for title in (*cited, *own) if len(title) >= SHORTEST_TITLE)
    return titles if len(titles) == 1 else frozenset()


def _is_document(name: str) -> bool:
    """Whether a name is that of a document, not a headline about one."""
    return "关于" in name and name.endswith(("通知", "意见", "方案", "办法", "公告", "决定", "函"))


def _same_title(one: frozenset[str], other: frozenset[str]) -> bool:
    return any(a.endswith(b) or b.endswith(a) for a in one for b in other)


def is_catalogued(event: Event) -> bool:
    """Whether an event comes from a chronicle, whose editor has told its records apart."""
    return not event.id.startswith("doc-")


def _near(one: Event, other: Event, days: int = SAME_DAYS) -> bool:
    a, b = beginning(one), beginning(other)
    if a[0] == a[1] and b[0] == b[1]:
        return abs(a[0] - b[0]) <= timedelta(days=days)
    return a == b


def same_event(one: Event, other: Event) -> bool:
    """Whether two records tell of the same event.

    The same document number or title, or the same instrument at the same place within three days
    in overlapping industries; never where two numbers or two titles of documents differ. Two
    records of a chronicle are the same only by number and place: one document may warn several
    provinces.
    """
    if one.id == other.id:
        return True
    numbers = (one.document_number, other.document_number)
    same_number = all(numbers) and normal_number(numbers[0] or "") == normal_number(
        numbers[1] or ""
    )
    if is_catalogued(one) and is_catalogued(other):
        return same_number and bool(isos_of(one) & isos_of(other))
    if same_number:
        return True
    titles = (policy_titles(one), policy_titles(other))
    if all(titles):
        # Two circulars of one month about one thing are two, however alike.
        told = _same_title(*titles) and bool(isos_of(one) & isos_of(other))
        return told and _near(one, other, SAME_TITLE_DAYS)
    if all(numbers):
        return False
    if len(plain_title(one.name)) >= SHORTEST_TITLE and plain_title(one.name) == plain_title(
        other.name
    ):
        return one.kind == "policy" or _near(one, other, SAME_TITLE_DAYS)
    return (
        one.instrument is not None
        and one.instrument == other.instrument
        and bool(isos_of(one) & isos_of(other))
        and bool(set(one.industries) & set(other.industries))
        and _near(one, other)
    )


def _best_first(event: Event) -> tuple[bool, int, float, str]:
    """Checked before unchecked, then the best source: the publisher before those who report it."""
    return (not event.reviewed, _RANK[event.status], -source_score(event), event.id)


def _joined(events: Sequence[Event]) -> Event:
    """The best telling, with the sources, quotes and checked fields of the others."""
    base, *rest = sorted(events, key=_best_first)
    if not rest:
        return base
    facts = [event for event in rest if event.reviewed or event.status == "verified"]
    every = [base, *facts]
    return base.model_copy(
        update={
            "sources": tuple(dict.fromkeys(s for e in (base, *rest) for s in e.sources)),
            "quotes": tuple(dict.fromkeys(q for e in every for q in e.quotes)),
            "bodies": tuple({b.name: b for e in reversed(every) for b in e.bodies}.values()),
            "quantities": tuple(
                {(q.value, q.unit): q for e in reversed(every) for q in e.quantities}.values()
            ),
            "industries": tuple(dict.fromkeys(i for e in every for i in e.industries)),
            "name_en": next((e.name_en for e in every if e.name_en), None),
            "summary_en": next((e.summary_en for e in every if e.summary_en), None),
            "document_number": next((e.document_number for e in every if e.document_number), None),
        }
    )


def _keys(event: Event) -> list[tuple[object, ...]]:
    """Two events can only be the same when they share one of these."""
    keys: list[tuple[object, ...]] = [("id", event.id)]
    if event.document_number:
        keys.append(("number", normal_number(event.document_number)))
    name = plain_title(event.name)
    if len(name) >= SHORTEST_TITLE:
        keys.append(("title", name))
    # News shorten a title at its head, so the tail is what tellings of it share.
    keys += [("tail", title[-SHORTEST_TITLE:]) for title in policy_titles(event)]
    if event.instrument is not None:
        keys += [
            ("place", event.instrument, iso, industry)
            for iso in isos_of(event)
            for industry in event.industries
        ]
    return keys


class _Groups:
    """Groups of the same event, found by key."""

    def __init__(self) -> None:
        self.groups: list[list[Event]] = []
        self._by_key: dict[tuple[object, ...], list[tuple[int, int]]] = {}

    def _candidates(self, event: Event, keys: Sequence[tuple[object, ...]]) -> list[int]:
        """Groups that share a key, in their order; those told on far-off days are left out."""
        day = beginning(event)[0].toordinal()
        found: set[int] = set()
        for key in keys:
            near = key[0] == "place"
            for at, number in self._by_key.get(key, ()):
                if not near or abs(at - day) <= SAME_DAYS:
                    found.add(number)
        return sorted(found)

    def add(self, event: Event) -> None:
        """Put an event to the first group whose best telling is the same, else to a new one."""
        keys = _keys(event)
        for number in self._candidates(event, keys):
            # Only against the group's best: likeness is not passed on from one to the next.
            if same_event(self.groups[number][0], event):
                self.groups[number].append(event)
                return
        day = beginning(event)[0].toordinal()
        for key in keys:
            self._by_key.setdefault(key, []).append((day, len(self.groups)))
        self.groups.append([event])


def merge_groups(events: Iterable[Event]) -> tuple[tuple[Event, frozenset[str]], ...]:
    """Each event once, with the ids of all its tellings, in the order of their beginning."""
    groups = _Groups()
    for event in sorted(events, key=_best_first):
        groups.add(event)
    merged = [(_joined(group), frozenset(event.id for event in group)) for group in groups.groups]
    return tuple(sorted(merged, key=lambda one: (beginning(one[0])[0], one[0].id)))


def merge_events(events: Iterable[Event], *, text_of: TextOf | None = None) -> tuple[Event, ...]:
    """Each event once, with all its sources.

    A checked event stays the base; a lead that the same text bears out only adds its sources.

    Args:
        events: of documents and chronicles.
        text_of: text of a document by sha256, to know copies; without it none is known.

    Returns:
        In the order of their beginning.
    """
    merged = tuple(event for event, _ in merge_groups(events))
    return with_copies_told(merged, text_of) if text_of else merged
