"""Products as pages: a function each, from a result to a `Page`.

A new product is one module here that says `PAGES`; it then has every form.
"""

from collections.abc import Mapping
from inspect import signature

from tanzhe.errors import Fault, InputError, Language, listed
from tanzhe.faults import fault_of
from tanzhe.registries import attribute, declared
from tanzhe.reports.pages.page import Page

# By the class of a result: the module that makes its page, and the function.
PRODUCTS: Mapping[str, tuple[str, str]] = {
    result: (module, function)
    for module, pages in declared(__name__, "PAGES").items()
    for result, function in pages.items()
}


def page_of(product: object, language: Language = "zh", *, register: str = "plain") -> Page:
    """The page of a result.

    Args:
        product: of a class in `PRODUCTS`.
        language: zh or en.
        register: raw, plain, formal or brief; of reports only.

    Raises:
        InputError: the result has no page.
    """
    name = type(product).__name__
    if name not in PRODUCTS:
        raise InputError(_unknown(name))
    make = attribute(__name__, *PRODUCTS[name])
    told = {"register": register} if "register" in signature(make).parameters else {}
    page: Page = make(product, language, **told)
    return page


def _unknown(name: str) -> Fault:
    known = listed(tuple(PRODUCTS))
    return fault_of("reports.products.unknown", name=name, known=known)
