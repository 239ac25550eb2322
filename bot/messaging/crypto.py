"""Message encryption of WeChat and WeCom: AES-256-CBC around text and receiver.

The clear text is 16 random bytes, the length of the message in 4 bytes, the message, and the id
of the receiver (AppID or corp ID), padded to blocks of 32 bytes; the initial vector is the first
half of the key.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import struct
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32  # bytes to which the clear text is padded
RANDOM = 16  # bytes before the length


class DecryptError(Exception):
    """The text was not encrypted for us."""


def encrypt(key: bytes, text: str, receiver: str) -> str:
    """Encrypted text in base64."""
    message = text.encode()
    content = os.urandom(RANDOM) + struct.pack(">I", len(message)) + message + receiver.encode()
    padding = BLOCK - len(content) % BLOCK
    encryptor = _cipher(key).encryptor()
    sealed = encryptor.update(content + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def decrypt(keys: Sequence[bytes], text: str, receiver: str) -> tuple[str, bytes]:
    """Clear text and the key that opened it: the present one or the one before.

    Raises DecryptError.
    """
    try:
        sealed = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise DecryptError("not base64") from None
    if not sealed or len(sealed) % 16:
        raise DecryptError("not whole blocks")
    for key in keys:
        message = _open(key, sealed, receiver.encode())
        if message is not None:
            return message, key
    raise DecryptError("not for this key and receiver")


def _open(key: bytes, sealed: bytes, receiver: bytes) -> str | None:
    decryptor = _cipher(key).decryptor()
    content = decryptor.update(sealed) + decryptor.finalize()
    padding = content[-1]
    if not 1 <= padding <= BLOCK or content[-padding:] != bytes([padding]) * padding:
        return None
    content = content[RANDOM:-padding]
    if len(content) < 4:
        return None
    (length,) = struct.unpack(">I", content[:4])
    message, found = content[4 : 4 + length], content[4 + length :]
    if len(message) != length or not hmac.compare_digest(found, receiver):
        return None
    try:
        return message.decode()
    except UnicodeDecodeError:
        return None


def _cipher(key: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
