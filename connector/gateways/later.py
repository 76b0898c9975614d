"""A gateway that is made when it is asked for something: which one is due, a site may have to tell first."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """Makes a thing at the first call and keeps it; a call that fails is tried again by the next one."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._made: Made | None = None
        self._lock = threading.Lock()

    def __call__(self) -> Made:
        """The thing."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


class Later:
    """Stands where a gateway is expected, and is that gateway from the first method on that is asked for."""

    def __init__(self, gateway: Callable[[], Any]) -> None:
        self._gateway = gateway

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gateway(), name)
