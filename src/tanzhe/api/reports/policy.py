"""Reading an official document, and its indicator table as a draft rule set."""

from pathlib import Path

from tanzhe.errors import Fault, InputError, NotFound, why_not
from tanzhe.faults import fault_of
from tanzhe.model.policy import PolicyDocument
from tanzhe.model.run import dated
from tanzhe.policy.read import read_policy as read
from tanzhe.policy.tables.rules_draft import draft_rule_set
from tanzhe.rulebook import dump_rule_set
from tanzhe.text import read_bytes, read_document
from tanzhe.workspace import Workspace


def read_policy(file: str | Path) -> PolicyDocument:
    """What an official document says: goals, tasks, indicators, dates, each with its passage.

    Args:
        file: .txt, .md, .html, .docx or .pdf.

    Returns:
        A document with `is_policy` False for news, reports and anything else.

    Raises:
        InputError: missing, broken, of an unknown kind, or not what its name says.
        NoText: empty, or a scan without text.
        TooLarge: beyond the limit of files.
    """
    return dated(read(read_document(file)))


def read_policy_text(text: str, name: str) -> PolicyDocument:
    """What an official document says that is at hand as text.

    Args:
        text: of the document.
        name: what messages call it.

    Raises:
        NoText: nothing in it.
        TooLarge: beyond the limit of files.
    """
    return dated(read(read_bytes(text.encode(), "text/plain", name)))


def read_kept_policy(workspace: Workspace, sha256: str) -> PolicyDocument:
    """What an official document of the library says.

    Args:
        workspace: where it is archived.
        sha256: of its bytes.

    Raises:
        NotFound: the library has no such document.
        NoText: empty, or a scan without text.
    """
    stored, raw = workspace.document(sha256), workspace.bytes_of(sha256)
    if stored is None or raw is None:
        raise NotFound(fault_of("api.policy.not_held", where=sha256))
    return dated(read(read_bytes(raw, stored.media_type, stored.name)))


def draft_rules(policy: PolicyDocument) -> str:
    """The indicators of a policy as a draft rule set in YAML, to be confirmed by a person.

    Raises:
        InputError: no indicator was read.
    """
    return dump_rule_set(draft_rule_set(policy))


def write_draft_rules(policy: PolicyDocument, out: str | Path) -> Path:
    """Write the indicators of a policy as a draft rule set, to be confirmed by a person.

    Args:
        policy: from `read_policy`.
        out: a new .yaml file; an existing one is not overwritten.

    Returns:
        The file.

    Raises:
        InputError: the file exists or cannot be written, or no indicator was read.
    """
    path = Path(out)
    if path.exists():
        raise InputError(fault_of("api.policy.exists", where=str(path)))
    text = draft_rules(policy)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise InputError(_unwritable(path, error)) from error
    return path


def _unwritable(path: Path, error: OSError) -> Fault:
    why = why_not(error)
    return fault_of("api.policy.unwritable", why=why, where=str(path))
