"""What can be wrong with readings: kinds in the words of the trade, and what to do about each."""

from typing import Literal, NamedTuple

from tanzhe import bundled
from tanzhe.errors import Words
from tanzhe.meters.clock import said_time
from tanzhe.model import Record
from tanzhe.rulebook.strict_yaml import read_yaml
from tanzhe.terms import words_of

Level = Literal["fault", "advice", "note"]
LEVELS: dict[Level, Words] = words_of("meters.findings.levels")


class FindingKind(NamedTuple):
    """A kind of finding: its name, how grave it is, and what to do."""

    name: Words
    level: Level
    do: Words


def _kinds() -> dict[str, FindingKind]:
    text = bundled.text("tanzhe.meters.data", "findings.yaml")
    tree = read_yaml(text, name="findings.yaml")
    shared = {name: Words(**words) for name, words in tree["remedies"].items()}
    return {
        kind: FindingKind(
            Words(one["zh"], one["en"]),
            one["level"],
            shared.get(one["do"]) or Words(one["do"], one["do_en"]),
        )
        for kind, one in tree["kinds"].items()
    }


KINDS = _kinds()
_NOTHING = Words("", "")


class Finding(Record):
    """One thing found in readings.

    Attributes:
        kind: of `KINDS`.
        level: fault, advice or note.
        meter: whose readings, or of the parent.
        channel: which figure of it.
        begin: first touched instant, seconds UTC.
        end: last one.
        count: readings or slots touched.
        file: where the first of them stood, or "".
        line: its row there, or 0.
        zh: with numbers, in Chinese.
        en: the same in English.
    """

    kind: str
    level: Level
    meter: str
    channel: str = "register"
    begin: int
    end: int
    count: int = 1
    file: str = ""
    line: int = 0
    zh: str = ""
    en: str = ""

    @property
    def where(self) -> str:
        """Meter, stretch of time and row of the file."""
        span = said_time(self.begin)
        if self.end != self.begin:
            span = f"{span} — {said_time(self.end)}"
        place = f"（{self.file} 第 {self.line} 行 row {self.line}）" if self.file else ""
        return f"{self.meter} {span}{place}"


def finding(
    kind: str, meter: str, begin: int, end: int | None = None, *, told: Words = _NOTHING,
    count: int = 1, channel: str = "register", level: Level | None = None,
) -> Finding:  # fmt: skip
    """A finding with the level of its kind."""
    return Finding(
        kind=kind, level=level or KINDS[kind].level, meter=meter, channel=channel,
        begin=int(begin), end=int(begin if end is None else end), count=count,
        zh=told.zh, en=told.en,
    )  # fmt: skip
