"""Help pages in the language chosen, with Chinese characters counted as two columns."""

import ast
import re
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

import click

from tanzhe.cli.shared.aligned import width, wrapped
from tanzhe.cli.shared.language import (
    VARIABLE,
    choose,
    chosen,
    kept,
    of_documents,
    resolved,
    said,
    split,
)
from tanzhe.errors import Words

_HEADINGS = {
    "Usage": Words("用法", "Usage"),
    "Options": Words("选项", "Options"),
    "Commands": Words("命令", "Commands"),
    "Arguments": Words("参数", "Arguments"),
}
_CLICKS_OWN = {
    "Show this message and exit.": "显示帮助 show this help and exit",
    "Show the version and exit.": "显示版本 show the version and exit",
}
_HOME = "tanzhe.cli"
_GAP, _NARROWEST = 2, 24  # columns between names and their help, and of the help at least
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class HelpFormatter(click.HelpFormatter):
    """Click's pages, wrapped by width and in one language where one was chosen."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage."""
        super().write_usage(prog, args, f"{said(_HEADINGS['Usage'])}: ")

    def write_heading(self, heading: str) -> None:
        """A heading."""
        words = _HEADINGS.get(heading)
        super().write_heading(heading if words is None else said(words))

    def write_text(self, text: str) -> None:
        """Paragraphs; each of those in the other language is left out."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(_paragraphs(text)):
            if number:
                self.write("\n")
            for line in wrapped(paragraph, self.width - self.current_indent):
                self.write(f"{indent}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = _GAP
    ) -> None:
        """Names and their help in two columns."""
        rows = list(rows)
        indent = " " * self.current_indent
        first = min(max((width(name) for name, _ in rows), default=0), col_max) + _GAP
        for name, text in rows:
            told = resolved(_CLICKS_OWN.get(text, text))
            lines = wrapped(told, max(_NARROWEST, self.width - self.current_indent - first))
            if width(name) + _GAP <= first:
                gap = " " * (first - width(name))
                self.write(f"{indent}{name}{gap}{lines[0] if lines else ''}".rstrip() + "\n")
                lines = lines[1:]
            else:
                self.write(f"{indent}{name}\n")
            for line in lines:
                self.write(f"{indent}{' ' * first}{line}\n")


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a docstring in the language chosen."""
    blocks = [" ".join(block.split()) for block in text.split("\n\n")]
    parts = [_plain(block.replace("\b", "").strip()) for block in blocks]
    return [told for part in parts if part and (told := _in_language(part))]


def _plain(paragraph: str) -> str:
    """A docstring's last full stop is for its readers in the source."""
    ends = paragraph.endswith(".") and _CHINESE.search(paragraph[-12:])
    return paragraph[:-1] if ends else paragraph


def _in_language(paragraph: str) -> str:
    words = split(paragraph)
    if words.zh != words.en:
        return resolved(paragraph)
    language = "zh" if _CHINESE.search(paragraph) else "en"
    return paragraph if chosen() in (None, language) else ""


class HelpContext(click.Context):
    """A context whose help is ours."""

    formatter_class = HelpFormatter


_LANGUAGE = f"界面和文字的语言 language (or set {VARIABLE})"


def lang_option() -> click.Option:
    """--lang zh|en, of every command; where it stands is taken before anything is parsed."""
    return click.Option(
        ["--lang"],
        type=click.Choice(["zh", "en"]),
        expose_value=False,
        help=_LANGUAGE,
    )


def prepared(command: click.Command) -> click.Command:
    """A command with our help, and --lang where it has none of its own; its commands too."""
    command.context_class = HelpContext
    command.short_help = command.short_help or _summary(command.help or "")
    own = [option for option in command.params if option.name == "lang"]
    for option in own:
        option.default = of_documents  # of the whole command line, where it is not said here
        option.show_default = False  # type: ignore[attr-defined]
        option.help = option.help or _LANGUAGE
    if not own:
        command.params.append(lang_option())
    if isinstance(command, click.Group):
        for one in command.commands.values():
            prepared(one)
    return command


def _summary(text: str) -> str:
    """The first paragraph of a docstring without its example and full stop."""
    first = " ".join(text.strip().partition("\n\n")[0].split())
    return re.split(r"[:：]\s*(?=tanzhe )", first)[0].removesuffix(".")


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used.

    Args:
        homes: name of each command to the module of `tanzhe.cli` that has it, as `NAME_command` or
            `NAME`.
    """

    context_class = HelpContext

    def __init__(self, *args: Any, homes: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._homes = dict(homes)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in order."""
        return [*self._homes]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, imported now."""
        home = self._homes.get(cmd_name)
        if home is None:
            return None
        module = import_module(f"{_HOME}.{home}")
        found: click.Command = getattr(module, f"{cmd_name}_command", None) or getattr(
            module, cmd_name
        )
        return prepared(found)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, read from their sources: importing them all takes seconds."""
        rows = [(name, _summary(_docstring(home, name))) for name, home in self._homes.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run a command; one that ends the process by itself leaves no language behind."""
        with kept() if settings.get("standalone_mode", True) else nullcontext():
            return super().main(*args, **settings)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the language first, so that help and errors that follow are in it."""
        if (word := choose(args)) is not None:
            raise click.BadParameter(
                f"“{word}” 不是 zh 或 en “{word}” is neither zh nor en", ctx, param_hint="--lang"
            )
        return super().parse_args(ctx, args)


@cache
def _docstring(module: str, command: str) -> str:
    """The docstring of a command, without importing its module."""
    source = files(_HOME).joinpath(f"{module}.py").read_text(encoding="utf-8")
    named = {n.name: n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)}
    found = named.get(f"{command}_command") or named.get(command)
    return (ast.get_docstring(found) or "") if found else ""
