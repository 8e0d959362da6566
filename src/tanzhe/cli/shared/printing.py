"""How sentences and results are printed."""

import json

import click

from tanzhe.cli.shared.language import said
from tanzhe.errors import Words


def say(zh: str | Words, en: str = "", *, joint: str = " ", err: bool = False) -> None:
    """Print a sentence in the language chosen, or in both.

    Args:
        zh: the Chinese, or both.
        en: the English, where `zh` is the Chinese alone.
        joint: what stands between the two.
        err: on standard error.
    """
    click.echo(said(zh, en, joint=joint), err=err)


def json_text(tree: object) -> str:
    """A result as JSON: Chinese as it is, two blanks a level."""
    return json.dumps(tree, ensure_ascii=False, indent=2)


def echo_json(tree: object) -> None:
    """Print a result as JSON."""
    click.echo(json_text(tree))
