"""What stands around the text of a page: navigation, related headlines, disclaimers, feet."""

import re
from functools import lru_cache

from tanzhe.text.tables import either

LONGEST_ITEM = 80  # characters of a headline in a list; a longer line is text again
MOST_ITEMS = 30  # lines of one list

# Over a list of other pages' headlines. A line must be such a heading and nothing else, or have a
# colon behind it: 相关链接产业 in a sentence is text.
_LIST_ZH = either("list_headings")
_LIST_EN = (
    r"(?:related|recommended|latest|popular|trending|recent|featured|top|more) "
    r"(?:articles?|stories|news|reading|links?|posts?|content|topics?)"
    r"|read (?:more|next|also)|see also|further reading|most (?:read|popular)|trending now|"
    r"(?:you may|you might) also (?:like|be interested in)|"
    r"more (?:from|on|in) [^\n]{2,40}|editor'?s picks?|comments|filed under"
)
_OPEN, _CLOSE = r"[\s#*>·•■◆▍【\[（(《]*", r"[\s】\])）》：:*#>»+…]*"
_LIST = re.compile(rf"{_OPEN}(?:{_LIST_ZH}|{_LIST_EN}){_CLOSE}(?:更多|more)?{_CLOSE}", re.I)
_BUTTON = re.compile(r"评论|留言|跟帖")  # alone it opens a form; no list need follow
# The same before headlines in one line: to the end of the sentence, mostly of the line.
_INLINE = re.compile(
    r"(?:(?<=[\s。！？】》）)|])|^)[【\[（(]?"
    rf"(?:(?:{_LIST_ZH}|上一[篇页条]|下一[篇页条]|前一篇|后一篇|分享到|分享至)[】\])）]?\s*[：:]|"
    rf"[【\[](?:{_LIST_ZH})[】\]]|"
    rf"(?:{_LIST_EN}|previous(?: article)?|next(?: article)?)\s*:)"
    r"[^。\n]*。?",
    re.I | re.M,
)
# Lines that are never text, by their beginning.
_LINE = re.compile(rf"[\s#*>·•■◆【\[（(©-]*(?:{either('page_lines')})", re.I)
# A heading over a paragraph that disclaims.
_DISCLAIMS = re.compile(
    rf"{_OPEN}(?:(?:免责|版权|郑重|特别|重要|法律|转载)?声明|风险提示|disclaimer){_CLOSE}", re.I
)
# Small parts of a line that also holds the day of posting.
_PIECE = re.compile(
    r"(?<![一-鿿])[【\[（(]?\s*字[体号]\s*[：:]?(?:[\s\[]*[大中小]){1,3}[】\])）]?"  # not 发文字号
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s*[：:]\s*[\d,，\s]*次?"
    r"|[【\[]?(?:打印(?:本页)?|关闭(?:窗口)?|收藏|我要纠错)[】\]]"
    r"|[（(]?(?:责任编辑|责编)\s*[：:][^\n）)。]{0,20}[）)]?"
    r"|©[^\n]*|版权所有[^\n]{0,60}",
    re.I,
)
_MAY_HOLD = re.compile(
    rf"{_LIST_ZH}|{_LIST_EN}|声明|首页|位置|责|编辑|审|版权|备案|上一|下一|分享|打印|关闭|浏览|点击|字体|字号|"
    r"本[网站文]|[：:]|©|copyright|home|share|print|rights|\b(?:previous|next|disclaimer|editor)",
    re.I,
)
_ENDS = ("。", "！", "？", "；", ".", "!", "?", "……")


def _is_item(line: str) -> bool:
    """Whether a line under such a heading may be a headline."""
    words = line.strip()
    return len(words) <= LONGEST_ITEM and not words.endswith(_ENDS)


def _marked_lines(text: str) -> list[tuple[int, int]]:
    """Offsets of whole lines that are not text."""
    found: list[tuple[int, int]] = []
    at, items, paragraph = 0, 0, False
    for line in text.split("\n"):
        words = line.strip()
        end = at + len(line)
        if _LIST.fullmatch(words):
            found.append((at, end))
            items, paragraph = 0 if _BUTTON.fullmatch(words) else MOST_ITEMS, False
        elif _DISCLAIMS.fullmatch(words):
            found.append((at, end))
            items, paragraph = 0, True
        elif words and _LINE.match(line):
            found.append((at, end))
        elif words and paragraph:
            found.append((at, end))
            paragraph = False
        elif words and items and _is_item(line):
            found.append((at, end))
            items -= 1
        elif words:
            items = 0
        at = end + 1
    return found


@lru_cache(maxsize=64)
def without_boilerplate(text: str) -> str:
    r"""The text with line ends in place of what only stands around it; every offset stays.

    Args:
        text: as archived.

    Returns:
        As long as the text: what is left stands where it stood, so that its spans are spans of it.

    Example:
        >>> page = "云南限电\n相关阅读\n贵州停产\n版权所有"
        >>> without_boilerplate(page).split(), len(without_boilerplate(page)) == len(page)
        (['云南限电'], True)
    """
    if not _MAY_HOLD.search(text):
        return text
    marked = [*_marked_lines(text)]
    marked += [found.span() for found in _INLINE.finditer(text)]
    marked += [found.span() for found in _PIECE.finditer(text)]
    parts: list[str] = []
    at = 0
    for start, end in sorted(marked):
        if end > at:
            start = max(start, at)
            parts += [text[at:start], "\n" * (end - start)]
            at = end
    return "".join([*parts, text[at:]])
