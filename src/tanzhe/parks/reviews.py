"""The next review a park faces."""

from tanzhe.model.rules import Review, RuleSet


def next_review(rules: RuleSet, year: int) -> Review | None:
    """The first review of a rule set in or after a year, e.g. Yunnan's mid-term evaluation.

    Example:
        >>> from tanzhe.rulebook import rule_set
        >>> next_review(rule_set("cn-yn-2025-987"), 2025).date
        '2026-12'
        >>> next_review(rule_set("cn-yn-2025-987"), 2027) is None
        True
    """
    ahead = [review for review in rules.reviews if review.date[:4] >= f"{year:04d}"]
    return min(ahead, key=lambda review: review.date, default=None)
