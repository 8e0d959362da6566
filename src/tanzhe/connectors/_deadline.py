"""A time limit for a whole request, also for a source that sends a byte now and then."""

import contextlib
import socket
import threading
import time
from typing import Any, Self


class Deadline:
    """Cuts the connection when the time is over; headers that drip are cut as well.

    Args:
        seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer: threading.Timer | None = None

    @property
    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._end - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return self.left <= 0

    def __enter__(self) -> Self:
        self._timer = threading.Timer(self.left, self._cut)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Told by httpx of each step of a request; remembers the connection's socket."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")

    def _cut(self) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._socket is not None:
                # Past the TLS layer: another thread may be reading in it.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
