"""What pushed thermal power: which reasons are named, and by which word."""

from collections.abc import Sequence

from tanzhe.errors import Words
from tanzhe.model import PowerChange, PowerShare, PowerSystem
from tanzhe.reports.words.dates import range_words

NET_EXCHANGE = "net_exchange"
CONSUMPTION = "electricity_consumption"
# Half of all that pushed that way is the main reason; less than a tenth is not named.
MOST, NAMED = 0.5, 0.1
A_YEAR = 11


def leading(change: PowerChange) -> list[PowerShare]:
    """What pushed thermal generation the way it went, largest first."""
    return [one for one in change.shares if one.share is not None and one.share >= NAMED]


def opposing(change: PowerChange) -> list[PowerShare]:
    """What pushed the other way, where it is a tenth of all that pushed along."""
    along = sum(abs(one.contribution) for one in change.shares if one.share is not None)
    return [
        one for one in change.shares
        if one.share is None and abs(one.contribution) >= NAMED * along
    ]  # fmt: skip


def push_option(system: PowerSystem, one: PowerShare) -> str:
    """Which label of `power_change` tells what a term did."""
    rose, term = one.change > 0, one.term
    if term == NET_EXCHANGE and sends_out(system):
        term, rose = "net_sending", not rose
    return f"{term}_{'up' if rose else 'down'}"


def sends_out(system: PowerSystem) -> bool:
    """Whether more is generated than used, so that net exchange is better told as sending out."""
    return sum(value for value in system.net_exchange if value is not None) < 0


def months_words(periods: Sequence[str]) -> Words:
    """A run of merged periods; a first February begins in its January."""
    first, last = periods[0], periods[-1]
    start = f"{first[:4]}-01" if first.endswith("-02") else first
    return range_words(start, last)
