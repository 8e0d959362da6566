"""Every result in every form: what the command line, the web page and `.save` write.

What a form needs is imported when it is first written.
"""

from pathlib import Path
from typing import NamedTuple

from tanzhe.api.files.handed import write_whole
from tanzhe.errors import Fault, InputError, Language, listed
from tanzhe.faults import fault_of
from tanzhe.reports.forms import FORMS as _FORMS
from tanzhe.reports.forms import Form, find_form, find_renderer
from tanzhe.reports.products import page_of

FORMS: tuple[str, ...] = tuple(_FORMS)
# Other endings that people give to files of a form.
_OTHER_ENDINGS = {".markdown": "md", ".htm": "html"}
# What a file's name may end in, for `check_name`.
ENDINGS = tuple(
    dict.fromkeys([*(f".{form.suffix.rpartition('.')[2]}" for form in _FORMS.values()),
                   *_OTHER_ENDINGS])
)  # fmt: skip


class Written(NamedTuple):
    """A result in a form.

    Attributes:
        content: the bytes of the file.
        media: its media type.
        suffix: how its name ends.
    """

    content: bytes
    media: str
    suffix: str


def write(
    product: object, form: str, language: Language = "zh", *, register: str = "plain"
) -> Written:
    """A result in a form.

    Args:
        product: what `investigate`, `turning_points`, `episodes`, `peak`, `effect`,
            `event_effects`, `power`, `audit`, `read_policy`, `assess`, `compare`, `plan` or
            `product_footprint` gave.
        form: one of `FORMS`.
        language: zh or en.
        register: raw, plain, formal or brief; of reports only.

    Returns:
        Its bytes, media type and ending; the same result in the same form gives the same bytes.

    Raises:
        UnknownName: no such form or register; the message lists the available ones.
        InputError: no such product, or it has nothing that this form can hold.

    Example:
        >>> from tanzhe import load, peak
        >>> write(peak(load("云南", "水泥")), "csv").media
        'text/csv; charset=utf-8'
    """
    known = find_form(form)
    content = find_renderer(form)(page_of(product, language, register=register))
    return Written(content, known.media, known.suffix)


def save(
    product: object, path: str | Path, language: Language = "zh", *, register: str = "plain"
) -> Path:
    """Write a result to a file whose ending decides the form.

    Args:
        product: as `write` takes it.
        path: the file, e.g. `gansu.docx`; an existing one is replaced.
        language: zh or en.
        register: raw, plain, formal or brief; of reports only.

    Returns:
        The file.

    Raises:
        InputError: no form has this ending, or the file cannot be written.
    """
    path = Path(path)
    form = form_of(path)
    if form is None:
        raise InputError(no_form(path))
    return write_whole(path, write(product, form.name, language, register=register).content)


def form_of(path: Path) -> Form | None:
    """The form that a file's ending stands for; None where no form has it."""
    name = path.name.lower()
    if path.suffix.lower() in _OTHER_ENDINGS:
        return _FORMS[_OTHER_ENDINGS[path.suffix.lower()]]
    fitting = [form for form in _FORMS.values() if name.endswith(form.suffix)]
    return max(fitting, key=lambda form: len(form.suffix), default=None)


def no_form(path: Path) -> Fault:
    """The fault of a file whose ending stands for no form."""
    endings = listed([form.suffix for form in _FORMS.values()])
    return fault_of("api.forms.no_form", endings=endings, where=str(path))
