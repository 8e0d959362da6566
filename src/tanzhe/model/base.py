"""What every record has in common, and the notes and manifests that travel with results."""

from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from tanzhe.errors import Language, Words
from tanzhe.writing import written

# Told by long work: what is being done, how many are done, how many there are (0: not known).
Progress = Callable[[Words, int, int], None]


def silent(what: Words, done: int, total: int) -> None:
    """The `Progress` that says nothing."""


class Record(BaseModel):
    """A frozen, keyword-only record that refuses unknown fields and saves to readable JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Result(Record):
    """A result that is handed over whole, in any form.

    Attributes:
        made: UTC time, ISO 8601, of a result without a manifest, which says it else; "" where
            nobody said. It dates files and is no part of the answer.
    """

    made: str = Field(default="", exclude=True, repr=False)

    @property
    def moment(self) -> str:
        """When it was made, UTC, ISO 8601, by its manifest or by `made`; "" where nobody says."""
        manifest = getattr(self, "manifest", None)
        return (manifest.created if manifest else self.made).replace("Z", "+00:00")

    def save(self, path: str | Path, language: Language = "zh", *, register: str = "plain") -> Path:
        """Write it to a file whose ending decides the form.

        Args:
            path: the file, e.g. `gansu.docx`, `.pdf`, `.xlsx`, `.json`; an existing one is
                replaced.
            language: zh or en.
            register: raw, plain, formal or brief; of reports only.

        Returns:
            The file.

        Raises:
            InputError: no form has this ending, or the file cannot be written.
        """
        return written(self, path, language, register)


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
