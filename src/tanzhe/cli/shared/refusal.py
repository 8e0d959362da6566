"""Refused input as JSON, for commands that were asked for JSON."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from tanzhe.cli.shared.language import of_documents
from tanzhe.cli.shared.printing import echo_json
from tanzhe.errors import InputError
from tanzhe.parks.assessment.json import refusal_json


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
