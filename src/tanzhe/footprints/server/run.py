"""Running the host: on loopback unless there is a certificate, delivering answers meanwhile."""

import threading
from collections.abc import Callable

import uvicorn

from tanzhe.errors import InputError
from tanzhe.faults import fault_of
from tanzhe.footprints.server.announcements import announce
from tanzhe.footprints.server.app import Host, application

LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PAUSE = 2.0  # seconds between looks at what is to be delivered


def check_address(address: str, *, encrypted: bool) -> None:
    """Refuse to serve other machines in the clear.

    Raises:
        InputError: an address beyond loopback without a certificate.
    """
    if address in LOOPBACK or encrypted:
        return
    raise InputError(fault_of("footprints.run.check_address", address=address, where="--host"))


def serve(
    host: Host,
    *,
    address: str,
    port: int,
    certificate: str | None = None,
    key: str | None = None,
    told: Callable[[str, str], None],
) -> None:
    """Serve until interrupted.

    Args:
        host: what is served.
        address: to listen on.
        port: likewise.
        certificate: PEM file, for TLS.
        key: its private key.
        told: hears of each answer: event id, and `sent`, `later` or `given up`.

    Raises:
        InputError: an address beyond loopback without a certificate.
    """
    check_address(address, encrypted=certificate is not None)
    over = threading.Event()
    scheme = "http" if certificate is None else "https"
    source = f"{scheme}://{address}:{port}/3/events"
    worker = threading.Thread(target=_deliver, args=(host, over, told, source), daemon=True)
    worker.start()
    try:
        uvicorn.run(
            application(host),
            host=address,
            port=port,
            ssl_certfile=certificate,
            ssl_keyfile=key,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
        )
    finally:
        over.set()
        worker.join(timeout=10)


def _deliver(
    host: Host, over: threading.Event, told: Callable[[str, str], None], source: str
) -> None:
    while not over.wait(_PAUSE):
        try:
            _round(host, told, source)
        except (OSError, ValueError):  # a full disk or a spoilt file must not end the deliveries
            told(str(host.folder / "outbox"), "later")


def _round(host: Host, told: Callable[[str, str], None], source: str) -> None:
    now = host.clock()
    known = host.folder / "outbox" / "announced"
    announce(host.shelf, host.clients, host.outbox, told=known, source=source, now=now)
    for id, state in host.outbox.deliver(now):
        told(id, state)
