"""Pages as browsers save them: five ways in which offices publish a document."""

# ruff: noqa: E501  (pages are long lines)

import re
from dataclasses import dataclass

import lxml.html

MENU = "".join(
    f"<li><a href='/'>{w}</a></li>"
    for w in ("首页", "机构概况", "新闻动态", "政务公开", "互动交流")
)
FOOT = (
    "<div class='footer'><div><a>网站地图</a> | <a>联系我们</a></div><p>主办单位：某某市人民政府办公室 承办单位：大数据中心</p>"
    "<p>地址：和平路1号 电话：010-88880000</p><p>京ICP备05012345号-1 京公网安备11010202000001号</p></div>"
)
RELATED = (
    "<div class='rel'><h4>相关阅读</h4><ul><li><a>《方案》政策解读</a></li>"
    "<li><a>关于印发节能降碳行动计划的通知</a></li></ul></div>"
)
SHARE = "<div class='share'>分享到：<a>微信</a><a>微博</a><a>QQ空间</a></div>"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A document on the web: what the page calls it, its lines, and what the page states of it."""

    title: str
    lines: tuple[str, ...]
    number: str
    issuer: str
    signed: str


def _paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p style='text-indent:2em'>{line}</p>\n" for line in lines)


def modern(page: Page) -> str:
    """Crumbs, a line with the time of posting, share buttons, related pages."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{page.title}_某某市发展和改革委员会</title>"
        f"<meta name='ArticleTitle' content='{page.title}'><meta name='PubDate' content='2026-12-09 10:11:12'></head>"
        f"<body><div class='header'><h1><a>某某市发展和改革委员会</a></h1><ul class='nav'>{MENU}</ul></div>"
        "<div class='crumbs'>当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <span>正文</span></div>"
        f"<div class='article'><h2>{page.title}</h2><div class='info'><span>发布时间：2026-12-09 10:11</span> "
        "<span>来源：环资处</span> <span>浏览次数：1203</span> <span>字号：<a>大</a> <a>中</a> <a>小</a></span> <a>打印</a></div>"
        f"<div class='TRS_Editor'>{_paragraphs(page.lines)}</div>{SHARE}"
        f"<div class='fj'>附件下载：<a href='1.pdf'>附件.pdf</a></div></div>{RELATED}{FOOT}</body></html>"
    )


def particulars(page: Page) -> str:
    """A table of particulars above the document: 索引号, 主题分类, 发文字号."""
    cells = (
        ("索引号", "11530000/2026-00012", "主题分类", "国民经济管理\\能源"),
        ("发文机关", page.issuer, "成文日期", page.signed),
        ("标题", page.title, "", ""),
        ("发文字号", page.number, "发布日期", "2026年12月09日"),
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{a}{'：' if n % 2 == 0 and a else ''}</td>" for n, a in enumerate(row))
        + "</tr>"
        for row in cells
    )
    return (
        f"<html><head><meta charset='utf-8'><title>{page.title}-政府信息公开-某省人民政府</title></head><body>"
        f"<div id='top'><ul>{MENU}</ul></div><div class='position'>您现在的位置：<a>首页</a>&nbsp;&gt;&nbsp;<a>政府信息公开</a></div>"
        f"<table class='metatable'>{rows}</table><div class='content'><h1>{page.title}</h1>"
        f"<div id='zoom'>{_paragraphs(page.lines)}</div><p><a>【打印本页】</a><a>【关闭窗口】</a></p></div>"
        f"<div class='prevnext'><p>上一篇：<a>关于召开座谈会的通知</a></p><p>下一篇：<a>2026年2月用电情况</a></p></div>{FOOT}</body></html>"
    )


def listed(page: Page) -> str:
    """The particulars in a list without colons, the document in one division a line."""
    pairs = (("索引号", "000019-2026-1"), ("发文字号", page.number), ("成文日期", page.signed),
             ("发布日期", "2026-12-09"), ("有效性", "有效"))  # fmt: skip
    items = "".join(f"<li><b>{a}：</b><span>{b}</span></li>" for a, b in pairs)
    body = "".join(f"<div>{line}</div>" for line in page.lines)
    return (
        f"<html><head><meta charset='utf-8'><title>{page.title}</title></head><body><nav><ul>{MENU}</ul></nav>"
        f"<ul class='xxgk'>{items}</ul><div class='art_tit'>{page.title}</div>"
        f"<div class='art_con'>{body}</div>{SHARE}<footer>{FOOT}</footer></body></html>"
    )


def tables(page: Page) -> str:
    """A page of the first years: everything stands in tables, lines end with br."""
    body = "<br>".join("&nbsp;&nbsp;" + line for line in page.lines)
    return (
        f"<html><head><title>{page.title}</title></head><body><table width=980><tr><td><a>网站首页</a></td>"
        "<td><a>领导之窗</a></td><td><a>通知公告</a></td><td><a>法规文件</a></td></tr></table><table><tr>"
        "<td><table><tr><td>栏目导航</td></tr><tr><td><a>政策法规</a></td></tr><tr><td><a>规划计划</a></td></tr></table></td>"
        f"<td><table><tr><td align=center><b>{page.title}</b></td></tr><tr><td>日期：2026-12-09 作者：&nbsp; "
        f"来源：办公室 【字体：大 中 小】</td></tr><tr><td>{body}</td></tr><tr><td>[<a>打印本页</a>]</td></tr></table></td>"
        "</tr></table><table><tr><td>版权所有：某某市能源局 您是第 123456 位访问者</td></tr></table></body></html>"
    )


def account(page: Page) -> str:
    """An article of an official account: who posted it, when and from where."""
    body = "".join(f"<section><span>{line}</span></section>" for line in page.lines)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><meta property='og:title' content='{page.title}'>"
        f"<title></title></head><body><div><h1 id='activity-name'>{page.title}</h1><div><span>原创</span> "
        "<span>云南能源</span> <a>云南能源</a> <em>2026年12月9日 18:00</em> <em>云南</em></div>"
        f"<div id='js_content'>{body}<section>编辑：小王</section><section>审核：老李</section></div>"
        "<div>阅读 1024</div></div></body></html>"
    )


LAYOUTS = (modern, particulars, listed, tables, account)
_LINES = ("p", "div", "br", "tr", "h1", "h2", "h4", "li", "section", "ul", "table")


def pasted(html: str) -> str:
    """A page marked whole in the browser and pasted into a text file."""
    tree = lxml.html.fromstring(html)
    for bad in list(tree.iter("script", "style", "head")):
        bad.drop_tree()
    for element in tree.iter():
        element.tail = ("\n" if element.tag in _LINES else " ") + (element.tail or "")
    return re.sub(r"\s*\n\s*", "\n", tree.text_content()).strip()
