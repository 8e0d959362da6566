"""Where a result goes and in which form: one way for every command."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import click

from tanzhe.api.files.forms import ENDINGS, FORMS, form_of, no_form, write
from tanzhe.api.files.handed import write_whole
from tanzhe.cli.shared.language import of_documents
from tanzhe.errors import InputError
from tanzhe.faults import fault_of
from tanzhe.reports.forms import find_form

Command = TypeVar("Command", bound=Callable[..., Any])
_BOM = b"\xef\xbb\xbf"


def file_option(command: Command) -> Command:
    """-o/--out FILE, of commands that answer on the terminal and write a file beside it."""
    return click.option(
        "-o",
        "--out",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="另写成文件，结尾决定格式 write a file too, its ending decides: " + " ".join(ENDINGS),
    )(command)


def form_options(command: Command) -> Command:
    """-o/--out FILE|FOLDER and --format, of every command that has a result to hand over."""
    decorated: Any = command
    for decorate in (
        click.option(
            "-o",
            "--out",
            type=click.Path(path_type=Path),
            metavar="FILE|FOLDER",
            help="写入的文件，结尾决定格式；或文件夹 file, its ending decides; or folder",
        ),
        click.option(
            "--format", "format_", metavar="FORM", help=f"格式 format: {' | '.join(FORMS)}"
        ),
    ):
        decorated = decorate(decorated)
    return cast(Command, decorated)


class Target(NamedTuple):
    """Where a result goes.

    Attributes:
        form: name of the form; None: as the command shows it on a terminal.
        out: the file or folder; None: the terminal.
        is_file: whether `out` is the file itself.
    """

    form: str | None
    out: Path | None
    is_file: bool = False

    def write(self, content: bytes, name: str) -> Path | None:
        """Hand the content over: to the file, into the folder, or to the terminal.

        Args:
            content: the bytes in the form.
            name: of the file in a folder, without its ending.

        Returns:
            The file; None where it went to the terminal.
        """
        if self.out is None:
            click.echo(content.removeprefix(_BOM).decode(), nl=False)
            return None
        ending = find_form(self.form or "").suffix
        path = self.out if self.is_file else self.out / f"{name}{ending}"
        written = write_whole(path, content)
        click.echo(written)
        return written

    def hand_over(self, product: object, name: str, *, otherwise: str = "txt") -> None:
        """A result in the form asked for.

        Args:
            product: as `tanzhe.api.files.forms.write` takes it.
            name: of the file in a folder, without its ending.
            otherwise: the form where none was asked for.
        """
        form = self.form or otherwise
        goal = self._replace(form=form)
        goal.write(write(product, form, of_documents()).content, name)


def target(out: Path | None, form: str | None, *, as_json: bool = False) -> Target:
    """Where a result goes, checked before any work is done for it.

    Args:
        out: from -o/--out.
        form: from --format.
        as_json: from --json, the short way to say --format json.

    Raises:
        UnknownName: no such form.
        InputError: a file whose ending is of another form, or of none; a form that is no text and
            has nowhere to go.
    """
    form = "json" if as_json else form
    if form is not None:
        find_form(form)
    named = None if out is None or out.is_dir() else form_of(out)
    if named is not None and form is not None and named.name != form:
        raise InputError(fault_of("cli.forms.two_forms", form=form, where=str(cast(Path, out))))
    if named is not None:
        return Target(named.name, out, is_file=True)
    if out is not None and out.suffix and not out.is_dir():
        raise InputError(no_form(out))
    if out is None and form is not None and not find_form(form).is_text:
        raise InputError(fault_of("cli.forms.needs_file", form=form, where=f"--format {form}"))
    return Target(form, out)
