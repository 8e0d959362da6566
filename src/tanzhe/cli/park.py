"""`tanzhe park`: zero-carbon parks."""

import click


@click.group()
def park() -> None:
    """零碳园区 Zero-carbon parks: assess, template, plan, compare."""
