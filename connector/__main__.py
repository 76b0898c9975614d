"""`python3 -m connector …` works on a machine with nothing but Python: it makes `.venv` from the lock.

Standard library only, because nothing is installed when this runs for the first time.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "okr-lock"
OLDEST = (3, 11)


def _lock(command: str) -> Path:
    return PACKAGE / "locks" / ("dev.txt" if command == "test" else "run.txt")


def _interpreter() -> Path:
    folder = "Scripts" if os.name == "nt" else "bin"
    return ENVIRONMENT / folder / "python"


def _stamps(lock: Path) -> str:
    """The lock and the Python version say whether an environment can be used again."""
    digest = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return f"{lock.name} {digest} {sys.version_info[0]}.{sys.version_info[1]}"


def _ready(lock: Path) -> bool:
    if not STAMP.exists() or not _interpreter().exists():
        return False
    return _stamps(lock) in STAMP.read_text(encoding="utf-8").splitlines()


def _install(lock: Path) -> None:
    print(f"Preparing .venv from {lock.relative_to(ROOT)} (once) …", file=sys.stderr)
    if not _interpreter().exists() or not _has_installer():
        venv.create(ENVIRONMENT, with_pip=shutil.which("uv") is None and _has(sys.executable, "ensurepip"))
    for arguments in (["--require-hashes", "-r", str(lock)], ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]):
        subprocess.run([*_installer(), *arguments], check=True, stdout=sys.stderr)
    known = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
    STAMP.write_text(known + _stamps(lock) + "\n", encoding="utf-8")


def _installer() -> list[str]:
    if shutil.which("uv"):
        return ["uv", "pip", "install", "--quiet", "--python", str(_interpreter())]
    if _has(str(_interpreter()), "pip"):
        return [str(_interpreter()), "-m", "pip", "install", "--quiet"]
    # Debian ships Python without ensurepip; the system's own pip can install into another environment.
    return [sys.executable, "-m", "pip", "--python", str(_interpreter()), "install", "--quiet"]


def _has_installer() -> bool:
    """An environment that uv made has no pip; it gets one when uv is gone."""
    return shutil.which("uv") is not None or _has(str(_interpreter()), "pip")


def _has(interpreter: str, module: str) -> bool:
    return subprocess.run([interpreter, "-c", f"import {module}"], capture_output=True).returncode == 0


def _continue(arguments: list[str]) -> int:
    """Runs the rest inside the environment: the tests by pytest, everything else by the command line."""
    environ = {**os.environ, **_path()}
    if arguments[0] == "test":
        environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is compiled serves hundreds of processes
        os.chdir(ROOT)
        command = [str(_interpreter()), "-m", "pytest", *arguments[1:]]
    else:
        command = [str(_interpreter()), "-c", "from connector.cli import main; main()", *arguments]
    if os.name != "nt":
        os.execve(command[0], command, environ)  # noqa: S606  # one process goes on: whoever ends it ends all of it
    return subprocess.run(command, env=environ).returncode


def _path() -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))}


def main() -> int:
    arguments = sys.argv[1:] or ["--help"]
    if sys.version_info < OLDEST:
        print(f"okr-connector needs Python {'.'.join(map(str, OLDEST))} or newer.", file=sys.stderr)
        return 2
    lock = _lock(arguments[0])
    if not _ready(lock):
        try:
            _install(lock)
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"The environment could not be made ({type(error).__name__}).", file=sys.stderr)
            print(
                "Possible: check the package index that pip uses · or install by hand and call `okr`.", file=sys.stderr
            )
            return 1
    return _continue(arguments)


if __name__ == "__main__":
    sys.exit(main())
