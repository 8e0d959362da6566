"""The `tanzhe` command: shared options, errors and exit codes."""

import sys
from importlib.metadata import version

import click

from tanzhe.cli.audit import audit
from tanzhe.cli.chronicle import chronicle
from tanzhe.cli.data import data
from tanzhe.cli.docs import docs
from tanzhe.cli.episodes import episodes_command
from tanzhe.cli.park import park
from tanzhe.cli.peak import peak_command
from tanzhe.cli.policy import policy
from tanzhe.cli.report import report
from tanzhe.cli.rules import rules
from tanzhe.cli.turns import turns
from tanzhe.errors import TanzheError

INTERRUPTED = 130
WRONG_USE = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("tanzhe"), prog_name="tanzhe")
def cli() -> None:
    r"""碳折 tanzhe：碳排放何时转折、变了多少、为什么、谁说的.

    When a Chinese province's CO2 emissions turned, by how much, why, and who says so.

    \b
    退出码 Exit codes: 0 完成 done; 1 检查有发现 a finding where a check was asked;
    2 用法或输入有误 wrong use or bad input; 3 数据源失败 a source failed; 130 中断 interrupted.
    """


for command in (
    turns,
    episodes_command,
    peak_command,
    report,
    audit,
    policy,
    park,
    rules,
    data,
    docs,
    chronicle,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; errors become messages and exit codes, never tracebacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles may not be UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        code = cli.main(arguments, prog_name="tanzhe", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except TanzheError as error:
        if debug:
            raise
        _say(error)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(f"用法有误 Wrong use: {error.format_message()}", err=True)
        click.echo("查看帮助 For help: tanzhe --help", err=True)
        sys.exit(WRONG_USE)
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断 Interrupted", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        sys.exit(0)


def _say(error: TanzheError) -> None:
    """Every fault once in Chinese and once in English."""
    for fault in error.faults:
        place = f"[{fault.where}] " if fault.where else ""
        click.echo(f"错误：{place}{fault.what.zh}。{fault.do.zh}。", err=True)
        click.echo(f"Error: {place}{fault.what.en}. {fault.do.en}.", err=True)
