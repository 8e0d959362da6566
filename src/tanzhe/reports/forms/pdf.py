"""PDF by Typst: the same page as Word, in the form of an official document.

Every text goes in as a string of Typst's code, never as its markup.
"""

import re
from collections.abc import Iterable
from functools import cache

from tanzhe import bundled
from tanzhe.errors import Fault, InputError, Words
from tanzhe.reports.charts.standalone import standalone
from tanzhe.reports.forms.captions import Captions
from tanzhe.reports.forms.official import printable
from tanzhe.reports.forms.typography import (
    fits,
    held,
    is_unbroken,
    scale,
    scripts,
    shares,
    title_lines,
)
from tanzhe.reports.pages.blocks import (
    Align,
    Annex,
    Block,
    Figure,
    Footnote,
    Heading,
    Line,
    Listing,
    Paragraph,
    Run,
    Table,
    flat,
    plain,
    with_remarks,
)
from tanzhe.reports.pages.page import Page
from tanzhe.reports.words.vocabulary import label

FORM = {
    "name": "pdf",
    "suffix": ".pdf",
    "media": "application/pdf",
    "is_text": False,
}

# Letters of 五号 in a line of 156 mm, less what cells keep free.
_LETTERS = 80.0
_TITLE_LETTERS = 40
_SIDES: dict[Align, str] = {"left": "left", "right": "right", "centre": "center"}
# Fonts the standard names, then what machines have instead; Chinese ones only.
_SERIF = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Songti SC", "SimSun")
_SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC")
_FONTS = {
    "f-title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "STZhongsong", *_SERIF, *_SANS),
    "f-body": ("FangSong", "仿宋", "FangSong_GB2312", "STFangsong", *_SERIF, *_SANS),
    "f-head": ("SimHei", "黑体", "STHeiti", *_SANS, *_SERIF),
    "f-sub": ("KaiTi", "楷体", "KaiTi_GB2312", "STKaiti", "Kaiti SC", *_SERIF, *_SANS),
    "f-song": ("SimSun", "宋体", *_SERIF, *_SANS),
}
_LATIN = ("Times New Roman", "Liberation Serif", "Libertinus Serif")
_SHORT = 14  # rows: such a table stays on a page
_TEXT, _ANNEX, _NOTES = (16.0, 28.0), (12.0, 20.0), (10.5, 16.0)


def render(page: Page) -> bytes:
    """The page as the bytes of a PDF file.

    Raises:
        InputError: the extra `pdf` is not installed, or no font here has Chinese letters.
    """
    try:
        import typst
    except ImportError as error:
        raise InputError(_NO_TYPST) from error
    source = _Writer(page).source().encode()
    done = typst.compile(source, format="pdf", timestamp=page.moment)
    assert isinstance(done, bytes)
    return done


_NO_TYPST = Fault(
    Words("写 PDF 需要 typst", "A PDF needs typst"),
    Words("运行 pip install 'tanzhe[pdf]'", "Run pip install 'tanzhe[pdf]'"),
)
_NO_FONT = Fault(
    Words("本机没有中文字体，PDF 写不出来", "No font here has Chinese letters for the PDF"),
    Words(
        "请安装一种中文字体（如 Noto Serif CJK SC、仿宋），或改用 --format docx",
        "Install a Chinese font (such as Noto Serif CJK SC), or use --format docx",
    ),
)


@cache
def _families() -> frozenset[str]:
    """The families of fonts on this machine and those that Typst brings."""
    import typst

    return frozenset(typst.Fonts().families())


def _fonts(wanted: Iterable[str], zh: bool) -> str:
    """A list of fonts in Typst: Latin letters first, then the Chinese ones that are here.

    In Chinese the quotation marks are Chinese ones, as wide as a character.
    """
    here = [name for name in wanted if name in _families()]
    if not here:
        raise InputError(_NO_FONT)
    latin = next(name for name in _LATIN if name in _families())
    first = f'(name: {_string(latin)}, covers: "latin-in-cjk")' if zh else _string(latin)
    return f"({first}, {', '.join(map(_string, here))})"


def _string(text: str) -> str:
    r"""A text as a string of Typst's code; signs that hide or turn text around are dropped.

    Example:
        >>> _string('say "#x"\\')
        '"say \\"#x\\"\\\\"'
    """
    kept = _HIDDEN.sub("", printable(text)).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + kept.replace("\n", "\\n").replace("\r", "").replace("\t", " ") + '"'


# Changes of writing direction and invisible signs; the joiners of `held` are ours.
_HIDDEN = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2066-\u206f\ufeff]")


class _Writer:
    """A page on its way to Typst.

    Long because each kind of block of a page has its method.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._zh = page.language == "zh"
        self._captions = Captions(page)
        self._setting = _TEXT
        self._opening = False
        self._out: list[str] = []

    def source(self) -> str:
        """The whole document as Typst."""
        page = self._page
        language = ("zh", '"cn"') if self._zh else ("en", "none")
        head = [f"#let {name} = {_fonts(fonts, self._zh)}" for name, fonts in _FONTS.items()]
        head.append(f'#let language = "{language[0]}"\n#let region = {language[1]}')
        head.append(f'#let title-weight = "{"regular" if self._zh else "bold"}"')
        title = _string(flat(page.title))
        head.append(f'#set document(title: {title}, author: "tanzhe")')
        prelude = bundled.text("tanzhe.reports.forms", "page.typ")
        for block in with_remarks(page.blocks):
            if not isinstance(block, Footnote):
                self._write(block)
        self._notes([block for block in page.blocks if isinstance(block, Footnote)])
        return "\n".join([*head, prelude, *self._out]) + "\n"

    def _write(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block.level, plain(block.line))
            case Annex():
                self._heading(2, block.title)
                self._setting = _ANNEX
            case Paragraph():
                self._paragraph(block.line, role=block.role, opening=self._opening)
            case Listing():
                self._list(block, 0)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Footnote():  # pragma: no cover - stand at the end
                pass
        self._captions.pass_by(block)
        self._opening = isinstance(block, Heading) and block.level == 1

    def _heading(self, level: int, text: str) -> None:
        broken = title_lines(text, _TITLE_LETTERS) if level == 1 else text
        parts = [self._line((Run(text=part),)) for part in broken.split("\n")]
        words = "{ " + "; linebreak(); ".join(parts) + " }"
        self._out.append(f"#title({words})" if level == 1 else f"#section({level - 1}, {words})")

    def _paragraph(
        self, line: Line, *, role: str = "body", opening: bool = False, depth: int = 0,
        lead: str = "", anchor: str = "",
    ) -> None:  # fmt: skip
        size, height = _NOTES if role == "small" else self._setting
        even = self._zh and not any(run.url or is_unbroken(run.text) for run in line)
        settings = [f"size: {size}pt", f"line: {height}pt"]
        if opening:
            settings = ["size: 12pt", "line: 28pt", "indent: 0", "side: center", "font: f-sub"]
            even = False
        if not even:
            settings.append("even: false")
        if role == "right":
            settings.append("side: right")
        if role == "quote":
            settings.append("font: f-sub")
        if inset := max(depth, int(role == "quote")):
            settings.append(f"inset: {2 * inset}")
        if anchor:
            settings.append("indent: 0")
        if plain(line).endswith(("：", ":")):
            settings.append("keep: true")
        words = self._line((Run(text=lead), *line) if lead else line)
        mark = f" <{anchor}>" if anchor else ""
        self._out.append(f"#paragraph({words}, {', '.join(settings)}){mark}")

    def _list(self, block: Listing, depth: int) -> None:
        for number, item in enumerate(block.items, 1):
            lead = f"{number}. " if block.ordered else "• "
            self._paragraph(item.line, lead=lead, depth=depth)
            for one in item.blocks:
                if isinstance(one, Listing):
                    self._list(one, depth + 1)
                elif isinstance(one, Paragraph):
                    self._paragraph(one.line, depth=depth)
                else:
                    self._write(one)

    def _table(self, block: Table) -> None:
        caption = self._line((Run(text=self._captions.of_table(block)),))
        self._out.append(f"#caption({caption})")
        if block.unit:
            unit = self._line((Run(text=block.unit),))
            self._out.append(f"#caption({unit}, font: f-body, side: right, above: 2pt)")
        part = scale(block, _LETTERS)
        widths = ", ".join(f"{share:.2f}fr" for share in shares(block, _LETTERS / part))
        sides = ", ".join(_SIDES[side] for side in block.sides)
        head = ", ".join(self._line(cell) for cell in block.head)
        rows = [
            "("
            + ", ".join(self._cell(cell, block, last=row is block.rows[-1]) for cell in row)
            + ",)"
            for row in block.rows
        ]
        whole = "true" if len(block.rows) <= _SHORT and fits(block, _LETTERS) else "false"
        self._out.append(
            f"#grid-of({10.5 * part:.2f}pt, ({widths},), ({sides},), {whole}, ({head},), "
            f"{', '.join(rows)})"
        )

    def _cell(self, cell: Line, block: Table, *, last: bool) -> str:
        words = self._line(cell)
        return f"text(font: f-head, {words})" if last and block.total else words

    def _figure(self, block: Figure) -> None:
        drawn, title = block.drawing, plain(block.title)
        image = standalone(drawn.wide, printed=True)
        words = _string(f"{title} {drawn.key}")
        self._out.append(f"#picture({_string(image)}, {words})")
        caption = self._line((Run(text=self._captions.of_figure(block)),))
        key = self._line((Run(text=drawn.key),))
        self._out.append(f"#caption({caption}, above: 2pt)")
        self._out.append(f"#caption({key}, font: f-body, keep: false, below: 14pt, above: 2pt)")

    def _notes(self, notes: list[Footnote]) -> None:
        if not notes:
            return
        self._heading(2, label("page", "notes", self._page.language))
        self._setting = _NOTES
        for note in notes:
            lead = f"[{note.number}] "
            self._paragraph(note.line, lead=lead, anchor=f"note-{note.number}")

    def _line(self, line: Line) -> str:
        """A line as one expression of Typst's code."""
        return "{ " + "; ".join(piece for run in line for piece in self._run(run)) + " }"

    def _run(self, run: Run) -> Iterable[str]:
        if run.note is not None:
            yield f'mark("{run.note}")'
            return
        if run.address is not None:
            yield f"link({_string(run.address)}, {_string(run.text)})"
            return
        weight = ', weight: "bold"' if run.bold else ""
        for piece, script in scripts(held(run.text)):
            told = f"plain({_string(piece)}{weight})"
            yield f"{script}(typographic: false, {told})" if script else told
