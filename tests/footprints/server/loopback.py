"""A host that really listens, and a client that really asks, on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from tanzhe.footprints.server.app import Host, application


@contextmanager
def listening(host: Host) -> Iterator[str]:
    """The address of a host that listens until the end of the block."""
    config = uvicorn.Config(
        application(host), host="127.0.0.1", port=0, log_level="critical", ws="none", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


@contextmanager
def asking(host: Host) -> Iterator[httpx.Client]:
    """A client of a host that listens."""
    with listening(host) as base, httpx.Client(base_url=base, trust_env=False) as client:
        yield client
