"""Text of PDF files."""

import re

import pypdfium2

from tanzhe.text.files.document import LONGEST_TEXT, Parts, no_text, refused
from tanzhe.text.files.plain import first_line

MOST_PAGES = 5000
_CJK = r"[\u3400-\u9fff，、（）“”《》]"
# A full line that ends inside a sentence goes on in the next one.
_WRAPPED = re.compile(
    rf"(?<={_CJK})\n(?=(?:{_CJK}|\d)(?!、|．|"
    rf"\.))(?!第[一二三四五六七八九十]+[条章节]|（[一二三四五六七八九十]+）)"
)


def joined_lines(text: str) -> str:
    r"""The text with the line breaks inside Chinese sentences taken out.

    Only a line at least two thirds as long as the page's longest is taken to be wrapped.

    Example:
        >>> joined_lines("省内电解铝企业自五月十日起有序\n用电。\n完")
        '省内电解铝企业自五月十日起有序用电。\n完'
    """
    longest = max((len(line) for line in text.split("\n")), default=0)
    kept: list[str] = []
    at = 0
    for match in _WRAPPED.finditer(text):
        line = match.start() - (text.rfind("\n", 0, match.start()) + 1)
        kept.append(text[at : match.start()] + ("" if 3 * line >= 2 * longest else "\n"))
        at = match.end()
    return "".join(kept) + text[at:]


def read_pdf(raw: bytes, where: str) -> Parts:
    """Text and title of a PDF file.

    Raises:
        InputError: broken or protected by a password.
        NoText: pages without text: a scan.
    """
    try:
        book = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise refused(
            where,
            "PDF 已损坏或有密码，打不开",
            "The PDF is broken or protected by a password",
            "请重新下载，或换一份文件",
            "Download it again, or use another file",
        ) from error
    try:
        pages = _pages(book, where)
        title = book.get_metadata_value("Title") or ""
    finally:
        book.close()
    text = "\n".join(joined_lines(page) for page in pages)
    if len(re.sub(r"\s", "", text)) < max(10, 2 * len(pages)):
        raise no_text(where, "PDF 是扫描图片，没有文字", "The PDF is a scan without text")
    return Parts(text=text, title=first_line(text) or title)


def _pages(book: pypdfium2.PdfDocument, where: str) -> list[str]:
    if len(book) > MOST_PAGES:
        raise refused(
            where,
            f"PDF 超过 {MOST_PAGES} 页",
            f"The PDF has more than {MOST_PAGES} pages",
            "请拆分后再加入",
            "Split it first",
        )
    texts: list[str] = []
    for number in range(len(book)):
        try:
            page = book[number]
            words = page.get_textpage()
            texts.append(words.get_text_range().replace("\r\n", "\n"))
            words.close()
            page.close()
        except pypdfium2.PdfiumError:  # one broken page does not spoil the rest
            texts.append("")
        if sum(map(len, texts)) > LONGEST_TEXT:
            break
    return texts
