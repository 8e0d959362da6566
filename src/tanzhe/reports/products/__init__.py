"""Products as pages: a function each, from a result to a `Page`.

A new product is one function and one line in `PRODUCTS`; it then has every form.
"""

from collections.abc import Mapping
from importlib import import_module

from tanzhe.errors import Fault, InputError, Language, Words, listed
from tanzhe.reports.pages.page import Page

_SERIES = "tanzhe.reports.products.seriespages"
# The class of a result: the module and the function that make its page.
PRODUCTS: Mapping[str, tuple[str, str]] = {
    "Findings": ("tanzhe.reports.render", "report_page"),
    "TurningPoints": (_SERIES, "turns_page"),
    "Episodes": (_SERIES, "episodes_page"),
    "PeakStatus": (_SERIES, "peak_page"),
    "EventEffect": (_SERIES, "effect_page"),
    "EventEffects": (_SERIES, "effects_page"),
    "Assessment": ("tanzhe.reports.products.parkassessment", "assessment_page"),
    "Plan": ("tanzhe.reports.products.parkplan", "plan_page"),
    "Comparison": ("tanzhe.reports.products.parkcomparison", "comparison_page"),
    "FootprintResult": ("tanzhe.reports.products.footprintreport", "footprint_page"),
    "Audit": ("tanzhe.reports.products.auditreport", "audit_page"),
    "PolicyDocument": ("tanzhe.reports.products.policydocument", "policy_page"),
    "PowerSystem": ("tanzhe.reports.products.powersystem", "power_page"),
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
    home, function = PRODUCTS[name]
    make = getattr(import_module(home), function)
    page: Page = (
        make(product, register, language) if name == "Findings" else make(product, language)
    )
    return page


def _unknown(name: str) -> Fault:
    known = listed(tuple(PRODUCTS))
    return Fault(
        what=Words(f"这种结果不能成文：{name}", f"Nothing is written of a {name}"),
        do=Words(f"可以用：{known.zh}", f"Available: {known.en}"),
    )
