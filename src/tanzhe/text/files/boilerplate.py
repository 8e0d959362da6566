"""What stands around the text of a page: navigation, related headlines, disclaimers, feet."""

import re
from functools import lru_cache

LONGEST_ITEM = 80  # characters of a headline in a list; a longer line is text again
MOST_ITEMS = 30  # lines of one list

# Over a list of other pages' headlines. A line must be such a heading and nothing else, or have a
# colon behind it: 相关链接产业 in a sentence is text.
_LIST_ZH = (
    r"更多(?:[一-鿿]{0,4}(?:内容|新闻|文章|资讯|阅读|推荐))|\d{1,2}小时(?:热文|热点|热榜|排行)|"
    r"(?:网友|用户|最新|热门|精彩|全部)?(?:评论|留言|跟帖)(?:区|列表)?|"
    r"(?:相关|相似|同类|关联|推荐|延伸|拓展|精彩|热门|热点|最新|最近|近期|往期|更多|猜你|本站|本周|本月|今日|"
    r"一周|点击|阅读|图片|专题|视频)"
    r"(?:阅读|链接|新闻|文章|文件|解读|政策解读|报道|资讯|信息|推荐|内容|动态|稿件|专题|要闻|话题|"
    r"热点|热门|排行榜?|点击|喜欢|回顾|精选|公告|发布|浏览|视频)"
    r"|猜你喜欢|大家都在看|看了又看|为您推荐|为你推荐|编辑推荐|小编推荐|排行榜|热榜|热搜|友情链接|热点排行|"
    r"你可能(?:还|也)?(?:感兴趣|喜欢)的?(?:文章|内容)?|相关政策(?:文件)?"
)
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
_LINE = re.compile(
    r"[\s#*>·•■◆【\[（(©-]*(?:"
    r"(?:责任编辑|责任校对|责编|编辑|校对|审核|审校|初审|终审|复审|一审|二审|三审|监制|排版|实习生)\s*[：:／/]"
    r"|(?:主办|承办|协办|技术支持|网站维护|地址|邮编|联系电话|电话|传真|举报电话|备案号|网站标识码|最后更新|更新时间)"
    r"(?:单位)?\s*[：:]"
    r"|(?:标签|关键[词字]|本文(?:地址|链接|网址)|原文(?:地址|链接|网址)|新闻热线|投稿邮箱|发表评论)(?:\s*[：:]|\s|$)"
    r"|免责声明|郑重声明|版权声明|特别声明|风险提示|声明\s*[：:]"
    r"|(?:凡|若)(?:本网|本站|注明|标注|未注明)|本(?:网|站|文|平台|号)[^。\n]{0,12}(?:转载|版权|仅代表|不代表|仅供)"
    r"|以上(?:内容|信息|观点)[^。\n]{0,10}(?:仅|不代表)|如(?:有|涉及|涉)[^。\n]{0,6}(?:侵权|版权)|未经[^。\n]{0,12}(?:授权|许可|允许)"
    r"|版权所有|copyright\b|©|all rights reserved|[一-鿿]?ICP备|[一-鿿]公网安备|\S{0,6}ICP[备证]"
    r"|上一[篇页条]|下一[篇页条]|分享到|分享至|打印本页|打印此页|打印\s|关闭(?:窗口|本页)|返回(?:顶部|首页|列表)|"
    r"收藏本[页文]|扫一扫|扫码|长按|关注我们|微信扫|点击(?:查看|进入|关注)|阅读原文|查看原文|举报\s*$|"
    r"浏览(?:次数|量)|点击(?:数|量|次数)|阅读(?:数|量|次数)|访问(?:量|次数)|字[体号]\s*[：:]|字体大小"
    r"|(?:您?|你)?(?:当前|现在|目前|所在)的?(?:所在)?位置|您的?位置|设为首页|加入收藏|网站地图|无障碍|"
    r"首页\s*(?:[>›»/|·\s]|$)|联系我们|关于我们|网站首页|English\s*$|繁體|手机版|登录\b|注册\b"
    r"|home\s*[>›»|/]|share (?:this|on|via)|print (?:this|page)|"
    r"back to (?:top|home)|subscribe\b|sign (?:up|in)\b|"
    r"disclaimer\b|privacy policy|terms of (?:use|service)|about us\b|contact us\b|"
    r"cookies?\b.{0,20}policy|"
    r"(?:edited|editing) by\b|editors?:|previous(?: article)?:|next(?: article)?:|"
    r"skip to\b|advertisement\s*$|(?:tags?|keywords|filed under):|"
    r"views?:\s*\d|font size|follow us\b|last updated"
    r")",
    re.I,
)
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
