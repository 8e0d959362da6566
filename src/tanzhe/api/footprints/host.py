"""Serving a folder of footprints to other companies by PACT 3; needs the extra `server`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tanzhe.connectors.pact import post_event
from tanzhe.errors import InputError, Words
from tanzhe.extras import require

if TYPE_CHECKING:
    from tanzhe.footprints.server.app import Host
    from tanzhe.footprints.server.clients import Answers, Client


class Opened(NamedTuple):
    """A host ready to serve.

    Attributes:
        host: footprints and clients.
        new: the client that was made because there was none, with its secret; or None.
    """

    host: "Host"
    new: "Client | None"


def open_host(folder: Path) -> Opened:
    """The host of a folder of PACT files.

    Args:
        folder: its .json files are served; `clients.yaml` in it says who may ask and is made with
            one client where it is missing.

    Raises:
        InputError: no such folder, wrong clients, or the extra is not installed.
    """
    require("starlette", "uvicorn", where="tanzhe footprint serve")
    from tanzhe.footprints.server.app import Host
    from tanzhe.footprints.server.clients import first_client, read_clients
    from tanzhe.footprints.server.shelf import Shelf

    if not folder.is_dir():
        what = Words("没有这个文件夹", "There is no such folder")
        do = Words(
            "请把 PACT 的 .json 文件放进一个文件夹", "Put the .json files of PACT into a folder"
        )
        raise InputError.of(what, do, where=str(folder))
    new = first_client(folder)
    shelf = Shelf(folder)
    shelf.footprints()
    host = Host(shelf=shelf, clients=read_clients(folder), folder=folder, send=_send)
    return Opened(host, new)


def _send(answers: "Answers", event: dict[str, Any]) -> None:
    post_event(answers.url, answers.id, answers.secret, event)


def serve_host(
    host: "Host",
    *,
    address: str,
    port: int,
    certificate: Path | None,
    key: Path | None,
    told: Callable[[str, str], None],
) -> None:
    """Serve a host until interrupted.

    Args:
        host: of `open_host`.
        address: to listen on; beyond loopback only with a certificate.
        port: likewise.
        certificate: PEM file, or None for plain HTTP.
        key: its private key.
        told: hears of each answer: event id, and `sent`, `later` or `given up`.

    Raises:
        InputError: an address beyond loopback without a certificate.
    """
    from tanzhe.footprints.server.run import serve

    serve(
        host,
        address=address,
        port=port,
        certificate=None if certificate is None else str(certificate),
        key=None if key is None else str(key),
        told=told,
    )
