"""What stands in a YAML file, one thing after the other, each with its place.

ruamel.yaml decides what a file says and where it is broken; it takes a millisecond for every hundred things. libyaml
takes thirty times less, so it reads what both read alike: no tag, no tab, no rare line break, no scalar of which they
tell another place. Whatever makes it stumble is read again by ruamel.yaml.
"""

import re
from collections.abc import Iterator
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from yaml import events as quick

try:
    from yaml.cyaml import CParser
except ImportError:  # built where libyaml was not at hand
    CParser = None

DOCUMENTS: Final = (DocumentStartEvent, quick.DocumentStartEvent)
NODES: Final = (NodeEvent, quick.NodeEvent)
SCALARS: Final = (ScalarEvent, quick.ScalarEvent)
MAPPINGS: Final = (MappingStartEvent, quick.MappingStartEvent)
SEQUENCES: Final = (SequenceStartEvent, quick.SequenceStartEvent)
ALIASES: Final = (AliasEvent, quick.AliasEvent)
ENDS: Final = (CollectionEndEvent, quick.CollectionEndEvent)

_READ_DIFFERENTLY: Final = re.compile(
    "[\t\x85\u2028\u2029]"  # tabs between things, and line breaks of YAML 1.1
    r"|(?:\A|[\s\[{,])!"  # a tag, also the one without a name
    r"|(?:\A|[\r\n])\.\.\."  # the end of a document
    r"|[|>][-+0-9]*#"  # a comment right behind the sign of a block
    r"|[|>][-+0-9]* *(?:#[^\r\n]*)?(?:\r\n?|\n)(?! +[^ \r\n])"  # a block whose first line is empty or not indented
)


class NotSure(Exception):  # never leaves the room: the file is read again
    """libyaml would not tell the same as ruamel.yaml."""


def events(text: str) -> Iterator[Event]:
    """As ruamel.yaml reads it. Errors: those of ruamel.yaml, and more kinds than it says."""
    reader = YAML(typ="safe", pure=True)
    yield from reader.parse(text)


def sure_events(text: str) -> Iterator[Event]:
    """The same by libyaml. Errors: NotSure, and those of PyYAML, where `events` is to be asked instead."""
    if CParser is None or _READ_DIFFERENTLY.search(text):
        raise NotSure
    reader = CParser(text)
    while (event := reader.get_event()) is not None:
        if isinstance(event, quick.ScalarEvent) and not event.value and event.implicit[0]:
            raise NotSure  # what is not written stands for one behind its key, for the other before what follows
        yield event
