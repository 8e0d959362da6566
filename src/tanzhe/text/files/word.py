"""Text of Word files as it is in force: tables in place, what was deleted left out."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml import parse_xml

from tanzhe.archives import unfolded
from tanzhe.errors import Words
from tanzhe.model import Note
from tanzhe.notes import note_of
from tanzhe.text.files.document import Parts, no_text, refused
from tanzhe.text.files.plain import first_line, head_of
from tanzhe.text.files.wordlists import Lists, W, tag, value

MOST_UNPACKED = 400_000_000  # bytes; a small file that unpacks to more is an attack
_SPLIT = Words("请拆分后再加入，或另存为文本", "Split it, or save it as text")
DEEPEST = 60  # tables inside tables; deeper ones are an attack

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset({"del", "moveFrom"})
_ADDED = frozenset({"ins", "moveTo"})
_NOT_TEXT = frozenset({"rPr", "pPr", "instrText", "delText", "delInstrText", "annotationRef", "rt"})
_LETTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}

_TRACKED = note_of("tracked_changes")
_STRUCK = note_of("struck_out")
_HIDDEN = note_of("hidden_text")


class _Reader:
    """Walks a document once; remembers what was left out and which footnotes were cited."""

    def __init__(self, document: Any) -> None:
        self.lists = Lists(document)
        self.notes: dict[str, Note] = {}
        self.cited: list[tuple[str, str]] = []
        self.pending = ""  # of a paragraph whose end was deleted: it runs into the next

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[str]:
        """Paragraphs and table rows below an element, a line each."""
        for element in parent:
            kind = tag(element)
            if kind == "p":
                yield from self._paragraph(element, depth)
            elif kind == "tbl":
                yield from self._table(element, depth)
            elif kind in _GONE:
                self._note(_TRACKED)
            elif kind not in ("sdtPr", "sdtEndPr", "sectPr", "tcPr"):
                yield from self.blocks(element, depth)  # content controls and other wrappers

    def _note(self, note: Note) -> None:
        self.notes[note.code] = note

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        boxes: list[Any] = []
        words = "".join(self._inline(paragraph, paragraph, boxes))
        number = self.lists.number(paragraph) if words.strip() else ""
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}del")
        line, self.pending = self.pending + number + words, ""
        if mark is not None:
            self._note(_TRACKED)
            self.pending = line
        else:
            yield line
        for box in boxes if depth < DEEPEST else ():
            yield from self.blocks(box, depth + 1)

    def _inline(self, parent: Any, paragraph: Any, boxes: list[Any]) -> Iterator[str]:
        for element in parent:
            kind = tag(element)
            if kind in _GONE:
                self._note(_TRACKED)
            elif kind == "txbxContent":
                boxes.append(element)
            elif kind == "r" and not self._is_shown(element, paragraph):
                continue
            elif kind == "t":
                yield element.text or ""
            elif kind in _LETTERS and element.tag.startswith(W):
                yield _LETTERS[kind]
            elif kind in ("footnoteReference", "endnoteReference"):
                yield self._mark(element, kind)
            elif kind not in _NOT_TEXT and element.tag != f"{_COMPATIBLE}Fallback":
                if kind in _ADDED:
                    self._note(_TRACKED)
                yield from self._inline(element, paragraph, boxes)

    def _is_shown(self, run: Any, paragraph: Any) -> bool:
        for properties, note in ((("strike", "dstrike"), _STRUCK), (("vanish",), _HIDDEN)):
            if any(self.lists.styles.is_on(run, paragraph, one) for one in properties):
                if any(e.text for e in run.iter(f"{W}t")):
                    self._note(note)
                return False
        return True

    def _mark(self, element: Any, kind: str) -> str:
        self.cited.append((kind.removesuffix("Reference"), value(element, "id")))
        return f"[^{len(self.cited)}]"

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        above: dict[int, str] = {}
        for row in self._rows(table):
            cells = self._cells(row)
            if len(cells) == 1 and depth < DEEPEST:  # a frame, or a heading across the table
                yield from self.blocks(cells[0][0], depth + 1)
                continue
            column, words, nested = 0, [], []
            for cell, span in cells:
                said = " ".join(" ".join(self.own_lines(cell, depth)).split())
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                if merged is not None and value(merged, "val") != "restart":
                    said = above.get(column, said)
                above.update({column + i: said for i in range(span)})
                words += [said] * span
                column += span
                nested += [one for one in cell.iter(f"{W}tbl") if _holder(one) is cell]
            yield "\t".join(words)
            for one in nested if depth < DEEPEST else ():
                yield from self._table(one, depth + 1)

    def own_lines(self, cell: Any, depth: int) -> Iterator[str]:
        """A cell's paragraphs without those of tables inside it."""
        for element in cell:
            kind = tag(element)
            if kind == "p":
                yield from self._paragraph(element, depth)
            elif kind not in ("tbl", "tcPr", *_GONE):
                yield from self.own_lines(element, depth)

    def _rows(self, table: Any) -> Iterator[Any]:
        for row in _below(table, "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._note(_TRACKED)
                continue
            if row.find(f"{W}trPr/{W}ins") is not None:
                self._note(_TRACKED)
            yield row

    def _cells(self, row: Any) -> list[tuple[Any, int]]:
        """The cells of a row, each with the columns it covers."""
        found = []
        for cell in _below(row, "tc"):
            if cell.find(f"{W}tcPr/{W}cellDel") is not None:
                self._note(_TRACKED)
                continue
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            wide = value(span, "val") if span is not None else "1"
            found.append((cell, min(int(wide), 63) if wide.isdecimal() else 1))
        return found

    def footnotes(self, document: Any) -> Iterator[str]:
        """The notes that were cited, in the form of Markdown, below the text."""
        parts = {
            kind: {value(one, "id"): one for one in _root(document, kind)}
            for kind in {kind for kind, _ in self.cited}
        }
        for number, (kind, key) in enumerate(list(self.cited), 1):
            note = parts[kind].get(key)
            said = " ".join(" ".join(self.blocks(note)).split()) if note is not None else ""
            if said:
                yield f"[^{number}]: {said}"


def _below(parent: Any, kind: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also inside content controls."""
    for element in parent:
        if tag(element) == kind:
            yield element
        elif tag(element) in ("sdt", "sdtContent", "customXml", "smartTag"):
            yield from _below(element, kind)


def _holder(table: Any) -> Any:
    """The cell a table stands in."""
    return next((one for one in table.iterancestors() if tag(one) == "tc"), None)


def _root(document: Any, kind: str) -> Any:
    """The notes of a kind: footnotes or endnotes."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}s") and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return ()


def unpacked_size(raw: bytes, where: str) -> int:
    """Bytes that the parts of a .docx file unpack to; 0 where it is no archive.

    Raises:
        InputError: they are more than the limit, or than a person's file unpacks to.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return unfolded(packed, where, MOST_UNPACKED, do=_SPLIT)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 0


def read_word(raw: bytes, where: str) -> Parts:
    """Text and title of a .docx file; footnotes stand below it as `[^1]: …`.

    Raises:
        InputError: broken.
        NoText: no words in it.
    """
    try:
        document = docx.Document(io.BytesIO(raw))
        reader = _Reader(document)
        lines = [*reader.blocks(document.element.body)]
        lines += [reader.pending] if reader.pending else []
        text = "\n".join([*lines, *reader.footnotes(document)])
    except MemoryError:
        raise
    except Exception as error:  # python-docx raises whatever its parts raise
        raise refused(
            where,
            "Word 文件已损坏或不是 .docx",
            "The Word file is broken or no .docx",
            "请在 Word 中另存为 .docx",
            "Save it as .docx in Word",
        ) from error
    if not text.strip():
        raise no_text(where, "Word 文件里没有文字", "There is no text in the Word file")
    head = head_of(text)
    return Parts(
        text=text,
        title=head.get("title") or first_line(text),
        publisher=head.get("publisher"),
        url=head.get("url"),
        posted=head.get("posted"),
        notes=tuple(reader.notes[code] for code in sorted(reader.notes)),
    )
