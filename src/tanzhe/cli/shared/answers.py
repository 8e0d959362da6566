"""What a command found, printed in words or as JSON; input that is refused likewise."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NamedTuple

import click

from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.printing import echo_json
from tanzhe.errors import InputError
from tanzhe.parks.assessment.json import refusal_json

json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON 格式 write JSON")


class Answer(NamedTuple):
    """What a command found.

    Attributes:
        tree: for programs, of plain values.
        lines: for people.
        exit_code: of the command.
    """

    tree: object
    lines: Iterable[str]
    exit_code: int = 0


def answers(command: Callable[..., Answer]) -> Callable[..., None]:
    """--json, of a command that returns its answer; it is printed as asked for."""

    @wraps(command)
    def asked(*args: Any, as_json: bool, **others: Any) -> None:
        context = click.get_current_context()
        with refusals_as_json(context, as_json):
            answer = command(*args, **others)
        if as_json:
            echo_json(answer.tree)
        else:
            click.echo("\n".join(answer.lines))
        context.exit(answer.exit_code)

    return json_option(asked)


@contextmanager
def refusals_as_json(context: click.Context, wanted: bool) -> Iterator[None]:
    """Print every fault of refused input as `{"errors": [...]}` and leave with its exit code.

    Args:
        context: of the command.
        wanted: whether JSON was asked for; else the error goes on to be told in words.
    """
    try:
        yield
    except InputError as error:
        if not wanted:
            raise
        echo_json(refusal_json(error.faults, of_documents()))
        context.exit(error.exit_code)
