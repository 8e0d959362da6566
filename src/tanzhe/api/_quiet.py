"""Keeps a library from opening a socket when it is imported.

urllib3, which trafilatura brings along, binds a socket to ::1 to learn whether there is IPv6. We
never fetch through it, and offline means that no socket is opened: it is told that there is none.
This module is the first that `import tanzhe` loads.
"""

import contextlib
import importlib
import socket


def _import_without_probe(name: str) -> None:
    probed = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    finally:
        socket.has_ipv6 = probed


_import_without_probe("urllib3.util.connection")
