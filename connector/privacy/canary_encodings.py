"""In which dress a person can leave: the spellings under which a canary is looked for."""

import base64
import hashlib
import json
import quopri
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from html.entities import codepoint2name
from typing import Final
from urllib.parse import quote

from connector.privacy.canary_marks import Canary

SHORTEST = 6  # bytes: less would be found everywhere
_UTF_8 = "utf-8"


def needles(canary: Canary) -> Iterator[tuple[str, bytes]]:
    """Every spelling of a canary with its name; of a text cut short they find the beginning, of a digest its half."""
    for name, spell in _SPELLINGS.items():
        for spelt in spell(canary.core):
            if len(spelt) >= SHORTEST:
                yield name, spelt
    for name in DIGESTS:
        for text in dict.fromkeys((canary.text, canary.core, canary.text.casefold())):
            digest = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
            yield name, digest[:8]
            yield name, digest.hex()[:16].encode()
            yield name, base64.b64encode(digest)[:10]


def folded(text: str) -> Iterator[bytes]:
    """The spellings that are looked for where letters were made small."""
    for form in ("NFC", "NFD"):
        yield unicodedata.normalize(form, text.casefold()).encode()


def _escaped(text: str) -> Iterator[bytes]:
    """As JSON writes letters that are not English, and as it may write all."""
    yield json.dumps(text)[1:-1].encode()
    codes = text.encode("utf-16-be").hex()
    pairs = [codes[start : start + 4] for start in range(0, len(codes), 4)]
    yield "".join(rf"\u{pair}" for pair in pairs).encode()
    yield "".join(rf"\u{pair.upper()}" for pair in pairs).encode()


def _entities(text: str) -> Iterator[bytes]:
    yield "".join(f"&#{ord(letter)};" for letter in text).encode()
    yield "".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in text).encode()
    yield "".join(f"&#x{ord(letter):x};" for letter in text).encode()
    yield "".join(f"&{codepoint2name[ord(c)]};" if ord(c) in codepoint2name else c for c in text).encode()


def _percent(text: str) -> Iterator[bytes]:
    yield quote(text).encode()
    every = "".join(f"%{byte:02X}" for byte in text.encode())
    yield every.encode()
    yield every.lower().encode()


def _base64_at(phase: int) -> Callable[[str], Iterator[bytes]]:
    """The characters that a text gives wherever it stands in something encoded; `phase` bytes stand before it."""

    def spell(text: str) -> Iterator[bytes]:
        data = bytes(phase) + text.encode()
        whole = base64.b64encode(data)[(0, 2, 3)[phase] : len(data) * 8 // 6]
        yield whole
        yield whole.translate(bytes.maketrans(b"+/", b"-_"))

    return spell


def _hex(text: str) -> Iterator[bytes]:
    yield text.encode().hex().encode()
    yield text.encode().hex().upper().encode()


def _literal(text: str) -> Iterator[bytes]:
    """As Python and shells write bytes and letters."""
    yield repr(text.encode())[2:-1].encode()
    yield text.encode("unicode_escape")


def _form(form: Callable[[str], str]) -> Callable[[str], Iterator[bytes]]:
    def spell(text: str) -> Iterator[bytes]:
        yield form(text).encode()

    return spell


def _in(encoding: str) -> Callable[[str], Iterator[bytes]]:
    def spell(text: str) -> Iterator[bytes]:
        yield text.encode(encoding, "ignore")

    return spell


_SPELLINGS: Final[Mapping[str, Callable[[str], Iterator[bytes]]]] = {
    _UTF_8: _in(_UTF_8),
    "utf-16-le": _in("utf-16-le"),
    "utf-16-be": _in("utf-16-be"),
    "latin-1": _in("latin-1"),
    "JSON": _escaped,
    "HTML": _entities,
    "percent": _percent,
    "base64": _base64_at(0),
    "base64, second phase": _base64_at(1),
    "base64, third phase": _base64_at(2),
    "base32": lambda text: iter([base64.b32encode(text.encode()).rstrip(b"=")[:-1]]),
    "hex": _hex,
    "quoted-printable": lambda text: iter([quopri.encodestring(text.encode())]),
    "literal": _literal,
    "NFC": _form(lambda text: unicodedata.normalize("NFC", text)),
    "NFD": _form(lambda text: unicodedata.normalize("NFD", text)),
    "capitals": _form(str.upper),
}
DIGESTS: Final = ("md5", "sha1", "sha256", "sha512", "blake2b")
CASEFOLD: Final = "casefold"
INFLATED: Final = ("gzip", "zlib")
ENCODINGS: Final = (*_SPELLINGS, *DIGESTS, CASEFOLD, *INFLATED)
