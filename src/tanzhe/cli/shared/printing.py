"""How results are printed for programs."""

import json

import click


def json_text(tree: object) -> str:
    """A result as JSON: Chinese as it is, two blanks a level."""
    return json.dumps(tree, ensure_ascii=False, indent=2)


def echo_json(tree: object) -> None:
    """Print a result as JSON."""
    click.echo(json_text(tree))
