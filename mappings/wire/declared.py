"""Which paths of a body a shape declares: read off the shape itself, so that it cannot say anything else."""

from collections.abc import Iterator

import msgspec


def declared(shape: type[msgspec.Struct], within: str = "") -> frozenset[str]:
    """Paths like `issue.fields.labels[]`, below `within`; parts that are passed over undecoded are none."""
    return frozenset(_paths(msgspec.inspect.type_info(shape), within))


def _paths(kind: msgspec.inspect.Type, at: str) -> Iterator[str]:
    if isinstance(kind, msgspec.inspect.StructType):
        for part in kind.fields:
            yield from _paths(part.type, f"{at}.{part.encode_name}" if at else part.encode_name)
    elif isinstance(kind, msgspec.inspect.ListType):
        yield from _paths(kind.item_type, f"{at}[]")
    elif isinstance(kind, msgspec.inspect.UnionType):
        for one in kind.types:
            yield from _paths(one, at)
    elif not isinstance(kind, msgspec.inspect.RawType | msgspec.inspect.NoneType):
        yield at
