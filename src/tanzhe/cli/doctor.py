"""`tanzhe doctor`: what is missing or wrong, and what to do."""

from pathlib import Path

import click

from tanzhe.api.house.doctor import examine
from tanzhe.api.house.doctor_checks import Check, State
from tanzhe.cli.shared.answers import json_option
from tanzhe.cli.shared.language import said
from tanzhe.cli.shared.options import examined_workspace_option
from tanzhe.cli.shared.printing import echo_json, say
from tanzhe.errors import Words
from tanzhe.terms import words_of

# Its place on the help page.
ON_HELP_PAGE = {"doctor": 250}

_STATES: dict[State, Words] = words_of("cli.doctor.states")


@click.command("doctor")
@json_option
@examined_workspace_option
def doctor_command(as_json: bool, folder: Path | None) -> int:
    """检查安装和环境 What is missing or wrong on this computer; exit code 1 when something is."""
    checks = examine(folder)
    wrong = sum(one.state == "wrong" for one in checks)
    if as_json:
        tree = {"wrong": wrong, "checks": [_as_json(one) for one in checks]}
        echo_json(tree)
        return min(wrong, 1)
    for one in checks:
        click.echo(f"[{said(_STATES[one.state])}] {one.name}: {said(one.says)}")
        if one.do.zh:
            click.echo(f"    {said(one.do)}")
    say(
        f"有问题 {wrong} 项" if wrong else "没有发现问题",
        f"Wrong: {wrong}" if wrong else "Nothing is wrong",
    )
    return min(wrong, 1)


def _as_json(one: Check) -> dict[str, object]:
    return {
        "name": one.name,
        "state": one.state,
        "says": {"zh": one.says.zh, "en": one.says.en},
        "do": {"zh": one.do.zh, "en": one.do.en},
    }
