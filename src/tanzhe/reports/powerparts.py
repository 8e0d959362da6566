"""Power as a system: what water, sun, wind, consumption and exchange did to thermal power."""

from tanzhe.reports.findings import Findings
from tanzhe.reports.ledger import Ledger, said
from tanzhe.reports.powerpage import change_words
from tanzhe.reports.tree import Block


def power_section(ledger: Ledger, findings: Findings) -> Block:
    """One sentence a change: the last twelve months, then each episode."""
    system = findings.power
    if system is None:
        return Block(kind="section", about="power")
    # An episode is told against the expected path where that is known, and once.
    told = {change.episode or change.of: change for change in reversed(system.changes)}
    order = [change for change in system.changes if change is told[change.episode or change.of]]
    last = [change for change in order if change.of == "twelve_months"]
    episodes = [change for change in order if change.of == "episode"]
    sentences = tuple(
        said(
            "power",
            text=ledger.enter("text", f"power {change.periods[0]} {change.of}", words),
        )
        for change in (*last, *episodes)
        for words in [change_words(system, change)]
    )
    return Block(kind="section", about="power", sentences=sentences)
