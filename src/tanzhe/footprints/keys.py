"""Ed25519 keys in PEM files, and what they sign; needs the extra `seals`."""

import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from tanzhe.errors import InputError
from tanzhe.faults import fault_of


class KeyPair(NamedTuple):
    """A new key: the private part stays secret, the public part is given to readers."""

    private: bytes
    public: bytes


def new_keys() -> KeyPair:
    """A new Ed25519 key pair, PEM.

    Example:
        >>> new_keys().public.decode().splitlines()[0]
        '-----BEGIN PUBLIC KEY-----'
    """
    private = Ed25519PrivateKey.generate()
    return KeyPair(
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def private_key(pem: bytes, *, name: str) -> Ed25519PrivateKey:
    """The private key of a PEM file.

    Raises:
        InputError: it is none, or locked by a password.
    """
    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError) as error:
        raise _no_key(name) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(name)
    return key


def public_key(pem: bytes, *, name: str) -> Ed25519PublicKey:
    """The public key of a PEM file.

    Raises:
        InputError: it is none.
    """
    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError) as error:
        raise _no_key(name) from error
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key(name)
    return key


def _no_key(name: str) -> InputError:
    return InputError(fault_of("footprints.keys.no_key", where=name))


def fingerprint(key: Ed25519PublicKey) -> str:
    """Sixteen digits by which people compare keys."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def is_signed(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether a signature is that of a key over a message."""
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
