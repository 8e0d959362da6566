"""Messages of MQTT, one JSON a line as they arrived: plain ones and Sparkplug B."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from tanzhe.errors import InputError, Words
from tanzhe.meters.clock import instant
from tanzhe.meters.forms.headings import unit_factor
from tanzhe.meters.rows import POWER, REGISTER, REVERSE, Batch, Row, batch_of, micro

# Figures of a payload by what they are.
_FIELDS = {
    "ep_imp": REGISTER, "reading": REGISTER, "value": REGISTER, "energy": REGISTER,
    "ep_exp": REVERSE, "p": POWER, "power": POWER,
}  # fmt: skip
_TIMES = ("ts", "time", "timestamp", "t")
_SPARKPLUG = "spBv1.0/"
_SEQUENCE = 256
AT_ONCE = 50_000  # readings held in memory as rows of their own
# Metrics of energy by their names in births.
_ENERGY, _POWER = ("energy", "kwh", "import"), ("power", "kw")


def read_messages(lines: Iterable[str], name: str = "") -> Iterator[Batch]:
    """The readings of messages in the order of arrival, some at a time.

    Args:
        lines: each `{"topic": ..., "qos": ..., "retain": ..., "payload": ...}`.
        name: of the file.

    Raises:
        InputError: no line is such a message.
    """
    found: list[Row] = []
    births = _Births()
    last: Row | None = None
    for number, text in enumerate(lines, 1):
        if text.strip():
            found += _of_line(text, births, number)
        if len(found) >= AT_ONCE:
            if last is None and not any(one.meter for one in found):
                break  # no such messages
            placed = _placed(found, last)
            last = placed[-1]
            yield batch_of(placed, ())
            found = []
    if last is None and not any(one.meter for one in found):
        what = Words("没有一条能读的消息", "No message can be read")
        do = Words('每行应为 {"topic": "…", "payload": {…}}',
                   'Each line must be {"topic": "...", "payload": {...}}')  # fmt: skip
        raise InputError.of(what, do, where=name)
    if found:
        yield batch_of(_placed(found, last), ())


def _of_line(text: str, births: "_Births", number: int) -> list[Row]:
    try:
        message = json.loads(text)
        topic = str(message["topic"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return [Row("", 0, None, number, why="broken", text=text[:80])]
    if topic.startswith(_SPARKPLUG):
        return births.rows(topic, message.get("payload") or {}, number)
    return _plain(topic, message, number)


def _placed(found: list[Row], before: Row | None) -> list[Row]:
    """Messages without a moment stand at that of the message before them."""
    placed: list[Row] = []
    time, meter = 0, next((one.meter for one in found if one.meter), "")
    if before is not None:
        time, meter = before.time, before.meter
    for one in found:
        time = one.time or time
        meter = one.meter or meter
        placed.append(one._replace(time=time, meter=one.meter or meter))
    return placed


def _plain(topic: str, message: Mapping[str, Any], number: int) -> list[Row]:
    meter = topic.rstrip("/").split("/")[-1]
    payload = message.get("payload")
    if isinstance(payload, str):
        try:
            payload = json.loads(payload)
        except ValueError:
            return [Row(meter, 0, None, number, why="broken", text=payload[:80])]
    if not isinstance(payload, dict):
        return [Row(meter, 0, None, number, why="broken", text=str(payload)[:80])]
    meter = str(payload.get("meter") or meter)
    time = next((instant(payload[key]) for key in _TIMES if key in payload), None)
    factor = unit_factor(payload.get("unit"))
    rows = []
    for key, channel in _FIELDS.items():
        if key not in payload:
            continue
        value = micro(payload[key], factor or 1)
        why = "empty" if payload[key] is None else "text" if value is None else "ok"
        if time is None or factor is None:
            why = "broken"
        elif message.get("retain"):
            why = "retained"  # what the broker kept is old news
        text = str(payload[key])[:80] if why in ("text", "broken") else ""
        rows.append(Row(meter, time or 0, value, number, channel, why, text))
    return rows


class _Births:
    """What devices of Sparkplug said at birth; without it an alias means nothing."""

    def __init__(self) -> None:
        self._names: dict[str, dict[int, tuple[str, Decimal]]] = {}
        self._sequence: dict[str, int] = {}

    def rows(self, topic: str, payload: Mapping[str, Any], number: int) -> list[Row]:
        """The readings of one message."""
        parts = topic.split("/")
        kind, node = parts[2], "/".join((parts[1], parts[3]))
        device = "/".join((node, parts[4])) if len(parts) > 4 else node
        lost = self._lost(node, kind, payload.get("seq"))
        if kind in ("NDEATH", "DDEATH"):
            self._die(node if kind == "NDEATH" else device)
            return []
        if kind in ("NBIRTH", "DBIRTH"):
            self._names[device] = {}
        rows: list[Row] = []
        for metric in payload.get("metrics", []):
            if kind.endswith("BIRTH") and "alias" in metric and "name" in metric:
                unit = metric.get("properties", {}).get("engUnit", "")
                factor = unit_factor(unit) or Decimal(1)
                self._names[device][metric["alias"]] = (str(metric["name"]), factor)
            rows += self._row(device, parts[-1], metric, number, lost=lost)
        return rows

    def _lost(self, node: str, kind: str, seq: object) -> bool:
        """Whether numbers are missing before this message."""
        if not isinstance(seq, int):
            return False
        before = self._sequence.get(node)
        self._sequence[node] = seq
        return kind != "NBIRTH" and before is not None and seq != (before + 1) % _SEQUENCE

    def _die(self, whose: str) -> None:
        for device in list(self._names):
            if device == whose or device.startswith(f"{whose}/"):
                del self._names[device]

    def _row(
        self, device: str, meter: str, metric: Mapping[str, Any], number: int, *, lost: bool
    ) -> list[Row]:
        born = self._names.get(device, {})
        name, factor = born.get(metric.get("alias", -1), (str(metric.get("name", "")), Decimal(1)))
        time = instant(metric.get("timestamp")) or 0
        value = None if metric.get("is_null") else micro(metric.get("value"), factor)
        if not name:
            told = f"alias {metric.get('alias')}"
            return [Row(meter, time, value, number, why="unborn", text=told)]
        words = name.casefold()
        if any(word in words for word in _ENERGY):
            channel = REGISTER
        elif any(word in words for word in _POWER):
            channel = POWER
        else:
            return []
        why = "empty" if value is None else "sequence" if lost else "ok"
        return [Row(meter, time, value, number, channel, why)]
