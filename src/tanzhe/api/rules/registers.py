"""The registers of the rulebook: documents, standards on energy of products, zero-carbon parks."""

from tanzhe.names import folded
from tanzhe.rulebook.documents import RuleDocument, rule_documents
from tanzhe.rulebook.energy_standards import EnergyStandard, energy_standards
from tanzhe.rulebook.park_register import RegisteredPark, parks_in

DOCUMENTS, STANDARDS = "documents", "energy_standards"


def registered(id: str) -> tuple[RuleDocument, ...] | tuple[EnergyStandard, ...]:
    """What a register holds under an id; empty where none knows it.

    Args:
        id: `documents`, `energy_standards`, the id or number of a document, or the number of a
            standard with or without its year.

    Example:
        >>> [one.number for one in registered("GB 16780")]
        ['GB 16780-2021']
    """
    wanted = folded(id)
    if wanted == folded(DOCUMENTS):
        return rule_documents()
    if wanted == folded(STANDARDS):
        return energy_standards()
    documents = tuple(
        one for one in rule_documents() if wanted in (folded(one.id), folded(one.number or one.id))
    )
    return documents or tuple(
        one
        for one in energy_standards()
        if wanted in (folded(one.number), folded(one.number.rpartition("-")[0]))
    )


def list_parks(region: str | None = None) -> tuple[RegisteredPark, ...]:
    """The zero-carbon parks of a region, or all.

    Raises:
        UnknownName: nobody knows the region.
    """
    return parks_in(region)
