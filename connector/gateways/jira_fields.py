"""What the custom fields of a site hold: looked up when a query first names them, and known from then on."""

import threading
from collections.abc import Mapping
from functools import partial

from connector.gateways.operations import Operation
from connector.gateways.transport import Transport
from mappings import boundary
from mappings.jql import FieldKind


class CustomFields:
    """One request for all fields that are not known yet; none where a query names only what every site has."""

    def __init__(self, transport: Transport, listing: Operation) -> None:
        self._transport, self._listing = transport, listing
        self._known: dict[str, FieldKind] = {}
        self._lock = threading.Lock()

    def kinds(self, keys: frozenset[str]) -> Mapping[str, FieldKind]:
        """By `field_key`; a field that the site does not have is absent, and is asked for again."""
        with self._lock:
            new = keys - self._known.keys()
            if new:
                answer = self._transport.ask(self._listing, self._listing.at())
                self._known |= self._transport.read(answer, partial(boundary.field_kinds, wanted=new))
            return {key: self._known[key] for key in keys if key in self._known}
