"""The Word form of an audit: what was found stands in the margin of the line it is about."""

import io

from docx import Document

from tanzhe.api.files.forms import write
from tanzhe.api.reports.audit import audit

REPORT = """# 云南省工业碳排放转折点分析

## 转折点：2021年9月

1. **事件名称**：限电
   - **发生时间**：2026年13月
   - **信息来源网址**：[示例](http://example.com/2021/09/a.html)
"""


def test_each_finding_is_a_comment_on_its_line(tmp_path) -> None:
    (tmp_path / "r.md").write_text(REPORT, encoding="utf-8")
    found = audit(tmp_path / "r.md")
    raw = write(found, "docx").content
    assert raw == write(found, "docx").content  # no clock in it
    document = Document(io.BytesIO(raw))
    comments = {one.comment_id: one.text for one in document.comments}
    assert len(comments) == len(found.findings) > 0
    marked: dict[int, str] = {}
    for paragraph in document.paragraphs:
        for one in paragraph._p.xpath("./w:commentRangeStart/@w:id"):
            marked[int(one)] = paragraph.text
    month = next(one for one in found.findings if "13月" in one.explanation)
    (about,) = [id for id, text in comments.items() if month.explanation in text]
    assert marked[about].replace("\u2060", "") == "- 发生时间：2026年13月"
    english = Document(io.BytesIO(write(found, "docx", "en").content))
    assert any(month.explanation_en in one.text for one in english.comments)
    # Elsewhere the remark stands below its line.
    markdown = write(found, "md").content.decode()
    assert markdown.index("发生时间：2026年13月") < markdown.rindex(month.explanation)
