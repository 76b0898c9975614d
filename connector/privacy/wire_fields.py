"""Every field that our shapes declare, read off the decoders of the boundary, so that it cannot say anything else."""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from connector.privacy.bodies import BODIES, Body
from mappings import wire

_KINDS: Mapping[type[msgspec.inspect.Type], str] = {
    msgspec.inspect.StrType: "text",
    msgspec.inspect.IntType: "number",
    msgspec.inspect.BoolType: "yes or no",
    msgspec.inspect.DateType: "day",
    msgspec.inspect.RawType: "undecoded",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WireField:
    """One declared field of a body."""

    body: Body | None  # None: of a shape that nobody has named yet
    path: str
    kind: str  # as JSON sends it; what it must look like to pass is the boundary's


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One decoder of the boundary."""

    module: str
    name: str
    type: object


@cache
def shapes() -> tuple[Shape, ...]:
    """All decoders there are below `mappings.wire`."""
    return tuple(_shapes())


def _shapes() -> Iterator[Shape]:
    for found in sorted(pkgutil.iter_modules(wire.__path__), key=lambda one: one.name):
        module = importlib.import_module(f"{wire.__name__}.{found.name}")
        for name, value in sorted(vars(module).items()):
            if isinstance(value, msgspec.json.Decoder):
                yield Shape(module=found.name, name=name, type=value.type)


@cache
def wire_fields() -> tuple[WireField, ...]:
    """Every declared field, by body and path; one that several shapes of a body share stands here once."""
    kinds: dict[tuple[Body | None, str], set[str]] = defaultdict(set)
    for shape in shapes():
        body, within = BODIES.get((shape.module, shape.name), (None, shape.module))
        for path, kind in _paths(msgspec.inspect.type_info(shape.type), ""):
            kinds[body, _joined(within, path)].add(kind)
    order = list(Body)
    fields = (WireField(body=b, path=p, kind=" or ".join(sorted(kind))) for (b, p), kind in kinds.items())
    return tuple(sorted(fields, key=lambda f: (order.index(f.body) if f.body else len(order), f.path)))


def _joined(within: str, path: str) -> str:
    """A list of things and one of them are the same to a reader."""
    inner = path.removeprefix("results[].").removeprefix("[]").lstrip(".")
    return f"{within}.{inner}" if within and inner else within or inner


def _paths(kind: msgspec.inspect.Type, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(kind, msgspec.inspect.StructType):
        for part in kind.fields:
            yield from _paths(part.type, f"{at}.{part.encode_name}" if at else part.encode_name)
    elif isinstance(kind, msgspec.inspect.ListType):
        yield from _paths(kind.item_type, f"{at}[]")
    elif isinstance(kind, msgspec.inspect.DictType):
        yield from _paths(kind.value_type, f"{at}.*")
    elif isinstance(kind, msgspec.inspect.UnionType):
        for one in kind.types:
            yield from _paths(one, at)
    elif not isinstance(kind, msgspec.inspect.NoneType):
        yield at, _KINDS.get(type(kind), type(kind).__name__.removesuffix("Type").lower())
