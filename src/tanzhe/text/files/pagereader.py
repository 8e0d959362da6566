"""The library that reads web pages: loaded when the first page is read, and without a socket."""

import importlib
import socket
from functools import cache
from typing import Any

from tanzhe.extras import require


@cache
def page_reader(where: str = "") -> Any:
    """Trafilatura.

    urllib3, which it brings along, binds a socket to ::1 to learn whether there is IPv6. We never
    fetch through it, and offline means that no socket is opened: it is told that there is none.

    Args:
        where: the page that needs it.

    Raises:
        InputError: it is not installed.
    """
    require("trafilatura", where=where)
    probed = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        return importlib.import_module("trafilatura")
    finally:
        socket.has_ipv6 = probed
