"""Readings over MQTT from a real broker: repeated, retained and late ones, a run that is killed."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tanzhe.api.meters.readings import add_messages, add_readings, check_readings
from tanzhe.errors import InputError, SourceError
from tanzhe.meters.adding import Added
from tanzhe.meters.broker import address_of, journals
from tanzhe.meters.store import Store

SAMPLES = Path(__file__).parent / "samples"
BROKER = """
import asyncio, sys
from amqtt.broker import Broker
config = {
    "listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{sys.argv[1]}"}},
    "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}},
}
async def serve():
    await Broker(config).start()
    print("ready", flush=True)
    await asyncio.Event().wait()
asyncio.run(serve())
"""


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    served = subprocess.Popen(
        [sys.executable, "-c", BROKER, str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert served.stdout is not None
    assert served.stdout.readline().strip() == "ready"
    yield f"127.0.0.1:{port}"
    served.terminate()
    served.communicate(timeout=600)


def publish(place: str, messages: list[dict[str, object]]) -> None:
    from paho.mqtt import client as mqtt
    from paho.mqtt.enums import CallbackAPIVersion

    host, port = place.split(":")
    client = mqtt.Client(CallbackAPIVersion.VERSION2)
    client.connect(host, int(port))
    client.loop_start()
    for one in messages:
        payload = one["payload"]
        text = payload if isinstance(payload, str) else json.dumps(payload)
        sent = client.publish(str(one["topic"]), text, qos=1, retain=bool(one["retain"]))
        sent.wait_for_publish(10)
    client.disconnect()
    client.loop_stop()


def while_published(
    store: Store, address: str, place: str, messages: list[dict[str, object]]
) -> list[Added]:
    """Add what is published as soon as the store listens."""
    sender = threading.Thread(target=publish, args=(place, messages))
    try:
        return add_messages(store, address, seconds=60, most=len(messages), ready=sender.start)
    finally:
        sender.join()


def test_messages_of_a_broker_are_written_down_and_added(broker: str, tmp_path: Path) -> None:
    store = Store(tmp_path)
    add_readings(store, [SAMPLES / "00_meter_tree.csv"])
    text = (SAMPLES / "07_mqtt_json.jsonl").read_text(encoding="utf-8")
    messages = [{**json.loads(line), "retain": False} for line in text.splitlines()]
    address = f"mqtt://{broker}/park/yl/#"
    (added,) = while_published(store, address, broker, messages)
    assert added.source is not None
    assert (added.source.rows, added.source.stored) == (13, 10)  # the old one is not retained here
    kinds = sorted(one.kind for one in check_readings(store, ["2025-03"]))
    assert kinds == ["broken", "duplicate", "empty", "out_of_order", "out_of_order"]
    assert journals(store.folder) == []


def test_what_an_unknown_meter_sent_stays_until_it_is_declared(broker: str, tmp_path: Path) -> None:
    store = Store(tmp_path)
    address = f"mqtt://{broker}/unknown/+"
    payload = {"ts": "2025-03-01T08:00:00+08:00", "ep_imp": 1.5, "unit": "kWh"}
    with pytest.raises(InputError) as caught:
        message = {"topic": "unknown/E-110", "retain": False, "payload": payload}
        while_published(store, address, broker, [message])
    assert "E-110" in str(caught.value) and len(journals(store.folder)) == 1
    add_readings(store, [SAMPLES / "00_meter_tree.csv"])
    (added,) = add_messages(store, address, seconds=0.2)
    assert added.source is not None and added.source.stored == 1


def test_a_broker_that_is_not_there_is_told(tmp_path: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    begin = time.monotonic()
    with pytest.raises(SourceError) as caught:
        add_messages(Store(tmp_path), f"mqtt://127.0.0.1:{port}/x", seconds=5)
    assert str(port) in str(caught.value) and time.monotonic() - begin < 5
    with pytest.raises(InputError):
        address_of("mqtt:///x")
