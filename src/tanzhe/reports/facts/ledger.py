"""The ledger in which a report's facts are entered while it is built."""

from collections.abc import Iterable, Mapping, Sequence

from tanzhe.errors import Language, Words
from tanzhe.model import Note
from tanzhe.reports.facts.tree import Fact, FactKind, Sentence


class Ledger:
    """Collects facts and footnotes; entering the same fact or note twice gives the same id.

    Attributes:
        language: in which the report will be read; facts are entered in both.
    """

    def __init__(self, language: Language = "zh") -> None:
        self.language = language
        self._facts: dict[tuple[FactKind, float | str, str, Words, str], Fact] = {}
        self._notes: dict[tuple[str, str], Note] = {}

    def enter(
        self, kind: FactKind, value: float | str, words: Words, *, unit: str = "", full: str = ""
    ) -> str:
        """Enter a fact and return its id."""
        key = (kind, value, unit, words, full)
        if key not in self._facts:
            name = f"{kind[0]}{len(self._facts) + 1}"
            self._facts[key] = Fact(
                id=name, kind=kind, value=value, unit=unit, zh=words.zh, en=words.en, full=full
            )
        return self._facts[key].id

    def same(self, kind: FactKind, text: str) -> str:
        """Enter a text that is the same in both languages."""
        return self.enter(kind, text, Words(text, text))

    def refer(self, notes: Sequence[Note]) -> tuple[int, ...]:
        """Footnote numbers of notes, from 1; a code is printed once, unless its words differ."""
        for note in notes:
            self._notes.setdefault((note.code, note.zh), note)
        order = list(self._notes)
        return tuple(sorted({order.index((n.code, n.zh)) + 1 for n in notes}))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts in order of entry."""
        return tuple(self._facts.values())

    def footnotes(self) -> tuple[Sentence, ...]:
        """One sentence a note, in order of reference."""
        return tuple(
            Sentence(
                says="note",
                facts={"text": (self.enter("text", note.code, Words(note.zh, note.en)),)},
            )
            for note in self._notes.values()
        )


def said(
    says: str, marks: Mapping[str, str] | None = None, **facts: str | Iterable[str]
) -> Sentence:
    """A sentence from single ids or several; an empty id leaves its slot out.

    Raises:
        ValueError: a mark and a fact share a name: left out, the fact would be told as the mark.
    """
    if twice := set(marks or ()) & set(facts):
        raise ValueError(f"{says}: both a mark and a fact: {sorted(twice)}")
    slots = {k: (v,) if isinstance(v, str) else tuple(v) for k, v in facts.items()}
    return Sentence(
        says=says,
        facts={k: ids for k, ids in slots.items() if ids and ids != ("",)},
        marks=dict(marks or {}),
    )
