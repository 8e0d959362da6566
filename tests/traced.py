"""What a computation really runs and reads, in a process of its own: `python traced.py FOLDER`.

Writes, as JSON, for each kind of kept result the sources in which a function ran and the packaged
files that were opened, none of which is behind the result's key.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import tanzhe
from tanzhe import kept
from tanzhe.workspace import Workspace

ROOT = Path(tanzhe.__file__).parent
PAGE = """标题：关于有序用电的通知
发布日期：2021-05-20
网址：https://fgw.yn.gov.cn/a.html

云南省电解铝企业自2021年5月18日起压减用电负荷30%，涉及产能100万吨。
"""


def outside(module: str, work: Callable[[], object]) -> list[str]:
    """What ran or was read beyond what counts for results of a module."""
    used: set[str] = set()

    def called(frame: object, event: str, arg: object) -> None:
        if event == "call":
            used.add(frame.f_code.co_filename)  # type: ignore[attr-defined]

    def heard(event: str, args: tuple[object, ...]) -> None:
        if event == "open" and sys.getprofile() is called:
            used.add(str(args[0]))

    sys.addaudithook(heard)
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    start = ROOT.joinpath(*module.split(".")[1:]).with_suffix(".py")
    counted = {str(path) for path in kept.behind(start)}
    ours = {one for one in used if one.startswith(f"{ROOT}/") and "__pycache__" not in one}
    # A package that holds only data is run through when it is asked for a file.
    return sorted(one for one in ours - counted if not one.endswith("data/__init__.py"))


def main(folder: Path) -> None:
    """Find events in a document, then episodes and turning points of a panel, nothing kept."""
    from turning.panels import made_up_panel

    from tanzhe.api.series.turning import turning_points
    from tanzhe.evidence.finders.find import FolderFinder

    (folder / "a.txt").write_text(PAGE, encoding="utf-8")
    series = made_up_panel(3, rho=0.3, size=6.0, n=3, years=4).series(0)
    with Workspace.open(folder / "space") as workspace:
        finder = FolderFinder(workspace, [folder / "a.txt"])
        held = finder.contents
        events: list[object] = []

        def read() -> None:
            events.extend(finder._events_of(held.documents[0], held.paths[0]))

        told = {
            "tanzhe.evidence.finders.find": outside("tanzhe.evidence.finders.find", read),
            "tanzhe.api.series.turning": outside(
                "tanzhe.api.series.turning", lambda: turning_points(series, workspace=workspace)
            ),
        }
    sys.stdout.write(json.dumps({"events": len(events), "outside": told}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
