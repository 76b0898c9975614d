"""How a process is told to end, and that it does so in time."""

import os
import signal
import threading
from collections.abc import Callable

DRAIN = 20.0  # seconds a process has to finish what it has begun
OWN_ACCORD = 15.0  # of those, until it leaves what it has begun to others


def until_told() -> threading.Event:
    """Set by SIGTERM and SIGINT, whatever the main thread is doing; called once, from the main thread.

    A handler that set it itself would wait for ever if it came while the main thread was looking at it.
    """
    told, (hears, says) = threading.Event(), os.pipe()
    os.set_blocking(says, False)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, frame: None)
    signal.set_wakeup_fd(says, warn_on_full_buffer=False)

    def listen() -> None:
        while not {signal.SIGTERM, signal.SIGINT} & set(os.read(hears, 1)):
            pass
        told.set()

    threading.Thread(target=listen, name="signals", daemon=True).start()
    return told


def end_in_time(told: threading.Event, leave_off: Callable[[], None], after: float = OWN_ACCORD) -> None:
    """The process ends so long after it was told, even if the main thread still waits for a site's answer."""

    def watch() -> None:
        told.wait()
        threading.Event().wait(after)
        try:
            leave_off()
        finally:
            os._exit(0)

    threading.Thread(target=watch, name="ending", daemon=True).start()
