"""The `tanzhe` command: its commands, shared options, errors and exit codes."""

import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import click

from tanzhe.cli.shared import failure, terminal
from tanzhe.cli.shared.arguments import readable, refuse_special_files
from tanzhe.cli.shared.help import LazyGroup, lang_option
from tanzhe.cli.shared.language import kept
from tanzhe.cli.shared.printing import say
from tanzhe.errors import TanzheError
from tanzhe.registries import declared

INTERRUPTED = 130
# The commands in the order of the help page, each with the module that says it has it.
_PLACES = {
    command: (place, module)
    for module, places in declared("tanzhe.cli", "ON_HELP_PAGE").items()
    for command, place in places.items()
}
COMMANDS = {name: _PLACES[name][1] for name in sorted(_PLACES, key=lambda name: _PLACES[name])}


@click.group(
    cls=LazyGroup,
    homes=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=[lang_option()],
)
@click.version_option(package_name="tanzhe", prog_name="tanzhe")
def cli() -> None:
    """碳折 tanzhe：碳排放何时转折、变了多少、为什么、谁说的.

    When a Chinese province's CO2 emissions turned, by how much, why, and who says so.

    退出码：0 完成；1 检查有发现；2 用法或输入有误；3 数据源失败；70 程序出错；130 中断。

    Exit codes: 0 done; 1 a finding where a check was asked; 2 wrong use or bad input; 3 a source
    failed; 70 a fault of the program; 130 interrupted.
    """


def main() -> None:
    """Run the command line; errors become messages and exit codes, never tracebacks."""
    terminal.start_in_utf8()
    terminal.guard_streams()
    debug = "--debug" in sys.argv
    if not debug:
        warnings.simplefilter("ignore")  # of libraries; what a user should know is a message
    arguments = [readable(argument) for argument in sys.argv[1:] if argument != "--debug"]
    with kept():
        code = _flushed(_run(arguments, debug=debug))
    sys.exit(code)


def _run(arguments: Sequence[str], *, debug: bool) -> int:
    try:
        refuse_special_files(arguments)
        done = cli.main(list(arguments), prog_name="tanzhe", standalone_mode=False)
        return done if isinstance(done, int) else 0
    except (KeyboardInterrupt, click.Abort):
        say("已中断", "Interrupted", err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the reader of a pipe has seen enough; Click leaves so
        terminal.give_up_output()
        return 0
    except Exception as error:
        if debug:
            failure.trace(error)
        return _told(error, arguments)


def _told(error: Exception, arguments: Sequence[str]) -> int:
    """Say what went wrong; the exit code."""
    if isinstance(error, TanzheError):
        failure.told(error)
        return error.exit_code
    if isinstance(error, click.ClickException):
        failure.told_wrong_use(error)
        return failure.WRONG_USE
    if isinstance(error, OSError):
        failure.told_system(error)
        return failure.WRONG_USE
    failure.told_ours(error, arguments, _folder(arguments))
    return failure.OURS


def _folder(arguments: Sequence[str]) -> Path:
    """The workspace that was meant, whatever else is wrong."""
    from tanzhe.workspace import folder_of

    for at, one in enumerate(arguments):
        if one == "--workspace" and at + 1 < len(arguments):
            return folder_of(arguments[at + 1])
        if one.startswith("--workspace="):
            return folder_of(one.partition("=")[2])
    return folder_of(None)


def _flushed(code: int) -> int:
    """Write what is left; a full disk is told, a reader that has gone is not."""
    if sys.stdout is None:
        return code
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        terminal.give_up_output()
    except OSError as error:
        terminal.give_up_output()
        failure.told_system(error)
        return failure.WRONG_USE
    return code
