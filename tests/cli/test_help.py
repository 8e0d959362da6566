"""Every line of help is there in both languages, and fits."""

import inspect
import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from tanzhe.cli.main import COMMANDS, cli
from tanzhe.cli.shared.aligned import width, wrapped
from tanzhe.cli.shared.language import split

CHINESE = re.compile(r"[\u3400-\u9fff]")


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(cli)
    waiting = [(name, cli.get_command(context, name)) for name in COMMANDS]
    yield "", cli
    while waiting:
        path, command = waiting.pop()
        assert command is not None
        yield path, command
        if isinstance(command, click.Group):
            waiting += [(f"{path} {name}", one) for name, one in command.commands.items()]


ALL = list(commands())


@pytest.mark.parametrize(("path", "command"), ALL, ids=[path for path, _ in ALL])
def test_every_help_text_is_in_both_languages(path: str, command: click.Command) -> None:
    for option in command.params:
        if isinstance(option, click.Option) and option.name not in ("help", "version"):
            words = split(option.help or "")
            assert CHINESE.search(words.zh), f"{path} {option.opts}: no Chinese"
            assert words.en.strip() and not CHINESE.search(words.en), f"{path} {option.opts}"
    for language in ("zh", "en"):
        done = CliRunner().invoke(cli, [*path.split(), "--help", "--lang", language])
        assert done.exit_code == 0 and "\b" not in done.output and "\\b" not in done.output
        assert all(width(line) <= 80 for line in done.output.splitlines())
        # Examples of what to type may be Chinese; sentences may not.
        told = re.sub(r"tanzhe .*", "", done.output) if language == "en" else done.output
        told = "\n".join(told.splitlines()[1:])
        assert bool(CHINESE.search(told)) is (language == "zh"), told


@pytest.mark.parametrize(("path", "command"), ALL, ids=[path for path, _ in ALL])
def test_both_languages_where_nobody_chose(path: str, command: click.Command) -> None:
    done = CliRunner(env={"TANZHE_LANG": ""}).invoke(cli, [*path.split(), "--help"])
    assert "用法 Usage" in done.output and "--lang" in done.output
    told = inspect.cleandoc(command.help or "")
    assert CHINESE.search(told), f"{path}: its docstring says it in Chinese, then in English"


def test_wrapping_keeps_words_and_signs_together() -> None:
    text = "云南省的工业排放（按产量估算）在2021年5月下降12.3%，至2021-12回升。See docs/turning.md"
    for most in range(8, 90):
        lines = wrapped(text, most, indent="  ")
        assert all(width(line) <= most for line in lines)
        assert "".join("".join(lines).split()) == "".join(text.split())
        if most > 20:
            assert not any(line.lstrip().startswith(("，", "）", "。")) for line in lines)
            assert any("2021-12" in line for line in lines)
    assert wrapped("", 10) == [] and wrapped("长" * 30, 10) == ["长" * 5] * 6


@pytest.mark.parametrize(
    ("path", "command"), [one for one in ALL if one[0] and isinstance(one[1], click.Group)]
)
def test_a_group_that_lists_its_commands_lists_all(path: str, command: click.Group) -> None:
    named = split((command.help or "").splitlines()[0]).en.partition(": ")[2].rstrip(".")
    if ", " in named:
        assert set(named.split(", ")) == set(command.commands), path
