"""Where an account departs from what annex 4 itself says of factors."""

from collections.abc import Iterator

from tanzhe.errors import listed
from tanzhe.model import Note
from tanzhe.parks.account.account import Account
from tanzhe.parks.account.fuels import sign

_PRESCRIBED = "national_database"  # the fuel set of 国家温室气体排放因子数据库


def method_notes(account: Account) -> Iterator[Note]:
    """A note on the rows of fuel whose factors are not of the database the method names.

    Args:
        account: of the park's year.

    Note:
        Annex 4, 二（三）2: factors are those of the national database of greenhouse-gas emission
        factors. A park's own or another guideline's may be better; it is said, not refused.
    """
    rows = [row for row in account.park.fuels if sign(row.purpose)]
    other = listed(
        row.id for row in rows if row.factor_tco2 is not None or row.factor_set != _PRESCRIBED
    )
    if other.zh:
        yield Note(
            code="factors_not_of_database",
            zh=f"{other.zh} 的燃料因子不是国家温室气体排放因子数据库的值：核算方法（附件4 "
            "二（三）2）规定采用该数据库，申报时请说明所用因子的依据。",
            en=f"{other.en}: the method names the national database of emission factors; "
            "say why another factor is used.",
        )
