"""Where an account departs from what annex 4 itself says of factors."""

from collections.abc import Iterator

from tanzhe.errors import listed
from tanzhe.model import Note
from tanzhe.notes import note_of
from tanzhe.parks.account.account import Account
from tanzhe.parks.account.fuels import sign
from tanzhe.rulebook.documents import CITABLE, rule_documents

_PRESCRIBED = "national_database"  # the fuel set of 国家温室气体排放因子数据库


def method_notes(account: Account) -> Iterator[Note]:
    """Notes on factors that are not of the database the method names, and on rules not read.

    Args:
        account: of the park's year.

    Note:
        Annex 4, 二（三）2: factors are those of the national database of greenhouse-gas emission
        factors. A park's own or another guideline's may be better; it is said, not refused.
    """
    rows = [row for row in account.park.fuels if sign(row.purpose)]
    yield from _certificates(account)
    other = listed(
        row.id for row in rows if row.factor_tco2 is not None or row.factor_set != _PRESCRIBED
    )
    if other.zh:
        yield note_of("factors_not_of_database", other=other)


def _certificates(account: Account) -> Iterator[Note]:
    """Rules on certificates that moved and whose clauses the rulebook does not hold."""
    park = account.park
    if not any(row.certificates for row in park.electricity):
        return
    for one in rule_documents():
        moved = one.bears_on == "certificates" and one.state in CITABLE
        if moved and park.year >= int(one.date[:4]):
            yield Note(
                code=f"rules_moved.{one.id}",
                zh=f"《{one.title}》（{one.issuer}，{one.date}）已施行，规则库没有读到："
                f"{'；'.join(one.unknown)}。绿证核销请以其原文为准。",
                en=f"《{one.title}》 ({one.issuer}, {one.date}) is in force; the rulebook could "
                "not "
                f"read {'; '.join(one.unknown)}: certificates are cancelled by its text.",
            )
