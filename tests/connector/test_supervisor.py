"""Processes that should run do run, one at a time and with their children; they end when they are told, in time."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from connector.errors import SettingError
from connector.supervisor import Role, Supervisor, embedded, look_at

FOR_EVER = "import time; time.sleep(600)"
NOTES = "import os, pathlib, sys; pathlib.Path(sys.argv[1]).open('a').write(f'{os.getpid()}\\n'); "
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
CHILD = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[2], sys.argv[1]]); "
ROOT = Path(__file__).parents[2]


def role(name: str, code: str, *arguments: str) -> Role:
    return Role(name=name, command=[sys.executable, "-c", code, *arguments], pause=0.1)


@contextmanager
def supervised(*roles: Role, drain: float = 5.0) -> Iterator[Supervisor]:
    made = Supervisor(roles=roles, environ=os.environ, stopping=threading.Event(), drain=drain)
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        yield made
    finally:
        made.stopping.set()
        thread.join(20)
        assert not thread.is_alive()


def pids(notes: Path) -> list[int]:
    return [int(line) for line in notes.read_text().split()] if notes.exists() else []


def running(pid: int) -> bool:
    with suppress(OSError):
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def soon(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def test_a_killed_process_is_started_again_and_the_others_are_not_touched(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with supervised(role("a", NOTES + FOR_EVER, str(first)), role("b", NOTES + FOR_EVER, str(second))):
        assert soon(lambda: len(pids(first)) == len(pids(second)) == 1)
        os.kill(pids(first)[0], signal.SIGKILL)
        assert soon(lambda: len(pids(first)) == 2)
        assert len(pids(second)) == 1
    assert not any(map(running, pids(first) + pids(second)))


def test_children_of_a_killed_process_end_before_it_starts_again(tmp_path: Path) -> None:
    notes, children = tmp_path / "notes", tmp_path / "children"
    code = f"{CHILD.replace('sys.argv[1]', 'sys.argv[3]')}{NOTES}{FOR_EVER}"
    with supervised(role("a", code, str(notes), NOTES + DEAF + FOR_EVER, str(children))):
        assert soon(lambda: len(pids(notes)) == len(pids(children)) == 1)
        os.kill(pids(notes)[0], signal.SIGKILL)
        assert soon(lambda: len(pids(children)) == 2)
        assert not running(pids(children)[0])
    assert soon(lambda: not any(map(running, pids(notes) + pids(children))))  # a kill takes its moment


def test_a_process_that_keeps_dying_is_tried_less_and_less_often_and_hinders_no_other(tmp_path: Path) -> None:
    dies, lives = tmp_path / "dies", tmp_path / "lives"
    with supervised(role("a", NOTES, str(dies)), role("b", NOTES + FOR_EVER, str(lives))):
        assert soon(lambda: len(pids(dies)) >= 3)
        os.kill(pids(lives)[0], signal.SIGKILL)
        assert soon(lambda: len(pids(lives)) == 2, 2.0)
        tries = len(pids(dies))
        time.sleep(1.0)
        assert len(pids(dies)) <= tries + 2


def test_who_does_not_end_when_told_is_killed_when_time_is_up(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    started = time.monotonic()
    with supervised(role("a", DEAF + NOTES + FOR_EVER, str(notes)), drain=0.5):
        assert soon(lambda: len(pids(notes)) == 1)
        started = time.monotonic()
    assert 0.4 < time.monotonic() - started < 5
    assert not running(pids(notes)[0])


def test_the_embedded_roles_are_those_of_the_procfile() -> None:
    lines = (ROOT / "Procfile").read_text("utf-8").splitlines()
    procfile = dict(line.split(": ", 1) for line in lines)
    ours = {role.name: list(role.command) for role in embedded(8080)}
    assert ours.keys() | {"release"} == procfile.keys()
    assert ours["web"][2:] == procfile["web"].replace("$PORT", "8080").split()
    for name in ("worker", "clock"):
        assert procfile[name] == f"okr {ours[name][-1]}"


def test_a_process_that_hangs_ends_in_time_and_leaves_its_work_to_others(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys, time; from connector.ending import end_in_time, until_told; "
        "told = until_told(); end_in_time(told, lambda: pathlib.Path(sys.argv[1]).write_text('left'), 0.2); "
        "print('ready', flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "left")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.terminate()
        assert process.wait(10) == 0
    assert (tmp_path / "left").read_text() == "left"


def test_a_signal_that_comes_while_the_main_thread_looks_is_heard() -> None:
    """A handler that set an event itself would now and then wait for the lock that its own thread holds."""
    code = (
        "import os, signal, threading; from connector.ending import until_told; told = until_told(); "
        "threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()\n"
        "while not told.wait(0.000001): pass"
    )
    for _ in range(3):
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=20, check=False).returncode == 0


def test_a_port_on_which_something_listens_is_refused_with_two_ways_on() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as our own server does
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingError) as refused:
            look_at(port)
        assert f"--port {port}: something listens there already" in str(refused.value)
        assert len(refused.value.advice.options) == 2
    look_at(port)


def test_what_python_starts_ends_with_it(tmp_path: Path) -> None:
    """`python3 -m connector …` is one process, so that a signal reaches what runs in the environment."""
    with subprocess.Popen(
        [sys.executable, "-m", "connector", "sandbox", "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout is not None
        assert started.stdout.readline().startswith("Jira")
        children = Path(f"/proc/{started.pid}/task/{started.pid}/children")
        assert not children.exists() or children.read_text() == ""
        started.terminate()
        started.wait(10)
