"""What is missing or wrong on this computer, and what to do about it."""

import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tanzhe.api.house.doctor_checks import NOTHING, Check, same
from tanzhe.api.house.doctor_server import jobs_checks, server_checks
from tanzhe.api.house.workspaces import check_workspace
from tanzhe.connectors.language_model import BASE_URL
from tanzhe.errors import TanzheError, Words, why_not
from tanzhe.workspace import Workspace
from tanzhe.workspace.places import address_of, folder_of, without_password

LEAST_FREE, MUCH_FREE = 200_000_000, 2_000_000_000  # bytes
PATIENCE = 3.0  # seconds for what listens elsewhere
PORTS = {8120: "tanzhe serve", 8443: "tanzhe footprint serve"}
_BOUND = re.compile(r"^([A-Za-z0-9_.-]+)\s*>=\s*([0-9.]+)")
_EXTRA = re.compile(r"""extra\s*==\s*['"]([\w-]+)['"]""")


class _Tool(NamedTuple):
    commands: tuple[str, ...]
    use: Words


_TOOLS = {
    "LibreOffice": _Tool(
        ("soffice", "libreoffice"),
        Words("查看 Word、Excel 文件的另一种办法", "another way to look at Word and Excel files"),
    ),
    "Chromium": _Tool(
        ("chromium", "chromium-browser", "google-chrome", "msedge"),
        Words("查看网页和 tanzhe serve", "looks at pages and tanzhe serve"),
    ),
}


def examine(folder: str | Path | None = None) -> list[Check]:
    """Look at everything the product needs on this computer; nothing is changed.

    Args:
        folder: the workspace, a folder or the address of a database; the usual one when left out.

    Returns:
        A check for each thing, what is wrong among them.
    """
    home = folder_of(folder)
    every: tuple[Callable[[], Iterator[Check]], ...] = (
        _python, _libraries, _extras, _encoding, _packaged_data, _fonts,
        lambda: _disk(home), _temporary, lambda: _workspace(folder), _ports, _model, _tools,
    )  # fmt: skip
    return [check for look in every for check in _safe(look)]


def _safe(look: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    """A look that fails is a finding itself."""
    try:
        yield from look()
    except Exception as error:
        name = getattr(look, "__name__", "check").strip("_")
        said = f"{type(error).__name__}: {error}"
        do = Words("请把这一行告诉维护者", "Please tell the maintainers this line")
        yield Check(name=name, state="wrong", says=Words(said, said), do=do)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text.split("+")[0])[:4])


def _python() -> Iterator[Check]:
    wanted = metadata("tanzhe").json.get("requires_python", "")
    wanted = str(wanted).removeprefix(">=").strip()
    has = ".".join(map(str, sys.version_info[:3]))
    if wanted and sys.version_info[:3] < _numbers(wanted):
        do = Words(f"请安装 Python {wanted} 或更高版本", f"Install Python {wanted} or later")
        yield Check(name="python", state="wrong", says=Words(has, has), do=do)
    else:
        says = f"tanzhe {version('tanzhe')}, Python {has}"
        yield Check(name="python", state="fine", says=Words(says, says))


def _bounds() -> Iterator[tuple[str, str, str]]:
    """Name, lower bound and extra ("" for what is always needed) of each requirement."""
    for line in requires("tanzhe") or ():
        bound, extra = _BOUND.match(line), _EXTRA.search(line)
        if bound is not None:
            yield bound[1], bound[2], extra[1] if extra else ""


def _has(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _libraries() -> Iterator[Check]:
    """The libraries that are always needed, against our lower bounds."""
    bad = []
    wanted = [(name, bound) for name, bound, extra in _bounds() if not extra]
    for name, bound in wanted:
        has = _has(name)
        if has is None or _numbers(has) < _numbers(bound):
            bad.append(f"{name} {has or '—'} < {bound}")
    if bad:
        do = Words(
            "请重新安装：pip install --upgrade tanzhe",
            "Install again: pip install --upgrade tanzhe",
        )
        yield Check(name="libraries", state="wrong", says=same("; ".join(bad)), do=do)
        return
    yield Check(
        name="libraries",
        state="fine",
        says=Words(f"{len(wanted)} 个库，版本都够新", f"{len(wanted)} libraries, all new enough"),
    )


def _extras() -> Iterator[Check]:
    """The optional parts: which are there."""
    extras: dict[str, list[bool]] = {}
    for name, bound, extra in _bounds():
        if extra and extra != "test":
            has = _has(name)
            extras.setdefault(extra, []).append(
                has is not None and _numbers(has) >= _numbers(bound)
            )
    there = sorted(name for name, held in extras.items() if all(held))
    missing = sorted(set(extras) - set(there))
    zh = f"已装：{'、'.join(there) or '无'}；未装：{'、'.join(missing) or '无'}"
    en = f"there: {', '.join(there) or 'none'}; not there: {', '.join(missing) or 'none'}"
    do = NOTHING
    if missing:
        names = ",".join(missing)
        do = Words(
            f'需要时：pip install "tanzhe[{names}]"', f'If needed: pip install "tanzhe[{names}]"'
        )
    yield Check(name="extras", state="fine", says=Words(zh, en), do=do)


def _encoding() -> Iterator[Check]:
    found = sys.getfilesystemencoding()
    if found.lower().replace("-", "") == "utf8":
        yield Check(name="encoding", state="fine", says=same("UTF-8"))
        return
    do = Words("请设置 PYTHONUTF8=1 或 UTF-8 的区域设置", "Set PYTHONUTF8=1 or a UTF-8 locale")
    says = Words(f"文件名编码是 {found}", f"Names of files are encoded as {found}")
    yield Check(name="encoding", state="note", says=says, do=do)


def _packaged_data() -> Iterator[Check]:
    """What is packaged can be read: figures, catalogue, rules."""
    from tanzhe.evidence.chronicle import chronicle
    from tanzhe.rulebook import rule_set_ids
    from tanzhe.series.output import packaged

    figures, events, rules = packaged(), len(chronicle()), len(rule_set_ids())
    yield Check(
        name="packaged_data",
        state="fine",
        says=Words(
            f"产量 {figures.vintage}，大事记 {events} 条，指标体系 {rules} 套",
            f"output {figures.vintage}, {events} events, {rules} rule sets",
        ),
    )


def _fonts() -> Iterator[Check]:
    from tanzhe.reports.charts.picture import has_chinese

    if has_chinese():
        yield Check(name="fonts", state="fine", says=Words("有中文字体", "there is a Chinese font"))
        return
    says = Words("没有中文字体：Word 报告会没有图", "No Chinese font: Word reports lack pictures")
    do = Words(
        "请安装中文字体，如 fonts-noto-cjk、思源黑体、文泉驿",
        "Install one: fonts-noto-cjk, Source Han Sans, WenQuanYi",
    )
    yield Check(name="fonts", state="wrong", says=says, do=do)


def _disk(place: Path) -> Iterator[Check]:
    there = next(one for one in (place, *place.parents) if one.exists())
    free = shutil.disk_usage(there).free
    said = f"{free / 1e9:.1f} GB"
    says = Words(f"工作区所在磁盘剩余 {said}", f"{said} free on the disk of the workspace")
    if free >= MUCH_FREE:
        yield Check(name="disk", state="fine", says=says)
        return
    do = Words("请腾出空间，或把工作区放到别处", "Make room, or put the workspace elsewhere")
    yield Check(name="disk", state="wrong" if free < LEAST_FREE else "note", says=says, do=do)


def _temporary() -> Iterator[Check]:
    where = tempfile.gettempdir()
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
    except OSError as error:
        why = why_not(error)
        says = Words(f"临时文件夹不可用：{why.zh}", f"The folder of passing files: {why.en}")
        do = Words("请用 TMPDIR 指定另一个", "Name another in TMPDIR")
        yield Check(name="temporary", state="wrong", says=says, do=do)
        return
    yield Check(name="temporary", state="fine", says=same(where))


def _workspace(place: str | Path | None) -> Iterator[Check]:
    """Whether it opens, and whether all of it is whole: a folder, or a database for a team."""
    folder, address = folder_of(place), address_of(place)
    where = str(folder) if address is None else without_password(address)
    if address is None and not folder.exists():
        yield _to_be_made(folder)
        return
    try:
        with Workspace.open(place) as workspace:
            yield from server_checks(workspace.db)
            yield from jobs_checks(workspace.db)
            yield from _whole(workspace, where)
    except TanzheError as error:
        fault = error.faults[0]
        says = Words(f"{where}：{fault.what.zh}", f"{where}: {fault.what.en}")
        yield Check(name="workspace", state="wrong", says=says, do=fault.do)
        return
    if address is None:
        yield _permissions(folder)


def _to_be_made(folder: Path) -> Check:
    above = next(one for one in folder.parents if one.exists())
    if above.is_dir() and os.access(above, os.W_OK):
        says = Words(f"{folder}：首次使用时建立", f"{folder}: made at first use")
        return Check(name="workspace", state="fine", says=says)
    says = Words(f"{folder}：无法建立", f"{folder}: cannot be made")
    return Check(name="workspace", state="wrong", says=says, do=_ELSEWHERE)


def _permissions(folder: Path) -> Check:
    if not os.access(folder, os.W_OK):
        says = Words(f"{folder}：只读，新结果不会保存", f"{folder}: read-only, nothing new is kept")
        return Check(name="permissions", state="note", says=says, do=_ELSEWHERE)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        says = Words(
            "同一台计算机的其他用户可以读取工作区",
            "Other users of this computer can read the workspace",
        )
        do = Words(f"chmod 700 {folder}", f"chmod 700 {folder}")
        return Check(name="permissions", state="note", says=says, do=do)
    return Check(name="permissions", state="fine", says=Words("仅本人可读", "yours alone"))


_ELSEWHERE = Words(
    "请检查权限，或用 --workspace、TANZHE_WORKSPACE 指定另一个位置",
    "Check permissions, or name another place with --workspace or TANZHE_WORKSPACE",
)


def _whole(workspace: Workspace, where: str) -> Iterator[Check]:
    total, faults = len(workspace), check_workspace(workspace)
    zh, en = f"{where}：{total} 份文件", f"{where}: {total} documents"
    if not faults:
        says = Words(f"{zh}，完整", f"{en}, whole")
        yield Check(name="workspace", state="fine", says=says)
        return
    first, more = faults[0], len(faults) - 1
    says = Words(
        f"{zh}；{first.said('zh')}" + (f"（另有 {more} 项）" if more else ""),
        f"{en}; {first.said('en')}" + (f" ({more} more)" if more else ""),
    )
    do = Words(
        "全部列出：tanzhe workspace check；找回原件：tanzhe docs restore",
        "All of them: tanzhe workspace check; originals come back with tanzhe docs restore",
    )
    yield Check(name="workspace", state="wrong", says=says, do=do)


def _ports() -> Iterator[Check]:
    for port, command in PORTS.items():
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                says = Words(f"{port} 已被占用（{command}）", f"{port} is taken ({command})")
                do = Words("请用 --port 另选端口", "Choose another with --port")
                yield Check(name="ports", state="note", says=says, do=do)
                continue
        says = Words(f"{port} 空闲（{command}）", f"{port} is free ({command})")
        yield Check(name="ports", state="fine", says=says)


def _model() -> Iterator[Check]:
    """Whether the language model that was named answers; nothing is sent to it."""
    address = os.environ.get(BASE_URL, "").strip()
    if not address:
        says = Words("没有设置语言模型（可选）", "No language model is named (none is needed)")
        yield Check(name="model", state="fine", says=says)
        return
    parts = urlsplit(address)
    shown = f"{parts.scheme}://{parts.hostname}"
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), timeout=PATIENCE).close()
    except (OSError, ValueError):
        says = Words(f"语言模型没有应答：{shown}", f"The language model does not answer: {shown}")
        do = Words(
            f"请核对 {BASE_URL} 并确认服务在运行；不用 --model、--polish 时不需要它",
            f"Check {BASE_URL} and that it runs; only --model and --polish need it",
        )
        yield Check(name="model", state="wrong", says=says, do=do)
        return
    yield Check(name="model", state="fine", says=Words(f"{shown} 有应答", f"{shown} answers"))


def _tools() -> Iterator[Check]:
    """Programs that are useful and not needed."""
    for name, tool in _TOOLS.items():
        found = next((one for one in tool.commands if shutil.which(one)), None)
        zh, en = (f"有 {name}", f"{name} is there") if found else (f"没有 {name}", f"no {name}")
        says = Words(f"{zh}：{tool.use.zh}，不是必需", f"{en}: {tool.use.en}, not needed")
        yield Check(name=name.lower(), state="fine", says=says)
