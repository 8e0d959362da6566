"""Workbooks and reports of a park as files.

What writes and reads them is imported when first needed: it takes a quarter of a second, and most
commands do neither.
"""

import io
from collections.abc import Sequence
from pathlib import Path

from tanzhe.api.files.forms import ENDINGS, form_of, write
from tanzhe.api.files.handed import check_name, write_whole
from tanzhe.errors import InputError, Language
from tanzhe.faults import fault_of
from tanzhe.model.park import Assessment
from tanzhe.parks.entry.source import ParkSource
from tanzhe.rulebook import asked_rule_set
from tanzhe.workspace import Workspace

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")


def write_template(
    out: Path,
    *,
    rules: Sequence[str | Path] = (),
    example: bool = False,
    overwrite: bool = False,
    workspace: Workspace | None = None,
) -> Path:
    """Write the workbook that a park fills in.

    Args:
        out: an .xlsx file.
        rules: ids of rule sets, or YAML files, whose indicators are asked for; none: of all.
        example: filled in for a made-up park.
        overwrite: whether an existing file may be replaced.
        workspace: where confirmed rule sets are kept.

    Returns:
        The file written.

    Raises:
        InputError: another suffix, an existing file, a folder that cannot be written to, or an
            unknown rule set.
    """
    check_name(out, (".xlsx",), overwrite=overwrite)
    return write_whole(out, template_bytes(rules=rules, example=example, workspace=workspace))


def template_bytes(
    *,
    rules: Sequence[str | Path] = (),
    example: bool = False,
    workspace: Workspace | None = None,
) -> bytes:
    """The workbook that a park fills in, as the content of a file.

    Args:
        rules: as `write_template` takes them.
        example: filled in for a made-up park.
        workspace: where confirmed rule sets are kept.

    Raises:
        InputError: an unknown rule set.
    """
    folder = workspace.folder if workspace is not None else None
    sets = [asked_rule_set(one, folder=folder) for one in rules]
    from tanzhe.parks.office import example_park, office_options, options_of, template

    options = options_of(sets) if sets else office_options()
    book = template(options, example_park() if example else None)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def write_park_report(
    result: Assessment,
    out: Path,
    *,
    earlier: Sequence[Assessment] = (),
    base_year: int | None = None,
    application: bool = False,
    overwrite: bool = False,
    language: Language = "zh",
) -> Path:
    """Write an assessment in the form that its file's ending stands for.

    Args:
        result: from `tanzhe.api.parks.assessment.assess`.
        out: the file; its suffix says the kind.
        earlier: assessments of years before, for the tables by year.
        base_year: with which years are compared; of the application the document's.
        application: in the outline of annex 2 of 发改环资〔2025〕910号, as a draft; no workbook.
        overwrite: whether an existing file may be replaced.
        language: zh or en.

    Returns:
        The file written.

    Raises:
        InputError: another suffix, an existing file, or a folder that cannot be written to.
    """
    check_report_name(out, overwrite=overwrite)
    content = rendered_report(
        result, _ending(out), earlier=earlier, base_year=base_year, application=application,
        language=language,
    )  # fmt: skip
    return write_whole(out, content)


def _ending(out: Path) -> str:
    """The ending that stands for a form, e.g. `.iamc.csv`."""
    form = form_of(out)
    return form.suffix if form is not None else out.suffix.lower()


def check_report_name(out: Path, *, overwrite: bool = False) -> None:
    """Refuse a name that cannot or must not be written, before any work is done for it.

    Raises:
        InputError: another suffix, or an existing file.
    """
    check_name(out, ENDINGS, overwrite=overwrite)


def rendered_report(
    result: Assessment,
    suffix: str,
    *,
    earlier: Sequence[Assessment] = (),
    base_year: int | None = None,
    application: bool = False,
    language: Language = "zh",
) -> bytes:
    """An assessment as the content of a file, as `write_park_report` writes it."""
    from tanzhe.reports.park.years import ParkYears
    from tanzhe.reports.products.parkapplication import ParkApplication

    form = form_of(Path(f"x{suffix}"))
    assert form is not None
    if application and form.name == "xlsx":
        raise InputError(fault_of("api.office.rendered_report"))
    kind = ParkApplication if application else ParkYears
    told = kind(result=result, earlier=tuple(earlier), base_year=base_year)
    return write(told, form.name, language).content


def is_workbook(path: Path) -> bool:
    """Whether a file is to be read as a workbook, or refused as one: by its name."""
    return path.suffix.lower() in _WORKBOOKS


def read_park_workbook(path: Path) -> ParkSource:
    """The entries of a filled template.

    Raises:
        InputError: every fault at once, with sheet and cell.
    """
    from tanzhe.parks.office import office_options, read_workbook

    return read_workbook(path, office_options())
