"""Looking for canaries in bytes: any of them, in any dress, in whole or in part."""

import base64
import binascii
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from connector.privacy.canary_census import Place
from connector.privacy.canary_encodings import CASEFOLD, SHORTEST, folded, needles
from connector.privacy.canary_marks import Canary, Shape

_PACKED: Final = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_PACKED_TEXT: Final = re.compile(rb"(?:H4sI|eJ[wxyz0-9])[A-Za-z0-9+/_-]{8,}")
_LARGEST = 16 * 1024 * 1024  # bytes that something packed may unfold to
_DEEPEST = 2  # packed in something packed
_BLOCK = 4096  # bytes that are looked at together
_LONGEST = 512  # bytes of a needle at most
_WORD = 4  # bytes of a C integer


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A canary where none may be; says which place it came from, never its text."""

    sink: str
    place: Place
    shape: Shape
    encoding: str

    def __str__(self) -> str:
        return f"{self.sink}: {self.place} ({self.shape}, {self.encoding})"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Needle:
    spelt: bytes
    canary: Canary
    encoding: str


class _Index:
    """Needles by their first bytes."""

    def __init__(self) -> None:
        self.by_head: dict[bytes, list[_Needle]] = defaultdict(list)
        self._words: set[int] = set()

    def add(self, needle: _Needle) -> None:
        self.by_head[needle.spelt[:SHORTEST]].append(needle)
        self._words.add(int.from_bytes(needle.spelt[:_WORD], sys.byteorder))

    def may_be_in(self, block: bytes) -> bool:
        """False only if none of them begins there; at the speed of a set."""
        whole = [block[at : at + (len(block) - at) // _WORD * _WORD] for at in range(_WORD)]
        return any(not self._words.isdisjoint(memoryview(part).cast("I")) for part in whole)


class Scanner:
    """Knows all spellings of its canaries."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        self._canaries = {(canary.place, canary.shape): canary for canary in canaries}
        self._plain, self._small = _Index(), _Index()
        for canary in self._canaries.values():
            for encoding, spelt in needles(canary):
                self._plain.add(_Needle(spelt=spelt, canary=canary, encoding=encoding))
            for spelt in folded(canary.core):
                self._small.add(_Needle(spelt=spelt, canary=canary, encoding=CASEFOLD))

    def canary(self, hit: Hit) -> Canary:
        """The one that was found."""
        return self._canaries[hit.place, hit.shape]

    def hits(self, sink: str, data: bytes) -> frozenset[Hit]:
        """Everything that is found in the data of a sink."""
        found: set[Hit] = set()
        for view in _views(data, _DEEPEST):
            small = view.decode("utf-8", "replace").casefold().encode()
            for needle in (*_found(view, self._plain), *_found(small, self._small)):
                canary = needle.canary
                found.add(Hit(sink=sink, place=canary.place, shape=canary.shape, encoding=needle.encoding))
        return frozenset(found)


def _found(data: bytes, known: _Index) -> Iterator[_Needle]:
    """Every window is looked up: as fast for a hundred thousand needles as for one."""
    for start in range(0, len(data), _BLOCK):
        block = data[start : start + _BLOCK + _LONGEST]
        if not known.may_be_in(block):
            continue
        for at in [at for at in range(min(_BLOCK, len(block))) if block[at : at + SHORTEST] in known.by_head]:
            for needle in known.by_head[block[at : at + SHORTEST]]:
                if block.startswith(needle.spelt, at):
                    yield needle


def _views(data: bytes, depth: int) -> Iterator[bytes]:
    """The data, and what lies packed in it."""
    yield data
    if not depth:
        return
    for match in _PACKED.finditer(data):
        if unfolded := _inflated(data[match.start() :]):
            yield from _views(unfolded, depth - 1)
    for match in _PACKED_TEXT.finditer(data):
        if unfolded := _inflated(_decoded(match[0])):
            yield from _views(unfolded, depth - 1)


def _inflated(data: bytes) -> bytes:
    """What a packed stream holds, as far as it can be read; empty for one that is none."""
    try:
        return zlib.decompressobj(wbits=47).decompress(data, _LARGEST)
    except zlib.error:
        return b""


def _decoded(text: bytes) -> bytes:
    plain = text.translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(plain[: len(plain) // 4 * 4])
    except binascii.Error:
        return b""
