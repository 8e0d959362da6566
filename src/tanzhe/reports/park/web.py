"""A paper as one HTML file: no script, nothing loaded from elsewhere."""

from html import escape

from tanzhe.characters import unsteered
from tanzhe.reports.charts import standalone
from tanzhe.reports.park.paper import Attachment, Block, Heading, Paper, Paragraph, Picture, Table

_STYLE = """
body{max-width:46rem;margin:3rem auto;padding:0 1.2rem;color:#1a1a1a;background:#fff;
font:17px/1.8 "FangSong","仿宋","Noto Serif CJK SC",serif}
h1{text-align:center;font-size:1.7rem;line-height:1.5;margin:0 0 2rem;white-space:pre-line}
h2,h3{font-size:1.1rem;margin:1.6rem 0 .4rem}
h2{font-family:"SimHei","黑体","Noto Sans CJK SC",sans-serif}
h3{font-weight:normal;font-family:"KaiTi","楷体",serif}
p{margin:.3rem 0;text-indent:2em;text-align:justify}
p.right{text-align:right;margin:2rem 4em 0 0}p.list{margin-top:2rem}p.small{font-size:.8rem}
div.table{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;width:100%;font-size:.85rem;line-height:1.45}
caption{font-weight:bold;padding:.3rem}th,td{border:1px solid #666;padding:.3rem .5rem}
th{background:#eee;white-space:pre-line}tr.sum td{font-weight:bold}
td.right{text-align:right}td.centre{text-align:center}
section.attachment{break-before:page;border-top:2px solid #999;margin-top:3rem;padding-top:1rem}
figure{margin:1rem 0;text-align:center}figure svg{max-width:100%;height:auto}
ol.notes{font-size:.8rem;border-top:1px solid #999;margin-top:3rem;padding-top:.5rem}
@media print{body{margin:0;max-width:none}}
"""


def render_web(paper: Paper) -> str:
    """The text of an .html file; every word of the park is escaped.

    Args:
        paper: the finished paper.
    """
    notes: list[str] = []
    body = "\n".join(_block(block, notes) for block in paper.blocks)
    title = escape(paper.title.replace("\n", ""))
    listed = "\n".join(
        f'<li id="note{n}">{escape(text)} <a href="#mark{n}" aria-label="回到正文">↑</a></li>'
        for n, text in enumerate(notes, 1)
    )
    end = f'<ol class="notes">\n{listed}\n</ol>' if notes else ""
    return unsteered(
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(paper.title)}</h1>\n{body}\n{end}\n</body>\n</html>\n"
    )


def _block(block: Block, notes: list[str]) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
        case Paragraph():
            return _paragraph(block, notes)
        case Table():
            return _table(block)
        case Picture():
            caption = escape(block.caption)
            return f"<figure>{standalone(block.svg)}<figcaption>{caption}</figcaption></figure>"
        case Attachment():
            return f'<section class="attachment"></section>\n<h1>附件\n{escape(block.title)}</h1>'


def _paragraph(block: Paragraph, notes: list[str]) -> str:
    parts = []
    for one in block.runs:
        parts.append(escape(one.text))
        if one.note:
            notes.append(one.note)
            n = len(notes)
            parts.append(f'<sup><a id="mark{n}" href="#note{n}">{n}</a></sup>')
    return f'<p class="{block.about}">{"".join(parts)}</p>'


def _table(block: Table) -> str:
    unit = f"（{block.unit}）" if block.unit else ""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in block.head)
    rows = []
    for number, cells in enumerate(block.rows, 1):
        sum_ = ' class="sum"' if block.bold_last and number == len(block.rows) else ""
        told = "".join(
            f'<td class="{side}">{escape(text)}</td>'
            for text, side in zip(cells, block.align, strict=True)
        )
        rows.append(f"<tr{sum_}>{told}</tr>")
    body = "\n".join(rows)
    return (
        f'<div class="table"><table>\n<caption>{escape(block.caption + unit)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>"
    )
