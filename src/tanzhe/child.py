"""Formats that can hurt are read in a process of their own, with limits on time and memory.

A PDF of 800 kilobytes may unfold to gigabytes, and a broken file may end the library that reads it.
The process is started at the first such file, reads one after another, and is ended with ours; one
that takes too long, too much memory or ends by itself costs its file only.
"""

import atexit
import pickle
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from threading import Lock, Thread
from typing import IO, Any

from tanzhe.errors import InputError, TanzheError, Words

MEMORY = 1_500_000_000  # bytes that reading one file may take, where the system can limit it
PATIENCE = 120.0  # seconds for one file; two hundred pages take one or two
_LENGTH = struct.Struct(">Q")
_START = "import sys; sys.path[:] = {path!r}; from tanzhe.child import serve; serve({memory})"


def in_child(read: Callable[..., Any], *given: Any, where: str) -> Any:
    """What a function gives, called in the process that reads.

    Args:
        read: a function of a module; it is called by name.
        given: its arguments, which are copied.
        where: name of the file, for messages.

    Raises:
        InputError: it took too long, too much memory, or ended the process; or its own errors.
    """
    if _INSIDE:  # what is read there reads on in the same process
        return read(*given)
    with _LOCK:
        answer = _asked(pickle.dumps((read.__module__, read.__qualname__, given)))
    if isinstance(answer, TanzheError):
        raise answer
    if isinstance(answer, _Failed):
        what = Words(
            f"文件没有读成：{answer.zh}，可能已损坏或是有意构造的",
            f"The file was not read: {answer.en}; it may be broken, or made to do harm",
        )
        do = Words("请换一份文件，或另存后再试", "Use another file, or save it anew")
        raise InputError.of(what, do, where=where)
    return answer


class _Failed:
    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en


_MEMORY = _Failed("展开后占用内存过多", "it unfolds beyond the limit of memory")
_SLOW = _Failed(f"用时超过 {PATIENCE:.0f} 秒", f"it took over {PATIENCE:.0f} seconds")
_LOCK = Lock()
_RUNNING: list[subprocess.Popen[bytes]] = []
_INSIDE: list[bool] = []  # whether this is the process that reads


def _asked(question: bytes) -> Any:
    """The answer to a question; a process that fails is ended, and the next starts afresh."""
    process = _RUNNING[0] if _RUNNING and _RUNNING[0].poll() is None else _started()
    held: list[Any] = []
    asking = Thread(target=partial(_exchange, process, question, held), daemon=True)
    asking.start()
    asking.join(PATIENCE)
    if held and not isinstance(held[0], _Failed):
        return held[0]
    slow = asking.is_alive()
    process.kill()
    asking.join()
    end()
    return _SLOW if slow else _MEMORY


def _exchange(process: subprocess.Popen[bytes], question: bytes, held: list[Any]) -> None:
    assert process.stdin is not None and process.stdout is not None
    try:
        _send(process.stdin, question)
        raw = _receive(process.stdout)
        held.append(_MEMORY if raw is None else pickle.loads(raw))
    except (OSError, EOFError, pickle.UnpicklingError):
        held.append(_MEMORY)


def _started() -> subprocess.Popen[bytes]:
    end()
    code = _START.format(path=sys.path, memory=MEMORY)
    _RUNNING.append(
        subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", code],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
    )  # fmt: skip
    return _RUNNING[0]


@atexit.register
def end() -> None:
    """End the process that reads, if there is one."""
    while _RUNNING:
        process = _RUNNING.pop()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()


def serve(memory: int) -> None:
    """Read what is asked for until nobody asks any more; runs in the process of its own."""
    _limit(memory)
    _INSIDE.append(True)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    while (raw := _receive(source)) is not None:
        home, name, given = pickle.loads(raw)
        try:
            answer: Any = getattr(import_module(home), name)(*given)
        except TanzheError as error:
            answer = error
        except (MemoryError, RecursionError):
            answer = _MEMORY
        _send(target, pickle.dumps(answer))


def _limit(memory: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(pipe: IO[bytes], raw: bytes) -> None:
    pipe.write(_LENGTH.pack(len(raw)))
    pipe.write(raw)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    raw = pipe.read(_LENGTH.unpack(head)[0])
    return raw if len(raw) == _LENGTH.unpack(head)[0] else None
