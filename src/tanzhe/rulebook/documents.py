"""Documents the rules stand in, with what is known of each and what is not."""

from functools import cache
from typing import Literal

from pydantic import Field

from tanzhe.errors import InputError
from tanzhe.faults import fault_of
from tanzhe.model import Record
from tanzhe.rulebook.reading import data_folder, record_or_faults
from tanzhe.rulebook.strict_yaml import read_yaml

_FILE = "documents.yaml"
State = Literal["in_force", "trial", "draft", "standard_plan", "news", "lead"]
# A lead is one second-hand record: it may be shown as such, and never stands behind a number.
CITABLE: tuple[State, ...] = ("in_force", "trial")


class RuleDocument(Record):
    """One document.

    Attributes:
        id: what `tanzhe rules show` takes.
        title: without the issuer.
        number: as far as read.
        issuer: as far as read.
        date: day, month or year.
        date_kind: signed, published, or only reported.
        state: in force (trial included), draft, a plan of a standard, news, or a lead.
        address: of the issuer where known, else of a copy.
        known: one sentence each.
        unknown: one sentence each.
        seen: where that was read.
        bears_on: what of an account it may change from its year on, though not read in full.
    """

    id: str
    title: str
    number: str = ""
    issuer: str
    date: str = Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")
    date_kind: Literal["signed", "published", "reported"]
    state: State
    address: str = ""
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    seen: str
    bears_on: Literal["", "certificates"] = ""


@cache
def rule_documents() -> tuple[RuleDocument, ...]:
    """All documents, in the order of the file.

    Raises:
        InputError: the packaged file is faulty.

    Example:
        >>> {one.id: one.state for one in rule_documents()}["order-42"]
        'lead'
    """
    tree = read_yaml(data_folder().joinpath(_FILE).read_text(encoding="utf-8"), name=_FILE)
    found: dict[str, RuleDocument] = {}
    for row in tree["documents"]:
        one, faults = record_or_faults(RuleDocument, row, where=f"{_FILE}: {row.get('id')}")
        if one is None:
            raise InputError(*faults)
        if one.id in found:
            raise InputError(fault_of("rulebook.documents.twice", id=one.id, where=_FILE))
        found[one.id] = one
    return tuple(found.values())
