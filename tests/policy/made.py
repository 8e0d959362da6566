"""The invented documents of tests/rules/policy*.yaml, and reading them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tanzhe.model.policy import PolicyDocument
from tanzhe.policy.read import read_policy
from tanzhe.text import read_bytes

RULES = Path(__file__).parents[1] / "rules"
CASES = tuple(
    RULES / f"policy{name}.yaml"
    for name in ("", "_provinces", "_goals", "_definitions", "_markdown", "_web")
)


@cache
def cases() -> tuple[dict[str, Any], ...]:
    """The cases as an officer wrote them."""
    texts = [path.read_text(encoding="utf-8") for path in CASES]
    return tuple(case for text in texts for case in yaml.safe_load(text))


def read(text: str) -> PolicyDocument:
    """A text as `tanzhe policy` reads a .txt file."""
    return read_policy(read_bytes(text.encode(), "text/plain"))


def task_words(policy: PolicyDocument) -> list[str]:
    """Tasks in the form of the cases."""
    found = []
    for task in policy.tasks:
        roles: dict[str, list[str]] = {}
        for body in task.responsible_bodies:
            roles.setdefault(body.role, []).append(body.name)
        said = "; ".join(f"{role}: {'、'.join(names)}" for role, names in roles.items())
        found.append(f"{task.number} {task.heading} | {said}".strip())
    return found


def indicator_words(policy: PolicyDocument) -> list[str]:
    """Indicators in the form of the cases; those of a target year end with it."""
    return [
        f"{i.kind} | {i.name} | {i.operator} | {i.value:.10g} | {i.unit} | {i.condition}"
        f"{f' | {i.by_year}' if i.by_year else ''}".strip()
        for i in policy.indicators
        if i.value is not None
    ]


def goal_words(policy: PolicyDocument) -> list[str]:
    """Goals with a number in the form of the cases, by year or month."""
    return [
        f"{g.metric} | {g.operator or '-'} | {g.value:.10g} | {g.unit} | {g.by}"
        for g in policy.goals
        if g.value is not None
    ]
