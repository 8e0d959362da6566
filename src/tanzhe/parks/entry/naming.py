"""How a file calls what stands in it: messages about entries speak of cells or of JSON paths."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def _itself(path: str) -> str:
    return path


def _as_found(where: str) -> tuple[int, int, int, str]:
    return 0, 0, 0, ""


@dataclass(frozen=True, kw_only=True)
class Naming:
    """The names of a kind of file; as they stand, those of JSON.

    Attributes:
        place: a JSON path such as `electricity[0].kwh` as the place a user knows: the path
            itself, or `电力台账!D5` in a workbook.
        words: what fields and codes of the interface are called, where that is another word.
        rank: sorts places as a reader meets them; as found where nothing else is said.
    """

    place: Callable[[str], str] = _itself
    words: Mapping[str, str] = field(default_factory=dict)
    rank: Callable[[str], tuple[int, int, int, str]] = _as_found

    def of(self, name: str) -> str:
        """A field or code as a reader of the file knows it.

        Example:
            >>> AS_JSON.of("factor_set"), Naming(words={"nonfossil": "非化石能源"}).of("nonfossil")
            ('factor_set', '非化石能源')
        """
        return self.words.get(name, name)


AS_JSON = Naming()
