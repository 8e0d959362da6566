"""What Word computes and does not write: the numbers of lists, and what a style switches on."""

from typing import Any

from tanzhe.numerals import spoken

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEPTH = 20  # styles based on each other; more is a circle


def tag(element: Any) -> str:
    """The local name of an element, "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Any, name: str) -> str:
    """An attribute of Word's own namespace."""
    return str(element.get(f"{W}{name}", "")) if element is not None else ""


def _children(root: Any, kind: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in root.iter(f"{W}{kind}") if root is not None else ():
        found.setdefault(value(one, key), one)
    return found


def _part(document: Any, kind: str) -> Any:
    """The root of the styles or the numbering, None where the file has none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None


class Styles:
    """The styles of a document by id; each inherits from the one it is based on."""

    def __init__(self, document: Any) -> None:
        self._styles = _children(_part(document, "styles"), "style", "styleId")

    def chain(self, key: str) -> list[Any]:
        """A style and those it is based on, nearest first."""
        found: list[Any] = []
        while key in self._styles and len(found) < _DEPTH:
            found.append(self._styles[key])
            key = value(found[-1].find(f"{W}basedOn"), "val")
        return found

    def is_on(self, run: Any, paragraph: Any, name: str) -> bool:
        """Whether a switch such as strike is on for a run: said by itself, or by its styles."""
        own = run.find(f"{W}rPr/{W}{name}")
        if own is not None:
            return _is_true(own)
        for path, element in ((f"{W}rPr/{W}rStyle", run), (f"{W}pPr/{W}pStyle", paragraph)):
            for style in self.chain(value(element.find(path), "val")):
                said = style.find(f"{W}rPr/{W}{name}")
                if said is not None:
                    return _is_true(said)
        return False


def _is_true(switch: Any) -> bool:
    return value(switch, "val") not in ("0", "false", "off")


def _written(count: int, form: str) -> str:
    """A count as a list writes it."""
    if form in ("chineseCounting", "chineseCountingThousand", "ideographDigital",
                "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"):  # fmt: skip
        return spoken(count) if 0 < count < 100 else str(count)
    if form.startswith("decimalEnclosedCircle") and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    if form in ("upperLetter", "lowerLetter") and 1 <= count <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + count - 1)
    return str(count)


class Lists:
    """Counts the items of a document's lists, in the order in which they are asked for."""

    def __init__(self, document: Any) -> None:
        self.styles = Styles(document)
        root = _part(document, "numbering")
        self._kinds = _children(root, "abstractNum", "abstractNumId")
        self._lists = _children(root, "num", "numId")
        self._counts: dict[str, dict[int, int]] = {}

    def number(self, paragraph: Any) -> str:
        """The number Word shows before a paragraph, "" where it shows none or a bullet."""
        key, depth = self._place(paragraph)
        one = self._lists.get(key)
        kind = value(one.find(f"{W}abstractNumId"), "val") if one is not None else ""
        levels = self._levels(kind)
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(kind, {})
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        counts[depth] = counts.get(depth, _start(levels[depth]) - 1) + 1
        shown = value(levels[depth].find(f"{W}lvlText"), "val")
        form = value(levels[depth].find(f"{W}numFmt"), "val")
        if form in ("bullet", "none") or "%" not in shown:
            return ""
        for level in range(9):
            if f"%{level + 1}" in shown:
                own = levels.get(level)
                count = counts.get(level, _start(own) if own is not None else 1)
                form = value(own.find(f"{W}numFmt"), "val") if own is not None else "decimal"
                shown = shown.replace(f"%{level + 1}", _written(count, form))
        return shown if shown[-1] in "、．）)章节条" else f"{shown} "

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Which list a paragraph is in and how deep, said by itself or by its style."""
        found = [paragraph.find(f"{W}pPr/{W}numPr")]
        style = value(paragraph.find(f"{W}pPr/{W}pStyle"), "val")
        found += [one.find(f"{W}pPr/{W}numPr") for one in self.styles.chain(style)]
        said = next((one for one in found if one is not None), None)
        if said is None:
            return "", 0
        key, depth = value(said.find(f"{W}numId"), "val"), value(said.find(f"{W}ilvl"), "val")
        return key, int(depth) if depth.isdecimal() else 0

    def _levels(self, kind: str) -> dict[int, Any]:
        root = self._kinds.get(kind)
        if root is None:
            return {}
        named = _children(root, "lvl", "ilvl")
        return {int(key): one for key, one in named.items() if key.isdecimal()}


def _start(level: Any) -> int:
    said = value(level.find(f"{W}start"), "val")
    return int(said) if said.isdecimal() else 1
