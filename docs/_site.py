"""Documents of the repository's root join the site; links to code are told as paths."""

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

import griffe
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
DOCS = PurePosixPath("docs")
# Their names on the site, where README would be a second index.
JOINING = {path.name: path.name.replace("README", "readme") for path in sorted(ROOT.glob("*.md"))}
_LINK = re.compile(r"\[([^\]]*)\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the root, beside those of docs."""
    for name, site in JOINING.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, site, content=led(text, PurePosixPath(name))))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead the links of a page of docs to where they are on the site."""
    place = page.file.src_uri
    return markdown if place in JOINING.values() else led(markdown, DOCS / place)


def led(text: str, place: PurePosixPath) -> str:
    """A text whose links between documents lead within the site, and to nothing else.

    Args:
        text: Markdown.
        place: of the text in the repository.
    """
    home = (place.relative_to(DOCS) if DOCS in place.parents else place).parent.as_posix()

    def link(match: re.Match[str]) -> str:
        words, target, anchor = match[1], match[2], match[3] or ""
        there = normpath(f"{place.parent.as_posix()}/{target}")
        if there.startswith("docs/") and (ROOT / there).is_file():
            return f"[{words}]({relpath(there.removeprefix('docs/'), home)}{anchor})"
        if there in JOINING:
            return f"[{words}]({relpath(JOINING[there], home)}{anchor})"
        return f"{words} (`{there}`)" if (ROOT / there).exists() else match[0]

    return _LINK.sub(link, text)


class Examples(griffe.Extension):
    """Our `Example:` is the section of that name, not a paragraph."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        """Give the section its name in the library."""
        if obj.docstring is not None:
            obj.docstring.value = obj.docstring.value.replace("Example:\n", "Examples:\n")
