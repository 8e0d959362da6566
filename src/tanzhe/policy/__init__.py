"""An official document -> goals, tasks, responsible bodies, indicators."""

from tanzhe.policy.json import policy_json
from tanzhe.policy.read import read_policy
from tanzhe.policy.tables.rules_draft import draft_rule_set

__all__ = ["draft_rule_set", "policy_json", "read_policy"]
