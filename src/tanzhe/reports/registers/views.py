"""What a template sees of the tree: blocks by name, sentences by name, facts as inert text."""

from collections.abc import Mapping
from dataclasses import dataclass

from tanzhe.errors import Language
from tanzhe.reports.facts.factmarks import marked
from tanzhe.reports.facts.tree import Block, Fact, Sentence
from tanzhe.reports.words.escape import inert, link

JOINTS = {"zh": "、", "en": ", "}


@dataclass(frozen=True)
class Speech:
    """How facts are said: which facts, in which language, with short or long names."""

    facts: Mapping[str, Fact]
    language: Language
    full: bool

    def text(self, fact: str) -> str:
        """A fact as inert Markdown; numbers are ours and need no escape."""
        words = self.facts[fact].said(self.language, full=self.full)
        return words if self.facts[fact].kind == "number" else inert(words)


class SentenceView:
    """A sentence in a template: `s.date` is a fact's text, `s.kind` a mark, "" when absent."""

    def __init__(self, sentence: Sentence, speech: Speech) -> None:
        self._sentence = sentence
        self._speech = speech

    def __getattr__(self, slot: str) -> str:
        if slot.startswith("__"):
            raise AttributeError(slot)
        if slot in self._sentence.facts:
            return JOINTS[self._speech.language].join(self.many(slot))
        return self._sentence.marks.get(slot, "")

    def many(self, slot: str) -> list[str]:
        """The texts of all facts of a slot, each marked with its id."""
        facts = self._sentence.facts.get(slot, ())
        return [marked(fact, self._speech.text(fact)) for fact in facts]

    def pairs(self, slot: str, other: str) -> list[tuple[str, str]]:
        """The texts of two slots that have as many facts, side by side."""
        return list(zip(self.many(slot), self.many(other), strict=True))

    def linked(self, text: str, address: str) -> str:
        """A link from one slot's text to another slot's address, which must be a web address."""
        fact = self._speech.facts[self._sentence.facts[address][0]]
        return link(getattr(self, text), str(fact.value))


class BlockView:
    """A block in a template: `b.effect` is its sentence of that name, None when absent."""

    def __init__(self, block: Block, speech: Speech) -> None:
        self._block = block
        self._speech = speech

    def __getattr__(self, says: str) -> SentenceView | None:
        if says.startswith("__"):
            raise AttributeError(says)
        return next(iter(self.every(says)), None)

    def every(self, says: str) -> list[SentenceView]:
        """All sentences of one name."""
        found = [s for s in self._block.sentences if s.says == says]
        return [SentenceView(sentence, self._speech) for sentence in found]

    def parts(self, about: str) -> "list[BlockView]":
        """All direct parts about one thing."""
        found = [b for b in self._block.blocks if b.about == about]
        return [BlockView(block, self._speech) for block in found]

    @property
    def about(self) -> str:
        """What the block is about."""
        return self._block.about

    @property
    def refs(self) -> str:
        """Marks of its footnotes."""
        return "".join(f"[^{number}]" for number in self._block.notes)
