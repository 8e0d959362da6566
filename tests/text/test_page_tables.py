"""Tables of web pages: merged cells stay in line, tables that arrange the page are no tables."""

from tanzhe.text import read_bytes

PROSE = "各市要加强组织领导，落实责任，按季度报送进展情况，省发展改革委将适时通报。"


def text(body: str) -> str:
    page = f"<html><head><title>关于下达指标的通知</title></head><body>{body}</body></html>"
    return read_bytes(page.encode(), "text/html").text


def rows(body: str) -> list[list[str]]:
    lines = [line for line in text(body).split("\n") if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    return [row for row in cells if not set("".join(row)) <= set("-")]


def test_merged_cells_stand_in_every_row_and_column_they_cover() -> None:
    table = (
        "<table><tr><th rowspan=2>类型</th><th rowspan=2>指标</th><th colspan=2>目标值</th></tr>"
        "<tr><th>2027年</th><th>2030年</th></tr>"
        "<tr><td rowspan=2>核心</td><td>绿电占比</td><td>50%</td><td>70%</td></tr>"
        "<tr><td>能耗</td><td colspan=2>≤0.3</td></tr></table>"
    )
    assert rows(f"<p>{PROSE}</p>{table}<p>{PROSE}</p>") == [
        ["类型", "指标", "目标值", "目标值"],
        ["类型", "指标", "2027年", "2030年"],
        ["核心", "绿电占比", "50%", "70%"],
        ["核心", "能耗", "≤0.3", "≤0.3"],
    ]


def test_a_table_that_arranges_the_page_leaves_no_pipes() -> None:
    inner = f"<table><tr><td>关于节电的通知</td></tr><tr><td>{PROSE * 8}</td></tr></table>"
    said = text(
        f"<table><tr><td><a>首页</a></td></tr></table><table><tr><td>{inner}</td></tr></table>"
    )
    assert PROSE in said and "|" not in said


def test_spans_without_sense_do_no_harm() -> None:
    table = "<table><tr><td rowspan=99999999 colspan=-3>甲</td><td rowspan='x'>乙</td></tr></table>"
    assert "甲" in text(f"<p>{PROSE}</p>{table}")


def test_particulars_of_a_page_are_kept() -> None:
    listed = "<ul><li><b>索引号：</b>1153/2026</li><li><b>发文字号：</b>某发〔2026〕3号</li></ul>"
    assert "发文字号：\t某发〔2026〕3号" in text(f"{listed}<div><p>{PROSE * 3}</p></div>")
