"""What the pages share: the workspace, work under way and its answers."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tanzhe.api.reports.findings import Inquiry, investigate
from tanzhe.api.reports.findings import report as reported
from tanzhe.api.series.effects import effect, event_effects
from tanzhe.api.series.overview import Overview, overview
from tanzhe.api.series.turning import load
from tanzhe.errors import InputError, Language, Words
from tanzhe.model import EventEffect, EventEffects, Series
from tanzhe.places import region_words
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.pages.page import Page
from tanzhe.reports.products.findings import report_page
from tanzhe.sectors import sector_words
from tanzhe.web.jobs import Job, Jobs
from tanzhe.web.members import Members
from tanzhe.web.settings import Settings
from tanzhe.workspace import Workspace
from tanzhe.workspace.reviews import Reviews

# Folders of a workspace whose files change what an answer rests on: its figures, its evidence.
_FIGURES = ("output", "downloads")
_RECORDS = ("chronicle",)
# Seconds for which what others changed in the workspace may stay unseen.
_A_MOMENT = 1.0


class Asked(NamedTuple):
    """A series as an address names it."""

    region: str
    sector: str
    data: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None


class Stamp(NamedTuple):
    """What answers rest on, as signs that change with it.

    Attributes:
        figures: files of figures.
        records: documents, reviews and chronicles.
    """

    figures: tuple[Hashable, ...]
    records: tuple[Hashable, ...]


@dataclass
class Told:
    """Findings with their reports, each made once."""

    findings: Findings
    _made: dict[tuple[str, str, Language], str | bytes] = field(default_factory=dict)
    _pages: dict[tuple[str, Language], Page] = field(default_factory=dict)

    def page(self, register: str, language: Language) -> Page:
        """The report in a register as a page of the page model."""
        key = register, language
        if key not in self._pages:
            self._pages[key] = report_page(self.findings, language, register=register)
        return self._pages[key]

    def report(self, register: str, format: str, language: Language) -> str | bytes:
        """The report in a register, format and language."""
        key = register, format, language
        if key not in self._made:
            self._made[key] = reported(
                self.findings, register=register, format=format, language=language
            )
        return self._made[key]


class Desk:
    """Where pages ask the use cases; answers are kept while what they rest on stays the same."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.workspace, self.unkept = _opened(settings.workspace)
        self.members = Members(str(settings.workspace)) if settings.sign_in else None
        self.jobs = Jobs()
        self._stamped: tuple[float, Stamp] | None = None
        self._counted: dict[str, tuple[float, int]] = {}

    @property
    def folder(self) -> Path | None:
        """Of the workspace; None where it has none."""
        return None if self.workspace is None else self.workspace.folder

    def close(self) -> None:
        """End all work and close the workspace."""
        self.jobs.close()
        if self.members is not None:
            self.members.close()
        if self.workspace is not None:
            self.workspace.close()

    def stamp(self) -> Hashable:
        """Changes when a source, record or document enters or leaves the workspace."""
        return self._stamp()

    def figures(self) -> Hashable:
        """Changes when figures enter or leave the workspace: on the rest no path rests."""
        return self._stamp().figures

    def changed(self) -> None:
        """Something was changed here: the next question sees it."""
        self._stamped = None
        self._counted = {}

    def waiting(self, home: str, count: Callable[["Desk"], int] | None) -> int:
        """What waits on a page, as the top bar shows it beside its name; counted once a moment.

        Args:
            home: address of the page.
            count: counts it; None where nothing is counted.
        """
        if count is None:
            return 0
        now = time.monotonic()
        at, found = self._counted.get(home, (0.0, 0))
        if now - at > _A_MOMENT:
            found = count(self)
            self._counted[home] = now, found
        return found

    def _stamp(self) -> Stamp:
        """What answers rest on, looked at again where a moment has passed."""
        now = time.monotonic()
        if self._stamped is None or now - self._stamped[0] > _A_MOMENT:
            self._stamped = now, self._looked()
        return self._stamped[1]

    def _looked(self) -> Stamp:
        kept = self.workspace
        if kept is None:
            return Stamp((), ())
        files = {
            name: tuple(
                sorted(
                    (str(path), path.stat().st_mtime_ns) for path in (kept.folder / name).glob("*")
                )
            )
            for name in (*_FIGURES, *_RECORDS)
        }
        records = (len(kept), len(kept.retired()), _decided(kept))
        return Stamp(
            tuple(files[name] for name in _FIGURES),
            (*records, *(files[name] for name in _RECORDS)),
        )

    def overview(
        self, sector: str, as_of: str | None = None, *, ahead: bool = False
    ) -> Job[Overview]:
        """All provinces in a sector; `ahead` of anybody who waits for it."""
        name = sector_words(sector)
        title = Words(f"各省{name.zh}", f"{name.en}: all provinces")
        return self.jobs.ask(
            ("overview", sector, as_of, self.figures()), title,
            lambda told: overview(sector, as_of=as_of, workspace=self.workspace, progress=told),
            ahead=ahead,
        )  # fmt: skip

    def told(self, asked: Asked) -> Job[Told]:
        """A series with everything a report says of it."""
        return self.jobs.ask(
            ("told", asked, self.figures()), series_words(asked.region, asked.sector),
            lambda progress: Told(
                investigate(
                    self._load(asked), Inquiry(library=True), workspace=self.workspace,
                    progress=progress,
                )
            ),
            state=self.stamp,
        )  # fmt: skip

    def effect(self, asked: Asked, event: str) -> Job[EventEffect]:
        """What one event of the chronicle did to a series."""
        where = series_words(asked.region, asked.sector)
        return self.jobs.ask(
            ("effect", asked, event, self.figures()),
            Words(f"{where.zh}：事件的作用", f"{where.en}: effect of an event"),
            lambda _: effect(self._load(asked), event=event, workspace=self.workspace),
            state=self.stamp,
        )

    def effects(self, region: str, sector: str) -> Job[EventEffects]:
        """What all catalogued events did to a series."""
        where = series_words(region, sector)
        return self.jobs.ask(
            ("effects", region, sector, self.figures()),
            Words(f"{where.zh}：各事件的作用", f"{where.en}: effects of events"),
            lambda _: event_effects(region, [sector], workspace=self.workspace),
            state=self.stamp,
        )

    def _load(self, asked: Asked) -> Series:
        return load(
            asked.region, asked.sector, asked.data, since=asked.since, until=asked.until,
            as_of=asked.as_of, workspace=self.workspace,
        )  # fmt: skip


def _opened(folder: str | Path | None) -> tuple[Workspace | None, str]:
    """The workspace; where the usual one cannot be made, none and why."""
    try:
        return Workspace.open(folder), ""
    except InputError as error:
        if folder is not None:
            raise
        return None, error.said("zh")


def _decided(workspace: Workspace) -> str:
    """Changes with every review."""
    return Reviews(workspace.db).digest() or ""


def series_words(region: str, sector: str) -> Words:
    """The name of a series: 云南工业; Yunnan, industry."""
    where, what = region_words(region), sector_words(sector)
    return Words(f"{where.zh}{what.zh}", f"{where.en}, {what.en[:1].lower()}{what.en[1:]}")
