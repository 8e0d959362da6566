"""Whether a text is a policy, a draft of one, news about one, or something else."""

import re
from dataclasses import dataclass

from tanzhe.model.base import Note
from tanzhe.model.policy import PolicyStatus
from tanzhe.policy.frame.colophon import Colophon
from tanzhe.policy.frame.head import PLAN, Head
from tanzhe.policy.outline.numbering import Marker
from tanzhe.policy.outline.view import View
from tanzhe.policy.words import either

_DRAFT_TITLE = re.compile(either("draft_titles"))
_DRAFT_TEXT = re.compile(either("draft_words"))
_NEWS_TITLE = re.compile(either("news_titles"))
_NEWS_VERB = re.compile(
    r"^(?!.*关于)[^《》。]{2,30}?(?:印发|出台|发布|公布|启动|部署|推出|召开|明确"
    r"|要求|将|拟|开展|下发)"
)
_NEWS_TEXT = (
    (re.compile(r"记者(?:[\u4e00-\u9fff]{2,4})?(?:从|获悉|了解到|报道|采访|日前|近日|）|，|\s)"
    r"|本报(?:讯|记者)|[新华中]社.{0,14}电|通讯员|据悉|获悉|责任编辑|责编"
    r"|编辑[：:]"), 3),
    (re.compile(r"(?:日前|近日|昨日|昨天|今天|今日|不久前|近期)，?[^。]{0,60}(?:印发|出台|发布"
    r"|公布|联合|下发|推出|召开|获|正式|举行|对外)"), 3),
    (re.compile(r"《[^》]{2,60}》(?:（[^）]{2,20}）)?(?:明确|提出|指出|要求|强调|共(?:分|包括)"
    r"|从.{0,12}方面|围绕|的(?:出台|印发|发布|实施))"), 2),
    (re.compile(r"解读如下|(?:作|做)(?:如下|以下)解读|对《[^》]{2,60}》(?:进行|作|做)解读"), 4),
    (re.compile(r"有关负责人(?:表示|介绍|说|指出|就)|(?:表示|介绍|解释)说|答[：:]|问[：:]"
    r"|专家(?:表示|认为|指出)"), 3),
)  # fmt: skip
_PAPER = re.compile(
    r"(?:^|\n)\s*(?:【?摘\s*要】?|关键词|参考文献|Abstract|References)\s*[:：]?", re.I
)
_ISSUE_WORDS = re.compile(either("issuing_words"))
_REPLY_TITLE = re.compile(either("reply_titles"))
_REPLY_TEXT = re.compile(
    r"(?:您|你们?|委员|代表)[^。]{0,12}(?:提出的|来信)[^。]{0,90}(?:建议|提案|收悉)"
)
# Decisions on one case: an approval of a project, a licence, a review of a complaint.
_CASE_TITLE = re.compile(either("case_titles"))
_CASE_TEXT = re.compile(r"(?:行政复议|行政处罚)(?:终止)?决定书")
_APPLIED = re.compile(
    r"你(?:公司|单位|局|所|院|厂|中心|集团|校|站|市|区|县|委|厅)[^。]{0,8}[《〈\"“](?:[^。]{0,120})收悉"
    r"|行政复议|申请人|(?:公司|研究院|研究所|大学|中心|局|所|厂)："
)
_OFFICIAL_TITLE = re.compile(
    rf"关于.{{2,200}}的?(?:若干)?(?:通知|公告|通告|函|意见|批复|决定|通报|命令|规定"
    rf"|措施|办法|公示|方案|复函)|{PLAN}(?:（[^（）]{{1,20}}）)*$"
)
_REPORT_TITLE = re.compile(
    r"(?:报告|公报|白皮书|论文|汇编|一览表|报表|年鉴|综述|研究|蓝皮书|报告书|转折点|简报|总结|讲话)(?:（[^）]{1,16}）)?$"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """The status and why."""

    status: PolicyStatus
    reason: Note


def _because(status: PolicyStatus, code: str, zh: str, en: str) -> Judged:
    return Judged(status=status, reason=Note(code=code, zh=zh, en=en))


def _score_news(view: View, title: str) -> int:
    top = view.text[:1500]
    score = sum(points for pattern, points in _NEWS_TEXT if pattern.search(top))
    score += 4 * bool(_NEWS_TITLE.search(title))
    return score + 2 * bool(_NEWS_VERB.search(title) and not _OFFICIAL_TITLE.search(title))


def _score_issued(
    view: View, head: Head, colophon: Colophon, title: str, markers: list[Marker]
) -> int:
    score = 3 * bool(head.numbers) + 2 * bool(head.addressees)
    cover = head.title and any(one.span.start >= head.title.span.end for one in head.issuers)
    score += 2 * bool(colophon.issuers or cover)
    score += 2 * bool(_OFFICIAL_TITLE.search(title)) + 2 * bool(_ISSUE_WORDS.search(view.text))
    articles = sum(m.style == "article" for m in markers)
    parts = sum(m.style in ("comma", "paren", "chapter") for m in markers)
    return score + 2 * (articles >= 3) + (parts >= 4) + bool(colophon.dates)


def judge(
    view: View, head: Head, colophon: Colophon, markers: list[Marker], given_title: str = "",
    *, numbered: bool = False,
) -> Judged:  # fmt: skip
    """The status of a text.

    Args:
        view: the repaired text.
        head: its head.
        colophon: its signature.
        markers: numbers of its parts.
        given_title: title the file gives of itself.
        numbered: whether the page around it states a document number.
    """
    title = head.title.words if head.title else ""
    titles = f"{given_title} {title}" if given_title and given_title not in title else title
    chinese = len(re.findall(r"[\u4e00-\u9fff]", view.text))
    if chinese < 0.2 * max(1, len(view.text)):
        return _because(
            "other",
            "not_chinese",
            "不是中文公文：文中汉字太少。",
            "Not a Chinese official document: hardly any Chinese in it.",
        )
    if _REPLY_TITLE.search(title) or _REPLY_TEXT.search(view.text[:500]):
        return _because(
            "other",
            "reply",
            "是对建议、提案的答复，不是政策文件。",
            "A reply to a proposal, not a policy document.",
        )
    decided = _CASE_TITLE.search(title) and _APPLIED.search(view.text[:700])
    if decided or _CASE_TEXT.search(view.text[:300]):
        return _because(
            "other",
            "single_case",
            "是对一个项目、一件许可或一件争议的决定，不是政策文件。",
            "A decision on one project, licence or dispute, not a policy document.",
        )
    issued = _score_issued(view, head, colophon, title, markers)
    issued += 3 * (numbered and not head.numbers)
    news = _score_news(view, titles)
    formal = bool(
        head.numbers
        or head.addressees
        or (colophon.issuers and (_OFFICIAL_TITLE.search(title) or _ISSUE_WORDS.search(view.text)))
    )
    if (news >= 4 and not formal and news >= issued - 3) or (
        news >= 7 and not head.numbers and not head.addressees
    ):
        return _because(
            "news", "told_by_others",
            "是关于政策的报道或解读，不是政策本身：有记者、近日、解读一类的话，没有文号和落款。",
            "News or an explanation of a policy, not the policy: words of reporting, no "
            "number or signature.",
        )  # fmt: skip
    if (_PAPER.search(view.source) and not head.numbers) or (
        _REPORT_TITLE.search(title) and not formal
    ):
        return _because(
            "other",
            "report_or_paper",
            "是报告、论文或资料，不是政策文件。",
            "A report, paper or material, not a policy document.",
        )
    if _DRAFT_TITLE.search(titles) or (_DRAFT_TEXT.search(view.text[:2500]) and issued >= 2):
        return _because(
            "draft",
            "for_comment",
            "是征求意见稿或草案，尚未印发。",
            "A draft for comment, not yet issued.",
        )
    if issued >= 5 or (issued >= 4 and news < 2):
        return _because(
            "issued", "issued",
            "有公文的样子：" + "、".join(_signs(head, colophon, title)) + "。",
            "It has the form of an official document: title, number, addressees or signature.",
        )  # fmt: skip
    if news >= 3:
        return _because(
            "news", "told_by_others", "是关于政策的报道，没有公文的文号、主送机关和落款。",
            "News about a policy without number, addressees or signature.",
        )  # fmt: skip
    if _OFFICIAL_TITLE.search(title):
        return _because(
            "other", "title_alone",
            "标题像规划、方案一类文件，但没有文号、主送机关和落款：可能是节选或单独的正文，"
            "请核对来源。",
            "The title is that of a plan, but there is no number, addressee or signature: perhaps "
            "an excerpt or the text alone; whether it was issued cannot be told.",
        )  # fmt: skip
    return _because(
        "other", "no_form", "没有公文的标题、文号、主送机关或落款，看不出是政策文件。",
        "No title, number, addressees or signature of an official document.",
    )  # fmt: skip


def _signs(head: Head, colophon: Colophon, title: str) -> list[str]:
    signs = [
        ("公文标题", bool(_OFFICIAL_TITLE.search(title))),
        ("发文字号", bool(head.numbers)),
        ("主送机关", bool(head.addressees)),
        ("落款", bool(colophon.issuers)),
    ]
    return [name for name, there in signs if there] or ["条款和施行日期"]
