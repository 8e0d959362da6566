"""From a series to a report: where it stands, what happened, main products, evidence, words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tanzhe.api.evidence.added_events import AddedFinder
from tanzhe.api.evidence.documents import own_chronicles
from tanzhe.api.evidence.finders import Notice, unnoticed
from tanzhe.api.evidence.online import check_sources, finders_of
from tanzhe.api.evidence.reviews import ReviewedFinder, keep_found
from tanzhe.api.reports.grounds import documents_of, grounds, with_words
from tanzhe.api.series._growing import Growing
from tanzhe.api.series.balance import balance_of
from tanzhe.api.series.effects import event_effects
from tanzhe.api.series.episode import episodes
from tanzhe.api.series.turning import A_YEAR, NBS, main_products, turning_points
from tanzhe.errors import InputError, Language, Words
from tanzhe.evidence.finders.find import ChronicleFinder, Finder, LibraryFinder
from tanzhe.evidence.gather import gather
from tanzhe.model import (
    Alongside,
    Episodes,
    EventEffects,
    Evidence,
    ManifestInput,
    PeakStatus,
    Progress,
    Series,
    TurningPoints,
    new_manifest,
    silent,
)
from tanzhe.peaks.peak import peak_status
from tanzhe.periods import Month
from tanzhe.reports import Findings, render
from tanzhe.reports.facts.selection import largest
from tanzhe.reports.registers.polishing import Polish
from tanzhe.series.calendar import monthly
from tanzhe.series.standing import alongside, standing
from tanzhe.turning import is_searchable
from tanzhe.workspace import Workspace
from tanzhe.workspace.reviews import Reviews

WINDOW = (-2, 3)


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """What to look for beside the turning points.

    Attributes:
        top: weak signals fill the list of durable points up to so many.
        docs: folders or files of the user's documents to search.
        window: months before and after a point's interval in which events may explain it.
        chronicle: files of the user's own records beside the built-in chronicle.
        find: search sources to ask: gov_cn, bocha, tavily, searxng, urls:FILE; none: no network.
        model: let the language model that the environment names propose events.
        offline: open no socket, whatever `find` and `model` say.
        library: search the documents that the workspace keeps, too.
    """

    top: int = 0
    docs: tuple[Path, ...] = ()
    window: tuple[int, int] = WINDOW
    chronicle: tuple[Path, ...] = ()
    find: tuple[str, ...] = ()
    model: bool = False
    offline: bool = False
    library: bool = False

    @property
    def asks_network(self) -> bool:
        """Whether anything outside this computer may be asked."""
        return bool(self.find or self.model) and not self.offline

    def told(self) -> dict[str, object]:
        """What of it could change a report, for its manifest."""
        window = ",".join(map(str, self.window))
        asked = {"find": ",".join(self.find), "model": self.model, "offline": self.offline}
        return {"top": self.top, "window": window, **asked, "documents": len(self.docs)}


OFFLINE = Words(
    "离线：没有联网，--find 和 --model 未使用",
    "Offline: no network was used, --find and --model were left out",
)


def investigate(
    series: Series,
    inquiry: Inquiry | None = None,
    *,
    workspace: Workspace | None = None,
    progress: Progress = silent,
    notice: Notice = unnoticed,
    created: str | None = None,
) -> Findings:
    """Where a series stands and what happened to it and its main products, with evidence.

    Args:
        series: from `load`.
        inquiry: what else to look for; the chronicle alone when left out.
        workspace: keeps results and documents; documents need one and get a passing one if none.
        progress: told how far the work is.
        notice: told what could not be read or done, and what a language model used.
        created: UTC time that the report is said to be made; now when left out.

    Raises:
        InputError: bad series or documents, an unknown source or a missing key, with every reason.
    """
    asked = inquiry or Inquiry()
    if asked.asks_network:
        check_sources(asked.find, model=asked.model)
    months = monthly(series)
    if _is_silent(months):
        return _unsearched(months, asked, created)
    others = _searchable(series)
    steps = [Growing(progress, number, 1 + len(others)) for number in range(1 + len(others))]
    points = turning_points(series, top=asked.top, workspace=workspace, progress=steps[0])
    steps[0].done()
    products = tuple(
        _searched(one, step, workspace) for one, step in zip(others, steps[1:], strict=True)
    )
    return _findings(points, products, asked, workspace, progress, notice, created)


def _findings(
    points: TurningPoints,
    products: Sequence[Episodes],
    asked: Inquiry,
    workspace: Workspace | None,
    progress: Progress,
    notice: Notice,
    created: str | None = None,
) -> Findings:
    """What was found, with where the series stands, its peak and the evidence."""
    found = episodes(points.series) if points.found is None else points.found
    evidence, read = _evidence(found, products, asked, workspace, progress, notice)
    own = (*own_chronicles(workspace), *asked.chronicle)
    if workspace is not None:
        _keep_uses(workspace, found.series, evidence, notice)
    return Findings(
        series=found.series,
        standing=standing(found.series),
        peak=points.peak or _peak(found.series),
        found=None if found.smallest_tellable_percent is None else found,
        alongside=_alongside(found),
        products=tuple(products),
        evidence=evidence,
        effects=_effects(found.series, products, workspace),
        power=balance_of(found),
        points=points,
        offline=not asked.asks_network,
        manifest=grounds(found.manifest, asked.told(), evidence, read, own, created),
    )


def _is_silent(months: Series) -> bool:
    """Whether a series is too short or stands at zero; a negative one is refused by the search."""
    known = [value for value in months.values if value is not None]
    return not is_searchable(months) and all(value >= 0 for value in known)


def _effects(
    series: Series, products: Sequence[Episodes], workspace: Workspace | None
) -> EventEffects | None:
    """What the catalogued events of a province did; the built-in figures alone are asked."""
    if series.source != NBS or not series.region.startswith("CN-"):
        return None
    wanted = [series.sector, *(one.series.sector for one in products)]
    try:
        return event_effects(series.region, wanted, as_of=series.as_of, workspace=workspace)
    except InputError:
        return None


def _unsearched(months: Series, asked: Inquiry, created: str | None) -> Findings:
    """A series that is too short to search, or zero throughout: where it stands all the same."""
    inputs = (ManifestInput(name=months.source, sha256=months.sha256),)
    about = new_manifest(inputs, {"region": months.region, "sector": months.sector})
    return Findings(
        series=months,
        standing=standing(months),
        peak=_peak(months),
        offline=not asked.asks_network,
        manifest=grounds(about, asked.told(), (), (), (), created),
    )


def _peak(months: Series) -> PeakStatus | None:
    """Whether it has peaked; None where that cannot be judged."""
    try:
        return peak_status(months)
    except InputError:
        return None


def _alongside(found: Episodes) -> Alongside | None:
    """How all regions moved in the largest episode; in the last year where there is none."""
    one = largest(found)
    if one is not None:
        return alongside(found.series, one.begin, one.end)
    year = 1 if found.series.frequency == "year" else A_YEAR
    return alongside(found.series, found.series.periods[-year], None)


def _searched(series: Series, step: Growing, workspace: Workspace | None) -> Episodes:
    found = episodes(series, workspace=workspace, progress=step)
    step.done()
    return found


def _keep_uses(
    workspace: Workspace, series: Series, evidence: Sequence[Evidence], notice: Notice
) -> None:
    """Which documents this rests on, and which an earlier answer rested on that are gone since."""
    what = f"{series.region} {series.sector}"
    for mark in workspace.outdated(what):
        notice(
            Words(
                f"此前这个地区和部门的报告引用过“{mark.name}”，该文件已于 {mark.at[:10]} "
                "移除或更正；旧报告由这一份取代",
                f"An earlier report on this region and sector quoted “{mark.name}”, which was "
                f"removed or corrected on {mark.at[:10]}; this report supersedes it",
            )
        )
    quoted = {
        quote.document for one in evidence for linked in one.events for quote in linked.event.quotes
    }
    kept = sorted(sha256 for sha256 in quoted if sha256 in workspace)
    if kept or workspace.outdated(what):
        workspace.note_uses(kept, what)
    keep_found(workspace, evidence)


def _searchable(series: Series) -> list[Series]:
    """The main products worth a search of their own: long enough, not mostly stopped.

    A sector of one product is that product, and to search it again would say everything twice.
    """
    products = main_products(series)
    if len(products) < 2:
        return []
    return [one for one in products if is_searchable(one)]


def _evidence(
    found: Episodes,
    products: Sequence[Episodes],
    asked: Inquiry,
    workspace: Workspace | None,
    progress: Progress,
    notice: Notice,
) -> tuple[tuple[Evidence, ...], tuple[ManifestInput, ...]]:
    """What was found, and the documents that were read for it."""
    own: Finder = ChronicleFinder((*own_chronicles(workspace), *asked.chronicle))
    decided: tuple[ManifestInput, ...] = ()
    if workspace is not None and (digest := Reviews(workspace.db).digest()) is not None:
        decided = (ManifestInput(name="reviews", sha256=digest),)
        own = ReviewedFinder(own, workspace)
    if asked.offline and (asked.find or asked.model):
        notice(OFFLINE)
    kept_here = _library(asked, workspace, progress)
    if not asked.docs and not asked.asks_network:
        return _gathered(
            found, products, [own, *_reviewed(kept_here, workspace, decided)], asked,
            workspace if kept_here else None, progress,
        ), (*documents_of(kept_here), *decided)  # fmt: skip
    with (
        _some(workspace) as kept,
        finders_of(
            asked.find if asked.asks_network else (),
            asked.docs,
            kept,
            model=asked.model and asked.asks_network,
            progress=progress,
            notice=notice,
        ) as others,
    ):
        searched = [*kept_here, *others]
        asking = _reviewed(searched, kept, decided)
        evidence = _gathered(found, products, [own, *asking], asked, kept, progress)
        return evidence, (*documents_of(searched), *decided)


def _library(asked: Inquiry, workspace: Workspace | None, progress: Progress) -> list[Finder]:
    """The workspace's documents and what people added from them, where they are to be searched."""
    if not asked.library or workspace is None or not len(workspace):
        return []
    added = AddedFinder(workspace)
    return [LibraryFinder(workspace, progress), *(() if added.is_empty else (added,))]


def _reviewed(
    finders: Sequence[Finder], workspace: Workspace | None, decided: Sequence[ManifestInput]
) -> list[Finder]:
    """The finders as reviews left what they find; as they are where nothing was decided."""
    if workspace is None or not decided:
        return list(finders)
    return [ReviewedFinder(one, workspace) for one in finders]


@contextmanager
def _some(workspace: Workspace | None) -> Iterator[Workspace]:
    """The workspace, or a passing one."""
    if workspace is not None:
        yield workspace
        return
    with TemporaryDirectory() as folder, Workspace.open(folder) as passing:
        yield passing


def _gathered(
    found: Episodes,
    products: Sequence[Episodes],
    finders: Sequence[Finder],
    asked: Inquiry,
    kept: Workspace | None,
    progress: Progress,
) -> tuple[Evidence, ...]:
    text_of = kept.text_of if kept is not None else None
    return tuple(
        one
        for every in (found, *products)
        for one in gather(
            every,
            finders,
            window=asked.window,
            known_by=_known_by(found.series),
            text_of=text_of,
            progress=progress,
        )
    )


def _known_by(series: Series) -> date | None:
    """The last day whose documents are used, of a series asked as of a month."""
    return None if series.as_of is None else Month.parse(series.as_of).last_day


def report(
    points: TurningPoints | Findings,
    *,
    register: str = "plain",
    format: str = "md",
    language: Language = "zh",
    polish: Polish | None = None,
) -> str | bytes:
    """The report on turning points, in words.

    Args:
        points: from `turning_points`, then main products and the chronicle are looked up; or
            from `investigate`, then it is told as it is.
        register: raw, plain, formal or brief.
        format: md, html, json or docx.
        language: zh or en.
        polish: smooths a paragraph and changes no fact; None leaves all as the template has it.

    Returns:
        The report as text; docx as bytes.

    Raises:
        UnknownName: no such register or format.

    Example:
        >>> from tanzhe import load
        >>> text = report(turning_points(load("云南", "工业")))
        >>> "云南" in text
        True
    """
    if isinstance(points, TurningPoints):
        points = _findings_of(points)
    manifest = with_words(points.manifest, register, format, language)
    told = points.model_copy(update={"manifest": manifest})
    return render(told, register, format, language, polish=polish)


def failed_sources(findings: Findings, find: Sequence[str]) -> tuple[str, ...]:
    """The online sources that were asked and gave nothing, because they failed."""
    asked = [source.partition(":")[0] for source in find]
    unread = {one.address for each in findings.evidence for one in each.searched.unread}
    return tuple(name for name in dict.fromkeys(asked) if name in unread)


def _findings_of(points: TurningPoints) -> Findings:
    products = [episodes(one) for one in _searchable(points.series)]
    return _findings(points, products, Inquiry(), None, silent, unnoticed)
