"""A signed summary of a footprint (零碳绿码): canonical JSON, Ed25519, small enough for a QR code.

A signature proves that the holder of the private key signed exactly these words, and nothing else:
whose key it is the reader must know from elsewhere, and nobody has certified anything by it.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tanzhe.errors import InputError, Words
from tanzhe.faults import fault_of
from tanzhe.footprints.pact import ProductFootprint
from tanzhe.footprints.pact.reading import object_of
from tanzhe.terms import words_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

FORM = "tanzhe-footprint-1"
LARGEST = 800  # bytes; a QR code of that size is still read from paper by a telephone
_LONGEST_NAME = 40  # characters; the whole is bound by its hash in any case
_FIELDS = (
    "form", "product", "company", "unit", "value", "period", "boundary", "made", "sha256", "key",
)  # fmt: skip

State = Literal["sound", "no_key", "broken", "form"]


STATES: dict[State, Words] = words_of("footprints.seal.states")
TRUST = Words(
    "公钥是谁的，须由您从可靠的途径得知；签名不是认证，也不证明数字算得对",
    "Whose key it is you must know from elsewhere; a signature is no certificate",
)


class Verdict(NamedTuple):
    """What a check of a summary found.

    Attributes:
        state: sound; signed by a key that is not among those given; broken; or no such summary.
        fields: what the summary says; empty where it cannot be read.
    """

    state: State
    fields: Mapping[str, str]


def canonical(tree: Mapping[str, Any]) -> bytes:
    """One writing of an object: keys sorted, no blanks, UTF-8.

    Example:
        >>> canonical({"b": "铝", "a": "1"}).decode()
        '{"a":"1","b":"铝"}'
    """
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def hash_of(one: ProductFootprint) -> str:
    """The SHA-256 of a footprint in its canonical writing."""
    return hashlib.sha256(canonical(one.json_object())).hexdigest()


def sealed(one: ProductFootprint, key: "Ed25519PrivateKey", *, made: datetime) -> str:
    """The signed summary of a footprint, as the text of a QR code.

    Args:
        one: the footprint.
        key: of the signer.
        made: when it is signed, with a zone.

    Raises:
        InputError: it would be too large for a code.
    """
    from tanzhe.footprints.keys import fingerprint

    pcf = one.pcf
    fields = {
        "form": FORM,
        "product": _short(one.productNameCompany),
        "company": _short(one.companyName),
        "unit": f"kgCO2e / {pcf.declaredUnitAmount} {pcf.declaredUnitOfMeasurement}",
        "value": pcf.pcfExcludingBiogenicUptake,
        "period": f"{pcf.referencePeriodStart}/{pcf.referencePeriodEnd}",
        "boundary": "cradle-to-gate",
        "made": made.strftime("%Y-%m-%d"),
        "sha256": hash_of(one),
        "key": fingerprint(key.public_key()),
    }
    signature = base64.urlsafe_b64encode(key.sign(canonical(fields))).decode().rstrip("=")
    text = canonical({**fields, "signature": signature})
    if len(text) > LARGEST:
        raise InputError(
            fault_of(
                "footprints.seal.sealed",
                count=len(text),
                largest=LARGEST,
                where=one.productNameCompany,
            )
        )
    return text.decode()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"


def verified(text: str, keys: Iterable["Ed25519PublicKey"]) -> Verdict:
    """Whether a summary is what one of the keys signed, to the byte.

    Args:
        text: as scanned.
        keys: that the reader trusts.
    """
    try:
        tree = object_of(text.strip().encode(), name="code")
    except (InputError, UnicodeEncodeError):
        return Verdict("form", {})
    signature = tree.pop("signature", None)
    if set(tree) != set(_FIELDS) or not all(isinstance(one, str) for one in tree.values()):
        return Verdict("form", {})
    fields = {name: tree[name] for name in _FIELDS}
    if tree["form"] != FORM or not isinstance(signature, str):
        return Verdict("form", {})
    if canonical({**tree, "signature": signature}).decode() != text.strip():
        return Verdict("broken", fields)
    try:
        raw = base64.b64decode(signature + "=" * (-len(signature) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return Verdict("broken", fields)
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != signature:
        return Verdict("broken", fields)
    from tanzhe.footprints.keys import fingerprint, is_signed

    known = [key for key in keys if fingerprint(key) == tree["key"]]
    if not known:
        return Verdict("no_key", fields)
    return Verdict("sound" if is_signed(known[0], raw, canonical(tree)) else "broken", fields)
