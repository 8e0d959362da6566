"""What the pages share: the workspace, work under way and its answers."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tanzhe.api import Inquiry, effect, event_effects, investigate, load
from tanzhe.api import report as reported
from tanzhe.api.overview import Overview, overview
from tanzhe.errors import InputError, Language, Words
from tanzhe.model import EventEffect, EventEffects, Series
from tanzhe.places import place_of
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.pages.page import Page
from tanzhe.reports.products.findings import report_page
from tanzhe.sectors import sector_of
from tanzhe.web.jobs import Job, Jobs
from tanzhe.web.settings import Settings
from tanzhe.workspace import Workspace
from tanzhe.workspace.reviews import Reviews

# Folders of a workspace whose files change what an answer rests on.
_RESTED_ON = ("output", "downloads", "chronicle")


class Asked(NamedTuple):
    """A series as an address names it."""

    region: str
    sector: str
    data: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None


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
        self.jobs = Jobs()
        self.workspace, self.unkept = _opened(settings.workspace)

    @property
    def folder(self) -> Path | None:
        """Of the workspace; None where it has none."""
        return None if self.workspace is None else self.workspace.folder

    def close(self) -> None:
        """End all work and close the workspace."""
        self.jobs.close()
        if self.workspace is not None:
            self.workspace.close()

    def stamp(self) -> tuple[tuple[str, int | str], ...]:
        """Changes when a source, record or document enters or leaves the workspace."""
        if self.workspace is None:
            return ()
        kept = self.workspace
        library = (("in", len(kept)), ("out", len(kept.retired())), ("reviews", _decided(kept)))
        found = (path for name in _RESTED_ON for path in (self.workspace.folder / name).glob("*"))
        return (*library, *sorted((str(path), path.stat().st_mtime_ns) for path in found))

    def overview(
        self, sector: str, as_of: str | None = None, *, ahead: bool = False
    ) -> Job[Overview]:
        """All provinces in a sector; `ahead` of anybody who waits for it."""
        name = sector_words(sector)
        title = Words(f"各省{name.zh}", f"{name.en}: all provinces")
        return self.jobs.ask(
            ("overview", sector, as_of, self.stamp()), title,
            lambda told: overview(sector, as_of=as_of, workspace=self.workspace, progress=told),
            ahead=ahead,
        )  # fmt: skip

    def told(self, asked: Asked) -> Job[Told]:
        """A series with everything a report says of it."""
        return self.jobs.ask(
            ("told", asked, self.stamp()), series_words(asked.region, asked.sector),
            lambda progress: Told(
                investigate(
                    self._load(asked), Inquiry(library=True), workspace=self.workspace,
                    progress=progress,
                )
            ),
        )  # fmt: skip

    def effect(self, asked: Asked, event: str) -> Job[EventEffect]:
        """What one event of the chronicle did to a series."""
        where = series_words(asked.region, asked.sector)
        return self.jobs.ask(
            ("effect", asked, event, self.stamp()),
            Words(f"{where.zh}：事件的作用", f"{where.en}: effect of an event"),
            lambda _: effect(self._load(asked), event=event, workspace=self.workspace),
        )

    def effects(self, region: str, sector: str) -> Job[EventEffects]:
        """What all catalogued events did to a series."""
        where = series_words(region, sector)
        return self.jobs.ask(
            ("effects", region, sector, self.stamp()),
            Words(f"{where.zh}：各事件的作用", f"{where.en}: effects of events"),
            lambda _: event_effects(region, [sector], workspace=self.workspace),
        )

    def _load(self, asked: Asked) -> Series:
        return load(
            asked.region, asked.sector, asked.data, since=asked.since, until=asked.until,
            as_of=asked.as_of, workspace=self.workspace,
        )  # fmt: skip


def _opened(folder: Path | None) -> tuple[Workspace | None, str]:
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


def region_words(region: str) -> Words:
    """The name of a region; a user's own keeps its name."""
    place = place_of(region)
    return Words(place.zh, place.en) if place else Words(region, region)


def sector_words(sector: str) -> Words:
    """The name of a sector or product; a user's own keeps its name."""
    known = sector_of(sector)
    return Words(known.zh, known.en) if known else Words(sector, sector)


def series_words(region: str, sector: str) -> Words:
    """The name of a series: 云南工业; Yunnan, industry."""
    where, what = region_words(region), sector_words(sector)
    return Words(f"{where.zh}{what.zh}", f"{where.en}, {what.en[:1].lower()}{what.en[1:]}")
