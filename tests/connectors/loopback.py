"""A small server on loopback that answers by path."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = tuple[int, dict[str, str], bytes]

BOMB = gzip.compress(b"0" * 5_000_000)


class _Handler(BaseHTTPRequestHandler):
    replies: dict[str, Reply | Callable[["_Handler"], None]]
    seen: list[tuple[str, dict[str, str]]]
    bodies: list[bytes]

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        self.do_GET()

    def do_GET(self) -> None:
        self.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        # An address with a query may be answered by its path alone.
        bare = self.path.partition("?")[0]
        reply = self.replies.get(self.path) or self.replies.get(bare) or (404, {}, b"no")
        if callable(reply):
            reply(self)
            return
        status, headers, body = reply
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


class Server:
    """Where it listens, what it answers and what it was asked."""

    def __init__(self, port: int, handler: type[_Handler]) -> None:
        self.port = port
        self.url = f"http://source.test:{port}"
        self.replies = handler.replies
        self.seen = handler.seen
        self.bodies = handler.bodies


@contextmanager
def serving() -> Iterator[Server]:
    handler = type("Handler", (_Handler,), {"replies": {}, "seen": [], "bodies": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Server(server.server_port, handler)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def drip(handler: _Handler) -> None:
    """A byte now and then, without end in sight."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(40):
        try:
            handler.wfile.write(b"x")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)
