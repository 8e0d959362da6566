"""The chart as a file of its own, its colours written into every shape.

A code host shows an SVG as a picture and may drop its style sheet; what stands in attributes
stays. Dark and light are one picture then: light, on white; for paper there is the print one.
"""

import re
from xml.etree import ElementTree

from tanzhe import bundled
from tanzhe.reports.charts.tokens import coloured

SVG = "http://www.w3.org/2000/svg"
PAPER = "#ffffff"
# A picture beside the text of a page is read at about this width.
PICTURE_WIDTH = 960

_RULE = re.compile(r"(?P<selector>[^{}@]+)\{(?P<body>[^{}]*)\}")
_SIMPLE = re.compile(r"(?:^|\s)(?P<tag>[a-z]*)(?P<classes>(?:\.[\w-]+)+)$")

Style = dict[str, str]
Rule = tuple[str, frozenset[str], Style]


def standalone(chart: str, *, printed: bool = False) -> str:
    """The chart with inlined colours, without style sheet, variables and classes.

    Args:
        chart: the wide picture of a `Drawing`.
        printed: in the colours of paper.
    """
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(chart)
    sheet = bundled.text("tanzhe.reports.forms", "chart.css")
    sheet = coloured(sheet)
    rules = _rules(_without_media(_for_print(sheet) if printed else sheet))
    for shape in root.iter():
        _dress(shape, rules)
    _, _, width, height = root.attrib["viewBox"].split()
    root.attrib |= {"width": str(PICTURE_WIDTH), "height": _scaled(width, height)}
    paper = ElementTree.Element(f"{{{SVG}}}rect", width=width, height=height, fill=PAPER)
    root.insert(0, paper)  # behind everything
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _scaled(width: str, height: str) -> str:
    return f"{PICTURE_WIDTH * float(height) / float(width):.0f}"


def _for_print(sheet: str) -> str:
    """The colours of print said last, so that they hold."""
    return re.sub(r"@media print\{(.*)\}$", r"\1", sheet, flags=re.MULTILINE)


def _without_media(sheet: str) -> str:
    return "\n".join(line for line in sheet.splitlines() if not line.startswith("@media"))


def _rules(sheet: str) -> list[Rule]:
    """The rules of our own sheet, weakest first: a tag and more classes win, then the later."""
    found = []
    for order, match in enumerate(_RULE.finditer(sheet)):
        body = dict(part.split(":", 1) for part in match["body"].split(";") if part)
        simple = _SIMPLE.search(match["selector"].strip())
        assert simple is not None, match["selector"]
        classes = frozenset(simple["classes"][1:].split("."))
        found.append(((len(classes), simple["tag"] != "", order), (simple["tag"], classes, body)))
    colours = {k: v for _, (_, _, body) in found for k, v in body.items() if k.startswith("--")}
    return [
        (tag, classes, {k: _coloured(v, colours) for k, v in body.items() if k not in colours})
        for _, (tag, classes, body) in sorted(found, key=lambda one: one[0])
    ]


def _coloured(value: str, colours: Style) -> str:
    return re.sub(r"var\((--[\w-]+)\)", lambda m: colours[m[1]], value)


def _dress(shape: ElementTree.Element, rules: list[Rule]) -> None:
    """Write what the sheet says of a shape into its attributes."""
    worn = set(shape.attrib.pop("class", "").split())
    tag = shape.tag.split("}")[-1]
    for wanted, classes, body in rules:
        if wanted in ("", tag) and classes <= worn:
            shape.attrib |= {name: value.replace('"', "'") for name, value in body.items()}
