"""A `Report` in a register's words, each fact marked with its id: what `marked` reads."""

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from tanzhe.errors import Language
from tanzhe.numerals import spoken
from tanzhe.reports.facts.factmarks import capitalized
from tanzhe.reports.facts.tree import Block, Report
from tanzhe.reports.registers.register import Register
from tanzhe.reports.registers.views import BlockView, Speech
from tanzhe.reports.words.vocabulary import label

if TYPE_CHECKING:  # loaded with the first template
    from jinja2 import Environment


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # No HTML escape here: facts are made inert for Markdown, and the HTML renderer escapes.
    environment = Environment(
        loader=PackageLoader("tanzhe.reports", "registers"),
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["ordinal"] = spoken
    environment.filters["capitalize_first"] = capitalized
    return environment


def worded(report: Report, register: Register, language: Language) -> str:
    """The report in words, with facts in their marks.

    Args:
        report: the tree.
        register: whose order and words to use.
        language: Chinese or English.
    """
    speech = Speech({f.id: f for f in report.facts}, language, register.names == "full")
    blocks = {block.about: block for block in report.blocks}
    there = [blocks[about] for about in register.order if about in blocks]
    shown = [block for block in there if not _is_empty(block)]
    numbered = [b.about for b in shown if b.kind == "section"]
    template = _environment().get_template(f"{register.name}/{language}.md.j2")
    text = template.render(
        title=BlockView(blocks["title"], speech),
        sections=[BlockView(block, speech) for block in shown],
        footnotes=BlockView(blocks["footnotes"], speech),
        label=partial(label, language=language, tone=register.tone),
        nth={about: spoken(at) for at, about in enumerate(numbered, 1)},
        to=register.range[language],
    )
    return _tidy(text if register.length == "full" else _without_idle_notes(text))


def _is_empty(block: Block) -> bool:
    return block.kind != "chart" and not block.sentences and not block.blocks


def _without_idle_notes(text: str) -> str:
    """A short text does not refer to every note; the others are not printed."""
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    return re.sub(
        r"^\[\^(\d+)\]: .*$", lambda m: m[0] if m[1] in used else "", text, flags=re.MULTILINE
    )


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    lines = re.sub(r"(?<=[^\n])\n(?=#{1,4} )", "\n\n", lines)
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
