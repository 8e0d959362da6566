"""A sentence of a result in both languages, which reads as the Chinese one."""

from collections.abc import Iterable
from typing import Any, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from tanzhe.errors import Language, Words


class Told(str):
    """A Chinese sentence that knows its English.

    It is the Chinese text wherever text is wanted; what is cut or joined from it is Chinese alone,
    so a sentence around it is made of both. Saved it is `{"zh": ..., "en": ...}`; a plain text is
    read as the same in both languages.

    Attributes:
        en: the same in English.

    Example:
        >>> told = Told("没有填报", "not stated")
        >>> told, told.said("en"), told.zh
        ('没有填报', 'not stated', '没有填报')
    """

    __slots__ = ("en",)

    en: str

    def __new__(cls, zh: str = "", en: str | None = None) -> Self:
        """A sentence; without its English it is the same in both languages, as a name is."""
        told = super().__new__(cls, zh)
        told.en = (zh.en if isinstance(zh, Told) else str(zh)) if en is None else en
        return told

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (self.zh, self.en)

    @property
    def zh(self) -> str:
        """The Chinese text."""
        return str.__str__(self)

    def said(self, language: Language = "zh") -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en

    @property
    def words(self) -> Words:
        """The same as words."""
        return Words(self.zh, self.en)

    @classmethod
    def of(cls, text: "str | Words") -> Self:
        """Words, or a text that is the same in both languages."""
        return cls(text.zh, text.en) if isinstance(text, Words) else cls(text)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda told: {"zh": told.zh, "en": told.en}, when_used="json"
            ),
        )

    @classmethod
    def _read(cls, value: object) -> "Told":
        match value:
            case Told():
                return value
            case str() | Words():
                return cls.of(value)
            case {"zh": str(zh), "en": str(en), **rest} if not rest:
                return cls(zh, en)
        raise ValueError("a text, or its Chinese and English as zh and en")


def row_of(parts: Iterable[str], zh: str = "、", en: str = ", ") -> Told:
    """Sentences in a row, as each language joins them.

    Example:
        >>> row_of([Told("电力", "power"), "F1"]).said("en")
        'power, F1'
    """
    held = [Told(part) for part in parts]
    return Told(zh.join(one.zh for one in held), en.join(one.en for one in held))


def said_in(tree: Any, language: Language) -> Any:
    """A tree of a result with every sentence in one language."""
    match tree:
        case Told():
            return tree.said(language)
        case dict():
            return {key: said_in(one, language) for key, one in tree.items()}
        case list() | tuple():
            return [said_in(one, language) for one in tree]
        case _:
            return tree
