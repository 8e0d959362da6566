"""What every record has in common, and the notes and manifests that travel with results."""

from collections.abc import Callable

from pydantic import BaseModel, ConfigDict

from tanzhe.errors import Language, Words

# Told by long work: what is being done, how many are done, how many there are (0: not known).
Progress = Callable[[Words, int, int], None]


def silent(what: Words, done: int, total: int) -> None:
    """The `Progress` that says nothing."""


class Record(BaseModel):
    """A frozen, keyword-only record that refuses unknown fields and saves to readable JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Note(Record):
    """Something that changes how a number should be read; it becomes a footnote of the report.

    Attributes:
        code: a short stable name, e.g. `indicative_levels`; the same note is printed once.
        zh: the note in Chinese, without numbers that are not also facts of the report.
        en: the same in English.
    """

    code: str
    zh: str
    en: str

    def said(self, language: Language = "zh") -> str:
        """The note in one language."""
        return self.zh if language == "zh" else self.en


class ManifestInput(Record):
    """One input of a run: its name and the sha256 of its bytes."""

    name: str
    sha256: str


class Manifest(Record):
    """What a run rested on, so that it can be repeated.

    Attributes:
        tanzhe: version of this package.
        python: version of Python.
        libraries: versions of the libraries that touch numbers, by name.
        inputs: the inputs by sha256.
        parameters: every setting that could change a number, as text.
        created: UTC time of the run, ISO 8601; the only field that differs between equal runs.
    """

    tanzhe: str
    python: str
    libraries: dict[str, str]
    inputs: tuple[ManifestInput, ...]
    parameters: dict[str, str]
    created: str
