"""How keys and values become bytes that every process reads the same."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from enum import IntEnum
from typing import Any, Literal

FormName = Literal["json", "msgpack", "pickle"]


class Form(IntEnum):
    """How a stored value is to be read."""

    BYTES = 0
    JSON = 1
    MSGPACK = 2
    PICKLE = 3


class UnreadableValueError(Exception):
    """A stored value is in a form that this cache was not told to read."""


class ValueForms:
    """Writes values in one form, and reads those that are safe to read.

    Bytes are stored as they are. ``json`` turns tuples into lists and refuses what JSON does not know. ``msgpack`` needs that
    library. ``pickle`` runs code that the bytes name: whoever can write the file can run anything in every process that
    reads it, so it is read only where it was asked for. Raises ValueError for another name.
    """

    def __init__(self, name: FormName) -> None:
        names = {"json": Form.JSON, "msgpack": Form.MSGPACK, "pickle": Form.PICKLE}
        if name not in names:
            raise ValueError(f"form must be one of {', '.join(names)}, not {name!r}")
        self._form = names[name]
        self._readers: dict[int, Callable[[bytes], Any]] = {Form.BYTES: bytes, Form.JSON: json.loads}
        self._write: Callable[[Any], bytes] = _write_json
        if self._form is Form.MSGPACK:
            msgpack = importlib.import_module("msgpack")
            self._write = msgpack.packb
            self._readers[Form.MSGPACK] = msgpack.unpackb
        elif self._form is Form.PICKLE:
            import pickle

            self._write = pickle.dumps
            self._readers[Form.PICKLE] = pickle.loads

    def pack(self, value: object) -> tuple[Form, bytes]:
        """The value as bytes, and their form. Raises TypeError or ValueError for what the form cannot hold."""
        if isinstance(value, bytes):
            return Form.BYTES, value
        return self._form, self._write(value)

    def unpack(self, form: int, stored: bytes) -> Any:
        """The value. Raises UnreadableValueError for a form that was not asked for."""
        reader = self._readers.get(form)
        if reader is None:
            raise UnreadableValueError(
                f"a value is stored as {Form(form).name.lower()}; open the cache with that form to read it"
            )
        return reader(stored)


def _write_json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def key_bytes(key: object) -> bytes:
    """A key as bytes: equal keys give equal bytes, others give others, in every process.

    Raises TypeError for anything but text, bytes, numbers, None, and tuples of these.
    """
    match key:
        case str():
            return b"s" + key.encode("utf-8", "surrogatepass")
        case bytes():
            return b"b" + key
        case int():
            return b"i%d" % int(key)
        case float():
            return b"i%d" % int(key) if key.is_integer() else b"f" + repr(key).encode()
        case None:
            return b"n"
        case tuple():
            parts = [key_bytes(part) for part in key]
            return b"t" + b"".join(b"%d:" % len(part) + part for part in parts)
        case _:
            raise TypeError(f"a shared key is text, bytes, a number, None or a tuple of these, not {type(key).__name__}")
