"""Readings that arrive over MQTT: written down first, acknowledged then, added at the end."""

import json
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from tanzhe.errors import InputError, SourceError, Words
from tanzhe.extras import require

PLAIN, SECURE = 1883, 8883
EVERYTHING = "#"
_WAITS = 10.0  # seconds for a broker to answer
_LARGEST = 1_000_000  # bytes of one message


class Address(NamedTuple):
    """Where a broker is and what is listened to.

    Attributes:
        host: of the broker.
        port: of it.
        topic: filter, `#` for everything.
        secure: whether over TLS.
        user: name, or "".
        password: of the user, or "".
    """

    host: str
    port: int
    topic: str
    secure: bool
    user: str
    password: str


def is_address(text: str) -> bool:
    """Whether a text is the address of a broker.

    Example:
        >>> is_address("mqtt://broker/park/#"), is_address("readings.csv")
        (True, False)
    """
    return text.startswith(("mqtt://", "mqtts://"))


def address_of(text: str) -> Address:
    """The parts of an address: mqtt[s]://[user[:password]@]host[:port][/topic/filter].

    Raises:
        InputError: no host.

    Example:
        >>> address_of("mqtt://example.org/park/yl/#")[:3]
        ('example.org', 1883, 'park/yl/#')
    """
    scheme, _, rest = text.partition("://")
    place, _, topic = rest.partition("/")
    parts = urlsplit(f"{scheme}://{place}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host:
        do = Words("请写成 mqtt://主机:1883/主题/#", "Write it as mqtt://host:1883/topic/#")
        what = Words("地址里没有主机", "The address names no host")
        raise InputError.of(what, do, where=text)
    secure = scheme == "mqtts"
    return Address(
        host, port or (SECURE if secure else PLAIN), unquote(topic) or EVERYTHING, secure,
        unquote(parts.username or ""), unquote(parts.password or ""),
    )  # fmt: skip


def journals(folder: Path) -> list[Path]:
    """Messages that were written down and not yet added, oldest first."""
    return sorted((folder / "incoming").glob("*.jsonl"))


def _quietly() -> None:
    """What is done when listening begins: nothing."""


def listen(
    folder: Path,
    address: Address,
    *,
    seconds: float,
    most: int | None = None,
    ready: Callable[[], None] = _quietly,
) -> int:
    """Write messages down as they come; how many.

    A message is on the disk before the broker hears that it arrived: what is lost on the way is
    sent again, what is killed here is added by the next `add`.

    Args:
        folder: of the store.
        address: of the broker.
        seconds: how long to listen.
        most: stop after so many messages.
        ready: called once the broker has been asked for the topic.

    Raises:
        SourceError: the broker does not answer, or refuses.
        InputError: paho-mqtt is not installed.
    """
    place = folder / "incoming"
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{time.time_ns()}.jsonl"
    count = 0
    with path.open("a", encoding="utf-8") as file:
        for message, acknowledge in _arriving(address, seconds, ready):
            file.write(json.dumps(message, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
            acknowledge()
            count += 1
            if most is not None and count >= most:
                break
    if not count:
        path.unlink()
    return count


def _arriving(
    address: Address, seconds: float, ready: Callable[[], None]
) -> Iterator[tuple[dict[str, Any], Callable[[], None]]]:
    """Messages with what acknowledges each."""
    client, arrived = _client(address)
    ready()
    until = time.monotonic() + seconds
    try:
        while (left := until - time.monotonic()) > 0:
            try:
                message = arrived.get(timeout=min(left, 0.5))
            except queue.Empty:
                continue
            if isinstance(message, Exception):
                raise message

            def acknowledge(one: Any = message) -> None:
                client.ack(one.mid, one.qos)

            yield _told(message), acknowledge
    finally:
        client.disconnect()
        client.loop_stop()


def _told(message: Any) -> dict[str, Any]:
    """A message as a line of the journal."""
    text = message.payload[:_LARGEST].decode("utf-8", "replace")
    try:
        payload: object = json.loads(text)
    except ValueError:
        payload = text
    return {
        "topic": message.topic, "qos": message.qos, "retain": bool(message.retain),
        "payload": payload,
    }  # fmt: skip


def _client(address: Address) -> tuple[Any, "queue.Queue[Any]"]:
    """A client that listens already, and where its messages arrive."""
    require("paho")
    from paho.mqtt import client as mqtt
    from paho.mqtt.enums import CallbackAPIVersion

    arrived: queue.Queue[Any] = queue.Queue()
    # A lasting session: the broker keeps what comes while nobody listens.
    name = f"tanzhe-{address.topic}".replace("/", "-").replace("#", "all").replace("+", "any")
    client = mqtt.Client(
        CallbackAPIVersion.VERSION2, client_id=name, clean_session=False, manual_ack=True
    )
    if address.user:
        client.username_pw_set(address.user, address.password)
    if address.secure:
        client.tls_set()

    def connected(one: Any, _data: Any, _flags: Any, reason: Any, _more: Any) -> None:
        if reason.is_failure:
            arrived.put(_refused(address, str(reason)))
        else:
            one.subscribe(address.topic, qos=1)

    listening = threading.Event()
    client.on_connect = connected
    client.on_subscribe = lambda *_told: listening.set()
    client.on_message = lambda _client, _data, message: arrived.put(message)
    client.connect_timeout = _WAITS
    try:
        client.connect(address.host, address.port)
    except (OSError, ValueError) as error:
        raise _refused(address, str(error)) from error
    client.loop_start()
    if not listening.wait(_WAITS):
        client.loop_stop()
        why = arrived.get_nowait() if not arrived.empty() else None
        raise why if isinstance(why, SourceError) else _refused(address, "timeout")
    return client, arrived


def _refused(address: Address, why: str) -> SourceError:
    return SourceError.of(
        Words(f"连不上 MQTT 代理：{why}", f"The MQTT broker does not answer: {why}"),
        Words("请核对地址、端口、用户和网络", "Check address, port, user and network"),
        where=f"{address.host}:{address.port}",
    )
